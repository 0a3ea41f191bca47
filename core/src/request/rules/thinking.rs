//! `thinking` and `output_config.effort`: what the model takes, and what goes with what.

use alloc::format;
use alloc::string::String;

use super::Sink;
use super::limits::max_tokens;
use super::parameters::{effort, forces_a_tool, knows_betas, real, thinking_type, thinks, whole};
use crate::request::model::{Effort, Efforts, Model, Support, ThinkingDefault};
use crate::request::read::{Field, Request};
use crate::request::tape::{Kind, View};

/// Source: <https://platform.claude.com/docs/en/build-with-claude/extended-thinking>
const LEAST: u32 = 1_024;

fn budget<'t, 'a>(request: &Request<'t, 'a>) -> Option<View<'t, 'a>> {
    request.given(Field::Thinking).filter(|_| thinks(request, "enabled"))?.get("budget_tokens")
}

/// Too little is refused whether or not a fraction is taken for a whole number.
pub(crate) fn budget_is_enough(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = budget(request) else { return };
    if let Some(tokens) = real(view).filter(|tokens| *tokens < f64::from(LEAST)) {
        sink.at(view, format!("is {tokens}, at least {LEAST} was expected"));
    }
}

/// Thinking between tool calls may go on over several answers; then the budget is that of them all.
pub(crate) fn budget_leaves_room(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let (Some(view), Some((_, most))) = (budget(request), max_tokens(request)) else { return };
    let Some(tokens) = whole(view) else { return };
    if tokens < most || request.has_beta("interleaved-thinking-2025-05-14") {
        return;
    }
    let message = format!("is {tokens}, less than the {most} of `max_tokens` was expected");
    // The flag does nothing where there are no tools.
    if request.tools.is_empty() || knows_betas(request) {
        sink.at(view, message)
    } else {
        sink.maybe_at(view, message)
    };
}

/// `thinking.type` and the row of the model, where the request says that type.
fn said<'t, 'a>(request: &Request<'t, 'a>, name: &str) -> Option<(View<'t, 'a>, &'t Model)> {
    let kind = thinking_type(request).filter(|kind| kind.is(name))?;
    Some((kind, request.model?))
}

fn put(sink: &mut Sink<'_>, model: &Model, view: View<'_, '_>, message: String) {
    if model.certain() {
        sink.at(view, message)
    } else {
        sink.maybe_at(view, message)
    };
}

/// Whether the model takes neither kind of thinking: the oldest.
fn never_thinks(model: &Model) -> bool {
    model.thinking.enabled == Support::No && model.thinking.adaptive == Support::No
}

pub(crate) fn model_thinks(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let asked = said(request, "enabled").or_else(|| said(request, "adaptive"));
    if let Some((kind, model)) = asked.filter(|(_, model)| never_thinks(model)) {
        put(sink, model, kind, format!("asks {} to think, and it does not", model.name()));
    }
}

pub(crate) fn model_takes_budgets(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let refused = |model: &Model| model.thinking.enabled == Support::No && !never_thinks(model);
    if let Some((kind, model)) = said(request, "enabled").filter(|(_, model)| refused(model)) {
        put(sink, model, kind, format!("is `enabled`, which {} does not take", model.name()));
    }
}

pub(crate) fn budgets_are_to_stay(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((kind, model)) = said(request, "enabled").filter(|(_, model)| model.thinking.enabled == Support::Deprecated) {
        sink.at(kind, format!("is `enabled`, which {} still takes and later models do not", model.name()))
            .fix("send `{\"type\":\"adaptive\"}` and steer with `output_config.effort`");
    }
}

pub(crate) fn model_adapts(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let refused = |model: &Model| model.thinking.adaptive == Support::No && !never_thinks(model);
    if let Some((kind, model)) = said(request, "adaptive").filter(|(_, model)| refused(model)) {
        put(sink, model, kind, format!("is `adaptive`, which {} does not take", model.name()));
    }
}

pub(crate) fn model_can_do_without(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((kind, model)) = said(request, "disabled").filter(|(_, model)| model.thinking.disabled == Support::No) {
        put(sink, model, kind, format!("is `disabled`, which {} does not take", model.name()));
    }
}

pub(crate) fn model_thinks_between_tools(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let refused = |model: &Model| model.thinking.between_tools == Support::No;
    if let Some((kind, model)) = said(request, "between_tools").filter(|(_, model)| refused(model)) {
        put(sink, model, kind, format!("is `between_tools`, which {} does not take", model.name()));
    }
}

/// The highest levels need thinking, where a model can do without it at all.
pub(crate) fn effort_goes_with_thinking(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, level @ (Effort::Xhigh | Effort::Max))) = effort(request) else { return };
    let level = level.as_str();
    if let Some((_, model)) = said(request, "disabled").filter(|(_, model)| model.thinking.disabled == Support::UpToHighEffort) {
        put(sink, model, view, format!("is `{level}` while thinking is disabled, {} takes `high` at most then", model.name()));
    } else if let Some((_, model)) =
        said(request, "between_tools").filter(|(_, model)| model.thinking.between_tools == Support::UpToHighEffort)
    {
        // How the server words this has not been seen.
        let message = format!("is `{level}` while thinking is between tools, {} takes `high` at most then", model.name());
        sink.maybe_at(view, message);
    }
}

pub(crate) fn model_takes_effort(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, _)) = effort(request) else { return };
    if let Some(model) = request.model.filter(|model| model.efforts == Some(Efforts::NONE)) {
        put(sink, model, view, format!("is not taken by {}", model.name()));
    }
}

pub(crate) fn model_has_the_level(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, level)) = effort(request) else { return };
    let Some(model) = request.model else { return };
    let Some(levels) = model.efforts.filter(|levels| *levels != Efforts::NONE && !levels.has(level)) else { return };
    let mut takes = String::new();
    for level in levels.iter() {
        takes.push_str(if takes.is_empty() { "" } else { ", " });
        takes.push_str(level.as_str());
    }
    put(sink, model, view, format!("is `{}`, {} takes {takes}", level.as_str(), model.name()));
}

pub(crate) fn tools_are_free(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(choice) = forces_a_tool(request) else { return };
    if thinks(request, "enabled") {
        sink.at(choice, "forces a tool while thinking is enabled, only `auto` and `none` are taken then");
    } else if thinks(request, "adaptive") {
        // Where a model thinks by itself, `adaptive` says nothing new, and the model's own rule holds.
        let by_itself = |model: &Model| model.thinking.omitted == Some(ThinkingDefault::Adaptive);
        if !request.model.is_some_and(by_itself) {
            sink.maybe_at(choice, "forces a tool while thinking is adaptive, which may be refused");
        }
    }
}

pub(crate) fn model_can_be_forced(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(choice) = forces_a_tool(request) else { return };
    if let Some(model) = request.model.filter(|model| model.forced_tool_choice == Support::No) {
        put(sink, model, choice, format!("forces a tool, which {} does not take", model.name()));
    }
}

pub(crate) fn display_needs_thinking(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let display = request.given(Field::Thinking).and_then(|thinking| thinking.get("display"));
    let Some(display) = display.filter(|display| display.kind() != Kind::Null) else { return };
    if thinks(request, "disabled") {
        sink.at(display, "is sent while thinking is disabled");
    }
}
