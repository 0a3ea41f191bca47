//! Faults of the base URL, and whose host it names.

use super::Findings;
use super::form::Vendor;
use crate::ascii;
use crate::cause::Cause;

/// Where the base URL leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    /// No base URL is set: the SDK's own, unless the environment says otherwise.
    Unset,
    Of(Vendor),
    /// A gateway that passes keys on, the caller's own network, or a URL that cannot be read: nothing is said of keys there.
    NotJudged,
    /// Any other host.
    Unknown,
}

/// Ends of hosts, with or without something in front; the first that fits is the host's.
/// Source: <https://platform.claude.com/docs/en/api/overview>, and each platform's own page of endpoints.
#[rustfmt::skip]
static HOSTS: &[(&str, Place)] = &[
    ("api.anthropic.com", Place::Of(Vendor::Anthropic)),
    ("gateway.ai.cloudflare.com", Place::NotJudged),
    ("helicone.ai", Place::NotJudged),
    ("portkey.ai", Place::NotJudged),
    ("ai-gateway.vercel.sh", Place::NotJudged),
    ("azure-api.net", Place::NotJudged),
    // Anthropic's own platform in other clouds: which keys they take is not documented here.
    ("claude.googleapis.com", Place::NotJudged),
    ("aws-external-anthropic", Place::NotJudged),
    ("openrouter.ai", Place::Of(Vendor::OpenRouter)),
    ("api.openai.com", Place::Of(Vendor::OpenAi)),
    ("amazonaws.com", Place::Of(Vendor::Aws)),
    ("amazonaws.com.cn", Place::Of(Vendor::Aws)),
    ("api.aws", Place::Of(Vendor::Aws)),
    ("googleapis.com", Place::Of(Vendor::Google)),
    ("services.ai.azure.com", Place::Of(Vendor::Azure)),
    ("openai.azure.com", Place::Of(Vendor::Azure)),
    ("cognitiveservices.azure.com", Place::Of(Vendor::Azure)),
    ("api.groq.com", Place::Of(Vendor::Groq)),
    ("api.x.ai", Place::Of(Vendor::Xai)),
    ("huggingface.co", Place::Of(Vendor::HuggingFace)),
    ("models.github.ai", Place::Of(Vendor::GitHub)),
    ("api.deepseek.com", Place::Of(Vendor::OpenAiLike)),
    ("api.moonshot.ai", Place::Of(Vendor::OpenAiLike)),
];

/// Pages for people. The API is not there.
const WEB_SITES: &[&str] = &[
    "claude.ai",
    "claude.com",
    "www.claude.com",
    "platform.claude.com",
    "docs.claude.com",
    "code.claude.com",
    "anthropic.com",
    "www.anthropic.com",
    "console.anthropic.com",
    "docs.anthropic.com",
];

/// Ends of hosts of private networks.
const PRIVATE: &[&str] = &["localhost", "local", "internal", "lan", "svc", "test", "home.arpa", "intranet", "corp"];

/// Tells the faults of a base URL, and where it leads.
pub(super) fn check(base_url: Option<&str>, found: &mut Findings) -> Place {
    let Some(url) = base_url else { return Place::Unset };
    let mut invalid = |message: &str| {
        found.error(Cause::BaseUrlInvalid, message);
        Place::NotJudged
    };
    if url.trim().is_empty() {
        return invalid("the base URL is empty");
    }
    if url.contains(|c: char| c.is_whitespace() || c.is_control()) {
        return invalid("the base URL has white space or a line break in it");
    }
    if url.contains(['"', '\'', '`']) {
        return invalid("the base URL has quotes in it");
    }
    if url.contains(['$', '{', '}', '<', '>']) || url.starts_with('%') {
        return invalid("the base URL holds a variable or placeholder that nothing put in");
    }
    if url.starts_with("sk-") || url.starts_with("sk_") {
        return invalid("the base URL is a key: key and base URL may have changed places");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return invalid("the base URL has no scheme: it must begin with `https://`");
    };
    let plain = ascii::same(scheme, "http");
    if !plain && !ascii::same(scheme, "https") {
        return invalid("the base URL has another scheme than https");
    }
    let end = rest.find(['/', '?', '#', '\\']).unwrap_or(rest.len());
    let (authority, path) = rest.split_at_checked(end).unwrap_or((rest, ""));
    let host = host_of(authority);
    if host.is_empty() {
        return invalid("the base URL has no host");
    }
    if WEB_SITES.iter().any(|site| ascii::same(host, site)) {
        return invalid("the base URL is a web site's: the API is at `https://api.anthropic.com`");
    }
    let place = place_of(host);
    if plain {
        let message = "the base URL begins with `http://`: the key travels unprotected";
        match place {
            Place::Of(_) => found.error(Cause::BaseUrlNotHttps, message),
            _ if is_private(host) => {}
            _ => found.warning(Cause::BaseUrlNotHttps, message),
        }
    }
    path_faults(path, found);
    place
}

/// The host without a user, a port and the brackets of an IPv6 address.
fn host_of(authority: &str) -> &str {
    let host = authority.rsplit_once('@').map_or(authority, |(_, host)| host);
    if let Some(address) = host.strip_prefix('[') {
        return address.split(']').next().unwrap_or_default();
    }
    let host = host.split(':').next().unwrap_or_default();
    host.strip_suffix('.').unwrap_or(host)
}

fn place_of(host: &str) -> Place {
    if is_private(host) {
        return Place::NotJudged;
    }
    // `aws-external-anthropic.us-east-1.api.aws` is told by its first part.
    let first = host.split('.').next().unwrap_or_default();
    let row = HOSTS.iter().find(|(end, _)| ends_in(host, end) || ascii::same(first, end));
    row.map_or(Place::Unknown, |(_, place)| *place)
}

fn is_private(host: &str) -> bool {
    let address = host.contains(':') || host.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    address || !host.contains('.') || PRIVATE.iter().any(|end| ends_in(host, end))
}

/// Whether a host is `end`, or a part of it.
fn ends_in(host: &str, end: &str) -> bool {
    let Some(at) = host.len().checked_sub(end.len()) else { return false };
    let Some((before, tail)) = host.split_at_checked(at) else { return false };
    ascii::same(tail, end) && (before.is_empty() || before.ends_with('.'))
}

fn path_faults(path: &str, found: &mut Findings) {
    let path = path.split(['?', '#']).next().unwrap_or_default().trim_end_matches('/');
    let ends = |end: &str| ascii::ends_with(path, end);
    if ["/messages", "/messages/count_tokens", "/messages/batches", "/complete", "/completions", "/models"]
        .iter()
        .any(|end| ends(end))
    {
        found.error(
            Cause::BaseUrlHasEndpointPath,
            "the base URL ends in an endpoint's path, which the client adds: calls go to `…/v1/messages/v1/messages`",
        );
    } else if ends("/v1") {
        // Clients for OpenAI's API do not add it.
        found.warning(
            Cause::BaseUrlEndsInV1,
            "the base URL ends in `/v1`: a client for Claude adds `/v1/messages`, and calls go to `/v1/v1/messages`",
        );
    }
}
