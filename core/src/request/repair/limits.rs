//! What is cut to what is taken: white space at the end of a prefill, and `max_tokens`.

use alloc::format;
use alloc::string::ToString;

use super::RepairOptions;
use super::operation::Json;
use super::plan::{Plan, is_blank};
use crate::cause::Cause;
use crate::request::model::{Model, Support};
use crate::request::options::Endpoint;
use crate::request::read::{BlockKind, Field, Request, Role};
use crate::request::tape::{Kind, Number, View};

/// Where a model does not go on from the assistant's text at all, that is the fault.
pub(super) fn trim_prefill(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    let Some(last) = request.messages.last().filter(|message| message.role == Role::Assistant) else { return };
    let summary = request.root.get("compaction").is_some_and(|view| view.kind() != Kind::Null);
    if summary || request.model.is_some_and(|model| model.prefill == Support::No) {
        return;
    }
    let Some(content) = last.content else { return };
    let mut path = format!("/messages/{}/content", request.messages.len() - 1);
    let text = if content.kind() == Kind::String {
        Some(content)
    } else {
        let block = request.own_blocks(last).last().filter(|block| block.kind == BlockKind::Text);
        path = format!("{path}/{}/text", content.len().saturating_sub(1));
        block.and_then(|block| block.view.get("text"))
    };
    let Some(text) = text.filter(|text| !is_blank(*text)).and_then(View::str) else { return };
    let trimmed = text.trim_end();
    if trimmed.len() < text.len() {
        let reason = "white space at the end of the assistant's last text is cut";
        plan.because(Cause::TrailingWhitespaceAssistant, reason).replace(path, Json::text(trimmed));
    }
}

/// To the model's maximum, where it is known for certain. A thinking budget stays as it is.
pub(super) fn clamp_max_tokens(request: &Request<'_, '_>, _: &RepairOptions<'_>, plan: &mut Plan) {
    if request.options.endpoint == Endpoint::CountTokens {
        return;
    }
    let Some(Number::Int(wanted)) = request.field(Field::MaxTokens).and_then(View::number) else { return };
    let Some(model) = request.model.filter(|model| model.certain()) else { return };
    let Some(most) = model.max_output_tokens.map(i64::from).filter(|most| wanted > *most) else { return };
    let most = match beyond(request, model) {
        Some((flag, beyond)) if request.has_beta(flag) => most.max(beyond),
        // The flag may be among headers that are not known.
        Some((_, beyond)) if wanted <= beyond && request.options.headers.is_none() => return,
        _ => most,
    };
    if wanted > most {
        let reason = format!("max_tokens is cut to {most}, the most that {} puts out", model.name());
        plan.because(Cause::MaxTokensAboveModel, reason).replace("/max_tokens".to_string(), Json::Number(most.to_string()));
    }
}

/// The beta flag that allows more, and how much.
///
/// Source: <https://platform.claude.com/docs/en/build-with-claude/batch-processing#extended-output-beta>
fn beyond(request: &Request<'_, '_>, model: &Model) -> Option<(&'static str, i64)> {
    if request.in_batch {
        return Some(("output-300k-2026-03-24", model.batch_max_output_tokens.map_or(300_000, i64::from)));
    }
    model.name().starts_with("claude-3-7-sonnet").then_some(("output-128k-2025-02-19", 128_000))
}
