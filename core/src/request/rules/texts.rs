//! Text that is empty or blank, and text the assistant is to go on from.

use super::Sink;
use super::turns::left_open;
use crate::request::escape::{Piece, Pieces};
use crate::request::model::Support;
use crate::request::read::{Block, BlockKind, Field, Message, Place, Request, Role};
use crate::request::tape::View;

/// Not inside tool results: there it was seen to be taken.
pub(crate) fn is_not_empty(_: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if matches!(block.place, Place::Inside(_)) {
        return;
    }
    if let Some(text) = block.text.filter(|text| text.raw() == Some("")) {
        sink.at(text, "is empty: a text block needs text");
    }
}

/// A message of white space alone is refused, and so is any block of the system prompt
/// (<https://github.com/agentjido/req_llm/issues/711>). Beside other text of a message a blank block was seen to be taken,
/// and models write one before a tool call themselves.
pub(crate) fn is_not_blank(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let says = "holds only white space: text, or no block at all, was expected";
    if let Some(system) = request.field(Field::System) {
        let blocks = request.blocks.iter().take_while(|block| block.place == Place::System);
        each_blank(system, blocks, |view, _| _ = sink.at(view, says));
    }
    for (number, message) in request.messages.iter().enumerate() {
        let Some(content) = message.content else { continue };
        let merged = || {
            let beside = [number.checked_sub(1), Some(number + 1)];
            let mut beside = beside.into_iter().flatten().filter_map(|number| request.messages.get(number));
            beside.any(|beside| beside.role == message.role)
        };
        let ours = message.role == Role::Assistant;
        if ours && request.own_blocks(message).any(|block| block.kind != BlockKind::Text) {
            continue;
        }
        each_blank(content, request.own_blocks(message), |view, alone| {
            _ = if alone && !merged() { sink.at(view, says) } else { sink.maybe_at(view, says) };
        });
    }
}

/// Calls back with each blank text, and whether there is nothing but blank text.
fn each_blank<'r, 't: 'r, 'a: 'r>(
    content: View<'t, 'a>,
    mut blocks: impl Iterator<Item = &'r Block<'t, 'a>> + Clone,
    mut found: impl FnMut(View<'t, 'a>, bool),
) {
    if is_blank(content) {
        return found(content, true);
    }
    let text = |block: &Block<'t, 'a>| block.text.filter(|_| block.kind == BlockKind::Text);
    let all = blocks.clone();
    let blank = |block: &'r Block<'t, 'a>| text(block).filter(|view| is_blank(*view));
    if let Some(first) = blocks.find_map(blank) {
        let alone = all.into_iter().all(|block| text(block).is_some_and(|view| is_blank(view) || view.raw() == Some("")));
        found(first, alone);
        blocks.filter_map(blank).for_each(|view| found(view, alone));
    }
}

/// Whether it is a text of white space alone, and not empty. Stops at the first other character.
pub(crate) fn is_blank(view: View<'_, '_>) -> bool {
    let Some(raw) = view.raw().filter(|raw| !raw.is_empty()) else { return false };
    // Most texts begin with a letter.
    if raw.bytes().next().is_some_and(|first| first.is_ascii_graphic() && first != b'\\') {
        return false;
    }
    if !view.escaped() {
        return raw.chars().all(char::is_whitespace);
    }
    Pieces::new(raw).all(|piece| match piece {
        Piece::Text(text) => text.chars().all(char::is_whitespace),
        Piece::Char(char) => char.is_whitespace(),
    })
}

/// Whether the last character of a text is white space. Only where it may be an escape all of the text is read.
pub(super) fn ends_in_space(view: View<'_, '_>) -> bool {
    let Some(raw) = view.raw() else { return false };
    let (_, end) = raw.as_bytes().split_at(raw.len().saturating_sub("\\u0020".len()));
    if view.escaped() && end.contains(&b'\\') {
        return view.str().is_some_and(|text| text.ends_with(char::is_whitespace));
    }
    raw.ends_with(char::is_whitespace)
}

/// Where a model does not go on from the assistant's text, that is said instead.
pub(crate) fn ends_cleanly(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(text) = left_open(request).and_then(|message| last_text(request, message)) else { return };
    let trails = ends_in_space(text) && !is_blank(text);
    let says = "ends in white space, which the last text of the assistant may not";
    match request.model {
        _ if !trails => {}
        Some(model) if model.prefill == Support::No => {}
        Some(model) if model.prefill == Support::Yes && model.certain() => _ = sink.at(text, says),
        _ => _ = sink.maybe_at(text, says),
    }
}

/// The text a message ends in, if it ends in text.
fn last_text<'t, 'a>(request: &Request<'t, 'a>, message: &Message<'t, 'a>) -> Option<View<'t, 'a>> {
    let content = message.content?;
    if content.raw().is_some() {
        return Some(content);
    }
    request.own_blocks(message).next_back().filter(|block| block.kind == BlockKind::Text)?.text
}
