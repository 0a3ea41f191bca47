//! `max_tokens`: from 0 to what the model puts out, and to what can be waited for.

use alloc::format;

use super::Sink;
use super::parameters::{forces_a_tool, knows_betas, thinks, whole};
use crate::request::model::{Model, decoration};
use crate::request::options::Target;
use crate::request::read::{Field, Request};
use crate::request::tape::{Kind, View};

pub(crate) fn max_tokens_is_not_negative(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((view, most)) = max_tokens(request).filter(|(_, most)| *most < 0) {
        sink.at(view, format!("is {most}, at least 1 was expected"));
    }
}

/// The value 0 asks for no answer, only for a warm cache. In a batch it is a field that batches do not take.
pub(crate) fn zero_is_for_plain_requests(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, 0)) = max_tokens(request).filter(|_| !request.in_batch) else { return };
    let format = request.given(Field::OutputConfig).and_then(|config| config.get("format"));
    let beside = if request.field(Field::Stream).and_then(View::bool) == Some(true) {
        "`stream`"
    } else if thinks(request, "enabled") {
        "`thinking`"
    } else if format.is_some_and(|format| format.kind() != Kind::Null) {
        "`output_config.format`"
    } else if forces_a_tool(request).is_some() {
        "a forced tool"
    } else {
        return;
    };
    sink.at(view, format!("is 0, which only warms the cache and does not go with {beside}"));
}

pub(crate) fn max_tokens_is_within_the_models(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, wanted)) = max_tokens(request) else { return };
    let Some(model) = request.model else { return };
    let Some(own) = model.max_output_tokens.map(i64::from) else { return };
    let beyond = beyond(request, model).filter(|(_, beyond)| *beyond > own);
    let most = beyond.filter(|(flag, _)| request.has_beta(flag)).map_or(own, |(_, beyond)| beyond);
    if wanted <= most {
        return;
    }
    let mut message = format!("is {wanted}, {} puts out {most} tokens at most", model.name());
    let mut certain = model.certain();
    if let Some((flag, _)) = beyond.filter(|(_, beyond)| wanted <= *beyond) {
        message.push_str(" without the flag `");
        message.push_str(flag);
        message.push('`');
        // It may be among headers which are not known.
        certain &= knows_betas(request);
    }
    if certain { sink.at(view, message) } else { sink.maybe_at(view, message) }
        .fix(format!("set `max_tokens` to at most {most}"));
}

/// The beta flag that allows more, and how much.
///
/// Source: <https://platform.claude.com/docs/en/build-with-claude/batch-processing#extended-output-beta>
fn beyond(request: &Request<'_, '_>, model: &Model) -> Option<(&'static str, i64)> {
    if request.in_batch {
        // Which of the newest models have it is not documented.
        return Some(("output-300k-2026-03-24", model.batch_max_output_tokens.map_or(300_000, i64::from)));
    }
    model.name().starts_with("claude-3-7-sonnet").then_some(("output-128k-2025-02-19", 128_000))
}

/// The vendor's SDKs refuse a plain call that may take more than ten minutes, at 128,000 tokens an hour.
///
/// It is never certain: the server takes the same request, and so does an SDK that was given a timeout of its own, which
/// a request does not show.
///
/// Source: <https://platform.claude.com/docs/en/cli-sdks-libraries/sdks/python#long-requests>
const PLAIN: i64 = 128_000 / 6;

pub(crate) fn long_answers_stream(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, wanted)) = max_tokens(request) else { return };
    if request.in_batch || request.field(Field::Stream).and_then(View::bool) == Some(true) {
        return;
    }
    let own = request.model.filter(|_| is_old_sdk_name(request)).and_then(|model| model.nonstreaming_max_tokens);
    let most = own.map_or(PLAIN, i64::from).min(PLAIN);
    if wanted > most {
        sink.at(
            view,
            format!("is {wanted} without `stream`: the vendor's SDKs take {most} at most, since more may take over 10 minutes"),
        );
    }
}

/// The SDKs' own limits of two models go by exact ids: for Opus 4.1 only by those of the clouds.
fn is_old_sdk_name(request: &Request<'_, '_>) -> bool {
    let cloud = matches!(request.options.target, Target::Bedrock | Target::Vertex);
    let name = request.model_name.as_deref().unwrap_or_default();
    cloud || decoration(name).any() || !name.starts_with("claude-opus-4-1")
}

/// What was asked for, where it is a whole number.
pub(super) fn max_tokens<'t, 'a>(request: &Request<'t, 'a>) -> Option<(View<'t, 'a>, i64)> {
    let view = request.field(Field::MaxTokens)?;
    Some((view, whole(view)?))
}
