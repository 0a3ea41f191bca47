//! Requests with one value replaced by another: nothing panics, and each finding points at something.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads its vectors, and has failed where it panics")]

use std::fs;
use std::path::PathBuf;

use holdoff::request::{Endpoint, Options, Target, validate};
use serde_json::{Value, json};

const PLACES: [(Target, Endpoint); 6] = [
    (Target::Anthropic, Endpoint::Messages),
    (Target::Portable, Endpoint::CountTokens),
    (Target::Bedrock, Endpoint::Messages),
    (Target::BedrockConverse, Endpoint::Messages),
    (Target::Anthropic, Endpoint::Batches),
    (Target::Anthropic, Endpoint::ChatCompletions),
];

fn pointers(value: &Value, at: &str, into: &mut Vec<String>) {
    into.push(at.to_owned());
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(value, &format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), into);
            }
        }
        Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                pointers(value, &format!("{at}/{number}"), into);
            }
        }
        _ => {}
    }
}

#[test]
fn any_value_may_stand_anywhere() {
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../tests/vectors/requests");
    let others = [json!(null), json!(1.5), json!("x"), json!([]), json!([{"type": "text"}]), json!({"type": "x", "role": 1})];
    for file in ["shapes.json", "converse.json", "chat.json"] {
        let cases: Vec<Value> = serde_json::from_slice(&fs::read(folder.join(file)).unwrap()).unwrap();
        for case in cases.iter().filter(|case| case["finds"].as_array().unwrap().is_empty()) {
            let mut all = Vec::new();
            pointers(&case["request"], "", &mut all);
            for (pointer, other) in all.iter().flat_map(|pointer| others.iter().map(move |other| (pointer, other))) {
                let mut request = case["request"].clone();
                *request.pointer_mut(pointer).unwrap() = other.clone();
                let text = serde_json::to_vec(&request).unwrap();
                for (target, endpoint) in PLACES {
                    let mut options = Options::default();
                    (options.target, options.endpoint) = (target, endpoint);
                    for finding in validate(&text, &options).findings {
                        // A finding may name a member that is missing.
                        let holder = finding.pointer.rsplit_once('/').map_or("", |(holder, _)| holder);
                        let found = request.pointer(&finding.pointer).or_else(|| request.pointer(holder));
                        assert!(found.is_some(), "{} names nothing in {request}", finding.pointer);
                        assert!(finding.line.is_some() && !finding.message.is_empty() && !finding.fix.is_empty(), "{finding}");
                    }
                }
            }
        }
    }
}
