//! Thinking blocks that come back: whole, signed, and where the mode of thinking wants them.

use alloc::format;

use super::Sink;
use super::turns::{Turn, left_open, turns};
use crate::request::model::ThinkingDefault;
use crate::request::read::{Block, BlockKind, Field, Message, Request, Role};
use crate::request::tape::{Kind, View};

/// How a request thinks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Enabled,
    Adaptive,
    BetweenTools,
    Disabled,
}

/// `None` where neither the request nor a sure row of its model tells.
pub(crate) fn mode(request: &Request<'_, '_>) -> Option<Mode> {
    if let Some(thinking) = request.given(Field::Thinking) {
        let kind = thinking.get("type")?;
        let named = [
            ("enabled", Mode::Enabled),
            ("adaptive", Mode::Adaptive),
            ("between_tools", Mode::BetweenTools),
            ("disabled", Mode::Disabled),
        ];
        return named.into_iter().find(|(name, _)| kind.is(name)).map(|(_, mode)| mode);
    }
    match request.model.filter(|model| model.certain())?.thinking.omitted? {
        ThinkingDefault::Off => Some(Mode::Disabled),
        ThinkingDefault::Adaptive => Some(Mode::Adaptive),
    }
}

pub(crate) fn are_signed(_: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    match block.view.get("signature") {
        None => _ = sink.missing(block.view, "signature", "is missing: a thinking block comes back with the one it had"),
        Some(signature) if signature.kind() == Kind::Null => _ = sink.at(signature, "is null, a text was expected"),
        Some(_) => {}
    }
}

const THINKING: u32 = BlockKind::Thinking.bit() | BlockKind::RedactedThinking.bit();

/// Real ones are hundreds of characters of base64.
const SHORTEST: usize = 40;

/// Only the server can verify one. What is plainly none can be seen; an empty one is refused for certain where thinking
/// is on and the turn is the last of the assistant.
pub(crate) fn are_signed_for_real(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & THINKING == 0 {
        return;
    }
    let last = turns(request).filter(|turn| turn.role == Role::Assistant).last();
    let start = last.and_then(|turn| turn.own().next()).map(|block| block.view.index());
    let on = matches!(mode(request), Some(Mode::Enabled | Mode::Adaptive));
    for block in request.blocks.iter().filter(|block| block.kind.bit() & THINKING != 0) {
        let key = if block.kind == BlockKind::Thinking { "signature" } else { "data" };
        let Some(signature) = block.view.get(key) else { continue };
        let Some(text) = signature.str() else { continue };
        if text.is_empty() {
            let says = "is empty: the server's own was expected, unchanged";
            let certain = on && start.is_some_and(|start| block.view.index() >= start);
            if certain {
                sink.at(signature, says)
            } else {
                sink.maybe_at(signature, says)
            };
        } else if block.kind == BlockKind::Thinking && (text.len() < SHORTEST || !text.bytes().all(is_base64)) {
            sink.maybe_at(signature, format!("has {} characters and does not look like the server's own", text.len()));
        }
    }
}

const fn is_base64(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'=' | b'-' | b'_')
}

pub(crate) fn are_whole(_: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if block.view.get("data").is_none() {
        sink.missing(block.view, "data", "is missing: a redacted_thinking block comes back with the one it had");
    }
}

pub(crate) fn have_no_marker(_: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(marker) = block.view.get("cache_control") {
        sink.at(marker, "stands on a thinking block, which takes no cache marker")
            .fix("remove the marker, or move it to the next text or tool block");
    }
}

/// Something follows the thinking. A last turn of the assistant is a beginning to go on from, and other rules' matter.
pub(crate) fn are_followed(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & THINKING == 0 {
        return;
    }
    let mut before = None;
    for turn in turns(request) {
        let ends = before.replace(turn).filter(|turn: &Turn<'_, '_, '_>| turn.role == Role::Assistant);
        if let Some(last) = ends.and_then(|turn| turn.own().last()).filter(|block| block.kind.bit() & THINKING != 0) {
            sink.at(last.view, "is the last block of the assistant's turn, which may not end in its thinking");
        }
    }
}

/// In the manual mode, the assistant's turn that waits for tool results starts with its thinking. Models differ in how
/// strictly they want it.
pub(crate) fn come_first(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if mode(request) != Some(Mode::Enabled) {
        return;
    }
    let mut ending = [None, None];
    for turn in turns(request) {
        ending = [ending[1].take(), Some(turn)];
    }
    let [Some(asked), Some(answered)] = ending else { return };
    if asked.role != Role::Assistant || !answered.has(BlockKind::ToolResult) || !asked.has(BlockKind::ToolUse) {
        return;
    }
    if let Some(first) = asked.own().next()
        && !matches!(first.kind, BlockKind::Thinking | BlockKind::RedactedThinking)
    {
        sink.at(first.view, "starts a turn that waits for tool results, where its thinking block was expected");
    }
}

/// The same in the shape of Converse.
pub(crate) fn converse_comes_first(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if mode(request) != Some(Mode::Enabled) {
        return;
    }
    let [.., asked, answered] = request.messages.as_slice() else { return };
    let blocks = |message: &Message<'_, '_>, key: &str| {
        message.content.into_iter().flat_map(View::items).any(|block| block.get(key).is_some())
    };
    if asked.role != Role::Assistant || !blocks(answered, "toolResult") || !blocks(asked, "toolUse") {
        return;
    }
    if let Some(first) = asked.content.and_then(|content| content.items().next())
        && first.get("reasoningContent").is_none()
    {
        sink.at(first, "starts a turn that waits for tool results, where its `reasoningContent` was expected");
    }
}

/// Only a last message: in earlier ones they are left out without an error.
pub(crate) fn are_wanted(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(message) = left_open(request) else { return };
    let thinks = |block: &&Block<'_, '_>| matches!(block.kind, BlockKind::Thinking | BlockKind::RedactedThinking);
    let Some(block) = request.own_blocks(message).find(thinks) else { return };
    let says = "is a thinking block in the last message of the assistant while thinking is off";
    match mode(request) {
        Some(Mode::Disabled) => _ = sink.at(block.view, says),
        None if request.given(Field::Thinking).is_none() => {
            sink.maybe_at(block.view, "is a thinking block in the last message of the assistant, and `thinking` is not sent");
        }
        _ => {}
    }
}
