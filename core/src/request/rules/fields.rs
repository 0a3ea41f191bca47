//! Small fields that depend on nothing but themselves, the model, or a neighbour.

use alloc::format;

use super::Sink;
use super::parameters::{config, knows_betas, whole};
use super::thinking_turns::{Mode, mode};
use crate::request::model::Support;
use crate::request::read::{BlockKind, Field, Request};
use crate::request::tape::{Kind, View};

pub(crate) fn stop_sequences_are_visible(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for view in request.given(Field::StopSequences).into_iter().flat_map(View::items) {
        let Some(text) = view.str() else { continue };
        if text.is_empty() {
            sink.at(view, "is empty, a text that is not only white space was expected");
        } else if text.bytes().all(|byte| byte.is_ascii_whitespace() || byte == 0x0b) {
            sink.at(view, "is only white space");
        } else if text.chars().all(char::is_whitespace) {
            sink.maybe_at(view, "is only white space");
        }
    }
}

/// Older pages of the API's documentation have this limit, newer ones none.
const USER_ID: usize = 256;

pub(crate) fn user_id_is_short(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = request.given(Field::Metadata).and_then(|metadata| metadata.get("user_id")) else { return };
    let Some(length) = view.str().map(|text| text.chars().count()).filter(|length| *length > USER_ID) else { return };
    sink.at(view, format!("has {length} characters, at most {USER_ID} are safe"));
}

/// It is no address. Source: <https://github.com/BerriAI/litellm/issues/10106>
pub(crate) fn user_id_tells_nothing(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = request.given(Field::Metadata).and_then(|metadata| metadata.get("user_id")) else { return };
    let Some(text) = view.str() else { return };
    let part = |c: char| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_' | '+');
    let is_address = |(before, after): (&str, &str)| {
        let host = after.split(|c| !part(c)).next().unwrap_or_default();
        before.ends_with(part) && host.trim_end_matches('.').contains('.')
    };
    if text.split_once('@').is_some_and(is_address) {
        // Not the text itself: a report may be logged.
        sink.at(view, "holds an email address: an id that tells nothing of the user was expected");
    }
}

pub(crate) fn task_budget_is_enough(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    const LEAST: i64 = 20_000;
    let Some(view) = config(request, "task_budget").and_then(|budget| budget.get("total")) else { return };
    if let Some(total) = whole(view).filter(|total| *total < LEAST) {
        sink.at(view, format!("is {total}, at least {LEAST} was expected"));
    }
}

pub(crate) fn skills_are_few(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    const MOST: usize = 20;
    let Some(skills) = request.given(Field::Container).and_then(|container| container.get("skills")) else { return };
    if skills.kind() == Kind::Array && skills.len() > MOST {
        sink.at(skills, format!("has {} skills, at most {MOST} are taken", skills.len()));
    }
}

/// Skills run in code: their flag alone already wants the tool.
pub(crate) fn skills_have_their_tool(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let skills = request.given(Field::Container).and_then(|container| container.get("skills")).filter(|skills| skills.len() > 0);
    if skills.is_none() && !request.has_beta_like(&["skills-"]) {
        return;
    }
    if !request.tools.iter().any(|tool| tool.is_of("code_execution_")) {
        sink.missing(request.root, "tools", "has no code execution tool, which skills run in")
            .fix("add the code execution tool to `tools`, or leave the flag and the skills out");
    }
}

/// Fast mode: which models have it, which of them behind a flag, which refuse it, and which are no faster for it.
///
/// Source: <https://platform.claude.com/docs/en/build-with-claude/fast-mode>
const FAST: &[(&str, Speed)] = &[
    ("claude-fable-5-2", Speed::Fast),
    ("claude-opus-5-5", Speed::Fast),
    ("claude-opus-5", Speed::Flagged),
    ("claude-opus-4-8", Speed::Flagged),
    ("claude-opus-4-7", Speed::Refused),
    ("claude-opus-4-6", Speed::Ignored),
];

#[derive(Clone, Copy, PartialEq, Eq)]
enum Speed {
    Fast,
    Flagged,
    Refused,
    Ignored,
}

/// `speed`, where it is fast, with the model's name and what is known of it.
fn fast<'t, 'a>(request: &Request<'t, 'a>) -> Option<(View<'t, 'a>, &'t str, Option<Speed>)> {
    // Batches take no speed at all.
    let speed = request.given(Field::Speed).filter(|speed| speed.is("fast") && !request.in_batch)?;
    let name = request.model?.name();
    Some((speed, name, FAST.iter().find(|(own, _)| *own == name).map(|(_, speed)| *speed)))
}

pub(crate) fn model_is_fast(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((speed, name, known)) = fast(request) else { return };
    match known {
        Some(Speed::Fast | Speed::Flagged) => {}
        Some(Speed::Refused) => _ = sink.at(speed, format!("is `fast`, which {name} does not take")),
        Some(Speed::Ignored) => _ = sink.maybe_at(speed, format!("is `fast`, and {name} is no faster for it")),
        None => _ = sink.maybe_at(speed, format!("is `fast`, which {name} is not known to take")),
    }
}

pub(crate) fn fast_has_its_flag(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    const FLAG: &str = "fast-mode-2026-02-01";
    let Some((speed, name, Some(Speed::Flagged))) = fast(request) else { return };
    if request.has_beta(FLAG) {
        return;
    }
    let message = format!("is `fast`, for which {name} wants the flag `{FLAG}` in `anthropic-beta`");
    if knows_betas(request) { sink.at(speed, message) } else { sink.maybe_at(speed, message) }
        .fix(format!("send `{FLAG}` in `anthropic-beta`"));
}

pub(crate) fn model_takes_a_place(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(place) = request.given(Field::InferenceGeo) else { return };
    // From the 4.6 generation on models take it, and that is where adaptive thinking begins too.
    let older = request.model.filter(|model| model.thinking.adaptive == Support::No && model.certain());
    if let Some(model) = older {
        sink.at(place, format!("is not taken by {}, models from 4.6 on take it", model.name()));
    }
}

fn edits<'t, 'a>(request: &Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + use<'t, 'a> {
    request.given(Field::ContextManagement).and_then(|management| management.get("edits")).into_iter().flat_map(View::items)
}

fn is_edit(edit: View<'_, '_>, start: &str) -> bool {
    edit.get("type").and_then(View::str).is_some_and(|kind| kind.starts_with(start))
}

pub(crate) fn thinking_is_cleared_first(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(edit) = edits(request).skip(1).find(|edit| is_edit(*edit, "clear_thinking_")) {
        sink.at(edit, "clears thinking behind another edit, and is to be the first");
    }
}

pub(crate) fn there_is_thinking_to_clear(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if mode(request) != Some(Mode::Disabled) {
        return;
    }
    if let Some(edit) = edits(request).find(|edit| is_edit(*edit, "clear_thinking_")) {
        sink.at(edit, "clears thinking while thinking is off").fix("turn thinking on, or leave the edit out");
    }
}

pub(crate) fn compaction_waits(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    const LEAST: i64 = 50_000;
    for edit in edits(request).filter(|edit| is_edit(*edit, "compact_")) {
        let Some(value) = edit.get("trigger").and_then(|trigger| trigger.get("value")) else { continue };
        if let Some(tokens) = whole(value).filter(|tokens| *tokens < LEAST) {
            sink.at(value, format!("is {tokens}, at least {LEAST} was expected"));
        }
    }
}

pub(crate) fn one_way_to_compact(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(management) = request.given(Field::ContextManagement) else { return };
    if request.root.get("compaction").is_some_and(|compaction| compaction.kind() != Kind::Null) {
        sink.at(management, "is sent beside `compaction`, only one of the two is taken");
    }
}

pub(crate) fn format_has_moved(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(format) = request.given(Field::OutputFormat) {
        sink.at(format, "has moved to `output_config.format`").fix("send it as `output_config.format`");
    }
}

pub(crate) fn one_format(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let (Some(old), Some(_)) = (request.given(Field::OutputFormat), config(request, "format")) {
        sink.at(old, "is sent beside `output_config.format`");
    }
}

pub(crate) fn citations_need_prose(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if config(request, "format").or_else(|| request.given(Field::OutputFormat)).is_none() {
        return;
    }
    let cites = |view: View<'_, '_>| view.get("citations")?.get("enabled")?.bool();
    let sources = request.blocks.iter().filter(|block| matches!(block.kind, BlockKind::Document | BlockKind::SearchResult));
    if let Some(block) = sources.map(|block| block.view).find(|view| cites(*view) == Some(true)) {
        sink.at(block, "asks for citations while an output format is set, only one of the two is taken");
    }
}
