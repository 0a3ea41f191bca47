//! Flags of `anthropic-beta`: which are known, and where.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use super::Sink;
use crate::request::options::{Options, Target};
use crate::request::tape::View;

/// What the first-party API knows; the list moves, so what is not on it only warns.
///
/// Sources: `types/anthropic_beta_param.py` of the vendor's Python SDK 2.12; the pages of features that are out of beta;
/// flags that the vendor's own clients send.
const KNOWN: &[&str] = &[
    "admin-user-sign-out-2026-10-08",
    "advanced-tool-use-2025-11-20",
    "advisor-tool-2026-03-01",
    "agent-memory-2026-07-22",
    "analytics-usage-cost-2026-08-24",
    "cache-diagnosis-2026-04-07",
    "ce-claude-code-managed-settings-2026-10-06",
    "ce-plugins-2026-09-01",
    "ce-user-management-2026-07-13",
    "claude-code-20250219",
    "code-execution-2025-05-22",
    "code-execution-2025-08-25",
    "compact-2026-01-12",
    "compact-2026-09-04",
    "computer-use-2024-10-22",
    "computer-use-2025-01-24",
    "computer-use-2025-11-24",
    "context-1m-2025-08-07",
    "context-management-2025-06-27",
    "dev-full-thinking-2025-05-14",
    "dreaming-2026-04-21",
    "effort-2025-11-24",
    "experimental-claude-tag-2026-10-21",
    "extended-cache-ttl-2025-04-11",
    "fallback-credit-2026-06-01",
    "fallback-credit-2026-07-01",
    "fast-mode-2026-02-01",
    "files-api-2025-04-14",
    "fine-grained-tool-streaming-2025-05-14",
    "inline-tools-2026-09-15",
    "interleaved-thinking-2025-05-14",
    "managed-agents-2026-04-01",
    "max-tokens-3-5-sonnet-2024-07-15",
    "mcp-client-2025-04-04",
    "mcp-client-2025-11-20",
    "mcp-client-2026-09-15",
    "mcp-servers-2025-12-04",
    "mcp-tunnels-2026-06-22",
    "message-batches-2024-09-24",
    "message-threads-2026-08-12",
    "mid-conversation-output-config-2026-07-01",
    "mid-conversation-system-clear-at-2026-08-21",
    "mid-conversation-tool-changes-2026-07-01",
    "model-context-window-exceeded-2025-08-26",
    "oauth-2025-04-20",
    "output-128k-2025-02-19",
    "output-300k-2026-03-24",
    "pdfs-2024-09-25",
    "prompt-caching-2024-07-31",
    "prompt-caching-scope-2026-01-05",
    "redact-thinking-2026-02-12",
    "search-results-2025-06-09",
    "server-side-fallback-2026-06-01",
    "server-side-fallback-2026-07-01",
    "skills-2025-10-02",
    "spend-limit-reads-2026-09-26",
    "structured-outputs-2025-11-13",
    "structured-outputs-2025-12-15",
    "task-budgets-2026-03-13",
    "telemetry-destinations-2026-08-11",
    "thinking-binding-controls-2026-08-01",
    "thinking-display-updates-2026-08-18",
    "thinking-token-count-2026-05-13",
    "token-counting-2024-11-01",
    "token-efficient-tools-2025-02-19",
    "token-efficient-tools-2026-03-28",
    "tool-examples-2025-10-29",
    "tool-search-tool-2025-10-19",
    "user-profiles-2026-03-24",
    "user-profiles-2026-08-18",
    "user-profiles-2026-09-04",
    "user-profiles-billing-2026-10-01",
    "web-fetch-2025-09-10",
    "web-search-2025-03-05",
    "webhooks-2026-10-07",
];

/// What Bedrock and Google Cloud are known to take; they lag behind, and differ by model.
///
/// Source: <https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html>
const ON_CLOUDS: &[&str] = &[
    "claude-code-20250219",
    "compact-2026-01-12",
    "computer-use-2024-10-22",
    "computer-use-2025-01-24",
    "computer-use-2025-11-24",
    "context-1m-2025-08-07",
    "context-management-2025-06-27",
    "dev-full-thinking-2025-05-14",
    "effort-2025-11-24",
    "fine-grained-tool-streaming-2025-05-14",
    "interleaved-thinking-2025-05-14",
    "output-128k-2025-02-19",
    "token-efficient-tools-2025-02-19",
    "tool-examples-2025-10-29",
    "tool-search-tool-2025-10-19",
];

pub(crate) fn flags_are_known(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    for flag in options.betas {
        check(root, options, flag.trim(), sink);
    }
    if let Some(header) = options.header("anthropic-beta") {
        header.split(',').for_each(|flag| check(root, options, flag.trim(), sink));
    }
    for view in root.get("anthropic_beta").into_iter().flat_map(View::items) {
        if let Some(flag) = view.str() {
            check(view, options, &flag, sink);
        }
    }
}

fn check(at: View<'_, '_>, options: &Options<'_>, flag: &str, sink: &mut Sink<'_>) {
    let (known, place) = match options.target {
        Target::Bedrock | Target::Vertex | Target::BedrockConverse => (ON_CLOUDS, "this cloud"),
        _ => (KNOWN, "the API"),
    };
    if known.contains(&flag) {
        return;
    }
    if flag.is_empty() {
        sink.maybe_at(at, "`anthropic-beta` has an empty flag");
    } else if !flag.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        sink.at(at, format!("`anthropic-beta` has the flag `{}`: small letters, digits and dashes were expected", shown(flag)))
            .fix("send flags as they are written, joined by commas, without quotes and brackets");
    } else {
        let other = name(flag).and_then(|own| known.iter().rev().find(|other| name(other) == Some(own)));
        let fix = other.map_or(Cow::Borrowed("remove that flag"), |other| Cow::Owned(format!("did you mean `{other}`?")));
        sink.maybe_at(at, format!("`anthropic-beta` has the flag `{}`, which {place} is not known to take", shown(flag)))
            .fix(fix);
    }
}

/// A flag without its date.
fn name(flag: &str) -> Option<&str> {
    let (name, date) = flag.split_at_checked(flag.len().checked_sub(11)?)?;
    date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-').then_some(name)
}

fn shown(flag: &str) -> String {
    let mut shown: String =
        flag.chars().take(64).map(|char| if char.is_control() { char::REPLACEMENT_CHARACTER } else { char }).collect();
    if flag.chars().nth(64).is_some() {
        shown.push('…');
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_sorted_and_the_clouds_know_nothing_of_their_own() {
        assert!(KNOWN.is_sorted() && ON_CLOUDS.is_sorted());
        assert!(ON_CLOUDS.iter().all(|flag| KNOWN.contains(flag)));
    }

    #[test]
    fn a_flags_name_is_what_stands_before_its_date() {
        assert_eq!(name("effort-2025-11-24"), Some("effort"));
        assert_eq!(name("effort"), None);
        assert_eq!(name("é-2025-11-2"), None);
    }
}
