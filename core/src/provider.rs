//! Who answered.

use crate::names::wire_names;

wire_names! {
    /// Where the request went, as far as the evidence tells.
    #[derive(Default)]
    Provider {
        /// Nothing in the evidence tells.
        #[default]
        Unknown = "unknown";
        /// Anthropic's own API.
        Anthropic = "anthropic";
        /// Amazon Bedrock.
        Bedrock = "bedrock";
        /// Google Cloud (Vertex).
        Vertex = "vertex";
        /// Microsoft Foundry.
        Foundry = "foundry";
        /// OpenAI, or an endpoint that speaks its shapes.
        OpenaiCompatible = "openai-compatible";
        /// A gateway or relay of somebody's: LiteLLM, OpenRouter, and their like.
        Gateway = "gateway";
        /// An edge or proxy that answered in place of the service: Cloudflare, nginx, Envoy.
        Edge = "edge";
        /// Nobody: the network failed before an answer.
        Network = "network";
    }
}

/// Whose host a URL names.
const HOSTS: &[(&str, Provider)] = &[
    ("anthropic.com", Provider::Anthropic),
    ("amazonaws.com", Provider::Bedrock),
    (".api.aws", Provider::Bedrock),
    ("googleapis.com", Provider::Vertex),
    ("azure.com", Provider::Foundry),
    ("openrouter.ai", Provider::Gateway),
];

impl Provider {
    /// Whose host a URL names; `None` for a host that is nobody's known, and for what has no host.
    pub(crate) fn of_url(url: &str) -> Option<Self> {
        let host = host(url)?;
        HOSTS.iter().find(|row| host.ends_with(row.0)).map(|row| row.1)
    }
}

/// The host of a URL. One without its scheme says as much: `//api.anthropic.com/v1/messages`.
pub(crate) fn host(url: &str) -> Option<&str> {
    url.split_once("//")?.1.split(['/', ':', '?']).next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_tells_the_provider_and_a_path_does_not() {
        assert_eq!(Provider::of_url("https://api.anthropic.com/v1/messages"), Some(Provider::Anthropic));
        assert_eq!(Provider::of_url("//bedrock-runtime.us-east-1.amazonaws.com:443/model/m/invoke"), Some(Provider::Bedrock));
        assert_eq!(Provider::of_url("http://localhost/openrouter.ai"), None);
        assert_eq!(Provider::of_url("/v1/messages"), None);
    }
}
