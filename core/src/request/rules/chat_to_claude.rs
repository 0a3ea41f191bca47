//! What Claude refuses behind an OpenAI-compatible endpoint. A server passes it on, drops it or mends it: this only warns.
//!
//! Source: the rules of the Messages API, and answers quoted in public bug reports.

use alloc::format;

use super::Sink;
use super::chat::calls;
use super::texts::{ends_in_space, is_blank};
use crate::request::model::{Model, Support};
use crate::request::read::{Message, Request, Role};
use crate::request::tape::{Number, View};

/// System messages become the system prompt: something else must be left.
pub(crate) fn there_is_a_turn(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let is_system =
        |message: &Message<'_, '_>| message.view.get("role").is_some_and(|role| role.is("system") || role.is("developer"));
    if request.model.is_some()
        && let Some(first) = request.messages.first()
        && request.messages.iter().all(is_system)
        && let Some(messages) = first.view.parent()
    {
        sink.at(messages, "holds system messages only, which Claude is given as its system prompt");
    }
}

/// Parts of a message are not empty.
pub(crate) fn parts_have_text(request: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let parts = message.content.filter(|_| request.model.is_some()).into_iter().flat_map(View::items);
    for text in parts.filter_map(|part| part.get("text")).filter(|text| text.raw() == Some("")) {
        sink.at(text, "is empty, which Claude does not take");
    }
}

pub(crate) fn max_tokens_is_within_the_models(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((model, most)) = request.model.and_then(|model| Some((model, model.max_output_tokens?))) else { return };
    for view in ["max_tokens", "max_completion_tokens"].into_iter().filter_map(|key| request.root.get(key)) {
        if let Some(Number::Int(wanted)) = view.number()
            && wanted > i64::from(most)
        {
            sink.at(view, format!("is {wanted}, {} puts out {most} tokens at most", model.name()));
        }
    }
}

/// A text of the assistant that stands last: where the model is Claude, servers pass it on as a beginning to go on from.
fn beginning<'r, 't, 'a>(request: &'r Request<'t, 'a>) -> Option<(&'t Model, &'r Message<'t, 'a>, View<'t, 'a>)> {
    let last = request.messages.last().filter(|last| last.role == Role::Assistant && calls(last).next().is_none())?;
    let text = last.content.filter(|content| content.raw().is_some_and(|text| !text.is_empty()))?;
    Some((request.model?, last, text))
}

pub(crate) fn prefill_is_supported(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((model, message, _)) = beginning(request).filter(|(model, ..)| model.prefill == Support::No) {
        sink.at(message.view, format!("is the assistant's and stands last, which {} does not go on from", model.name()));
    }
}

pub(crate) fn prefill_ends_cleanly(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let text = beginning(request).filter(|(model, ..)| model.prefill != Support::No).map(|(_, _, text)| text);
    if let Some(text) = text.filter(|text| ends_in_space(*text) && !is_blank(*text)) {
        sink.at(text, "ends in white space, which the last text of the assistant may not");
    }
}
