//! Words mean something where the server puts its own, and nowhere else: in names, values and whole sentences of the caller's
//! that a message, a document or a header repeats, they trigger nothing.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

use holdoff::{Evidence, Failure, diagnose};
use serde_json::{Value, json};

/// What means nothing anywhere.
const NEUTRAL: &str = "zzz";

fn cases(file: &str) -> Vec<Value> {
    let read: Value = serde_json::from_str(file).unwrap();
    read["cases"].as_array().unwrap().clone()
}

/// Every wording that means something at its own place.
fn phrases() -> Vec<String> {
    let messages = cases(include_str!("../../tests/vectors/messages.json"));
    let messages = messages.iter().filter(|case| case["expect"]["cause"].is_string()).map(|case| &case["given"]["message"]);
    let shapes = cases(include_str!("../../tests/vectors/shapes.json"));
    let texts = shapes.iter().flat_map(|case| [&case["given"]["text"], &case["given"]["body"]]);
    messages.chain(texts).filter_map(Value::as_str).map(String::from).collect()
}

/// What a phrase must not change.
fn verdict(failure: &Failure) -> String {
    format!("{} {} {} {:?} {:?}", failure.kind, failure.cause, failure.retryable, failure.retry_after(), failure.error_code)
}

/// The diagnosis is the same with the phrase as with a word that means nothing.
fn triggers_nothing(place: &str, evidence: impl Fn(&str) -> String) {
    let neutral = evidence(NEUTRAL);
    let phrases = phrases();
    assert!(phrases.len() > 500, "{} phrases", phrases.len());
    let changed: Vec<String> = phrases
        .iter()
        .map(|phrase| (phrase, evidence(phrase)))
        .filter(|(_, found)| *found != neutral)
        .map(|(phrase, found)| format!("{found} of {phrase:?}"))
        .collect();
    assert!(changed.is_empty(), "{place}, where {neutral} was to be: {changed:#?}");
}

fn of_body(status: u16, body: &Value) -> String {
    verdict(&diagnose(&Evidence::new().status(status).body(&body.to_string())))
}

fn of_message(status: u16, kind: &str, message: &str) -> String {
    of_body(status, &json!({ "type": "error", "error": { "type": kind, "message": message } }))
}

#[test]
fn a_value_that_a_message_repeats() {
    let echoed = |phrase: &str| json!(phrase).to_string();
    triggers_nothing("a value in quotes", |phrase| {
        of_message(400, "invalid_request_error", &format!("messages.0.content.0.text: the value {} is not taken", echoed(phrase)))
    });
    triggers_nothing("a name behind words", |phrase| {
        of_message(404, "not_found_error", &format!("there is nothing of the name {}", echoed(phrase)))
    });
    triggers_nothing("a text that the service failed over", |phrase| {
        of_message(500, "api_error", &format!("while reading the text {}", echoed(phrase)))
    });
    triggers_nothing("a text beside a limit", |phrase| {
        of_message(429, "rate_limit_error", &format!("slow down, dear author of {}", echoed(phrase)))
    });
}

#[test]
fn a_part_of_the_document_that_is_no_message() {
    triggers_nothing("the input beside the message", |phrase| {
        of_body(400, &json!({ "type": "error", "error": { "type": "invalid_request_error", "message": "x", "input": phrase } }))
    });
    triggers_nothing("the request in the answer", |phrase| {
        of_body(
            500,
            &json!({
                "request": { "messages": [{ "role": "user", "content": phrase }], "system": phrase },
                "error": { "type": "api_error", "message": "x" },
            }),
        )
    });
}

#[test]
fn headers_that_say_nothing() {
    for name in ["x-echo", "set-cookie", "content-disposition", "via", "server", "x-amz-meta-text", "anthropic-organization-id"] {
        triggers_nothing(name, |phrase| verdict(&diagnose(&Evidence::new().status(400).header(name, phrase))));
    }
}

#[test]
fn what_an_exception_of_the_caller_says() {
    triggers_nothing("an exception of unknown make", |phrase| {
        verdict(&diagnose(&Evidence::new().classes("other").text(&format!("the story went: {phrase}"))))
    });
    triggers_nothing("an exception of unknown make, word for word", |phrase| {
        verdict(&diagnose(&Evidence::new().classes("other").text(phrase)))
    });
}

#[test]
fn where_they_belong_they_do_trigger() {
    // The proof that the tests above can fail.
    let places = phrases().iter().filter(|phrase| of_message(400, "x", phrase) != of_message(400, "x", NEUTRAL)).count();
    assert!(places > 500, "{places} phrases mean something as a whole message");
}
