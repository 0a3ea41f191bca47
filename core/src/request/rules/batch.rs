//! What wraps the items of a batch, and what an item may not hold.

use alloc::format;

use super::Sink;
use super::turns::{is_text, shown};
use crate::request::batch;
use crate::request::names::is_word;
use crate::request::options::Options;
use crate::request::read::{Field, Request};
use crate::request::seen::Seen;
use crate::request::tape::{Kind, Number, View};

const MOST: usize = 100_000;

/// The items to look at: none of a list that is split first, where a thousand findings would hide that one.
fn items<'t, 'a>(root: View<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> {
    let split = root.get("requests").is_some_and(|requests| requests.len() > MOST);
    batch::items(root).take(if split { 0 } else { MOST })
}

pub(crate) fn has_requests(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    if root.kind() == Kind::Object && root.get("requests").is_none() {
        sink.missing(root, "requests", "is missing: a list of items with `custom_id` and `params`");
    }
}

pub(crate) fn is_not_empty(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    if let Some(requests) = root.get("requests").filter(|requests| requests.kind() == Kind::Array && requests.len() == 0) {
        sink.at(requests, "is empty: a batch needs at least one request");
    }
}

pub(crate) fn is_not_too_long(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    if let Some(requests) = root.get("requests").filter(|requests| requests.len() > MOST && requests.kind() == Kind::Array) {
        sink.at(requests, format!("has {} requests, at most {MOST} are taken", requests.len()));
    }
}

pub(crate) fn items_are_whole(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    for item in items(root).filter(|item| item.kind() == Kind::Object) {
        for key in ["custom_id", "params"] {
            if item.get(key).is_none() {
                sink.missing(item, key, "is missing: every item has a `custom_id` and `params`");
            }
        }
    }
}

pub(crate) fn items_have_the_right_types(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    if let Some(requests) = root.get("requests").filter(|requests| requests.kind() != Kind::Array) {
        sink.at(requests, "is no list, a list of items was expected");
    }
    for item in items(root) {
        if item.kind() != Kind::Object {
            sink.at(item, "is no object, an item with `custom_id` and `params` was expected");
            continue;
        }
        if let Some(id) = item.get("custom_id").filter(|id| !is_text(*id)) {
            sink.at(id, "is no text, a text was expected");
        }
        if let Some(params) = item.get("params").filter(|params| params.kind() != Kind::Object) {
            sink.at(params, "is no object, the request of this item was expected");
        }
    }
}

/// One bad id and the whole batch is refused at once.
pub(crate) fn ids_are_well_formed(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    for id in items(root).filter_map(|item| item.get("custom_id")) {
        let Some(text) = id.str() else { continue };
        let fits = is_word(&text);
        if text.is_empty() {
            sink.at(id, "is empty: 1 to 64 letters, digits, _ and - were expected");
        } else if !fits {
            sink.at(id, format!("is \"{}\": 1 to 64 letters, digits, _ and - were expected", shown(id)));
        } else if text.len() > 64 {
            sink.at(id, format!("has {} characters, at most 64 are taken", text.len()));
        }
    }
}

pub(crate) fn ids_are_unique(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    let mut seen = Seen::default();
    for id in items(root).filter_map(|item| item.get("custom_id")) {
        if id.str().is_some_and(|text| !seen.add(text)) {
            sink.at(id, format!("is \"{}\" like that of an item before it", shown(id)));
        }
    }
}

/// These cost most: an item's params are looked at only when it is run, up to a day later.
pub(crate) fn params_are_allowed(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if !request.in_batch {
        return;
    }
    if let Some(stream) = request.field(Field::Stream).filter(|stream| stream.bool() == Some(true)) {
        sink.at(stream, "is true, and a batch does not stream");
    }
    if let Some(speed) = request.given(Field::Speed) {
        let says = "is not taken in a batch";
        if speed.is("standard") {
            sink.maybe_at(speed, says)
        } else {
            sink.at(speed, says)
        };
    }
    if let Some(most) = request.field(Field::MaxTokens).filter(|most| most.number() == Some(Number::Int(0))) {
        sink.at(most, "is 0, and a batch does not warm the cache: at least 1 was expected");
    }
    for (key, other) in request.root.members() {
        let off = matches!(other.kind(), Kind::Null) || other.bool() == Some(false);
        let refused = match &*key.str() {
            "store" | "previous_thread_event_id" | "cache_hint" | "context_hint" => !off,
            "research_preview_2026_02" => other.is("active"),
            _ => false,
        };
        if refused {
            sink.at(other, "is not taken in a batch");
        }
    }
}
