//! Tool calls of the client's tools and their results: each call answered once, in the very next user turn.

use alloc::format;
use alloc::vec::Vec;

use super::Sink;
use super::turns::{Ids, Turn, goes_on, is_compacted, is_text, paired, repeated, said, shown, turns};
use crate::request::names::is_word;
use crate::request::read::{Block, BlockKind, Field, Message, Place, Request, Role};
use crate::request::seen::Seen;
use crate::request::tape::{Kind, View};
use crate::request::tool::Tool;

const USES: u32 = BlockKind::ToolUse.bit();
const RESULTS: u32 = BlockKind::ToolResult.bit();
const SERVER_USES: u32 = BlockKind::ServerToolUse.bit() | BlockKind::McpToolUse.bit();

/// Messages of a user's turn are one to the API, so results may stand in any of them; elsewhere only the next counts.
pub(crate) fn calls_are_answered(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & USES == 0 {
        return;
    }
    let mut turns = turns(request).peekable();
    while let Some(turn) = turns.next() {
        if turn.role != Role::Assistant || !turn.has(BlockKind::ToolUse) {
            continue;
        }
        let answer = turns.peek();
        if answer.is_some_and(|next| next.role == Role::Other) {
            continue;
        }
        let next = Ids::of(answer.map(|next| next.first(request)).as_ref(), RESULTS);
        let later = Ids::of(answer, RESULTS);
        // Who takes over a refused answer sends its beginning, and a call may be the last of it.
        let taken_over = || answer.is_none() && request.given(Field::FallbackCreditToken).is_some();
        for call in turn.own().filter(|block| block.kind == BlockKind::ToolUse) {
            let Some(id) = call.id.filter(|id| is_text(*id)) else { continue };
            if next.has(id) {
                continue;
            }
            if later.has(id) {
                sink.maybe_at(
                    call.view,
                    format!("has its tool_result for {} not in the next message but in one after it", shown(id)),
                );
                continue;
            }
            let says = format!("has no tool_result for {} in the next message", shown(id));
            if is_compacted(request, call.view) || taken_over() {
                sink.maybe_at(call.view, says);
            } else {
                sink.at(call.view, says);
            }
        }
    }
}

pub(crate) fn results_have_calls(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & RESULTS == 0 {
        return;
    }
    for (before, turn) in paired(request) {
        if turn.role != Role::User || !turn.has(BlockKind::ToolResult) || is_foreign(before.as_ref()) {
            continue;
        }
        let first = before.is_none() && goes_on(request);
        let calls = Ids::of(before.as_ref(), USES);
        let servers = Ids::of(before.as_ref(), SERVER_USES);
        for result in turn.own().filter(|block| block.kind == BlockKind::ToolResult) {
            let Some(id) = result.id.filter(|id| is_text(*id)) else { continue };
            if calls.has(id) {
                continue;
            }
            let says = format!("answers {}, which is no tool_use of the message before", shown(id));
            if servers.has(id) || is_compacted(request, result.view) || first {
                sink.maybe_at(result.view, says);
            } else {
                sink.at(result.view, says);
            }
        }
    }
}

/// A message of a role the API does not know: what it would have said cannot be told.
fn is_foreign(before: Option<&Turn<'_, '_, '_>>) -> bool {
    before.is_some_and(|before| before.role == Role::Other)
}

pub(crate) fn results_are_single(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & RESULTS == 0 {
        return;
    }
    for (before, turn) in paired(request) {
        if turn.role != Role::User || !turn.has(BlockKind::ToolResult) {
            continue;
        }
        let again = repeated(turn.own().filter(|block| block.kind == BlockKind::ToolResult));
        if again.is_empty() {
            continue;
        }
        let calls = Ids::of(before.as_ref(), USES);
        for result in again {
            if let Some(id) = result.id.filter(|id| calls.has(*id)) {
                sink.at(result.view, format!("is a second tool_result for {}", shown(id)));
            }
        }
    }
}

/// The server does not see a result that stands behind something else, and says that there is none. Where other messages
/// of the turn stand before it, other places than the API itself see one message alone.
pub(crate) fn results_come_first(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & RESULTS == 0 {
        return;
    }
    for (before, turn) in paired(request) {
        let asked = before.is_some_and(|before| before.role == Role::Assistant && before.has(BlockKind::ToolUse));
        if turn.role != Role::User || !asked || !turn.has(BlockKind::ToolResult) {
            continue;
        }
        let mut after_other = false;
        for message in turn.messages() {
            let blocks = || request.own_blocks(message);
            let other = blocks().position(|block| block.kind != BlockKind::ToolResult);
            let late = blocks().skip(other.unwrap_or(usize::MAX)).find(|block| block.kind == BlockKind::ToolResult);
            if let Some(result) = late {
                sink.at(result.view, "stands after something else, where tool results come first");
            } else if after_other && let Some(result) = blocks().find(|block| block.kind == BlockKind::ToolResult) {
                sink.maybe_at(result.view, "stands after another user message, where tool results come first");
            }
            after_other |= other.is_some() || says_text(message);
        }
    }
}

fn says_text(message: &Message<'_, '_>) -> bool {
    message.content.and_then(View::raw).is_some_and(|text| !text.is_empty())
}

pub(crate) fn call_ids_are_unique(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & USES == 0 {
        return;
    }
    // The same id in two turns, each with its result, was refused once and was seen to be taken since.
    let is_call = |block: &&Block<'_, '_>| block.kind == BlockKind::ToolUse;
    let again = repeated(request.blocks.iter().filter(is_call));
    if again.is_empty() {
        return;
    }
    let in_turns = turns(request).flat_map(|turn| repeated(turn.own().filter(is_call)));
    let in_one_turn: Vec<u32> = in_turns.map(|call| call.view.index()).collect();
    for call in again {
        let Some(id) = call.id else { continue };
        let says = format!("has the id {} of an earlier tool_use", shown(id));
        // The earlier one may be among what a compaction drops.
        let certain = request.compaction.is_none() && in_one_turn.binary_search(&call.view.index()).is_ok();
        sink.judge(certain, id, says);
    }
}

pub(crate) fn calls_are_the_assistants(request: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if role_at(request, block) == Some(Role::User) {
        sink.at(block.view, "is a tool_use in a user message: calls stand in assistant messages");
    }
}

pub(crate) fn results_are_the_users(request: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if role_at(request, block) == Some(Role::Assistant) {
        sink.at(block.view, "is a tool_result in an assistant message: results stand in user messages");
    }
}

pub(crate) fn changes_are_the_systems(request: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if matches!(role_at(request, block), Some(Role::User | Role::Assistant)) {
        sink.at(block.view, "changes the tools outside a message of the role \"system\"");
    }
}

fn role_at(request: &Request<'_, '_>, block: &Block<'_, '_>) -> Option<Role> {
    match block.place {
        Place::Message(number) => request.messages.get(number).map(|message| message.role),
        Place::System | Place::Inside(_) => None,
    }
}

pub(crate) fn ids_are_well_formed(_: &Request<'_, '_>, block: &Block<'_, '_>, sink: &mut Sink<'_>) {
    let Some(id) = block.id.filter(|id| is_text(*id)) else { return };
    let text = id.str().unwrap_or_default();
    let server =
        block.kind == BlockKind::ServerToolUse || block.kind.is_server_result() && block.kind != BlockKind::McpToolResult;
    if server {
        let rest = text.strip_prefix("srvtoolu_").unwrap_or_default();
        if rest.is_empty() || !is_word(rest) || rest.contains('-') {
            sink.at(id, format!("is {}: srvtoolu_ and then letters, digits and _ were expected", quoted(id)));
        }
    } else if text.is_empty() || !is_word(&text) {
        sink.at(id, format!("is {}: letters, digits, _ and - were expected", quoted(id)));
    }
}

fn name_of<'t, 'a>(call: &Block<'t, 'a>) -> Option<(View<'t, 'a>, usize)> {
    let name = call.view.get("name")?;
    Some((name, name.str()?.chars().count()))
}

/// A call is of a tool that there was once; what its name may hold is not looked at.
pub(crate) fn calls_name_a_tool(_: &Request<'_, '_>, call: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((name, _)) = name_of(call).filter(|(_, length)| *length == 0) {
        sink.at(name, "is empty: the name of the tool that was called is expected")
            .fix("put the tool's name back, or drop the call and its result");
    }
}

/// More than a tool's own name may have, since a model may call what there is not.
const LONGEST_NAME: usize = 200;

pub(crate) fn calls_name_it_shortly(_: &Request<'_, '_>, call: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((name, length)) = name_of(call).filter(|(_, length)| *length > LONGEST_NAME) {
        sink.at(name, format!("has {length} characters, at most {LONGEST_NAME} are taken"))
            .fix("cut the name, or drop the call and its result");
    }
}

fn quoted(id: View<'_, '_>) -> alloc::string::String {
    if id.raw() == Some("") { "empty".into() } else { format!("\"{}\"", shown(id)) }
}

/// The first-party API takes it; Converse and gateways built on it do not.
pub(crate) fn tools_are_defined(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if !request.tools.is_empty() || request.kinds & (USES | RESULTS) == 0 {
        return;
    }
    let says = "defines no tools, while the messages hold tool calls: older gateways and Converse want the definitions again";
    match request.field(Field::Tools) {
        Some(tools) => sink.at(tools, says),
        None => sink.missing(request.root, "tools", says),
    };
}

const TAKEN: u32 = BlockKind::Text.bit()
    | BlockKind::Image.bit()
    | BlockKind::Document.bit()
    | BlockKind::SearchResult.bit()
    | BlockKind::ToolReference.bit()
    | BlockKind::Unknown.bit();

/// Text, images, documents, references, or search results among themselves.
pub(crate) fn results_hold_what_they_may(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & RESULTS == 0 {
        return;
    }
    let is_search = |block: &Block<'_, '_>| block.kind == BlockKind::SearchResult;
    for (number, result) in request.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::ToolResult) {
        let inner = || inside(request, number);
        if let Some(block) = inner().find(|block| block.kind.bit() & TAKEN == 0) {
            sink.at(block.view, "is of a type that a tool_result does not hold");
        }
        if inner().any(is_search) && !inner().all(|block| is_search(block) || block.kind.bit() & TAKEN == 0) {
            sink.at(result.view, "mixes search_result blocks with others: a tool_result holds search results alone or none");
        }
    }
}

/// A tool that failed says why: nothing at all is taken of one that did not.
pub(crate) fn errors_say_why(_: &Request<'_, '_>, result: &Block<'_, '_>, sink: &mut Sink<'_>) {
    if result.view.get("is_error").and_then(View::bool) != Some(true) {
        return;
    }
    match result.view.get("content") {
        // Seen with an empty text and an empty list.
        None => _ = sink.maybe_at(result.view, "has no content, though `is_error` is true: a tool that failed says why"),
        Some(content) if content.raw() == Some("") || content.kind() == Kind::Array && content.len() == 0 => {
            sink.at(content, "is empty, though `is_error` is true: a tool that failed says why");
        }
        Some(_) => {}
    }
}

pub(crate) fn errors_are_text(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & RESULTS == 0 {
        return;
    }
    for (number, result) in request.blocks.iter().enumerate().filter(|(_, block)| block.kind == BlockKind::ToolResult) {
        if let Some(block) = inside(request, number).find(|block| block.kind != BlockKind::Text)
            && result.view.get("is_error").and_then(View::bool) == Some(true)
        {
            sink.at(block.view, "is not text in a tool_result with `is_error`, which takes text alone");
        }
    }
}

fn inside<'r, 't, 'a>(request: &'r Request<'t, 'a>, number: usize) -> impl Iterator<Item = &'r Block<'t, 'a>> {
    let rest = request.blocks.get(number + 1..).unwrap_or_default();
    rest.iter().take_while(move |block| block.place == Place::Inside(number))
}

/// Tools that are not listed one by one may define any name.
pub(crate) fn references_are_defined(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & BlockKind::ToolReference.bit() == 0 || said(request.root.get("mcp_servers")) {
        return;
    }
    let defined: Seen<'_> = request.tools.iter().filter_map(|tool| tool.name?.str()).collect();
    let open = request.kinds & BlockKind::ToolAddition.bit() != 0 || request.tools.iter().any(Tool::is_toolset);
    for block in request.blocks.iter().filter(|block| block.kind == BlockKind::ToolReference) {
        let Some(name) = block.view.get("tool_name").filter(|name| is_text(*name)) else { continue };
        if name.str().is_some_and(|name| defined.has(&name)) {
            continue;
        }
        let says = format!("refers to {}, which `tools` does not define", shown(name));
        if open || is_compacted(request, block.view) {
            sink.maybe_at(name, says)
        } else {
            sink.at(name, says)
        };
    }
}
