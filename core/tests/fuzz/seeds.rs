//! The vectors as inputs of the harness.

use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::requests::{VECTORS, small};

/// One input.
pub(crate) struct Seed {
    pub(crate) target: &'static str,
    #[allow(dead_code, reason = "the name of a file, which tests do not write")]
    pub(crate) name: String,
    pub(crate) input: Vec<u8>,
}

fn cases(file: &str) -> Vec<Value> {
    let read: Value = serde_json::from_str(file).expect("vectors are JSON");
    read["cases"].as_array().expect("cases").clone()
}

/// Every vector that says something to one of the targets.
pub(crate) fn all() -> Vec<Seed> {
    let mut seeds = Vec::new();
    let diagnoses = [include_str!("../../../tests/vectors/kinds.json"), include_str!("../../../tests/vectors/hints.json")];
    for case in diagnoses.into_iter().flat_map(cases) {
        let name = case["id"].as_str().expect("id").to_owned();
        let (target, input) = of_evidence(&case["given"]);
        seeds.push(Seed { target, name, input: input.into_bytes() });
    }
    for case in cases(include_str!("../../../tests/vectors/messages.json")) {
        let name = case["id"].as_str().expect("id").to_owned();
        let message = &case["given"]["message"];
        let status = case["given"]["status"].as_u64().unwrap_or(400);
        let body = serde_json::json!({ "type": "error", "error": { "message": message } });
        seeds.push(Seed { target: "diagnose_body", name, input: format!("{status}\n\n{body}").into_bytes() });
    }
    // Keys where servers and libraries put them, for what must not be printed.
    let key = "sk-ant-api03-Qz7vB2kLm9Xw";
    for (target, input) in [
        ("diagnose_body", format!("401\n\n{{\"error\":{{\"message\":\"Incorrect API key provided: {key}.\"}}}}")),
        ("diagnose_headers", format!("429 0\nrequest-id: {key}\nx-api-key: {key}\n\n{key}")),
        ("diagnose_text", format!(" 0\nhttpx.ReadTimeout\nPOST https://h/?key={key}\nwith {{'x-api-key': '{key}'}} and '{key}'")),
    ] {
        seeds.push(Seed { target, name: "key".to_owned(), input: input.into_bytes() });
    }
    for case in cases(include_str!("../../../tests/vectors/call.json")) {
        let name = case["id"].as_str().expect("id").to_owned();
        seeds.push(Seed { target: "policy_call", name, input: of_call(&case).into_bytes() });
    }
    of_requests(&mut seeds);
    of_keys(&mut seeds);
    seeds
}

fn of_evidence(given: &Value) -> (&'static str, String) {
    let text = |name: &str| given[name].as_str().unwrap_or_default();
    let flags = [("committed", 'c'), ("cancelled", 'x'), ("remote_tools", 'r')];
    let on: String = flags.into_iter().filter(|(name, _)| given[name] == true).map(|(_, flag)| flag).collect();
    let status = given["status"].as_u64().map(|status| status.to_string()).unwrap_or_default();
    let head = format!("{status} {} {on}\n", given["wall_ms"].as_u64().unwrap_or_default());
    let headers = match &given["headers"] {
        Value::Object(headers) => headers.iter().map(|(name, value)| (name.clone(), value.clone())).collect(),
        Value::Array(pairs) => {
            pairs.iter().map(|pair| (pair[0].as_str().unwrap_or_default().to_owned(), pair[1].clone())).collect()
        }
        _ => Vec::new(),
    };
    let lines: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}: {}\n", value.as_str().unwrap_or_default())).collect();
    if given["text"].is_string() || given["classes"].is_array() || given["url"].is_string() {
        let classes: Vec<&str> = given["classes"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        let request = format!("{} {}", text("method"), text("url"));
        return ("diagnose_text", format!("{head}{}\n{}\n{}", classes.join(" "), request.trim(), text("text")));
    }
    match &lines[..] {
        [] => ("diagnose_body", format!("{head}\n{}", text("body"))),
        [line] if given["body"].is_string() => ("diagnose_body", format!("{head}{line}{}", text("body"))),
        lines => ("diagnose_headers", format!("{head}{}\n{}", lines.concat(), text("body"))),
    }
}

fn of_call(case: &Value) -> String {
    let given = &case["given"];
    let mut at = given["at"]["mono_ms"].as_u64().unwrap_or_default();
    let mut input = format!("{}\n{} {} {at}\n", given["policy"], given["seed"], given["number"]);
    for event in case["events"].as_array().into_iter().flatten() {
        let now = event["at"]["mono_ms"].as_u64().unwrap_or_default();
        let what = match () {
            () if let Some(failure) = event.get("failure") => {
                let status = failure["status"].as_u64().map(|status| status.to_string()).unwrap_or_default();
                let empty = Map::new();
                let headers = failure["headers"].as_object().unwrap_or(&empty);
                let header =
                    headers.iter().next().map(|(name, value)| format!(" {name}: {}", value.as_str().unwrap_or_default()));
                format!("{status}{}", header.unwrap_or_default())
            }
            () if event.get("success").is_some() => "ok".to_owned(),
            () if event.get("content").is_some() => "content".to_owned(),
            () if event.get("cancel").is_some() => "cancel".to_owned(),
            () => "poll".to_owned(),
        };
        let _ = writeln!(input, "{} {what}", now.saturating_sub(at));
        at = at.max(now);
    }
    input
}

/// Each request that is written out, as text, and as a base with two edits.
fn of_requests(seeds: &mut Vec<Seed>) {
    let read = |text: &&str| -> Vec<Value> { serde_json::from_str(text).expect("vectors are JSON") };
    for (number, case) in VECTORS.iter().flat_map(read).filter(small).enumerate() {
        let word = |name: &str, unsaid: &'static str| case[name].as_str().unwrap_or(unsaid).to_owned();
        let place =
            format!("{} {} {}\n", word("target", "anthropic"), word("endpoint", "messages"), word("api_version", "2023-06-01"));
        let [high, low] = u16::try_from(number).expect("fewer vectors than 65536").to_be_bytes();
        let text = [place.as_bytes(), case["request"].to_string().as_bytes()].concat();
        for target in ["validate_text", "repair_text"] {
            seeds.push(Seed { target, name: word("id", ""), input: text.clone() });
        }
        let edits = [high, low, low, low.wrapping_mul(7), low, high, 0, low, low.wrapping_add(3), low];
        let input = [place.as_bytes(), edits.as_slice()].concat();
        for target in ["validate_request", "repair_request"] {
            seeds.push(Seed { target, name: word("id", ""), input: input.clone() });
        }
    }
    of_repairs(seeds);
}

/// What there is to mend.
fn of_repairs(seeds: &mut Vec<Seed>) {
    for case in cases(include_str!("../../../tests/vectors/repairs.json")) {
        let given = &case["given"];
        let word = |name: &str, unsaid: &'static str| given[name].as_str().unwrap_or(unsaid).to_owned();
        let text = given["text"].as_str().map_or_else(|| given["request"].to_string(), str::to_owned);
        let input = format!("{} {}\n{text}", word("target", "portable"), word("endpoint", "messages")).into_bytes();
        seeds.push(Seed { target: "repair_text", name: format!("mended-{}", case["id"].as_str().expect("id")), input });
    }
}

/// Keys of every form, at every place, with what people leave around them.
fn of_keys(seeds: &mut Vec<Seed>) {
    let tail = "Qz7vB2kLm9XwQz7vB2kLm9Xw".repeat(4);
    let prefixes =
        ["sk-ant-api03-", "sk-ant-admin01-", "sk-ant-oat01-", "sk-ant-ort01-", "sk-", "sk-or-v1-", "sk_cdx_", "AKIA", ""];
    let places = ["\nx-api-key\n", "https://api.anthropic.com/v1\nauthorization\n", "https://openrouter.ai/api\n\n"];
    for (at, prefix) in prefixes.iter().enumerate() {
        for (around, place) in places.iter().enumerate() {
            let key = match around {
                0 => format!("{prefix}{tail}"),
                1 => format!("Bearer \"{prefix}{tail}\"\n"),
                _ => format!("export KEY={prefix}{}", &tail[..20]),
            };
            let input = format!("{place}{key}").into_bytes();
            seeds.push(Seed { target: "check_key", name: format!("{at}-{around}"), input });
        }
    }
    seeds.push(Seed { target: "check_key", name: "unexpanded".to_owned(), input: b"\n\n${ANTHROPIC_API_KEY}".to_vec() });
}
