//! Calls of the server's own tools and their results, which stand in the assistant's turns.

use alloc::format;

use super::Sink;
use super::turns::{Ids, Turn, goes_on, is_compacted, is_text, shown, turns};
use crate::request::read::{BlockKind, Request, Role};

const CALLS: u32 = BlockKind::ServerToolUse.bit() | BlockKind::McpToolUse.bit();

const RESULTS: u32 = BlockKind::WebSearchToolResult.bit()
    | BlockKind::WebFetchToolResult.bit()
    | BlockKind::CodeExecutionToolResult.bit()
    | BlockKind::BashCodeExecutionToolResult.bit()
    | BlockKind::TextEditorCodeExecutionToolResult.bit()
    | BlockKind::ToolSearchToolResult.bit()
    | BlockKind::AdvisorToolResult.bit()
    | BlockKind::McpToolResult.bit();

/// A call of the last turn is the one the server paused at. Code that calls the client's tools is still running as long
/// as every user turn after it brings results.
pub(crate) fn calls_have_results(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & CALLS == 0 {
        return;
    }
    let results = Ids::of(&request.blocks, RESULTS);
    let runs = |turn: &Turn<'_, '_, '_>| turn.role == Role::Assistant || turn.has(BlockKind::ToolResult);
    let stopped = turns(request).filter(|turn| !runs(turn)).last().map_or(0, |turn| turn.numbers.start);
    for turn in turns(request).filter(|turn| turn.role == Role::Assistant && turn.numbers.end <= stopped) {
        for call in turn.own().filter(|block| block.kind.bit() & CALLS != 0) {
            let Some(id) = call.id.filter(|id| is_text(*id) && !results.has(*id)) else { continue };
            let says = format!("has no result for {} in its turn", shown(id));
            let uncertain = call.kind == BlockKind::McpToolUse || is_compacted(request, call.view);
            if uncertain {
                sink.maybe_at(call.view, says)
            } else {
                sink.at(call.view, says)
            };
        }
    }
}

pub(crate) fn results_have_calls(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & RESULTS == 0 {
        return;
    }
    let (calls, goes_on) = (Ids::of(&request.blocks, CALLS), goes_on(request));
    for result in request.blocks.iter().filter(|block| block.kind.bit() & RESULTS != 0) {
        let Some(id) = result.id.filter(|id| is_text(*id)) else { continue };
        if calls.has(id) {
            continue;
        }
        let says = format!("answers {}, which is no call before it in its turn", shown(id));
        if is_compacted(request, result.view) || goes_on {
            sink.maybe_at(result.view, says);
        } else {
            sink.at(result.view, says);
        }
    }
}
