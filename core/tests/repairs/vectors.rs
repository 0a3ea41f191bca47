//! The vectors: what a repair makes of a request, and why.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use holdoff::request::{Endpoint, Repair, Target};
use serde_json::Value;

use crate::{Given, MENDED, MENDED_IN_PART, operations, patch};

fn cases() -> Vec<Value> {
    let read: Value = serde_json::from_str(include_str!("../../../tests/vectors/repairs.json")).unwrap();
    assert_eq!(read["schema"], 1);
    read["cases"].as_array().unwrap().clone()
}

fn given(case: &Value) -> Given {
    let given = &case["given"];
    let betas = given["betas"].as_array().into_iter().flatten().filter_map(Value::as_str);
    Given {
        target: given["target"].as_str().map_or(Target::Portable, |name| Target::from_wire(name).unwrap()),
        endpoint: given["endpoint"].as_str().map_or(Endpoint::Messages, |name| Endpoint::from_wire(name).unwrap()),
        betas: betas.map(String::from).collect(),
        answer_missing_tools: given["answer_missing_tools"] == true,
    }
}

/// The patch without what is for readers.
fn bare(repair: &Repair) -> Vec<Value> {
    let mut operations = operations(repair);
    for operation in &mut operations {
        let reason = operation.as_object_mut().unwrap().remove("reason");
        assert!(reason.is_some_and(|reason| reason.as_str().is_some_and(|reason| !reason.is_empty())));
    }
    operations
}

fn failures(case: &Value) -> Vec<String> {
    let (given, expect) = (given(case), &case["expect"]);
    let mut wrong = Vec::new();
    let wanted = expect["patch"].as_array().unwrap();
    let text = case["given"]["text"].as_str().map_or_else(|| case["given"]["request"].to_string(), String::from);
    let found = given.repair(&text);
    if bare(&found) != *wanted {
        wrong.push(format!("patch: {}", found.patch_json()));
    }
    if found.text.is_none() != found.patch.is_empty() {
        wrong.push("a text comes back if and only if it changes".into());
    }
    let repaired = found.text.as_deref().unwrap_or(&text);
    if let Some(wanted) = expect["text"].as_str()
        && repaired != wanted
    {
        wrong.push(format!("text: {repaired}"));
    }
    if case["given"].get("request").is_some() {
        let request = &case["given"]["request"];
        let wanted_request = expect.get("request").unwrap_or(request);
        let of_object = given.repair_object(request);
        if bare(&of_object) != *wanted || of_object.text.is_some() {
            wrong.push(format!("patch of the object: {}", of_object.patch_json()));
        }
        if patch::apply(request.clone(), wanted) != *wanted_request {
            wrong.push("the patch does not lead to the request that is expected".into());
        }
        if serde_json::from_str::<Value>(repaired).unwrap() != *wanted_request {
            wrong.push(format!("request: {repaired}"));
        }
    }
    let left: Vec<_> = expect["left"].as_array().cloned().unwrap_or_default();
    for row in &left {
        let [slug, pointer, words] = [0, 1, 2].map(|number| row[number].as_str().unwrap());
        let said = found.report.findings.iter().any(|finding| {
            let told = finding.message.contains(words) || finding.fix.contains(words);
            finding.cause.as_str() == slug && finding.pointer.starts_with(pointer) && told
        });
        if !said {
            wrong.push(format!("{slug} at {pointer} is not said to be left:\n{}", found.report));
        }
    }
    wrong
}

#[test]
fn each_request_gets_its_patch() {
    let mut report = String::new();
    for case in cases() {
        let wrong = failures(&case);
        if !wrong.is_empty() {
            let _ = writeln!(report, "{}: {}\n  {}", case["id"], case["why"], wrong.join("\n  "));
        }
    }
    assert!(report.is_empty(), "{report}");
}

#[test]
fn a_repaired_request_needs_no_other_repair() {
    for case in cases() {
        let text = case["expect"]["text"].as_str().map(String::from);
        let request = text.or_else(|| case["expect"].get("request").map(Value::to_string));
        let again = request.map(|text| given(&case).repair(&text));
        assert!(again.is_none_or(|again| again.patch.is_empty()), "{}", case["id"]);
    }
}

#[test]
fn every_case_says_why_and_where_from() {
    let cases = cases();
    let ids: BTreeSet<_> = cases.iter().map(|case| case["id"].as_str().unwrap()).collect();
    assert_eq!(ids.len(), cases.len());
    for case in &cases {
        assert!(case["why"].is_string() && case["source"].is_string(), "{}", case["id"]);
    }
}

/// Each fault that is mended has a case.
#[test]
fn every_mended_cause_has_a_case() {
    let cases = cases();
    let met: BTreeSet<_> = cases
        .iter()
        .flat_map(|case| case["expect"]["patch"].as_array().unwrap())
        .map(|operation| operation["cause"].as_str().unwrap())
        .collect();
    assert_eq!(met, MENDED.into_iter().chain(MENDED_IN_PART).collect());
}
