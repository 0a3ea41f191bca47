//! JSON for JavaScript to parse.

use alloc::string::{String, ToString};
use core::fmt::Write as _;

use holdoff::Failure;

/// What stands in an explanation for the words of the cause, which the driver may have from elsewhere: no text of a
/// server's can hold these, since control characters are taken out.
const MEANING: &str = "\u{1}";
const FIX: &str = "\u{2}";

/// An object under construction.
pub(crate) struct Object(String);

impl Object {
    pub(crate) fn new() -> Self {
        Self(String::from("{"))
    }

    fn name(&mut self, name: &str) -> &mut String {
        if self.0.len() > 1 {
            self.0.push(',');
        }
        self.0.push('"');
        self.0.push_str(name);
        self.0.push_str("\":");
        &mut self.0
    }

    /// A text, or nothing at all.
    pub(crate) fn text(mut self, name: &str, text: Option<&str>) -> Self {
        if let Some(text) = text {
            quote(self.name(name), text);
        }
        self
    }

    /// A whole number, or nothing at all.
    pub(crate) fn whole(mut self, name: &str, number: Option<u64>) -> Self {
        if let Some(number) = number {
            let _ = write!(self.name(name), "{number}");
        }
        self
    }

    /// `true`, or nothing at all.
    pub(crate) fn flag(mut self, name: &str, flag: bool) -> Self {
        if flag {
            self.name(name).push_str("true");
        }
        self
    }

    /// JSON that is written already.
    pub(crate) fn raw(mut self, name: &str, json: &str) -> Self {
        self.name(name).push_str(json);
        self
    }

    pub(crate) fn end(mut self) -> String {
        self.0.push('}');
        self.0
    }
}

/// A list of JSON values.
pub(crate) fn list(items: impl Iterator<Item = String>) -> String {
    let mut json = String::from("[");
    for item in items {
        if json.len() > 1 {
            json.push(',');
        }
        json.push_str(&item);
    }
    json.push(']');
    json
}

/// The text as a JSON string.
pub(crate) fn quoted(text: &str) -> String {
    let mut json = String::new();
    quote(&mut json, text);
    json
}

fn quote(json: &mut String, text: &str) {
    json.push('"');
    for character in text.chars() {
        match character {
            '"' | '\\' => {
                json.push('\\');
                json.push(character);
            }
            control if u32::from(control) < 0x20 => {
                let _ = write!(json, "\\u{:04x}", u32::from(control));
            }
            other => json.push(other),
        }
    }
    json.push('"');
}

/// A failure, with its line and its explanation: everything JavaScript may ask for.
///
/// Fields are named as on the wire; those that are null or false there are missing. `explain` has the characters 1 and 2
/// in place of `meaning` and `fix`.
pub fn record(failure: &Failure) -> String {
    Object::new()
        .text("kind", Some(failure.kind.as_str()))
        .text("cause", Some(failure.cause.as_str()))
        .flag("retryable", failure.retryable)
        .whole("status", failure.status.map(u64::from))
        .text("error_type", failure.error_type.as_deref())
        .text("error_code", failure.error_code.as_deref())
        .text("message", failure.message.as_deref())
        .text("field", failure.field.as_deref())
        .text("pointer", failure.pointer().as_deref())
        .whole("actual", failure.actual)
        .whole("limit", failure.limit)
        .text("request_id", failure.request_id.as_deref())
        .text("provider", Some(failure.provider.as_str()))
        .whole("retry_after_ms", failure.hint.map(|hint| hint.delay_ms))
        .text("hint_source", failure.hint.map(|hint| hint.source.as_str()))
        .whole("retry_at", failure.retry_at_ms)
        .flag("maybe_processed", failure.maybe_processed())
        .text("processed", Some(failure.processed.as_str()))
        .text("replay", Some(failure.replay.as_str()))
        .whole("inner_attempts", failure.inner_attempts.map(u64::from))
        .text("meaning", Some(failure.cause.meaning()))
        .text("fix", Some(failure.fix()))
        .text("line", Some(&failure.line()))
        .text("explain", Some(&failure.explain_with(MEANING, FIX)))
        .end()
}

/// A name as a JSON string.
pub(crate) fn name(name: &(impl ToString + ?Sized)) -> String {
    quoted(&name.to_string())
}
