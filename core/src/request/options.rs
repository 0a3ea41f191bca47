//! What a request is checked against: where it goes, at which endpoint, under which version.

use super::model::Model;
use crate::ascii;
use crate::names::wire_names;
use crate::provider::{Provider, host};

wire_names! {
    /// Where a request goes. What one place takes another refuses.
    #[derive(Default)]
    Target {
        Anthropic = "anthropic", "what the first-party API takes today";
        #[default]
        Portable = "portable", "what every place takes, older gateways and Bedrock Converse included";
        Bedrock = "bedrock", "Amazon Bedrock's InvokeModel: the Messages shape without a model";
        BedrockConverse = "bedrock-converse", "Amazon Bedrock's Converse: a shape of its own";
        Vertex = "vertex", "Google Cloud: the Messages shape without a model";
        Foundry = "foundry", "Microsoft Foundry: models go by deployment names";
    }
}

wire_names! {
    /// What is called.
    #[derive(Default)]
    Endpoint {
        #[default]
        Messages = "messages", "POST /v1/messages";
        CountTokens = "count_tokens", "POST /v1/messages/count_tokens";
        Batches = "batches", "POST /v1/messages/batches: each item's params are checked as a message of their own";
        ChatCompletions = "chat_completions", "POST /v1/chat/completions of an OpenAI-compatible endpoint";
    }
}

impl Target {
    /// Where a client with this base URL sends: [`Portable`](Self::Portable) where its host is nobody's known, a gateway's
    /// or the caller's own.
    ///
    /// ```
    /// use holdoff::request::Target;
    ///
    /// assert_eq!(Target::of_base_url("https://api.anthropic.com"), Target::Anthropic);
    /// assert_eq!(Target::of_base_url("http://localhost:4000"), Target::Portable);
    /// ```
    pub fn of_base_url(url: &str) -> Self {
        match Provider::of_url(url) {
            Some(Provider::Anthropic) => Self::Anthropic,
            // Claude Platform on AWS is the first party's API behind Amazon's door.
            Some(Provider::Bedrock) if host(url).is_some_and(|host| host.starts_with("aws-external-anthropic.")) => {
                Self::Anthropic
            }
            Some(Provider::Bedrock) => Self::Bedrock,
            // So is Google Cloud's `claude.googleapis.com`.
            Some(Provider::Vertex) if host(url) == Some("claude.googleapis.com") => Self::Anthropic,
            Some(Provider::Vertex) => Self::Vertex,
            Some(Provider::Foundry) => Self::Foundry,
            _ => Self::Portable,
        }
    }
}

impl Endpoint {
    /// What a request to this path, or URL, calls; `None` for what is not checked.
    ///
    /// ```
    /// use holdoff::request::Endpoint;
    ///
    /// assert_eq!(Endpoint::of_path("/v1/messages?beta=true"), Some(Endpoint::Messages));
    /// assert_eq!(Endpoint::of_path("/v1/files"), None);
    /// ```
    pub fn of_path(path: &str) -> Option<Self> {
        const PATHS: &[(&str, Endpoint)] = &[
            ("/messages", Endpoint::Messages),
            ("/messages/count_tokens", Endpoint::CountTokens),
            ("/messages/batches", Endpoint::Batches),
            ("/chat/completions", Endpoint::ChatCompletions),
        ];
        let path = path.split('?').next().unwrap_or(path);
        PATHS.iter().find(|row| path.ends_with(row.0)).map(|row| row.1)
    }
}

/// What a request is checked against. The default is what a bare check knows: nothing.
#[derive(Clone, Debug, Default)]
#[non_exhaustive]
pub struct Options<'a> {
    /// Where it goes; [`Target::Portable`] unless told.
    pub target: Target,
    /// What is called; [`Endpoint::Messages`] unless told.
    pub endpoint: Endpoint,
    /// The `anthropic-version`. Without one, here or in the headers or body, rules bound to a version only warn.
    pub api_version: Option<&'a str>,
    /// The `anthropic-beta` flags, headers' own beside.
    pub betas: &'a [&'a str],
    /// All headers that will be sent, in any letter case; `None` where they are not known, so that none is missed.
    pub headers: Option<&'a [(&'a str, &'a str)]>,
    /// The request is what an SDK's method is called with, not the body that becomes of it: on Bedrock and Google Cloud the
    /// SDK takes `model` and `stream` out of it, and puts the version in.
    pub sdk_params: bool,
    /// Models the built-in table lacks, or rows to use in place of its own. They are looked at first.
    pub models: &'a [Model],
}

impl<'a> Options<'a> {
    /// The value of that header, the name in lower case; `None` where it is not sent or the headers are not known.
    pub(crate) fn header(&self, name: &str) -> Option<&'a str> {
        self.headers?.iter().find(|(own, _)| ascii::same(own, name)).map(|(_, value)| *value)
    }

    /// Whether it is known which flags are sent: they are given, or would stand in a body that is sent as it is.
    pub(crate) fn flags_are_known(&self) -> bool {
        self.headers.is_some() || !self.betas.is_empty() || self.target == Target::Bedrock && !self.sdk_params
    }
}
