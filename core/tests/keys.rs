//! The vectors of keys: `tests/vectors/keys.json`.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

use holdoff::credential::{KeyContext, check_key};
use serde_json::Value;

#[test]
fn every_key_gets_its_findings() {
    let file = include_str!("../../tests/vectors/keys.json");
    let sound = format!("sk-ant-api03-{}AA", "Ab1_Cd2-Ef3".repeat(9).get(..93).unwrap());
    let cases = serde_json::from_str::<Value>(file).unwrap();
    let cases = cases["cases"].as_array().unwrap();
    assert!(cases.len() > 100);
    for case in cases {
        let given = &case["given"];
        let key = given["key"].as_str().unwrap().replace("{key}", &sound);
        let context = KeyContext { base_url: given["base_url"].as_str(), header: given["header"].as_str() };
        let report = check_key(&key, &context);
        let found: Vec<_> = report.findings.iter().map(|finding| [finding.severity.as_str(), finding.cause.as_str()]).collect();
        assert_eq!(serde_json::json!(found), case["finds"], "{}: {}", case["id"], case["why"]);
    }
}
