//! What Bedrock and Google Cloud want besides.

use alloc::format;

use super::Sink;
use crate::request::model::decoration;
use crate::request::options::Target;
use crate::request::read::{Field, Request};
use crate::request::tape::Kind;
use crate::request::tool::Tool;

/// The body says its version: the platform passes no header on.
pub(crate) fn version_is_in_body(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.field(Field::AnthropicVersion).is_none() && !request.options.sdk_params {
        let own = versions(request.options.target).first().copied().unwrap_or_default();
        sink.missing(request.root, "anthropic_version", format!("is missing: `{own}` or a newer one is expected"));
    }
}

/// It says one that the platform takes.
pub(crate) fn version_is_known(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(version) = request.field(Field::AnthropicVersion) else { return };
    let known = versions(request.options.target);
    if version.kind() == Kind::Foreign || known.iter().any(|name| version.is(name)) {
        return;
    }
    let others = versions(if request.options.target == Target::Bedrock { Target::Vertex } else { Target::Bedrock });
    let message = format!("is not a version that is known here: `{}` is expected", known.join("` or `"));
    // A version may be newer than this crate; another platform's, or no text, is neither.
    if version.kind() != Kind::String || others.iter().any(|name| version.is(name)) || version.is("2023-06-01") {
        sink.at(version, message);
    } else {
        sink.maybe_at(version, message);
    }
}

/// Bedrock streams a tool's input as it comes by a flag in the body. The field of the API was refused for some models, with
/// the flag and without.
pub(crate) fn tools_have_no_field_for_streaming(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(eager) = tool.get("eager_input_streaming").filter(|eager| eager.kind() != Kind::Null) {
        sink.at(eager, "is a field that Bedrock does not take for every model")
            .fix("leave it out, and send `fine-grained-tool-streaming-2025-05-14` in `anthropic_beta`");
    }
}

/// Source: <https://platform.claude.com/docs/en/api/versioning>
const fn versions(target: Target) -> &'static [&'static str] {
    match target {
        Target::Bedrock => &["bedrock-2023-05-31", "2026-10-21"],
        _ => &["vertex-2023-10-16", "2026-10-21"],
    }
}

/// The models that Bedrock serves by their own id; what came later goes through an inference profile.
///
/// Source: <https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-support.html>
const ON_DEMAND: &[&str] = &[
    "claude-instant",
    "claude-v2",
    "claude-3-haiku",
    "claude-3-sonnet",
    "claude-3-opus",
    "claude-3-5-sonnet",
    "claude-3-5-haiku",
];

/// A model of the newer generations is called through a profile.
pub(crate) fn model_has_profile(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let key = if request.options.target == Target::BedrockConverse { "modelId" } else { "model" };
    let Some((view, id)) = request.root.get(key).and_then(|view| Some((view, view.str()?))) else { return };
    let parts = decoration(&id);
    let bare = parts.bedrock_vendor.is_some() && parts.bedrock_geo.is_none() && parts.bedrock_arn.is_none();
    let known = parts.name.starts_with("claude-");
    if bare && known && !ON_DEMAND.iter().any(|name| parts.name.starts_with(name)) {
        sink.at(view, "is the id of a model that is served through an inference profile");
    }
}
