//! Flags of `anthropic-beta`: which are known, and where.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use super::Sink;
use crate::request::options::{Options, Target};
use crate::request::tape::View;

/// Where a flag is known besides the first-party API.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Besides {
    Nowhere,
    Bedrock,
    Vertex,
    Both,
}

const API: Besides = Besides::Nowhere;
const BEDROCK: Besides = Besides::Bedrock;
const VERTEX: Besides = Besides::Vertex;
const CLOUDS: Besides = Besides::Both;

/// What is known to be taken. The list moves, and on the clouds it differs by model: what is not on it only warns.
///
/// Sources: `types/anthropic_beta_param.py` of the vendor's Python SDK 2.12; the pages of features that are out of beta;
/// flags that the vendor's own clients send; for the clouds
/// <https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-anthropic-claude-messages-request-response.html>
/// and what routers found to be refused there.
const FLAGS: &[(&str, Besides)] = &[
    ("admin-user-sign-out-2026-10-08", API),
    ("advanced-tool-use-2025-11-20", API),
    ("advisor-tool-2026-03-01", API),
    ("agent-memory-2026-07-22", API),
    ("analytics-usage-cost-2026-08-24", API),
    ("cache-diagnosis-2026-04-07", API),
    ("ce-claude-code-managed-settings-2026-10-06", API),
    ("ce-plugins-2026-09-01", API),
    ("ce-user-management-2026-07-13", API),
    ("claude-code-20250219", CLOUDS),
    ("code-execution-2025-05-22", API),
    ("code-execution-2025-08-25", API),
    ("compact-2026-01-12", CLOUDS),
    ("compact-2026-09-04", VERTEX),
    ("computer-use-2024-10-22", CLOUDS),
    ("computer-use-2025-01-24", CLOUDS),
    ("computer-use-2025-11-24", CLOUDS),
    ("context-1m-2025-08-07", CLOUDS),
    ("context-management-2025-06-27", CLOUDS),
    ("dangerous-tool-use-2026-09-03", CLOUDS),
    ("dev-full-thinking-2025-05-14", BEDROCK),
    ("dreaming-2026-04-21", API),
    ("effort-2025-11-24", BEDROCK),
    ("experimental-claude-tag-2026-10-21", API),
    ("extended-cache-ttl-2025-04-11", API),
    ("fallback-credit-2026-06-01", API),
    ("fallback-credit-2026-07-01", API),
    ("fast-mode-2026-02-01", API),
    ("files-api-2025-04-14", API),
    ("fine-grained-tool-streaming-2025-05-14", BEDROCK),
    ("inline-tools-2026-09-15", API),
    ("interleaved-thinking-2025-05-14", CLOUDS),
    ("managed-agents-2026-04-01", API),
    ("max-tokens-3-5-sonnet-2024-07-15", API),
    ("mcp-client-2025-04-04", API),
    ("mcp-client-2025-11-20", API),
    ("mcp-client-2026-09-15", API),
    ("mcp-servers-2025-12-04", API),
    ("mcp-tunnels-2026-06-22", API),
    ("message-batches-2024-09-24", API),
    ("message-threads-2026-08-12", API),
    ("mid-conversation-output-config-2026-07-01", BEDROCK),
    ("mid-conversation-system-clear-at-2026-08-21", API),
    ("mid-conversation-tool-changes-2026-07-01", BEDROCK),
    ("model-context-window-exceeded-2025-08-26", API),
    ("oauth-2025-04-20", API),
    ("output-128k-2025-02-19", BEDROCK),
    ("output-300k-2026-03-24", API),
    ("pdfs-2024-09-25", API),
    ("per-turn-control-2026-07-01", VERTEX),
    ("prompt-caching-2024-07-31", API),
    ("prompt-caching-scope-2026-01-05", API),
    ("redact-thinking-2026-02-12", API),
    ("search-results-2025-06-09", API),
    ("server-side-fallback-2026-06-01", API),
    ("server-side-fallback-2026-07-01", API),
    ("skills-2025-10-02", API),
    ("spend-limit-reads-2026-09-26", API),
    ("structured-outputs-2025-11-13", BEDROCK),
    ("structured-outputs-2025-12-15", API),
    ("task-budgets-2026-03-13", API),
    ("telemetry-destinations-2026-08-11", API),
    ("thinking-binding-controls-2026-08-01", CLOUDS),
    ("thinking-display-updates-2026-08-18", CLOUDS),
    ("thinking-token-count-2026-05-13", API),
    ("token-counting-2024-11-01", API),
    ("token-efficient-tools-2025-02-19", BEDROCK),
    ("token-efficient-tools-2026-03-28", API),
    ("tool-examples-2025-10-29", BEDROCK),
    ("tool-search-tool-2025-10-19", CLOUDS),
    ("user-profiles-2026-03-24", API),
    ("user-profiles-2026-08-18", API),
    ("user-profiles-2026-09-04", API),
    ("user-profiles-billing-2026-10-01", API),
    ("web-fetch-2025-09-10", API),
    ("web-search-2025-03-05", VERTEX),
    ("webhooks-2026-10-07", API),
];

fn is_known(flag: &str, target: Target) -> bool {
    FLAGS.iter().any(|(own, besides)| *own == flag && is_at(*besides, target))
}

const fn is_at(besides: Besides, target: Target) -> bool {
    match target {
        Target::Bedrock | Target::BedrockConverse => matches!(besides, Besides::Bedrock | Besides::Both),
        Target::Vertex => matches!(besides, Besides::Vertex | Besides::Both),
        Target::Anthropic | Target::Portable | Target::Foundry => true,
    }
}

pub(crate) fn flags_are_known(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    let header = options.header("anthropic-beta").into_iter().flat_map(|header| header.split(','));
    for flag in options.betas.iter().copied().chain(header) {
        if let Some(fault) = fault(flag.trim(), options.target) {
            fault.put(root, true, sink);
        }
    }
    let own = root.get("additionalModelRequestFields").filter(|_| options.target == Target::BedrockConverse);
    let in_body = [Some(root), own].into_iter().flatten().filter_map(|fields| fields.get("anthropic_beta"));
    for view in in_body.flat_map(View::items) {
        if let Some(fault) = view.str().and_then(|flag| fault(&flag, options.target)) {
            fault.put(view, false, sink);
        }
    }
}

struct Fault {
    message: String,
    fix: Cow<'static, str>,
    certain: bool,
}

impl Fault {
    fn put(self, at: View<'_, '_>, in_header: bool, sink: &mut Sink<'_>) {
        let found = if self.certain { sink.at(at, self.message) } else { sink.maybe_at(at, self.message) };
        if in_header { found.in_header() } else { found }.fix(self.fix);
    }
}

/// A flag is only shown where it is formed like one: a key may have been put in its place.
fn fault(flag: &str, target: Target) -> Option<Fault> {
    if is_known(flag, target) {
        return None;
    }
    if flag.is_empty() {
        let (message, fix) = ("`anthropic-beta` has an empty flag", "join flags by single commas");
        return Some(Fault { message: message.into(), fix: fix.into(), certain: false });
    }
    if !flag.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-') {
        let message = "`anthropic-beta` has a flag with more than small letters, digits and dashes";
        let fix = "send flags as they are written, joined by commas, without quotes and brackets";
        return Some(Fault { message: message.into(), fix: fix.into(), certain: true });
    }
    let place = match target {
        Target::Bedrock | Target::BedrockConverse => "Bedrock",
        Target::Vertex => "Google Cloud",
        Target::Anthropic | Target::Portable | Target::Foundry => "the API",
    };
    let Some(own) = name(flag).filter(|_| flag.len() <= LONGEST) else {
        let message = format!("`anthropic-beta` has a flag that {place} is not known to take");
        return Some(Fault { message, fix: Cow::Borrowed("remove that flag"), certain: false });
    };
    let same_name = |(other, besides): &&(&str, Besides)| name(other) == Some(own) && is_at(*besides, target);
    let other = FLAGS.iter().rev().find(same_name);
    let fix = other.map_or(Cow::Borrowed("remove that flag"), |(other, _)| Cow::Owned(format!("did you mean `{other}`?")));
    Some(Fault {
        message: format!("`anthropic-beta` has the flag `{flag}`, which {place} is not known to take"),
        fix,
        certain: false,
    })
}

const LONGEST: usize = 64;

/// A flag without its date.
fn name(flag: &str) -> Option<&str> {
    let (name, date) = flag.split_at_checked(flag.len().checked_sub(11)?)?;
    date.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-').then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_sorted_and_stand_once() {
        assert!(FLAGS.is_sorted_by(|(one, _), (next, _)| one < next));
    }

    #[test]
    fn a_flags_name_is_what_stands_before_its_date() {
        assert_eq!(name("effort-2025-11-24"), Some("effort"));
        assert_eq!(name("effort"), None);
        assert_eq!(name("é-2025-11-2"), None);
    }
}
