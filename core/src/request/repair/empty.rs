//! Blank text and messages that say nothing, dropped.

use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use super::RepairOptions;
use super::plan::{Plan, Remaining, is_blank};
use crate::cause::Cause;
use crate::request::options::Target;
use crate::request::read::{Block, BlockKind, Field, Message, Place, Request, Role};
use crate::request::tape::{Kind, View};

/// Inside tool results empty text is taken.
pub(super) fn drop(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let mut remaining = Remaining::of(request);
    // From the end, so that no place moves before its turn.
    for (number, message) in request.messages.iter().enumerate().rev() {
        let Some(content) = message.content else { continue };
        let blanks = match content.kind() {
            Kind::String if is_blank(content) => Vec::new(),
            Kind::Array => request.own_blocks(message).enumerate().filter_map(|(at, block)| Some((at, blank(block)?))).collect(),
            _ => continue,
        };
        if content.kind() == Kind::Array && content.len() > blanks.len() {
            let kept = keeps_blank(request, message);
            for (at, text) in blanks.into_iter().rev().filter(|(_, text)| !kept || text.raw() == Some("")) {
                let marked = text.parent().is_some_and(|block| block.get("cache_control").is_some());
                plan.because(cause(text, marked), reason(text, marked)).remove(format!("/messages/{number}/content/{at}"));
            }
            continue;
        }
        match remaining.drop(number) {
            Ok(()) => {
                let reason = "the message says nothing and is dropped";
                plan.because(Cause::EmptyMessageContent, reason).remove(format!("/messages/{number}"));
            }
            Err(why) => leave(content, &format!("/messages/{number}/content"), why, plan),
        }
    }
    if let Some(system) = request.field(Field::System) {
        drop_system(request, system, plan);
    }
}

fn drop_system(request: &Request<'_, '_>, system: View<'_, '_>, plan: &mut Plan) {
    let blocks = request.blocks.iter().take_while(|block| block.place == Place::System).enumerate();
    let blanks: Vec<_> = blocks.filter_map(|(at, block)| Some((at, blank(block)?))).collect();
    let first = blanks.first().map(|(_, text)| *text);
    match (system.kind(), first) {
        (Kind::String, _) if is_blank(system) => {
            plan.because(cause(system, false), "the blank system prompt is dropped").remove("/system".to_string());
        }
        (Kind::Array, Some(text)) if blanks.len() == system.len() => {
            plan.because(cause(text, false), "the blank system prompt is dropped").remove("/system".to_string());
        }
        _ => {
            for (at, text) in blanks.into_iter().rev() {
                let marked = text.parent().is_some_and(|block| block.get("cache_control").is_some());
                plan.because(cause(text, marked), reason(text, marked)).remove(format!("/system/{at}"));
            }
        }
    }
}

/// The text of a text block that is blank.
fn blank<'t, 'a>(block: &Block<'t, 'a>) -> Option<View<'t, 'a>> {
    block.view.get("text").filter(|text| block.kind == BlockKind::Text && is_blank(*text))
}

/// Models write blank text before a call themselves, and the API takes it back; to drop it would change a prefix that
/// may be cached.
fn keeps_blank(request: &Request<'_, '_>, message: &Message<'_, '_>) -> bool {
    message.role == Role::Assistant
        && request.options.target != Target::Portable
        && request.own_blocks(message).any(|block| block.kind != BlockKind::Text)
}

fn cause(text: View<'_, '_>, marked: bool) -> Cause {
    match text.raw() {
        Some("") if marked => Cause::CacheControlEmptyText,
        Some("") => Cause::EmptyTextBlock,
        _ => Cause::WhitespaceOnlyTextBlock,
    }
}

fn reason(text: View<'_, '_>, marked: bool) -> &'static str {
    match (text.raw() == Some(""), marked) {
        (true, true) => "the empty text block is dropped, and its cache marker with it",
        (true, false) => "the empty text block is dropped",
        (false, true) => "the text block of white space alone is dropped, and its cache marker with it",
        (false, false) => "the text block of white space alone is dropped",
    }
}

/// Says it at the place where the check says it: an empty message, or each blank text of one.
fn leave(content: View<'_, '_>, place: &str, why: &'static str, plan: &mut Plan) {
    let mut say = |pointer: String, cause| plan.leave(pointer, cause, why);
    match content.kind() {
        Kind::Array if content.len() > 0 => {
            for (at, text) in content.items().enumerate().filter_map(|(at, block)| Some((at, block.get("text")?))) {
                say(format!("{place}/{at}/text"), cause(text, false));
            }
        }
        Kind::String if content.raw() != Some("") => say(place.into(), Cause::WhitespaceOnlyTextBlock),
        _ => say(place.into(), Cause::EmptyMessageContent),
    }
}
