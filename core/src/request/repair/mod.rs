//! Safe fixes: a request as it came, and the patch after which it holds nothing that can be mended without guessing.
//!
//! A pass looks for one fault and writes down the operations that mend it; the request is read anew after each pass that
//! has any. What is not safe is left, and the report says so. No text of the conversation is lost but what is blank, and
//! tool results that answer nothing.

mod cache;
mod converse;
mod document;
mod empty;
mod limits;
mod merge;
mod operation;
mod order;
mod plan;
mod results;
mod surrogates;
mod system;
mod tools;

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

pub use operation::{Change, Json, Operation};

use super::options::{Endpoint, Options, Target};
use super::read::Request;
use super::report::{Finding, Report, Severity};
use super::tape::{Kind, Tape, View};
use super::{batch, check, json, validate};
use crate::cause::Cause;
use document::Value;
use plan::{Left, Plan};

/// How far a repair goes, and what it needs to know of objects. The default is the safest.
#[derive(Clone, Copy, Debug, Default)]
#[non_exhaustive]
pub struct RepairOptions<'a> {
    /// Answers tool calls that have no result with a result that says so and is marked as an error.
    pub answer_missing_tools: bool,
    /// For [`repair_tape`]: the strings and keys that the tape holds as [`Foreign::LoneSurrogate`], in the order in which
    /// the builder got them, each half of a pair replaced by U+FFFD. Those that are not here are left as they are.
    ///
    /// [`Foreign::LoneSurrogate`]: super::Foreign::LoneSurrogate
    pub replaced: &'a [&'a str],
}

/// What a repair did.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Repair {
    /// The operations that mend the request, in the order in which they apply. Empty where there is nothing to mend.
    pub patch: Vec<Operation>,
    /// What is left after the patch. A finding that could be mended, but not safely, says why in its fix.
    pub report: Report,
    /// The request after the patch as JSON text, what is untouched as it was written; `None` where it did not come as a
    /// text or nothing changes.
    pub text: Option<String>,
}

impl Repair {
    /// The patch as a JSON document: RFC 6902, each operation with its `cause` and `reason` besides.
    pub fn patch_json(&self) -> String {
        let mut out = String::from("[");
        for (number, operation) in self.patch.iter().enumerate() {
            if number > 0 {
                out.push(',');
            }
            operation.write(&mut out);
        }
        out.push(']');
        out
    }
}

/// Mends a request body that is JSON text, as far as that is safe.
///
/// A text that is no JSON is left as it is; the report says what is wrong with it.
///
/// ```
/// use holdoff::request::{Options, RepairOptions, repair};
///
/// let text = br#"{"model": "claude-opus-5", "max_tokens": 16, "messages": [
///     {"role": "system", "content": "Be brief."}, {"role": "user", "content": "Hi"}]}"#;
/// let repair = repair(text, &Options::default(), &RepairOptions::default());
/// assert_eq!(repair.patch.len(), 2);
/// assert!(repair.text.is_some_and(|text| text.ends_with(r#""system": "Be brief."}"#)));
/// ```
pub fn repair(text: &[u8], options: &Options<'_>, how: &RepairOptions<'_>) -> Repair {
    let unchanged = || Repair { report: validate(text, options), ..Repair::default() };
    let Some(text) = surrogates::readable(text) else { return unchanged() };
    let Some(tape) = json::read_str(&text).tape else { return unchanged() };
    let (patch, left) = plan(&tape, options, how);
    if patch.is_empty() {
        let mut repair = unchanged();
        say(left, &mut repair.report);
        return repair;
    }
    let mut document = Value::Kept(tape.root());
    let patch = applied(&mut document, patch);
    let mut repaired = String::with_capacity(text.len());
    document.write(&text, &mut repaired);
    let mut report = validate(repaired.as_bytes(), options);
    say(left, &mut report);
    Repair { patch, report, text: Some(repaired) }
}

/// Mends a request that a binding put together from its language's own objects: the binding applies the patch to them.
pub fn repair_tape(tape: &Tape<'_>, options: &Options<'_>, how: &RepairOptions<'_>) -> Repair {
    let (patch, left) = plan(tape, options, how);
    let mut document = Value::Kept(tape.root());
    let patch = applied(&mut document, patch);
    let mut report = match document {
        Value::Kept(_) => check(tape, options),
        changed => check(&changed.tape(), options),
    };
    say(left, &mut report);
    Repair { patch, report, text: None }
}

/// The patch of the whole body, and what is left.
fn plan(tape: &Tape<'_>, options: &Options<'_>, how: &RepairOptions<'_>) -> (Vec<Operation>, Vec<Left>) {
    if tape.truncated() || tape.misbuilt() {
        return (Vec::new(), Vec::new());
    }
    let mut strings = Plan::default();
    surrogates::replace(tape, how.replaced, &mut strings);
    let mut document = Value::Kept(tape.root());
    let mut patch = applied(&mut document, strings.operations);
    let mut left = strings.left;
    match document {
        Value::Kept(root) => each_request(root, options, how, &mut patch, &mut left),
        changed => each_request(changed.tape().root(), options, how, &mut patch, &mut left),
    }
    (patch, left)
}

/// Applies a patch, and gives back what did apply.
fn applied(document: &mut Value<'_, '_>, patch: Vec<Operation>) -> Vec<Operation> {
    let mut done = Vec::with_capacity(patch.len());
    for operation in patch {
        let applies = document.apply(&operation).is_some();
        debug_assert!(applies, "{} of nothing at {}", operation.op(), operation.path);
        if applies {
            done.push(operation);
        }
    }
    done
}

/// Mends the request that a body is, or each of a batch.
fn each_request(
    root: View<'_, '_>,
    options: &Options<'_>,
    how: &RepairOptions<'_>,
    patch: &mut Vec<Operation>,
    left: &mut Vec<Left>,
) {
    let mut mend = |view: View<'_, '_>, prefix: &str, in_batch| {
        if view.kind() == Kind::Object {
            let (operations, remains) = request(view, options, how, in_batch);
            patch.extend(operations.into_iter().map(|operation| operation.under(prefix)));
            left.extend(remains.into_iter().map(|one| Left { pointer: format!("{prefix}{}", one.pointer), ..one }));
        }
    };
    match options.endpoint {
        // Its messages are another API's.
        Endpoint::ChatCompletions => {}
        Endpoint::Batches => {
            for (number, item) in batch::items(root).enumerate() {
                if let Some(params) = item.get("params") {
                    mend(params, &format!("/requests/{number}/params"), true);
                }
            }
        }
        _ => mend(root, "", false),
    }
}

/// Looks for one fault.
type Pass = fn(&Request<'_, '_>, &RepairOptions<'_>, &mut Plan);

/// In this order: what a pass takes away, those behind it need not mend.
const PASSES: &[Pass] = &[
    empty::drop,
    system::hoist,
    results::drop,
    results::answer,
    order::results_first,
    merge::neighbours,
    limits::trim_prefill,
    limits::clamp_max_tokens,
    tools::drop_duplicates,
    cache::thin,
];

/// Converse has a shape of its own; only its turns are like those of the Messages API. Results are looked at when messages
/// of one role are one, since only the very next message counts.
const CONVERSE: &[Pass] = &[
    converse::drop_blank,
    merge::neighbours,
    converse::drop_results,
    converse::answer,
    converse::trim_prefill,
    converse::clamp_max_tokens,
    converse::drop_duplicates,
    cache::drop_misplaced,
    cache::thin_points,
];

/// Lists that are longer are no conversation, and to rearrange them would take time with the square of their length.
const LONGEST: usize = 20_000;

/// Each pass mends all its places at once, so that a request needs few rounds; this many end any.
const ROUNDS: usize = 16;

fn request(view: View<'_, '_>, options: &Options<'_>, how: &RepairOptions<'_>, in_batch: bool) -> (Vec<Operation>, Vec<Left>) {
    let passes = if options.target == Target::BedrockConverse { CONVERSE } else { PASSES };
    let mut document = Value::Kept(view);
    let mut patch = Vec::new();
    let mut left: Vec<Vec<Left>> = passes.iter().map(|_| Vec::new()).collect();
    let (mut next, mut quiet) = (0, 0);
    for _ in 0..ROUNDS * passes.len() {
        let found = match &document {
            Value::Kept(view) => first(*view, options, how, in_batch, passes, &mut next, &mut quiet, &mut left),
            changed => first(changed.tape().root(), options, how, in_batch, passes, &mut next, &mut quiet, &mut left),
        };
        if found.is_empty() {
            break;
        }
        patch.extend(applied(&mut document, found));
    }
    (patch, left.into_iter().flatten().collect())
}

/// The operations of the first pass that has any, from `next` on and round; none where all passes are quiet.
#[expect(clippy::too_many_arguments, reason = "the state of one loop")]
fn first(
    root: View<'_, '_>,
    options: &Options<'_>,
    how: &RepairOptions<'_>,
    in_batch: bool,
    passes: &[Pass],
    next: &mut usize,
    quiet: &mut usize,
    left: &mut [Vec<Left>],
) -> Vec<Operation> {
    let request = Request::read(root, options, in_batch);
    if [request.messages.len(), request.blocks.len(), request.tools.len()].iter().any(|length| *length > LONGEST) {
        let words = format!("lists of more than {LONGEST} entries are not rearranged");
        if let Some(slot) = left.first_mut() {
            *slot =
                alloc::vec![Left { pointer: String::new(), cause: Cause::MessagesTooMany, words: words.into(), if_found: false }];
        }
        return Vec::new();
    }
    while *quiet < passes.len() {
        let number = *next % passes.len();
        let mut plan = Plan::default();
        if let Some(pass) = passes.get(number) {
            pass(&request, how, &mut plan);
        }
        if let Some(slot) = left.get_mut(number) {
            *slot = plan.left;
        }
        *next += 1;
        *quiet += 1;
        if !plan.operations.is_empty() {
            // It is done with what it saw, but what it did may show it more.
            *quiet = 0;
            return plan.operations;
        }
    }
    Vec::new()
}

/// Puts what is left into the report: into the fix of its findings, or as a warning where nothing was found.
fn say(left: Vec<Left>, report: &mut Report) {
    for Left { pointer, cause, words, if_found } in left {
        let within = |place: &str| place.strip_prefix(&*pointer).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        let mut said = false;
        for finding in report.findings.iter_mut().filter(|finding| finding.cause == cause && within(&finding.pointer)) {
            finding.fix = Cow::Owned(format!("{} (not mended: {words})", finding.fix));
            said = true;
        }
        if said || if_found {
            continue;
        }
        if report.findings.len() >= Report::MOST {
            report.omitted += 1;
            continue;
        }
        report.findings.push(Finding {
            cause,
            severity: Severity::Warning,
            path: pointer.split('/').skip(1).collect::<Vec<_>>().join("."),
            pointer,
            message: format!("is left as it is: {words}"),
            fix: Cow::Borrowed(cause.fix()),
            line: None,
            column: None,
            offset: None,
            excerpt: None,
        });
    }
}
