//! The model's window: the prompt, and what is left for the answer. And the size of the body, in bytes.

use alloc::format;

use super::Sink;
use super::limits::max_tokens;
use crate::request::model::Model;
use crate::request::options::{Endpoint, Options, Target};
use crate::request::read::{Field, Request};
use crate::request::size::Sizes;
use crate::request::size::tokens;
use crate::request::tape::View;

/// What is not looked at is said.
pub(crate) fn lists_are_read(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(list) = request.cut {
        sink.at(list, "has more entries than any model reads, and what stands behind them was not looked at");
    }
}

pub(crate) fn prompt_fits(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let (Some(view), Some((model, window))) = (request.field(Field::Messages), window(request)) else { return };
    let least = tokens::at_least(request, window);
    if least > window {
        sink.at(view, format!("have, with system and tools, {least} tokens or more, {} reads {window} at most", model.name()));
    }
}

/// The models that refuse a request whose prompt and answer together may not fit. From 4.5 on they take it, and the answer
/// may end early; a flag gives the older ones that too.
///
/// Source: <https://platform.claude.com/docs/en/build-with-claude/handling-stop-reasons>
const STRICT: &[&str] = &["claude-opus-4-1", "claude-opus-4-0", "claude-sonnet-4-0", "claude-3-"];
const LENIENT_FLAG: &str = "model-context-window-exceeded-2025-08-26";

pub(crate) fn answer_fits(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, most)) = max_tokens(request) else { return };
    let (Ok(most), Some((model, window))) = (u64::try_from(most), window(request)) else { return };
    if !STRICT.iter().any(|start| model.name().starts_with(start)) || request.has_beta(LENIENT_FLAG) {
        return;
    }
    // An answer above the model's own maximum is another fault.
    let left = window.saturating_sub(most);
    if model.max_output_tokens.is_some_and(|own| most > u64::from(own)) {
        return;
    }
    let least = tokens::at_least(request, left);
    if least > left && least <= window {
        sink.at(
            view,
            format!(
                "is {most}, and a prompt of {least} tokens or more leaves no room for it in the {window} of {}",
                model.name()
            ),
        )
        .fix(format!("lower `max_tokens` below {}, or shorten the prompt", window.saturating_sub(least)));
    }
}

fn window<'t>(request: &Request<'t, '_>) -> Option<(&'t Model, u64)> {
    let model = request.model?;
    let wide =
        request.has_beta("context-1m-2025-08-07") || request.model_name.as_deref().is_some_and(|name| name.ends_with("[1m]"));
    let window = u64::from(model.context_window?);
    Some((model, if wide { window.max(1_000_000) } else { window }))
}

/// The body's limit in megabytes. Whether a megabyte is 10^6 or 2^20 bytes is not documented: between the two it warns.
///
/// Sources: <https://platform.claude.com/docs/en/api/errors>,
/// <https://platform.claude.com/docs/en/build-with-claude/claude-on-amazon-bedrock>,
/// <https://platform.claude.com/docs/en/build-with-claude/claude-on-vertex-ai>
const fn limit(options: &Options<'_>) -> Option<usize> {
    match (options.endpoint, options.target) {
        (Endpoint::ChatCompletions, _) => None,
        (Endpoint::Batches, _) => Some(256),
        (_, Target::Bedrock | Target::BedrockConverse) => Some(20),
        (_, Target::Vertex) => Some(30),
        _ => Some(32),
    }
}

pub(crate) fn body_fits(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    let bytes = root.text_len();
    let Some(limit) = limit(options).filter(|limit| bytes > limit * 1_000_000) else { return };
    let sizes = Sizes::of(root, options.endpoint == Endpoint::Batches);
    let message = format!("the body has {bytes} bytes, at most {limit} MB are taken: {}", sizes.words());
    // Objects become a text whose length depends on the encoder.
    if bytes > limit << 20 { sink.at(root, message) } else { sink.maybe_at(root, message) }.fix(sizes.fix());
}
