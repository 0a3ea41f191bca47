//! What sending a request twice would do, from its method and path.
//!
//! The Messages API has no idempotency key, so nothing tells the server that two requests are one.

use crate::ascii;
use crate::failure::Replay;

/// Endings of paths that answer with tokens: sent twice, they are billed twice and change nothing else.
const INFERENCE: &[&str] = &[
    "/messages",
    "/complete",
    "/chat/completions",
    "/completions",
    "/responses",
    "/embeddings",
    "/invoke",
    "/invoke-with-response-stream",
    "/converse",
    "/converse-stream",
    ":rawPredict",
    ":streamRawPredict",
];

/// What sending it twice would do; a call of which nothing is known counts as inference, which most calls are.
pub(crate) fn of(method: Option<&str>, url: Option<&str>, remote_tools: bool) -> Replay {
    let path = url.map(path_of);
    match method {
        Some(method) if ["GET", "HEAD", "OPTIONS", "DELETE"].iter().any(|safe| ascii::same(method, safe)) => Replay::Harmless,
        _ => match path {
            Some(path) if path.ends_with("/count_tokens") => Replay::Harmless,
            _ if remote_tools => Replay::Effects,
            Some(path) if INFERENCE.iter().any(|ending| path.ends_with(ending)) => Replay::Billed,
            Some(_) if method.is_some() => Replay::Effects,
            Some(_) | None => Replay::Billed,
        },
    }
}

/// The path without query, fragment and a slash at its end.
fn path_of(url: &str) -> &str {
    let end = url.find(['?', '#']).unwrap_or(url.len());
    url.get(..end).unwrap_or(url).trim_end_matches('/')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_inference_and_reading_may_be_repeated() {
        let post = |url| of(Some("POST"), Some(url), false);
        assert_eq!(post("https://api.anthropic.com/v1/messages?beta=true"), Replay::Billed);
        assert_eq!(post("/v1/messages/count_tokens"), Replay::Harmless);
        assert_eq!(post("/v1/messages/batches"), Replay::Effects);
        assert_eq!(post("/v1/files"), Replay::Effects);
        assert_eq!(post("/model/anthropic.claude-opus-5/invoke"), Replay::Billed);
        assert_eq!(of(Some("post"), Some("/v1/messages"), true), Replay::Effects);
        assert_eq!(of(Some("DELETE"), Some("/v1/files/f"), false), Replay::Harmless);
        assert_eq!(of(None, None, false), Replay::Billed);
    }
}
