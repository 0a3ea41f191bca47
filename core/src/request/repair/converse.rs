//! What is mended of Converse's own shape, where the key of a block says what it is.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::ToString;
use alloc::vec::Vec;

use super::RepairOptions;
use super::operation::Json;
use super::plan::{Plan, Remaining, is_blank};
use super::tools::equal;
use crate::cause::Cause;
use crate::request::model::Support;
use crate::request::read::{Message, Request, Role};
use crate::request::seen::Seen;
use crate::request::tape::{Kind, Number, View};

/// The text of a block that is blank and nothing else.
#[inline(never)]
fn blank<'t, 'a>(block: View<'t, 'a>) -> Option<View<'t, 'a>> {
    block.get("text").filter(|text| block.len() == 1 && is_blank(*text))
}

fn is_marker(block: View<'_, '_>) -> bool {
    block.get("cachePoint").is_some()
}

/// What the check calls that text.
fn cause(text: View<'_, '_>) -> Cause {
    match text.raw() {
        Some("") => Cause::EmptyTextBlock,
        _ => Cause::WhitespaceOnlyTextBlock,
    }
}

fn reason(text: View<'_, '_>) -> &'static str {
    match text.raw() {
        Some("") => "the empty text block is dropped",
        _ => "the text block of white space alone is dropped",
    }
}

/// The content of a message with what stands in it, where it is a list.
fn list<'t, 'a>(message: &Message<'t, 'a>) -> Option<View<'t, 'a>> {
    message.content.filter(|content| content.kind() == Kind::Array)
}

/// Blank texts, messages that say nothing, and a blank system prompt.
pub(super) fn drop_blank(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let mut remaining = Remaining::of(request);
    // From the end, so that no place moves before its turn.
    for (number, message) in request.messages.iter().enumerate().rev() {
        let Some(content) = list(message) else { continue };
        let place = format!("/messages/{number}/content");
        let blanks: Vec<_> = content.items().enumerate().filter_map(|(at, block)| Some((at, blank(block)?))).collect();
        let mut others = content.items().filter(|block| blank(*block).is_none() && !is_marker(*block)).peekable();
        if others.peek().is_some() {
            // A document must have a text beside it, and this one may be all there is.
            let (mut documents, mut texts) = (false, false);
            others.for_each(|block| {
                documents |= block.get("document").is_some();
                texts |= block.get("text").is_some();
            });
            for (at, text) in blanks.into_iter().rev() {
                if documents && !texts {
                    plan.leave(format!("{place}/{at}/text"), cause(text), "a document wants a text beside it");
                } else {
                    plan.because(cause(text), reason(text)).remove(format!("{place}/{at}"));
                }
            }
            continue;
        }
        if blanks.is_empty() && content.len() > 0 {
            continue;
        }
        match remaining.drop(number) {
            Ok(()) => {
                let reason = "the message says nothing and is dropped";
                plan.because(Cause::EmptyMessageContent, reason).remove(format!("/messages/{number}"));
            }
            Err(words) if blanks.is_empty() => plan.leave(place, Cause::EmptyMessageContent, words),
            Err(words) => {
                for (at, text) in blanks {
                    plan.leave(format!("{place}/{at}/text"), cause(text), words);
                }
            }
        }
    }
    let Some(system) = request.root.get("system").filter(|system| system.kind() == Kind::Array) else { return };
    let blanks: Vec<_> = system.items().enumerate().filter_map(|(at, block)| Some((at, blank(block)?))).collect();
    let Some((_, first)) = blanks.first() else { return };
    if system.items().all(|block| blank(block).is_some() || is_marker(block)) {
        plan.because(cause(*first), "the blank system prompt is dropped").remove("/system".to_string());
        return;
    }
    for (at, text) in blanks.into_iter().rev() {
        plan.because(cause(text), reason(text)).remove(format!("/system/{at}"));
    }
}

fn id<'t>(block: View<'t, '_>, key: &str) -> Option<Cow<'t, str>> {
    block.get(key)?.get("toolUseId")?.str()
}

fn ids<'t>(message: &Message<'t, '_>, key: &str) -> Seen<'t> {
    list(message).into_iter().flat_map(View::items).filter_map(|block| id(block, key)).collect()
}

/// The calls of the message before the one of that number. None where that is not the assistant's.
fn asked<'t>(request: &Request<'t, '_>, number: usize) -> Option<Seen<'t>> {
    match number.checked_sub(1).and_then(|before| request.messages.get(before)) {
        None => Some(Seen::default()),
        Some(before) if before.role == Role::Assistant => Some(ids(before, "toolUse")),
        Some(_) => None,
    }
}

/// Results that answer nothing, and second results of one call.
pub(super) fn drop_results(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let mut remaining = Remaining::of(request);
    for (number, message) in request.messages.iter().enumerate().rev() {
        let Some(content) = list(message) else { continue };
        let Some(calls) = asked(request, number).filter(|_| message.role == Role::User) else {
            let words = "only results in the user's message behind the assistant's are known to be the caller's";
            for at in content.items().enumerate().filter(|(_, block)| block.get("toolResult").is_some()).map(|(at, _)| at) {
                for cause in [Cause::OrphanToolResult, Cause::ToolResultDuplicate] {
                    plan.leave_if_found(format!("/messages/{number}/content/{at}"), cause, words);
                }
            }
            continue;
        };
        let mut met = Seen::default();
        let mut doomed = Vec::new();
        for (at, block) in content.items().enumerate().filter(|(_, block)| block.len() == 1) {
            match id(block, "toolResult") {
                Some(id) if !calls.has(&id) => doomed.push((at, Cause::OrphanToolResult)),
                Some(id) if !met.add(id.clone()) => doomed.push((at, Cause::ToolResultDuplicate)),
                _ => {}
            }
        }
        let Some((_, cause)) = doomed.first().copied() else { continue };
        let marks = content.items().filter(|block| is_marker(*block)).count();
        if doomed.len() + marks == content.len() {
            match remaining.drop(number) {
                Ok(()) => plan.because(cause, dropped(cause)).remove(format!("/messages/{number}")),
                Err(words) => {
                    for (at, cause) in doomed {
                        plan.leave(format!("/messages/{number}/content/{at}"), cause, words);
                    }
                }
            }
            continue;
        }
        for (at, cause) in doomed.into_iter().rev() {
            plan.because(cause, dropped(cause)).remove(format!("/messages/{number}/content/{at}"));
        }
    }
}

const fn dropped(cause: Cause) -> &'static str {
    match cause {
        Cause::ToolResultDuplicate => "the second result of one call is dropped, the first stays",
        _ => "the tool result answers no call of the message before and is dropped, with what it says",
    }
}

/// Calls without a result in the next message. Those of the last message may be what the call is about.
pub(super) fn answer(request: &Request<'_, '_>, how: &RepairOptions<'_>, plan: &mut Plan) {
    for (number, message) in request.messages.iter().enumerate().rev().filter(|(_, message)| message.role == Role::Assistant) {
        let (Some(content), Some(next)) = (list(message), request.messages.get(number + 1)) else { continue };
        let answered = ids(next, "toolResult");
        let servers = |block: View<'_, '_>| {
            block.get("toolUse").and_then(|call| call.get("type")).is_some_and(|kind| kind.is("server_tool_use"))
        };
        let calls = content.items().enumerate().filter(|(_, block)| !servers(*block));
        let mut missing: Vec<(usize, Cow<'_, str>)> =
            calls.filter_map(|(at, block)| Some((at, id(block, "toolUse")?))).filter(|(_, id)| !answered.has(id)).collect();
        let fits = next.role == Role::User && list(next).is_some();
        if !how.answer_missing_tools || !fits {
            let words = if fits {
                "what the tool said cannot be known; `answer_missing_tools` puts in an error result"
            } else {
                "the message behind it is none of the user's with a list of blocks"
            };
            for (at, _) in missing {
                plan.leave(format!("/messages/{number}/content/{at}"), Cause::OrphanToolUse, words);
            }
            continue;
        }
        let mut met = Seen::default();
        missing.retain(|(_, id)| met.add(id.clone()));
        let blocks = list(next).into_iter().flat_map(View::items);
        let behind = blocks.take_while(|block| block.get("toolResult").is_some()).count();
        let mut edit = plan.because(Cause::OrphanToolUse, "a call without a result is answered with an error result");
        for (count, (_, id)) in missing.iter().enumerate() {
            let text = Json::object([("text", Json::text("No result: the call was not completed."))]);
            let result = Json::object([
                ("toolUseId", Json::text(id)),
                ("status", Json::text("error")),
                ("content", Json::Array([text].into())),
            ]);
            let place = format!("/messages/{}/content/{}", number + 1, behind + count);
            edit.add(place, Json::object([("toolResult", result)]));
        }
    }
}

/// White space at the end of a prefill. A model that is not in the body may be another vendor's, and is left alone.
pub(super) fn trim_prefill(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    if request.model.is_none_or(|model| model.prefill == Support::No) {
        return;
    }
    let Some(last) = request.messages.last().filter(|message| message.role == Role::Assistant) else { return };
    let Some((at, block)) = list(last).and_then(|content| content.items().enumerate().last()) else { return };
    let Some(text) = block.get("text").filter(|text| !is_blank(*text)).and_then(View::str) else { return };
    let trimmed = text.trim_end();
    if trimmed.len() < text.len() {
        let reason = "white space at the end of the assistant's last text is cut";
        let place = format!("/messages/{}/content/{at}/text", request.messages.len() - 1);
        plan.because(Cause::TrailingWhitespaceAssistant, reason).replace(place, Json::text(trimmed));
    }
}

/// To the model's maximum, where it is known for certain.
pub(super) fn clamp_max_tokens(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let wanted = request.root.get("inferenceConfig").and_then(|config| config.get("maxTokens")).and_then(View::number);
    let (Some(Number::Int(wanted)), Some(model)) = (wanted, request.model.filter(|model| model.certain())) else { return };
    let Some(most) = model.max_output_tokens.map(i64::from).filter(|most| wanted > *most) else { return };
    // A flag among the model's own fields may allow more.
    if request.root.get("additionalModelRequestFields").is_some_and(|fields| fields.get("anthropic_beta").is_some()) {
        return;
    }
    let reason = format!("maxTokens is cut to {most}, the most that {} puts out", model.name());
    let place = "/inferenceConfig/maxTokens".to_string();
    plan.because(Cause::MaxTokensAboveModel, reason).replace(place, Json::Number(most.to_string()));
}

/// Tools that are defined twice in the same words.
pub(super) fn drop_duplicates(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let tools = request.root.get("toolConfig").and_then(|config| config.get("tools"));
    let tools: Vec<_> = tools.into_iter().flat_map(View::items).collect();
    let mut kept = Seen::default();
    let mut doomed = Vec::new();
    for (number, &tool) in tools.iter().enumerate() {
        let named = tool.get("toolSpec").or_else(|| tool.get("systemTool"));
        let Some(name) = named.and_then(|named| named.get("name")).and_then(View::str) else { continue };
        match kept.get(&name) {
            None => _ = kept.put(name, number),
            Some(first) if tools.get(first).is_some_and(|before| equal(*before, tool)) => doomed.push(number),
            Some(_) => {
                let words = "another tool of that name has a definition of its own";
                plan.leave(format!("/toolConfig/tools/{number}"), Cause::ToolNameDuplicate, words);
            }
        }
    }
    for number in doomed.into_iter().rev() {
        let reason = "the tool is defined twice in the same words, and one definition is dropped";
        plan.because(Cause::ToolNameDuplicate, reason).remove(format!("/toolConfig/tools/{number}"));
    }
}
