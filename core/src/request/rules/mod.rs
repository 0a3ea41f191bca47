//! The rules: small functions that each look for one fault, and the one table that names them all.

mod batch;
mod betas;
pub(crate) mod cache;
mod chat;
mod chat_to_claude;
mod citations;
mod clouds;
mod context;
pub(crate) mod converse;
pub(crate) mod converse_cache;
mod converse_documents;
mod documents;
mod envelope;
mod fields;
mod headers;
mod images;
mod json_schema;
mod limits;
mod mcp;
mod messages;
mod models;
mod parameters;
mod prefill;
mod sampling;
mod server_turns;
mod shapes;
mod sink;
mod strict_schema;
mod table;
mod texts;
mod thinking;
mod thinking_turns;
mod tool_choice;
mod tool_models;
mod tool_schema;
mod tool_turns;
mod tools;
mod turns;

pub(crate) use sink::Sink;
use table::RULES;

use super::attached::Attached;
use super::options::{Endpoint, Options, Target};
use super::read::{Block, BlockKind, Message, Request};
use super::report::{Report, Severity};
use super::shape;
use super::tape::{Trail, View};
use super::tool::Tool;
use crate::cause::Cause;

/// One rule: a row of the table.
#[derive(Clone, Copy)]
pub(crate) struct Rule {
    /// Its name, in kebab-case: the cause's, and more where one cause has several rules.
    pub(crate) name: &'static str,
    pub(crate) cause: Cause,
    /// How sure a rejection is, at each target.
    pub(crate) at: Severities,
    /// Where it applies besides: which shape of request.
    pub(crate) on: Endpoints,
    pub(crate) check: Check,
    /// Where the rule is known from.
    pub(crate) source: &'static str,
}

/// A rule without the words that only its documentation has: what checking carries.
#[derive(Clone, Copy)]
struct Bare {
    cause: Cause,
    at: Severities,
    on: Endpoints,
    check: Check,
}

/// Every rule, bare.
static BARE: [Bare; RULES.len()] = {
    let nothing = Bare { cause: Cause::Unrecognized, at: Severities::NOWHERE, on: Endpoints::Any, check: Check::Shape };
    let (mut bare, mut at) = ([nothing; RULES.len()], 0);
    while at < RULES.len() {
        #[expect(clippy::indexing_slicing, reason = "both have as many; evaluated at build time")]
        let (slot, rule) = (&mut bare[at], &RULES[at]);
        *slot = Bare { cause: rule.cause, at: rule.at, on: rule.on, check: rule.check };
        at += 1;
    }
    bare
};

impl Bare {
    /// How sure a rejection is of requests of these shapes; `None` where the rule does not hold.
    #[inline]
    fn severity(&self, target: Target, endpoints: u8) -> Option<Severity> {
        if endpoints & self.on.bit() == 0 { None } else { self.at.of(target) }
    }

    /// Whether it reports what the comparison of shapes calls by that cause.
    fn takes(&self, cause: Cause) -> bool {
        matches!(self.check, Check::Shape) && self.cause == cause
    }
}

/// What a rule looks at, and its function.
#[derive(Clone, Copy)]
pub(crate) enum Check {
    /// The body and what goes with it, once: headers, size, what wraps the items of a batch.
    Body(fn(View<'_, '_>, &Options<'_>, &mut Sink<'_>)),
    /// The whole request.
    Request(fn(&Request<'_, '_>, &mut Sink<'_>)),
    /// Each message, with its number.
    Message(fn(&Request<'_, '_>, usize, &Message<'_, '_>, &mut Sink<'_>)),
    /// Each block of these kinds (bits of [`BlockKind::bit`]), those in `system` and in tool results included.
    Block(u32, fn(&Request<'_, '_>, &Block<'_, '_>, &mut Sink<'_>)),
    /// Each image and document, with what its bytes tell.
    Attached(fn(&Request<'_, '_>, &Attached<'_, '_>, &mut Sink<'_>)),
    /// Each entry of `tools`.
    Tool(fn(&Request<'_, '_>, &Tool<'_, '_>, &mut Sink<'_>)),
    /// The request's shape: what `shape` found of the row's cause.
    Shape,
}

/// The severity at each target, in the order of [`Target::ALL`]; `None` where the rule does not hold.
#[derive(Clone, Copy)]
pub(crate) struct Severities([Option<Severity>; 6]);

impl Severities {
    /// An error wherever it goes.
    pub(crate) const ERROR: Self = Self([Some(Severity::Error); 6]);
    /// A warning wherever it goes.
    pub(crate) const WARNING: Self = Self([Some(Severity::Warning); 6]);
    /// Nowhere; a start for [`error_at`](Self::error_at).
    pub(crate) const NOWHERE: Self = Self([None; 6]);

    pub(crate) const fn error_at(self, target: Target) -> Self {
        self.with(target, Some(Severity::Error))
    }

    pub(crate) const fn warning_at(self, target: Target) -> Self {
        self.with(target, Some(Severity::Warning))
    }

    pub(crate) const fn not_at(self, target: Target) -> Self {
        self.with(target, None)
    }

    #[expect(clippy::indexing_slicing, reason = "a target's number is below their count; evaluated at build time")]
    const fn with(mut self, target: Target, severity: Option<Severity>) -> Self {
        self.0[target as usize] = severity;
        self
    }

    fn of(self, target: Target) -> Option<Severity> {
        self.0.get(target as usize).copied().flatten()
    }
}

/// The requests a rule looks at.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Endpoints {
    /// All there are.
    Any,
    /// A batch as a whole.
    Batches,
    /// The Messages shape: messages, token counts and the items of batches.
    Messages,
    /// The Messages shape, without token counts.
    Sending,
    /// Bedrock Converse.
    Converse,
    /// OpenAI-compatible chat completions.
    Chat,
    /// What is [`Messages`](Self::Messages), and Converse: parameters of the model, wherever they stand.
    MessagesAndConverse,
    /// The same without token counts.
    SendingAndConverse,
}

impl Endpoints {
    const fn bit(self) -> u8 {
        1 << self as u8
    }

    /// Those that a request is one of, as bits.
    const fn of(options: &Options<'_>) -> u8 {
        let parameters = Self::MessagesAndConverse.bit() | Self::SendingAndConverse.bit();
        let shape = match (options.endpoint, options.target) {
            (Endpoint::ChatCompletions, _) => Self::Chat.bit(),
            (_, Target::BedrockConverse) => Self::Converse.bit() | parameters,
            (Endpoint::CountTokens, _) => Self::Messages.bit() | Self::MessagesAndConverse.bit(),
            _ => Self::Messages.bit() | Self::Sending.bit() | parameters,
        };
        let whole = if matches!(options.endpoint, Endpoint::Batches) { Self::Batches.bit() } else { 0 };
        Self::Any.bit() | shape | whole
    }
}

/// Puts the rules of a body as a whole to it.
pub(crate) fn check_body(root: View<'_, '_>, options: &Options<'_>, report: &mut Report) {
    let (endpoints, mut trail) = (Endpoints::of(options), Trail::default());
    for rule in &BARE {
        if let Check::Body(check) = rule.check
            && let Some(severity) = rule.severity(options.target, endpoints)
        {
            check(root, options, &mut Sink::new(rule.cause, severity, report, &mut trail));
        }
    }
}

/// Puts every other rule to a request.
pub(crate) fn check(request: &Request<'_, '_>, report: &mut Report) {
    let faults = shape::faults(request);
    debug_assert!(faults.iter().all(|fault| BARE.iter().any(|rule| rule.takes(fault.cause))), "a cause of a shape has no row");
    let (endpoints, mut trail) = (Endpoints::of(request.options), Trail::default());
    for rule in &BARE {
        let Some(severity) = rule.severity(request.options.target, endpoints) else { continue };
        let mut sink = Sink::new(rule.cause, severity, report, &mut trail);
        match rule.check {
            Check::Body(_) => {}
            Check::Request(check) => check(request, &mut sink),
            Check::Message(check) => {
                for (number, message) in request.messages.iter().enumerate() {
                    check(request, number, message, &mut sink);
                }
            }
            Check::Block(kinds, _) if kinds & request.kinds == 0 => {}
            Check::Block(kinds, check) => {
                for block in request.blocks.iter().filter(|block| block.kind.bit() & kinds != 0) {
                    check(request, block, &mut sink);
                }
            }
            Check::Shape => faults.iter().filter(|fault| rule.takes(fault.cause)).for_each(|fault| sink.fault(fault)),
            Check::Attached(check) => request.attached.iter().for_each(|one| check(request, one, &mut sink)),
            Check::Tool(check) => request.tools.iter().for_each(|tool| check(request, tool, &mut sink)),
        }
    }
}

/// A rule, as its documentation names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct RuleInfo {
    /// Its name, in kebab-case.
    pub name: &'static str,
    /// What its findings say.
    pub cause: Cause,
    /// The severity at each target, in the order of [`Target::ALL`]; `None` where it does not hold.
    pub severities: [Option<Severity>; 6],
    /// Where it is known from.
    pub source: &'static str,
}

/// Converse has a shape, and so rules, of its own.
fn severities(rule: &Rule) -> [Option<Severity>; 6] {
    let at = rule.at.of(Target::BedrockConverse);
    match rule.on {
        Endpoints::Converse => Severities::NOWHERE.with(Target::BedrockConverse, at).0,
        Endpoints::Messages | Endpoints::Sending | Endpoints::Batches | Endpoints::Chat => {
            rule.at.not_at(Target::BedrockConverse).0
        }
        Endpoints::Any | Endpoints::MessagesAndConverse | Endpoints::SendingAndConverse => rule.at.0,
    }
}

/// Every rule, in the order in which they are put.
pub fn rules() -> impl Iterator<Item = RuleInfo> {
    RULES.iter().map(|rule| RuleInfo { name: rule.name, cause: rule.cause, severities: severities(rule), source: rule.source })
}

/// A set of block kinds, for a rule's row.
pub(crate) const fn kinds(all: &[BlockKind]) -> u32 {
    let (mut set, mut rest) = (0, all);
    while let [first, tail @ ..] = rest {
        set |= first.bit();
        rest = tail;
    }
    set
}
