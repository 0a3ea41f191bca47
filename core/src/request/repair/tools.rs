//! Tools that are defined twice in the same words.

use alloc::collections::BinaryHeap;
use alloc::format;

use super::RepairOptions;
use super::plan::Plan;
use crate::cause::Cause;
use crate::request::read::Request;
use crate::request::seen::Seen;
use crate::request::tape::{Kind, View};

/// Two definitions that differ are left: which of them is meant only their author knows. A cache marker is no
/// difference; of two equal tools the one that has it stays.
pub(super) fn drop_duplicates(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let mut kept = Seen::default();
    let mut doomed = BinaryHeap::new();
    for (number, tool) in request.tools.iter().map(|tool| tool.view).enumerate() {
        let Some(name) = tool.get("name").and_then(View::str) else { continue };
        let Some((first, other)) = kept.get(&name).and_then(|first| Some((first, request.tools.get(first)?.view))) else {
            kept.put(name, number);
            continue;
        };
        match (equal_tools(other, tool), other.get("cache_control"), tool.get("cache_control")) {
            (true, _, None) => doomed.push(number),
            (true, None, Some(_)) => {
                doomed.push(first);
                kept.put(name, number);
            }
            (true, Some(one), Some(another)) if equal(one, another) => doomed.push(number),
            _ => plan.leave(
                format!("/tools/{number}/name"),
                Cause::ToolNameDuplicate,
                "another tool of that name has a definition of its own",
            ),
        }
    }
    // From the end, so that no place moves before its turn.
    while let Some(number) = doomed.pop() {
        let reason = "the tool is defined twice in the same words, and one definition is dropped";
        plan.because(Cause::ToolNameDuplicate, reason).remove(format!("/tools/{number}"));
    }
}

fn equal_tools(one: View<'_, '_>, other: View<'_, '_>) -> bool {
    members(one, other, "cache_control") && members(other, one, "cache_control")
}

fn members(one: View<'_, '_>, other: View<'_, '_>, but: &str) -> bool {
    one.members()
        .filter(|(key, _)| but.is_empty() || !key.is(but))
        .all(|(key, value)| key.foreign().is_none() && other.get(&key.str()).is_some_and(|other| equal(value, other)))
}

/// Whether two values are the same. As deep as the tape at most, which is 1,024.
pub(super) fn equal(one: View<'_, '_>, other: View<'_, '_>) -> bool {
    match (one.kind(), other.kind()) {
        (Kind::Null, Kind::Null) => true,
        (Kind::Bool, Kind::Bool) => one.bool() == other.bool(),
        // Whole numbers beyond 64 bits are not known to be equal.
        (Kind::Number, Kind::Number) => one.number() == other.number() && one.number() != Some(crate::request::tape::Number::Big),
        (Kind::String, Kind::String) => one.str() == other.str(),
        (Kind::Array, Kind::Array) => {
            one.len() == other.len() && one.items().zip(other.items()).all(|(one, other)| equal(one, other))
        }
        (Kind::Object, Kind::Object) => one.len() == other.len() && members(one, other, ""),
        _ => false,
    }
}
