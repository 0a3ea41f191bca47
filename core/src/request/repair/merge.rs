//! Neighbouring messages of one role, made one where user and assistant must take turns.

use alloc::format;
use core::ops::Range;

use super::RepairOptions;
use super::plan::{Held, Plan, alternates, is_plain};
use crate::cause::Cause;
use crate::request::options::Target;
use crate::request::read::{Request, Role};

pub(super) fn neighbours(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    if !alternates(request.options.target) {
        return;
    }
    let first = request.messages.iter().position(|message| message.role != Role::System);
    if let Some(number) = first.filter(|number| request.messages.get(*number).is_some_and(|first| first.role == Role::Assistant))
    {
        let words = "what the user said first cannot be known";
        plan.leave_if_found(format!("/messages/{number}"), Cause::FirstMessageNotUser, words);
    }
    let mut end = request.messages.len();
    while end > 0 {
        let role = request.messages.get(end - 1).map(|message| message.role);
        let before = request.messages.get(..end).unwrap_or_default();
        let start = before.iter().rposition(|message| Some(message.role) != role).map_or(0, |other| other + 1);
        if end - start > 1 && matches!(role, Some(Role::User | Role::Assistant)) {
            run(request, start..end, Cause::RolesNotAlternating, plan);
        }
        end = start;
    }
}

/// Merges messages of one role, as far as that is safe.
pub(super) fn run(request: &Request<'_, '_>, numbers: Range<usize>, cause: Cause, plan: &mut Plan) {
    // Texts of Converse are blocks of another form.
    let converse = request.options.target == Target::BedrockConverse;
    let fits = |number: usize| {
        let message = request.messages.get(number).filter(|message| is_plain(message))?;
        match Held::of(message.content) {
            Held::Other => None,
            Held::Text if converse => None,
            held => Some((message, held)),
        }
    };
    // The number that is merged into, what it holds by now, and how many are gone.
    let (mut into, mut gone) = (None, 0);
    let start = numbers.start;
    for number in numbers {
        let now = number - gone;
        let fit = fits(number);
        let (Some((target, first, before)), Some((_, held))) = (into, fit) else {
            if number > start {
                let words = "it, or the one before it, holds more than a role and content, or its content is no text or list";
                plan.leave(format!("/messages/{now}"), cause, words);
            }
            into = fit.map(|(message, held)| (now, message.view, held));
            continue;
        };
        let mut edit = plan.because(cause, "the message is merged into the one before it, which has the same role");
        let place = format!("/messages/{target}");
        let holds = edit.append(&format!("/messages/{now}/content"), held, (&place, first, "content"), before);
        edit.remove(format!("/messages/{now}"));
        into = Some((target, first, holds));
        gone += 1;
    }
}
