//! Calls of the server's own tools and their results, which stand in the assistant's turns.

use alloc::format;
use alloc::vec::Vec;

use super::Sink;
use super::turns::{Turn, goes_on, is_compacted, is_text, shown, turns};
use crate::request::read::{BlockKind, Request, Role};
use crate::request::seen::Seen;
use crate::request::tape::View;

const CALLS: u32 = BlockKind::ServerToolUse.bit() | BlockKind::McpToolUse.bit();

const RESULTS: u32 = BlockKind::WebSearchToolResult.bit()
    | BlockKind::WebFetchToolResult.bit()
    | BlockKind::CodeExecutionToolResult.bit()
    | BlockKind::BashCodeExecutionToolResult.bit()
    | BlockKind::TextEditorCodeExecutionToolResult.bit()
    | BlockKind::ToolSearchToolResult.bit()
    | BlockKind::AdvisorToolResult.bit()
    | BlockKind::McpToolResult.bit();

/// Whether code of the server that calls the client's tools may run on over a turn: as long as every user turn brings
/// results.
fn runs_on(turn: &Turn<'_, '_, '_>) -> bool {
    turn.role == Role::Assistant || turn.has(BlockKind::ToolResult)
}

/// A result stands behind its call, in an answer of the same stretch. A stretch ends where the user speaks, and the last
/// may be one that the server is to go on with.
pub(crate) fn calls_have_results(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & CALLS == 0 {
        return;
    }
    let mut stretch = Vec::new();
    for turn in turns(request) {
        let ends = !runs_on(&turn);
        stretch.push(turn);
        if ends {
            stretch_has_results(request, &stretch, sink);
            stretch.clear();
        }
    }
}

fn stretch_has_results(request: &Request<'_, '_>, stretch: &[Turn<'_, '_, '_>], sink: &mut Sink<'_>) {
    let (mut answers, mut of_the_user) = (Seen::default(), Seen::default());
    for turn in stretch {
        for result in turn.own().filter(|block| block.kind.bit() & RESULTS != 0) {
            let Some(id) = result.id.and_then(View::str) else { continue };
            if turn.role == Role::Assistant {
                answers.put(id, result.view.index() as usize);
            } else {
                of_the_user.add(id);
            }
        }
    }
    for turn in stretch.iter().filter(|turn| turn.role == Role::Assistant) {
        for call in turn.own().filter(|block| block.kind.bit() & CALLS != 0) {
            let Some((view, id)) = call.id.and_then(|view| Some((view, view.str()?))) else { continue };
            if answers.get(&id).is_some_and(|answer| answer > call.view.index() as usize) {
                continue;
            }
            // Whether the server looks for it in a message of the user is not known.
            let uncertain = call.kind == BlockKind::McpToolUse || is_compacted(request, call.view) || of_the_user.has(&id);
            sink.judge(!uncertain, call.view, format!("has no result for {} in its turn", shown(view)));
        }
    }
}

/// A result stands in its call's turn, or in a later one up to which the call's code ran on. A paused turn that goes on is
/// two messages of one turn.
pub(crate) fn results_have_calls(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.kinds & RESULTS == 0 {
        return;
    }
    let goes_on = goes_on(request);
    let mut calls = Seen::default();
    for turn in turns(request) {
        for block in turn.own() {
            let Some(id) = block.id.filter(|id| is_text(*id)) else { continue };
            if block.kind.bit() & CALLS != 0 {
                calls.extend(id.str());
            }
            let called = || id.str().is_some_and(|id| calls.has(&id));
            if block.kind.bit() & RESULTS == 0 || turn.role == Role::Assistant && called() {
                continue;
            }
            let says = format!("answers {}, which is no call before it in its turn", shown(id));
            // Whether the server looks for it where no answer of its own stands is not known.
            if is_compacted(request, block.view) || goes_on || called() {
                sink.maybe_at(block.view, says);
            } else {
                sink.at(block.view, says);
            }
        }
        if turn.role == Role::User && !runs_on(&turn) {
            calls.clear();
        }
    }
}
