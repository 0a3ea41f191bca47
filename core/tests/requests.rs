//! The request vectors: every rule broken, and every rule just kept.
#![cfg(feature = "serde")]
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::disallowed_methods,
    reason = "a test that panics has failed, as it should, and vectors are files"
)]

#[path = "shared/tape.rs"]
mod tape;

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use holdoff::request::{Endpoint, Options, Report, Target, check, rules, validate};
use serde_json::Value;

use self::tape::tape;

struct Case {
    file: String,
    value: Value,
}

impl Case {
    fn text(&self, key: &str) -> Option<&str> {
        self.value.get(key).and_then(Value::as_str)
    }

    fn name(&self) -> String {
        format!("{}: {}", self.file, self.text("id").expect("a case has an id"))
    }
}

fn cases() -> Vec<Case> {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/requests");
    let mut files: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    let read = |path: &PathBuf| -> Vec<Value> { serde_json::from_slice(&fs::read(path).unwrap()).unwrap() };
    let named = |path: &PathBuf| path.file_name().unwrap().to_string_lossy().into_owned();
    files.iter().flat_map(|path| read(path).into_iter().map(|value| Case { file: named(path), value })).collect()
}

/// `{"$times": [value, count]}` is a string, or a list's items, so many times over.
fn expanded(value: &Value) -> Value {
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("$times") => {
            let (what, times) = (expanded(&map["$times"][0]), usize::try_from(map["$times"][1].as_u64().unwrap()).unwrap());
            match what {
                Value::String(text) => Value::String(text.repeat(times)),
                Value::Array(items) => Value::Array(std::iter::repeat_n(items, times).flatten().collect()),
                other => panic!("{other} cannot be repeated"),
            }
        }
        // A list of so many, each with its number in place of `#`.
        Value::Object(map) if map.len() == 1 && map.contains_key("$numbered") => {
            let (what, count) = (map["$numbered"][0].to_string(), map["$numbered"][1].as_u64().unwrap());
            Value::Array(
                (0..count).map(|number| serde_json::from_str(&what.replace('#', &number.to_string())).unwrap()).collect(),
            )
        }
        // Strings joined, lists chained, so that a part of either can be repeated.
        Value::Object(map) if map.len() == 1 && map.contains_key("$join") => {
            let parts: Vec<Value> = map["$join"].as_array().unwrap().iter().map(expanded).collect();
            if parts.iter().all(Value::is_string) {
                Value::String(parts.iter().filter_map(Value::as_str).collect())
            } else {
                Value::Array(parts.iter().filter_map(Value::as_array).flatten().cloned().collect())
            }
        }
        Value::Object(map) => Value::Object(map.iter().map(|(key, value)| (key.clone(), expanded(value))).collect()),
        Value::Array(items) => Value::Array(items.iter().map(expanded).collect()),
        other => other.clone(),
    }
}

fn report(case: &Case) -> Report {
    let request = expanded(&case.value["request"]);
    let headers: Option<Vec<(&str, &str)>> = case.value.get("headers").map(|headers| {
        headers.as_object().unwrap().iter().map(|(name, value)| (name.as_str(), value.as_str().unwrap())).collect()
    });
    let betas: Vec<&str> =
        case.value.get("betas").into_iter().flat_map(|betas| betas.as_array().unwrap()).filter_map(Value::as_str).collect();
    let mut options = Options::default();
    options.target = case.text("target").map_or(Target::Anthropic, |name| Target::from_wire(name).unwrap());
    options.endpoint = case.text("endpoint").map_or(Endpoint::Messages, |name| Endpoint::from_wire(name).unwrap());
    options.api_version = case.text("api_version");
    options.headers = headers.as_deref();
    options.betas = &betas;
    if let Value::String(text) = &request {
        return validate(text.as_bytes(), &options);
    }
    check(&tape(&request), &options)
}

/// A case lists all that is found, in order: `[severity, cause, path]`, with `{"mentions": text}` as a fourth where the
/// message must say something.
#[test]
fn each_request_gets_its_findings_and_no_others() {
    let mut wrong = Vec::new();
    for case in cases() {
        let found = report(&case);
        let got: Vec<Value> = found
            .findings
            .iter()
            .map(|finding| serde_json::json!([finding.severity.as_str(), finding.cause.as_str(), finding.path]))
            .collect();
        let expected = case.value["finds"].as_array().expect("a case says what it finds");
        let wanted: Vec<Value> = expected.iter().map(|row| Value::Array(row.as_array().unwrap()[..3].to_vec())).collect();
        if got != wanted {
            wrong.push(format!("{}\n  wants {}\n  got   {}", case.name(), Value::Array(wanted), Value::Array(got)));
        }
        for (row, finding) in expected.iter().zip(&found.findings) {
            if let Some(text) = row.get(3).and_then(|more| more["mentions"].as_str())
                && !finding.message.contains(text)
            {
                wrong.push(format!("{}: {:?} does not mention {text:?}", case.name(), finding.message));
            }
        }
    }
    assert!(wrong.is_empty(), "{} cases:\n{}", wrong.len(), wrong.join("\n"));
}

/// A case names the rules it `breaks`, and those it just `keeps`. It breaks no rule whose cause it does not find, and
/// finds none for a rule it keeps.
#[test]
fn every_rule_is_broken_once_and_just_kept_once() {
    let causes: BTreeMap<&str, &str> = rules().map(|rule| (rule.name, rule.cause.as_str())).collect();
    let mut counts: BTreeMap<&str, [usize; 2]> = causes.keys().map(|name| (*name, [0, 0])).collect();
    let vectors = cases();
    for case in &vectors {
        assert!(case.text("why").is_some() && case.text("source").is_some(), "{} has no why or no source", case.name());
        let found: Vec<&str> = case.value["finds"].as_array().unwrap().iter().map(|row| row[1].as_str().unwrap()).collect();
        for (number, (key, broken)) in [("breaks", true), ("keeps", false)].into_iter().enumerate() {
            for name in case.value.get(key).into_iter().flat_map(|names| names.as_array().unwrap()).filter_map(Value::as_str) {
                let cause = causes.get(name).unwrap_or_else(|| panic!("{}: there is no rule {name}", case.name()));
                assert_eq!(found.contains(cause), broken, "{} {key} {name}, whose cause is {cause}", case.name());
                counts.get_mut(name).unwrap()[number] += 1;
            }
        }
    }
    let missing: Vec<String> = counts
        .iter()
        .flat_map(|(name, [broken, kept])| {
            let mut lacks = Vec::new();
            if *broken == 0 {
                lacks.push(format!("{name} is never broken"));
            }
            if *kept == 0 {
                lacks.push(format!("{name} is never just kept"));
            }
            lacks
        })
        .collect();
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

/// A list that no model reads is read in part, and the report says so.
#[test]
fn what_is_not_read_is_said() {
    let warnings = |count: usize| {
        let tool = |number| format!(r#"{{"name":"t{number}","input_schema":{{"type":"object"}}}}"#);
        let tools: Vec<_> = (0..count).map(tool).collect();
        let message = r#"{"role":"user","content":"a"}"#;
        let text = format!(r#"{{"model":"m","max_tokens":1,"messages":[{message}],"tools":[{}]}}"#, tools.join(","));
        let report = validate(text.as_bytes(), &Options::default());
        assert!(report.ok(), "{report}");
        report.warnings().map(|finding| format!("{} {}", finding.cause.as_str(), finding.path)).collect::<Vec<_>>()
    };
    assert!(!warnings(100_000).iter().any(|warning| warning.starts_with("prompt-too-long")));
    assert!(warnings(100_001).iter().any(|warning| warning == "prompt-too-long tools"));
}
