//! A conversation that ends with the assistant: a beginning for the model to go on from.

use alloc::format;

use super::Sink;
use super::thinking_turns::{Mode, mode};
use super::turns::{left_open, said};
use crate::request::model::Support;
use crate::request::read::{BlockKind, Field, Message, Request};
use crate::request::tape::Kind;

/// How far a last message of the assistant is a beginning to go on from.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Open {
    /// It is one.
    Yes,
    /// It may be one: it holds work of the server's tools, with text behind it.
    Perhaps,
}

/// `None` for what is sent back as it came: a turn the server paused, a summary, a call that wants its result, an answer
/// that another model takes over.
fn open<'r, 't, 'a>(request: &'r Request<'t, 'a>) -> Option<(&'r Message<'t, 'a>, Open)> {
    let message = left_open(request)?;
    let content = message.content?;
    let empty = matches!(content.kind(), Kind::Array) && content.len() == 0 || content.raw() == Some("");
    if empty || request.given(Field::FallbackCreditToken).is_some() {
        return None;
    }
    if content.raw().is_some() {
        return Some((message, Open::Yes));
    }
    match request.own_blocks(message).next_back()?.kind {
        BlockKind::Text | BlockKind::Thinking | BlockKind::RedactedThinking => {}
        _ => return None,
    }
    let ours = |kind: BlockKind| matches!(kind, BlockKind::Text | BlockKind::Thinking | BlockKind::RedactedThinking);
    let plain = request.own_blocks(message).all(|block| ours(block.kind));
    Some((message, if plain { Open::Yes } else { Open::Perhaps }))
}

pub(crate) fn is_supported(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(model) = request.model.filter(|model| model.prefill == Support::No) else { return };
    if let Some((message, open)) = open(request) {
        let says = format!("is the last message and from the assistant, which {} does not go on from", model.name());
        let certain = open == Open::Yes && model.certain();
        if certain {
            sink.at(message.view, says)
        } else {
            sink.maybe_at(message.view, says)
        };
    }
}

/// A message that starts with its thinking may be taken up; one that does not is refused.
pub(crate) fn is_without_thinking(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if takes_none(request) || !matches!(mode(request), Some(Mode::Enabled | Mode::Adaptive)) {
        return;
    }
    let Some((message, open)) = open(request) else { return };
    let first = request.own_blocks(message).next().map(|block| block.kind);
    let thinks = matches!(first, Some(BlockKind::Thinking | BlockKind::RedactedThinking));
    let says = "is the last message and from the assistant while thinking is on: end with a user message";
    let certain = open == Open::Yes && !thinks;
    if certain {
        sink.at(message.view, says)
    } else {
        sink.maybe_at(message.view, says)
    };
}

pub(crate) fn is_without_format(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let format = request.given(Field::OutputConfig).and_then(|config| config.get("format"));
    if takes_none(request) || !(said(format) || request.given(Field::OutputFormat).is_some()) {
        return;
    }
    let Some((message, open)) = open(request) else { return };
    let says = "is the last message and from the assistant while an output format is set: end with a user message";
    if open == Open::Yes {
        sink.at(message.view, says)
    } else {
        sink.maybe_at(message.view, says)
    };
}

/// Then [`is_supported`] has said it.
fn takes_none(request: &Request<'_, '_>) -> bool {
    request.model.is_some_and(|model| model.prefill == Support::No)
}
