//! What has a vector: every kind, cause, error code and shape that a diagnosis can come of. See `tests/vectors/README.md`.
#![cfg(feature = "serde")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that panics has failed, as it should, and vectors are files"
)]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;

use holdoff::{Cause, ErrorKind};
use serde_json::Value;

const FILES: [&str; 5] = [
    include_str!("../../tests/vectors/codes.json"),
    include_str!("../../tests/vectors/hints.json"),
    include_str!("../../tests/vectors/kinds.json"),
    include_str!("../../tests/vectors/messages.json"),
    include_str!("../../tests/vectors/shapes.json"),
];

/// Every shape that a failure is met in.
const SHAPES: [&str; 41] = [
    // Bodies of the API and of what speaks like it.
    "anthropic",
    "anthropic-without-envelope",
    "anthropic-event",
    "batch-result",
    "openai",
    "bedrock-json",
    "bedrock-errortype-header",
    "bedrock-event-stream",
    "vertex-object",
    "vertex-array",
    "foundry",
    // What stands in front of it.
    "litellm",
    "openrouter",
    "claude-apps-gateway",
    "cloudflare-json",
    "cloudflare-page",
    "nginx-page",
    "envoy-text",
    "page-under-200",
    // Texts for people.
    "python-sdk-exception",
    "typescript-sdk-exception",
    "terminal-wrapped",
    "truncated-json",
    "log-line",
    "access-log",
    "pairs",
    // Languages and libraries, answers and failures of the network.
    "httpx",
    "requests",
    "aiohttp",
    "urllib3",
    "undici",
    "node",
    "browser",
    "reqwest",
    "go",
    "java",
    "dotnet",
    "grpc",
    "php",
    "ruby",
    "elixir",
];

/// The causes that no evidence of a failed call names, and why. One that gains a vector is to be struck off.
const WITHOUT_EVIDENCE: [(&str, &[&str]); 7] = [
    (
        "the server takes the request, and something is lost or wasted: only a look at the request shows it",
        &[
            "json-duplicate-key",
            "model-deprecated",
            "system-turn-ignored",
            "cache-control-below-minimum",
            "base-url-not-https",
            "integer-not-exact",
        ],
    ),
    (
        "the server answers with the words of another cause: a tool use without a result, base64 that is none, a turn that has to begin with thinking",
        &["tool-result-not-first", "image-data-url-prefix", "prefill-with-thinking"],
    ),
    (
        "the refusal is documented, and its words are not known",
        &[
            "body-not-object",
            "max-tokens-zero-not-allowed",
            "messages-too-many",
            "citations-on-user-text",
            "context-management-order",
            "tool-input-example-invalid",
            "tools-too-many-deferred",
            "mcp-server-url-not-https",
            "citations-with-output-format",
            "batch-param-not-allowed",
        ],
    ),
    ("no encoder writes it, so no server has seen it", &["value-not-json"]),
    (
        "the server says no more than that the key is wrong: why is seen only in the key and its header",
        &[
            "key-empty",
            "key-has-whitespace",
            "key-has-quotes",
            "key-has-bearer-prefix",
            "key-has-variable-name",
            "key-unexpanded-variable",
            "key-placeholder",
            "key-masked",
            "key-not-ascii",
            "key-truncated",
            "key-of-other-vendor",
            "key-for-other-base-url",
            "key-is-admin-key",
            "key-is-refresh-token",
            "key-is-session-token",
            "key-is-compliance-key",
            "key-is-oauth-token",
            "key-is-identifier",
            "key-in-wrong-header",
            "key-too-long",
            "key-is-null-text",
            "key-is-not-a-key",
            "two-credentials-sent",
        ],
    ),
    ("the server says no more than that nothing is at this path", &["base-url-ends-in-v1", "base-url-has-endpoint-path"]),
    ("every failure of a proxy has a finer cause", &["proxy-refused"]),
];

fn cases() -> impl Iterator<Item = Value> {
    FILES.iter().flat_map(|file| {
        let read: Value = serde_json::from_str(file).unwrap();
        read["cases"].as_array().unwrap().clone()
    })
}

fn names(field: impl Fn(&Value) -> &Value) -> BTreeSet<String> {
    cases().filter_map(|case| field(&case).as_str().map(String::from)).collect()
}

/// Whether the case says all that a cause decides: its kind, and whether the call is worth sending again.
fn is_whole(case: &Value) -> bool {
    case["expect"]["kind"].is_string() && case["expect"]["retryable"].is_boolean()
}

#[test]
fn every_kind_and_code_has_a_vector() {
    let kinds = names(|case| &case["expect"]["kind"]);
    let missing: Vec<_> = ErrorKind::ALL.iter().filter(|kind| !kinds.contains(kind.as_str())).collect();
    assert!(missing.is_empty(), "kinds without a vector: {missing:?}");

    let codes = names(|case| &case["given"]["error_code"]);
    let table = holdoff::table();
    let rows: Vec<&str> = table.iter().filter(|row| row.column == "error_code").map(|row| &*row.key).collect();
    assert!(rows.len() >= 100, "{} error codes", rows.len());
    let missing: Vec<_> = rows.into_iter().filter(|code| !codes.contains(*code)).collect();
    assert!(missing.is_empty(), "error codes without a vector: {missing:?}");
}

#[test]
fn every_cause_has_a_vector() {
    let found: BTreeSet<String> =
        cases().filter(is_whole).filter_map(|case| case["expect"]["cause"].as_str().map(String::from)).collect();
    let without: BTreeSet<&str> = WITHOUT_EVIDENCE.iter().flat_map(|group| group.1).copied().collect();
    let listed: usize = WITHOUT_EVIDENCE.iter().map(|group| group.1.len()).sum();
    assert_eq!(listed, without.len(), "a cause is listed twice");
    let known = |cause: &&&str| Cause::from_wire(cause).is_some();
    assert_eq!(without.iter().filter(known).count(), without.len(), "a cause is listed that there is not");

    let missing: Vec<&str> = Cause::ALL.iter().map(|cause| cause.as_str()).filter(|cause| !found.contains(*cause)).collect();
    let missing: Vec<&&str> = missing.iter().filter(|cause| !without.contains(**cause)).collect();
    assert!(missing.is_empty(), "causes without a vector that says kind, cause and retryable: {missing:?}");
    let gained: Vec<&&str> = without.iter().filter(|cause| found.contains(**cause)).collect();
    assert!(gained.is_empty(), "causes with a vector, listed as having none: {gained:?}");
}

/// What stands for its kind where nothing finer is known.
const NOWHERE: [&str; 1] = ["proxy-refused"];

#[test]
fn what_no_failure_names_a_check_of_the_request_finds() {
    let mut found = BTreeSet::new();
    for entry in fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/../tests/vectors/requests")).unwrap() {
        let cases: Vec<Value> = serde_json::from_slice(&fs::read(entry.unwrap().path()).unwrap()).unwrap();
        let rows = cases.iter().flat_map(|case| case["finds"].as_array().unwrap());
        found.extend(rows.map(|row| String::from(row[1].as_str().unwrap())));
    }
    // Keys and base URLs have tests of their own, beside the code.
    let of_key = |cause: &str| cause.starts_with("key-") || cause.starts_with("base-url-");
    let listed = WITHOUT_EVIDENCE.iter().flat_map(|group| group.1).copied().filter(|cause| !of_key(cause));
    let missing: Vec<&str> = listed.filter(|cause| !found.contains(*cause)).collect();
    assert_eq!(BTreeSet::from_iter(missing), BTreeSet::from(NOWHERE));
}

#[test]
fn every_shape_has_vectors() {
    let mut found: BTreeMap<String, usize> = BTreeMap::new();
    for case in cases() {
        if let Some(shape) = case["shape"].as_str() {
            assert!(SHAPES.contains(&shape), "{}: the shape `{shape}` is not in the list", case["id"]);
            assert!(is_whole(&case), "{}: a shape's case says kind and retryable", case["id"]);
            *found.entry(shape.into()).or_default() += 1;
        }
    }
    let few: Vec<&&str> = SHAPES.iter().filter(|shape| found.get(**shape).is_none_or(|cases| *cases < 2)).collect();
    assert!(few.is_empty(), "shapes with fewer than two vectors: {few:?}");
}
