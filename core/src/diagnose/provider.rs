//! Who answered, from hosts, headers and the names of errors.

use super::evidence::Evidence;
use super::facts::Facts;
use super::headers::clue;
use super::page;
use crate::provider::Provider;

pub(super) fn provider(evidence: &Evidence<'_>, facts: &Facts) -> Provider {
    let clues = evidence.headers.clues;
    let host = evidence.url.and_then(Provider::of_url);
    let name = facts.error_type.as_deref().unwrap_or_default();
    let is_grpc = || name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if clues & clue::AWS != 0 || name.ends_with("Exception") || host == Some(Provider::Bedrock) {
        Provider::Bedrock
    } else if host == Some(Provider::Vertex) || is_grpc() {
        Provider::Vertex
    } else if clues & clue::AZURE != 0 || host == Some(Provider::Foundry) {
        Provider::Foundry
    } else if facts.relayed || host == Some(Provider::Gateway) {
        Provider::Gateway
    } else if clues & clue::ANTHROPIC != 0
        || host == Some(Provider::Anthropic)
        || facts.request_id.as_deref().is_some_and(|id| id.starts_with("req_"))
    {
        Provider::Anthropic
    } else if facts.code.is_some() || clues & clue::OPENAI_STYLE != 0 {
        Provider::OpenaiCompatible
    } else if facts.cloudflare || clues & (clue::CLOUDFLARE | clue::ENVOY) != 0 || evidence.body.is_some_and(page::is_html) {
        Provider::Edge
    } else if evidence.status.is_none() && evidence.classes.is_some() {
        Provider::Network
    } else {
        Provider::Unknown
    }
}
