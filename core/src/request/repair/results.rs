//! Tool results: one for each call, and none besides.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

use super::RepairOptions;
use super::operation::Json;
use super::plan::{Held, Plan, Remaining, Turn, turns};
use crate::cause::Cause;
use crate::request::read::{Block, BlockKind, Field, Request, Role};
use crate::request::seen::Seen;
use crate::request::tape::{Kind, View};

const USES: u32 = BlockKind::ToolUse.bit();
const SERVER_USES: u32 = BlockKind::ServerToolUse.bit() | BlockKind::McpToolUse.bit();

fn said(view: Option<View<'_, '_>>) -> bool {
    view.is_some_and(|view| view.kind() != Kind::Null)
}

/// Calls without a result in the user's next turn.
pub(super) fn answer(request: &Request<'_, '_>, how: &RepairOptions<'_>, plan: &mut Plan) {
    let (turns, compaction) = (turns(request), request.compaction.unwrap_or(0));
    // From the end, so that no place moves before its turn.
    for (at, turn) in turns.iter().enumerate().rev().filter(|(_, turn)| turn.role == Role::Assistant) {
        let next = turns.get(at + 1);
        let answered = next
            .map(|next| next.ids(request, "tool_use_id", BlockKind::ToolResult.bit()).collect::<Seen<'_>>())
            .unwrap_or_default();
        let mut missing: Vec<Cow<'_, str>> = Vec::new();
        let mut met = Seen::default();
        for (number, message) in turn.messages(request) {
            for (position, block) in request.own_blocks(message).enumerate().filter(|(_, block)| block.kind == BlockKind::ToolUse)
            {
                let Some(id) = block.view.get("id").and_then(View::str).filter(|id| !answered.has(id)) else { continue };
                let taken_over = next.is_none() && request.given(Field::FallbackCreditToken).is_some();
                if block.view.index() < compaction || taken_over {
                    continue;
                }
                let foreign = next.is_some_and(|next| next.role == Role::Other);
                if !how.answer_missing_tools || foreign {
                    let words = if foreign {
                        "the message behind it has no role of the API"
                    } else {
                        "what the tool said cannot be known; `answer_missing_tools` puts in an error result"
                    };
                    plan.leave(format!("/messages/{number}/content/{position}"), Cause::OrphanToolUse, words);
                } else if met.add(id.clone()) {
                    missing.push(id);
                }
            }
        }
        if !missing.is_empty() {
            put(request, turn, next, &missing, plan);
        }
    }
}

fn put(request: &Request<'_, '_>, turn: &Turn, next: Option<&Turn>, missing: &[Cow<'_, str>], plan: &mut Plan) {
    let results = missing.iter().map(|id| {
        Json::object([
            ("type", Json::text("tool_result")),
            ("tool_use_id", Json::text(id)),
            ("is_error", Json::Bool(true)),
            ("content", Json::text("No result: the call was not completed.")),
        ])
    });
    let mut edit = plan.because(Cause::OrphanToolUse, "a call without a result is answered with an error result");
    let first = next.and_then(|next| request.messages.get(next.numbers.start).map(|message| (next.numbers.start, message)));
    let place = first.and_then(|(number, message)| match Held::of(message.content) {
        Held::Other => None,
        held => Some((number, message, held)),
    });
    let Some((number, message, held)) = place else {
        let content = Json::Array(results.collect());
        let message = Json::object([("role", Json::text("user")), ("content", content)]);
        return edit.add(format!("/messages/{}", turn.numbers.end), message);
    };
    if held == Held::Text {
        edit.wrap_text(&format!("/messages/{number}"), message.view, "content");
    }
    let is_result = |block: &&Block<'_, '_>| block.kind == BlockKind::ToolResult;
    let behind = request.own_blocks(message).take_while(is_result).count();
    for (count, result) in results.enumerate() {
        edit.add(format!("/messages/{number}/content/{}", behind + count), result);
    }
}

/// Results that answer nothing, and second results of one call.
pub(super) fn drop(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let mut remaining = Remaining::of(request);
    let mut doomed: Vec<(usize, Doom)> = Vec::new();
    // The assistant's turn before. Turns between which all the user says is dropped become one.
    let compaction = request.compaction.unwrap_or(0);
    let fresh = || Asked { compaction, ..Asked::default() };
    let mut asked = fresh();
    let mut before = None;
    let goes_on = ["thread", "previous_thread_event_id"].iter().any(|key| said(request.root.get(key)));
    for turn in turns(request) {
        if turn.role == Role::Assistant {
            if before != Some(Role::Assistant) {
                asked = fresh();
            }
            asked.calls.extend(turn.ids(request, "id", USES));
            asked.servers.extend(turn.ids(request, "id", SERVER_USES));
        }
        let certain = turn.role == Role::User && before != Some(Role::Other) && !(before.is_none() && goes_on);
        if certain && turn.has(request, BlockKind::ToolResult) && asked.doom(request, &turn, &mut remaining, &mut doomed) {
            continue;
        }
        before = Some(turn.role);
    }
    // From the end, so that no place moves before its turn.
    for (number, doom) in doomed.into_iter().rev() {
        match doom {
            Doom::Message(cause) => {
                let reason = format!("{}, and its message with it, which holds nothing else", reason(cause));
                plan.because(cause, reason).remove(format!("/messages/{number}"));
            }
            Doom::Blocks(blocks) => {
                for (position, cause) in blocks.into_iter().rev() {
                    plan.because(cause, reason(cause)).remove(format!("/messages/{number}/content/{position}"));
                }
            }
            Doom::Kept(blocks, why) => {
                for (position, cause) in blocks {
                    plan.leave(format!("/messages/{number}/content/{position}"), cause, why);
                }
            }
        }
    }
}

/// What is to go of a message, by position, and why.
enum Doom {
    Message(Cause),
    Blocks(Vec<(usize, Cause)>),
    Kept(Vec<(usize, Cause)>, &'static str),
}

/// The ids of a turn's calls, and what the server drops of the conversation.
#[derive(Default)]
struct Asked<'t> {
    calls: Seen<'t>,
    servers: Seen<'t>,
    compaction: u32,
}

impl Asked<'_> {
    /// Adds what is to go of the user's turn after it; gives back whether that is all of it.
    fn doom(&self, request: &Request<'_, '_>, turn: &Turn, remaining: &mut Remaining, doomed: &mut Vec<(usize, Doom)>) -> bool {
        let (mut met, mut all) = (Seen::default(), true);
        for (number, message) in turn.messages(request) {
            let mut own = Vec::new();
            for (position, block) in request.own_blocks(message).enumerate() {
                let id = block.view.get("tool_use_id").and_then(View::str).filter(|_| block.kind == BlockKind::ToolResult);
                let Some(id) = id else { continue };
                if self.calls.has(&id) {
                    if !met.add(id) {
                        own.push((position, Cause::ToolResultDuplicate));
                    }
                } else if !self.servers.has(&id) && block.view.index() > self.compaction {
                    own.push((position, Cause::OrphanToolResult));
                }
            }
            let whole = message.content.is_some_and(|content| content.len() == own.len());
            let doom = match own.first().copied() {
                Some((_, cause)) if whole => match remaining.drop(number) {
                    Ok(()) => Doom::Message(cause),
                    Err(why) => Doom::Kept(own, why),
                },
                _ => Doom::Blocks(own),
            };
            all &= matches!(doom, Doom::Message(_));
            doomed.push((number, doom));
        }
        all
    }
}

const fn reason(cause: Cause) -> &'static str {
    match cause {
        Cause::ToolResultDuplicate => "the second result of one call is dropped, the first stays",
        _ => "the tool result answers no call of the message before and is dropped, with what it says",
    }
}
