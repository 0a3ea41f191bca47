//! The request checked before it is sent: everything that can be known offline, said all at once.
//!
//! Each finding names its place, its cause (the entry of the catalogue that the server's 400 would be diagnosed as) and
//! its fix. Nothing here sends, reads a clock or needs a network, and no input can panic it.
//!
//! ```
//! use holdoff::request::{Options, validate};
//!
//! let report = validate(br#"{"model": "claude-opus-5", "messages": []}"#, &Options::default());
//! let causes: Vec<_> = report.errors().map(|finding| finding.cause.as_str()).collect();
//! assert_eq!(causes, ["missing-max-tokens", "messages-empty"]);
//! ```

mod attached;
mod batch;
mod escape;
#[doc(hidden)]
pub mod json;
pub(crate) mod media;
pub(crate) mod model;
mod names;
mod options;
mod read;
mod repair;
mod report;
mod rules;
mod seen;
mod shape;
mod size;
mod tape;
mod tool;

use alloc::borrow::Cow;
use alloc::collections::BinaryHeap;
use alloc::string::String;
use core::cmp::Reverse;

use json::Fault;
use tape::View;

pub use model::ModelError;
pub use model::{Confidence, Date, Effort, Efforts, Model, Retirement, Sampling, Status, Support, Thinking, ThinkingDefault};
pub use options::{Endpoint, Options, Target};
pub use repair::{Change, Json, Operation, Repair, RepairOptions, repair, repair_tape};
pub use report::{Finding, Report, Severity};
pub use rules::{RuleInfo, rules};
pub use tape::{Builder, Foreign, Tape};

/// Checks a request body as it will be sent.
///
/// Findings come with line, column and offset; faults of the JSON text also with the line they stand on. Where a text is
/// broken beyond reading on, its fault is all that is reported.
pub fn validate(text: &[u8], options: &Options<'_>) -> Report {
    let reading = json::read(text);
    let mut report = Report::default();
    for fault in reading.faults {
        report.findings.push(of_fault(fault, reading.tape.as_ref()));
    }
    if let Some(tape) = &reading.tape {
        batch::check(tape.root(), options, &mut report);
        place(text, &mut report);
    }
    report
}

/// Checks a request that a binding put together from its language's own objects.
///
/// Its findings have no line, column or offset.
pub fn check(tape: &Tape<'_>, options: &Options<'_>) -> Report {
    let mut report = Report::default();
    batch::check(tape.root(), options, &mut report);
    report
}

fn of_fault(fault: Fault, tape: Option<&Tape<'_>>) -> Finding {
    let cause = fault.cause();
    let view = fault.node.zip(tape).and_then(|(node, tape)| tape.view(node));
    Finding {
        cause,
        severity: Severity::Error,
        path: view.map_or_else(String::new, View::path),
        pointer: view.map_or_else(String::new, View::pointer),
        message: fault.words,
        fix: Cow::Borrowed(cause.fix()),
        line: u32::try_from(fault.line).ok(),
        column: u32::try_from(fault.column).ok(),
        offset: Some(fault.offset),
        excerpt: Some(fault.line_text),
    }
}

/// Gives findings that know their offset their line and column, in one pass over the text.
fn place(text: &[u8], report: &mut Report) {
    let placeless = report.findings.iter().enumerate().filter(|(_, finding)| finding.line.is_none());
    let mut order: BinaryHeap<_> = placeless.filter_map(|(at, finding)| Some(Reverse((finding.offset?, at)))).collect();
    let mut places = json::Places::new(text);
    while let Some(Reverse((offset, at))) = order.pop() {
        let Some(finding) = report.findings.get_mut(at) else { continue };
        let place = places.at(offset);
        finding.line = u32::try_from(place.line).ok();
        finding.column = u32::try_from(place.column).ok();
    }
}
