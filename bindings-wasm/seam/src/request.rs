//! Requests and keys, checked before they are sent.
//!
//! A request crosses as the bytes of its JSON text. What it is checked against crosses as one text, names and values by
//! turns, separated by NUL; what is not said has its default. Where nothing is found nothing crosses back.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use holdoff::credential::KeyContext;
use holdoff::request::{Endpoint, Finding, Foreign, Model, Options, RepairOptions, Report, Tape, Target, json};

use crate::json::{Object, list, quoted};

/// What stands in a fix for the cause's own words, which the driver has where the engine is built without them: no text
/// of a report holds it, since control characters are taken out.
const FIX: &str = "\u{2}";

/// What a request is checked against.
#[derive(Default)]
struct Against<'a> {
    target: Target,
    endpoint: Endpoint,
    api_version: Option<&'a str>,
    betas: Vec<&'a str>,
    headers: Option<Vec<(&'a str, &'a str)>>,
    models: Vec<Model>,
    sdk_params: bool,
    answer_missing_tools: bool,
    /// The text was made of an object: places in it are nobody's.
    object: bool,
    /// What the object holds and JSON cannot, each a `null` of the text: see [`Tape::mark`].
    foreign: Vec<(usize, Foreign)>,
}

/// `name` in a list of names, or what is wrong with it.
fn named<T>(what: &str, name: &str, value: Option<T>, names: impl Iterator<Item = &'static str>) -> Result<T, String> {
    value.ok_or_else(|| {
        let known: Vec<_> = names.collect();
        format!("`{what}` must be one of {}: got {}", known.join(", "), quoted(name))
    })
}

impl<'a> Against<'a> {
    fn read(said: Option<&'a str>) -> Result<Self, String> {
        let mut against = Self::default();
        let mut parts = said.into_iter().flat_map(|said| said.split('\0'));
        while let (Some(name), Some(value)) = (parts.next(), parts.next()) {
            match name {
                "target" => {
                    let names = Target::ALL.iter().map(|one| one.as_str());
                    against.target = named("target", value, Target::from_wire(value), names)?;
                }
                "endpoint" => {
                    let names = Endpoint::ALL.iter().map(|one| one.as_str());
                    against.endpoint = named("endpoint", value, Endpoint::from_wire(value), names)?;
                }
                "version" => against.api_version = Some(value),
                "beta" => against.betas.push(value),
                // All that will be sent are known from here on; each follows.
                "headers" => against.headers = Some(Vec::new()),
                "header" => {
                    if let (Some(headers), Some(content)) = (&mut against.headers, parts.next()) {
                        headers.push((value, content));
                    }
                }
                "models" => {
                    let rows = json::read_str(value).tape.unwrap_or_default();
                    against.models = Model::read(&rows).map_err(|error| error.to_string())?;
                }
                "sdk" => against.sdk_params = true,
                "answer" => against.answer_missing_tools = true,
                "object" => against.object = true,
                "foreign" => against.foreign.extend(value.split(' ').filter_map(foreign)),
                _ => {}
            }
        }
        Ok(against)
    }

    fn options(&self) -> Options<'_> {
        let mut options = Options::default();
        options.target = self.target;
        options.endpoint = self.endpoint;
        options.api_version = self.api_version;
        options.betas = &self.betas;
        options.headers = self.headers.as_deref();
        options.models = &self.models;
        options.sdk_params = self.sdk_params;
        options
    }

    /// The text's value with its foreign places; `None` where there are none, and where it is no JSON.
    fn tape<'t>(&self, text: &'t [u8]) -> Option<Tape<'t>> {
        let mut tape = if self.foreign.is_empty() { None } else { json::read(text).tape }?;
        tape.mark(self.foreign.iter().copied());
        Some(tape)
    }
}

/// A place and what stands there, such as `3:cycle`.
fn foreign(mark: &str) -> Option<(usize, Foreign)> {
    let (place, name) = mark.split_once(':')?;
    let foreign = match name {
        "cycle" => Foreign::Cycle,
        "too_deep" => Foreign::TooDeep,
        "big_int" => Foreign::BigInt,
        _ => Foreign::Throws,
    };
    Some((place.parse().ok()?, foreign))
}

fn refused(words: &str) -> String {
    Object::new().text("refused", Some(words)).end()
}

/// What is wrong with a request: JSON of a report, of `refused` where `against` cannot be meant; `None` where nothing is.
pub fn validate(text: &[u8], against: Option<&str>) -> Option<String> {
    let against = match Against::read(against) {
        Ok(against) => against,
        Err(words) => return Some(refused(&words)),
    };
    let report = match against.tape(text) {
        Some(tape) => holdoff::request::check(&tape, &against.options()),
        None => holdoff::request::validate(text, &against.options()),
    };
    report_json(report, against.object)
}

/// What can be mended in a request: a line of JSON with the `patch` and the `report`, or `refused`; behind it, where the
/// text changes, the text.
pub fn repair(text: &[u8], against: Option<&str>) -> String {
    let against = match Against::read(against) {
        Ok(against) => against,
        Err(words) => return refused(&words),
    };
    let mut how = RepairOptions::default();
    how.answer_missing_tools = against.answer_missing_tools;
    let repair = match against.tape(text) {
        Some(tape) => holdoff::request::repair_tape(&tape, &against.options(), &how),
        None => holdoff::request::repair(text, &against.options(), &how),
    };
    let patch = repair.patch_json();
    let mut object = Object::new().raw("patch", &patch);
    if let Some(report) = report_json(repair.report, against.object) {
        object = object.raw("report", &report);
    }
    let mut answer = object.end();
    if let Some(text) = repair.text.filter(|_| !against.object) {
        answer.push('\n');
        answer.push_str(&text);
    }
    answer
}

/// What is wrong with a key, and with where it goes: JSON of a report; `None` where nothing is.
pub fn check_key(key: &str, base_url: Option<&str>, header: Option<&str>) -> Option<String> {
    report_json(holdoff::credential::check_key(key, &KeyContext { base_url, header }), true)
}

/// Where a client with this base URL sends.
pub fn target(base_url: &str) -> &'static str {
    Target::of_base_url(base_url).as_str()
}

/// What a request to this path calls; `None` where it is not checked.
pub fn endpoint(path: &str) -> Option<&'static str> {
    Endpoint::of_path(path).map(Endpoint::as_str)
}

/// A report with what it prints; `None` where nothing was found.
fn report_json(mut report: Report, placeless: bool) -> Option<String> {
    if report.findings.is_empty() {
        return None;
    }
    for finding in &mut report.findings {
        if placeless {
            (finding.line, finding.column, finding.offset, finding.excerpt) = (None, None, None, None);
        }
        if cfg!(not(feature = "texts"))
            && let Some(rest) = finding.fix.strip_prefix(finding.cause.fix())
        {
            finding.fix = Cow::Owned(format!("{FIX}{rest}"));
        }
    }
    let answer = Object::new()
        .raw("findings", &list(report.findings.iter().map(finding_json)))
        .whole("omitted", u64::try_from(report.omitted).ok())
        .text("text", Some(&report.to_string()))
        .end();
    Some(answer)
}

fn finding_json(finding: &Finding) -> String {
    Object::new()
        .text("cause", Some(finding.cause.as_str()))
        .text("severity", Some(finding.severity.as_str()))
        .text("path", Some(&finding.path))
        .text("pointer", Some(&finding.pointer))
        .text("message", Some(&finding.message))
        .text("fix", Some(&finding.fix))
        .whole("line", finding.line.map(u64::from))
        .whole("column", finding.column.map(u64::from))
        .whole("offset", finding.offset.and_then(|offset| u64::try_from(offset).ok()))
        .end()
}
