//! The reference, and the lists of names.

use alloc::string::String;

use holdoff::{Cause, DelaySource, Entry, ErrorKind, Key, StopReason};

use crate::headers::ASKED;
use crate::json::{Object, list, name};
use crate::policy::{JITTERS, MID_STREAMS};

fn row(column: &str, key: &str, entry: &Entry) -> String {
    Object::new()
        .text("meaning", Some(entry.meaning))
        .raw("retryable", if entry.retryable { "true" } else { "false" })
        .text("action", Some(entry.action))
        .text("link", entry.link)
        .text("column", Some(column))
        .text("key", Some(key))
        .text("kind", Some(entry.kind.as_str()))
        // Whose words these are, where they are a cause's: the driver may have them from elsewhere.
        .text("cause", Some(entry.cause.as_str()).filter(|_| of_cause(column, entry)))
        .end()
}

/// Whether the row says what its cause says, and not what its status or kind does.
fn of_cause(column: &str, entry: &Entry) -> bool {
    match column {
        "cause" | "error_code" => true,
        "error_type" => Cause::unspecified(entry.kind) != entry.cause,
        _ => false,
    }
}

/// The row of `key` in `column`, as JSON; `None` for what is not in the tables.
pub fn lookup(column: &str, key: &str) -> Option<String> {
    let found = match column {
        "status" => Key::Status(key.parse().ok()?),
        "error_type" => Key::ErrorType(key),
        "error_code" => Key::ErrorCode(key),
        "kind" => Key::Kind(ErrorKind::from_wire(key)?),
        "cause" => Key::Cause(Cause::from_wire(key)?),
        _ => return None,
    };
    holdoff::lookup(found).map(|entry| row(column, key, &entry))
}

/// The whole reference, as a JSON list.
pub fn table() -> String {
    list(holdoff::table().iter().map(|each| row(each.column, &each.key, &each.entry)))
}

/// Every name there is, as a JSON object of lists: `kinds`, `jitters`, `mid_streams`, `sources`; `reasons`, an object from
/// each to its meaning; and `headers`, one from each that is asked for to how it counts.
pub fn names() -> String {
    let reasons =
        StopReason::ALL.iter().fold(Object::new(), |object, reason| object.text(reason.as_str(), Some(reason.meaning()))).end();
    let headers = ASKED.iter().fold(Object::new(), |object, (name, role)| object.text(name, Some(role.as_str()))).end();
    Object::new()
        .raw("kinds", &list(ErrorKind::ALL.iter().map(name)))
        .raw("jitters", &list(JITTERS.iter().map(|jitter| name(jitter.as_str()))))
        .raw("mid_streams", &list(MID_STREAMS.iter().map(|mid_stream| name(mid_stream.as_str()))))
        .raw("sources", &list(DelaySource::ALL.iter().map(name)))
        .raw("reasons", &reasons)
        .raw("headers", &headers)
        .end()
}
