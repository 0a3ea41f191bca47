//! System messages where none are taken, moved into the top-level `system`.

use alloc::format;
use alloc::string::ToString;

use super::RepairOptions;
use super::plan::{Held, Plan, is_plain};
use crate::cause::Cause;
use crate::request::model::Support;
use crate::request::options::Target;
use crate::request::read::{BlockKind, Field, Message, Request, Role};
use crate::request::tape::Kind;

/// Which of them are to move.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Which {
    All,
    /// Those before the first turn: there `system` is their place even where a model takes system turns.
    Leading,
    None,
}

fn which(request: &Request<'_, '_>) -> Which {
    if request.options.target == Target::Portable {
        return Which::All;
    }
    match request.model {
        // Measured: it takes them and does not follow them.
        Some(model) if model.name() == "claude-sonnet-5" => Which::All,
        Some(model) if model.system_role_messages == Support::No && model.certain() => Which::All,
        Some(model) if model.system_role_messages == Support::Yes => Which::Leading,
        _ => Which::None,
    }
}

pub(super) fn hoist(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let which = which(request);
    let cause = if which == Which::Leading { Cause::SystemTurnMisplaced } else { Cause::SystemRoleInMessages };
    let leading = request.messages.iter().take_while(|message| message.role == Role::System).count();
    let moves = |number: usize, message: &Message<'_, '_>| {
        message.role == Role::System && (which == Which::All || which == Which::Leading && number < leading)
    };
    if which == Which::Leading {
        let words = "where it stands may matter, while the top-level `system` holds from the start";
        for (number, message) in request.messages.iter().enumerate().skip(leading) {
            if message.role == Role::System {
                plan.leave_if_found(format!("/messages/{number}"), cause, words);
            }
        }
    }
    if !request.messages.iter().enumerate().any(|(number, message)| moves(number, message)) {
        return;
    }
    let leave = |number: usize, plan: &mut Plan, words: &'static str| {
        plan.leave(format!("/messages/{number}"), cause, words);
    };
    let system = request.field(Field::System).filter(|system| system.kind() != Kind::Null);
    let mut held = system.map(|system| Held::of(Some(system)));
    let alone = leading == request.messages.len();
    let mut gone = 0;
    for (number, message) in request.messages.iter().enumerate().filter(|(number, message)| moves(*number, message)) {
        let now = number - gone;
        let content = Held::of(message.content);
        let all_text = request.own_blocks(message).all(|block| block.kind == BlockKind::Text);
        if alone {
            leave(now, plan, "there is no other message");
            continue;
        }
        if held == Some(Held::Other) || content == Held::Other || !all_text || !is_plain(message) {
            leave(now, plan, "`system` takes text and text blocks alone");
            continue;
        }
        let mut edit = plan.because(cause, "the system message moves into the top-level `system`");
        let from = format!("/messages/{now}/content");
        held = Some(if let Some(before) = held {
            edit.append(&from, content, ("", request.root, "system"), before)
        } else {
            edit.relocate(from, "/system".to_string());
            content
        });
        edit.remove(format!("/messages/{now}"));
        gone += 1;
    }
}
