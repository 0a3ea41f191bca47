//! Tool results, moved before everything else of their turn.

use alloc::format;

use super::plan::{Held, Plan, turns};
use super::{RepairOptions, merge};
use crate::cause::Cause;
use crate::request::read::{BlockKind, Request, Role};

pub(super) fn results_first(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let turns = turns(request);
    for (at, turn) in turns.iter().enumerate().rev().filter(|(_, turn)| turn.role == Role::User) {
        let before = at.checked_sub(1).and_then(|before| turns.get(before));
        let asked = before.is_some_and(|before| before.role == Role::Assistant && before.has(request, BlockKind::ToolUse));
        if !asked || !turn.has(request, BlockKind::ToolResult) {
            continue;
        }
        // Whether something else stood before, and whether a result stands behind it in another message.
        let (mut other, mut late) = (false, None);
        for (number, message) in turn.messages(request) {
            let first = request.own_blocks(message).next();
            if other && request.own_blocks(message).any(|block| block.kind == BlockKind::ToolResult) {
                late = Some(number);
            }
            other |= Held::of(message.content) == Held::Text || first.is_some_and(|block| block.kind != BlockKind::ToolResult);
            other |= request.own_blocks(message).any(|block| block.kind != BlockKind::ToolResult);
        }
        if let Some(late) = late {
            if turn.messages(request).count() == turn.numbers.len() {
                // The API takes them as one; when they are one, the results can move.
                let before = plan.operations.len();
                merge::run(request, turn.numbers.clone(), Cause::ToolResultNotFirst, plan);
                if plan.operations.len() > before {
                    continue;
                }
            } else {
                plan.leave(format!("/messages/{late}"), Cause::ToolResultNotFirst, "a system message stands between");
            }
        }
        // Where its messages cannot be one, the results come first in each.
        for (number, message) in turn.messages(request) {
            let mut edit = plan.because(Cause::ToolResultNotFirst, "tool results move before everything else of their turn");
            let mut place = 0;
            for (position, block) in request.own_blocks(message).enumerate() {
                if block.kind != BlockKind::ToolResult {
                    continue;
                }
                if position > place {
                    let content = format!("/messages/{number}/content");
                    edit.relocate(format!("{content}/{position}"), format!("{content}/{place}"));
                }
                place += 1;
            }
        }
    }
}
