//! Who answered, from hosts, headers and the names of errors.

use super::evidence::Evidence;
use super::facts::Facts;
use super::headers::clue;
use super::text;
use crate::provider::Provider;

/// Whose host a URL names.
const HOSTS: &[(&str, Provider)] = &[
    ("anthropic.com", Provider::Anthropic),
    ("amazonaws.com", Provider::Bedrock),
    (".api.aws", Provider::Bedrock),
    ("googleapis.com", Provider::Vertex),
    ("azure.com", Provider::Foundry),
    ("openrouter.ai", Provider::Gateway),
];

fn host(url: &str) -> Option<Provider> {
    // A URL without its scheme says as much: `//api.anthropic.com/v1/messages`.
    let (_, rest) = url.split_once("//")?;
    let host = rest.split(['/', ':', '?']).next()?;
    HOSTS.iter().find(|row| host.ends_with(row.0)).map(|row| row.1)
}

pub(super) fn provider(evidence: &Evidence<'_>, facts: &Facts) -> Provider {
    let clues = evidence.headers.clues;
    let host = evidence.url.and_then(host);
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
    } else if facts.cloudflare || clues & (clue::CLOUDFLARE | clue::ENVOY) != 0 || evidence.body.is_some_and(text::is_html) {
        Provider::Edge
    } else if evidence.status.is_none() && evidence.classes.is_some() {
        Provider::Network
    } else {
        Provider::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_tells_the_provider_and_a_path_does_not() {
        assert_eq!(host("https://api.anthropic.com/v1/messages"), Some(Provider::Anthropic));
        assert_eq!(host("//bedrock-runtime.us-east-1.amazonaws.com:443/model/m/invoke"), Some(Provider::Bedrock));
        assert_eq!(host("http://localhost/openrouter.ai"), None);
        assert_eq!(host("/v1/messages"), None);
    }
}
