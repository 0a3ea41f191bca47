//! Keys, tokens and prompts never come out: whatever part of the evidence holds one, nothing that is printed has it.
#![cfg(feature = "serde")]
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a test that panics has failed, as it should")]

use holdoff::{Call, Evidence, Failure, Now, Policy, diagnose};
use serde_json::{Value, json};

/// What is planted, and the part of it that must not be seen.
const CREDENTIALS: [(&str, &str); 16] = [
    ("sk-ant-api03-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0AA", "Qz7vB2kLm9Xw"),
    ("sk-ant-admin01-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0AA", "Qz7vB2kLm9Xw"),
    ("sk-ant-oat01-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0AA", "Qz7vB2kLm9Xw"),
    ("sk-ant-ort01-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0AA", "Qz7vB2kLm9Xw"),
    ("sk-proj-Qz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0", "Qz7vB2kLm9Xw"),
    ("sk-or-v1-0a1b2c3d4e5f60718293a4b5c6d7e8f9", "0a1b2c3d4e5f"),
    ("AKIAQZ7VB2KLM9XW4RT6", "QZ7VB2KLM9XW"),
    ("aws_secret_access_key=Qz7vB2kLm9/Xw4Rt6Yp1Ns8Dg3+Hf5Jc0Uv2Wk1eA", "Qz7vB2kLm9"),
    ("Bearer Qz7vB2kLm9Xw4Rt6Yp1Ns8", "Qz7vB2kLm9Xw"),
    ("authorization: bearer Qz7vB2kLm9Xw4Rt6Yp1Ns8", "Qz7vB2kLm9Xw"),
    ("Authorization: Basic UXo3dkIya0xtOVh3NFJ0Ng==", "UXo3dkIya0xt"),
    ("x-api-key: 0a1b2c3d4e5f60718293a4b5c6d7e8f9", "0a1b2c3d4e5f"),
    ("'X-Api-Key': '0a1b2c3d4e5f60718293a4b5c6d7e8f9'", "0a1b2c3d4e5f"),
    ("ya29.Qz7vB2kLm9Xw4Rt6Yp1Ns8", "Qz7vB2kLm9Xw"),
    ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJRejd2QjJrTG05WHcifQ.Qz7vB2kLm9Xw4Rt6", "Qz7vB2kLm9Xw"),
    ("AIzaQz7vB2kLm9Xw4Rt6Yp1Ns8Dg3Hf5Jc0", "Qz7vB2kLm9Xw"),
];

/// A prompt, and the words of it that must not be seen.
const PROMPT: (&str, &str) = ("my grandmother hid the silver under the third floorboard", "silver under the third");

/// The evidence of every vector that has a body or a text, with the planted text in each place that can take it.
struct Planted {
    place: &'static str,
    status: Option<u16>,
    headers: Vec<(String, String)>,
    body: Option<String>,
    classes: Option<String>,
    text: Option<String>,
    url: Option<String>,
}

impl Planted {
    fn at(place: &'static str, status: impl Into<Option<u16>>) -> Self {
        Self { place, status: status.into(), headers: Vec::new(), body: None, classes: None, text: None, url: None }
    }

    fn printed(&self) -> Vec<(&'static str, String)> {
        let mut evidence = Evidence::new().wall_ms(1_795_478_400_000);
        evidence = self.headers.iter().fold(evidence, |evidence, (name, value)| evidence.header(name, value));
        if let Some(status) = self.status {
            evidence = evidence.status(status);
        }
        if let Some(body) = &self.body {
            evidence = evidence.body(body);
        }
        if let Some(classes) = &self.classes {
            evidence = evidence.classes(classes);
        }
        if let Some(text) = &self.text {
            evidence = evidence.text(text);
        }
        if let Some(url) = &self.url {
            evidence = evidence.request("POST", url);
        }
        let failure = diagnose(&evidence);
        let now = Now { mono_ms: 0, wall_ms: 0 };
        let mut call = Call::new(&Policy::default(), 1, now);
        call.poll(None, now);
        call.on_failure(None, &failure, now).unwrap();
        let step = call.poll(None, now);
        let again: Failure = serde_json::from_str(&serde_json::to_string(&failure).unwrap()).unwrap();
        vec![
            ("explain", failure.explain()),
            ("line", failure.line()),
            ("Debug of the failure", format!("{failure:?} {failure:#?}")),
            ("Debug of the evidence", format!("{evidence:?} {evidence:#?}")),
            ("Debug of the call", format!("{call:?} {step:?}")),
            ("explain after JSON", again.explain()),
            ("fix and names", format!("{} {} {} {}", failure.kind, failure.cause, failure.fix(), failure.provider.as_str())),
        ]
    }
}

const HEADERS: &[&str] = &[
    "request-id",
    "x-request-id",
    "x-amzn-requestid",
    "apim-request-id",
    "x-amzn-errortype",
    "retry-after",
    "retry-after-ms",
    "date",
    "server",
    "content-type",
    "x-should-retry",
    "x-holdoff",
    "cf-ray",
    "cf-mitigated",
    "set-cookie",
    "x-api-key",
    "authorization",
    "x-echo",
    "anthropic-ratelimit-tokens-reset",
    "anthropic-ratelimit-unified-reset",
    "anthropic-organization-id",
];

/// Bodies of every dialect, with `said` inside a message, and beside it.
fn bodies(said: &str) -> Vec<(u16, String)> {
    let anthropic = |message: &str| json!({ "type": "error", "error": { "type": "invalid_request_error", "message": message } });
    let message = format!("messages.0.content.0.text: the value {} is not taken", json!(said));
    let key = format!("Incorrect API key provided: {said}. You can find your API key in the dashboard.");
    let litellm = format!("litellm.BadRequestError: AnthropicException - {}", anthropic(&message));
    let input =
        json!([{ "type": "string_type", "loc": ["body", "messages"], "msg": "Input should be a valid list", "input": said }]);
    let documents = vec![
        anthropic(&message),
        json!({ "error": { "type": "forbidden", "message": message } }),
        json!({ "error": { "message": message, "type": "invalid_request_error", "param": "messages", "code": "unsupported_value" } }),
        json!({ "message": message }),
        json!({ "__type": "ValidationException", "message": message }),
        json!({ "error": { "code": 400, "message": message, "status": "INVALID_ARGUMENT" } }),
        json!([{ "error": { "code": 400, "message": message, "status": "INVALID_ARGUMENT" } }]),
        json!({ "statusCode": 400, "message": message }),
        json!({ "error": { "message": litellm, "type": null, "param": null, "code": "400" } }),
        json!({ "error": { "code": 400, "message": "Provider returned error", "metadata": { "raw": anthropic(&message).to_string() } } }),
        json!({ "custom_id": "x", "result": { "type": "errored", "error": anthropic(&message) } }),
        json!({ "detail": input }),
        json!({ "error": { "message": input.to_string(), "type": "BadRequestError", "code": 400 } }),
        json!({ "error": { "type": "invalid_request_error", "message": "x", "input": said }, "request": { "system": said } }),
        json!({ "title": "Bad request", "detail": message, "instance": said }),
    ];
    let mut bodies: Vec<(u16, String)> = documents.iter().map(|document| (400, document.to_string())).collect();
    // Cut off inside what it repeats.
    let whole = documents[0].to_string();
    bodies.push((400, whole[..whole.len() - 24].to_owned()));
    bodies.push((502, format!("<html><head><title>502 Bad Gateway</title></head><body>{said}</body></html>")));
    bodies.push((200, format!("event: error\ndata: {}\n\n", anthropic(&message))));
    if said != PROMPT.0 {
        // Where servers put the keys they refuse, and headers they did not understand.
        bodies.push((401, anthropic(&key).to_string()));
        bodies.push((401, key));
        bodies.push((401, json!({ "error": { "type": said, "code": said, "message": "x" }, "request_id": said }).to_string()));
        bodies.push((400, anthropic(&format!("{said}: Field required")).to_string()));
    }
    bodies
}

fn plantings(said: &str) -> Vec<Planted> {
    let mut all = Vec::new();
    let is_prompt = said == PROMPT.0;
    for header in HEADERS {
        // A request id is the server's: it may be a stray key, but no sentence.
        if is_prompt && header.ends_with("id") && *header != "anthropic-organization-id" {
            continue;
        }
        let mut planted = Planted::at(header, 429);
        planted.headers.push(((*header).to_owned(), said.to_owned()));
        all.push(planted);
    }
    for (status, body) in bodies(said) {
        for status in [Some(status), None] {
            all.push(Planted { body: Some(body.clone()), ..Planted::at("the body", status) });
            all.push(Planted { text: Some(body.clone()), ..Planted::at("a log line", status) });
            let told = format!("Error code: 400 - {body}");
            all.push(Planted {
                text: Some(told.clone()),
                classes: Some("anthropic.BadRequestError".into()),
                ..Planted::at("an exception", status)
            });
        }
    }
    let url = format!("https://me:{said}@api.example/v1/messages?key={said}&prompt={said}");
    all.push(Planted { url: Some(url.clone()), ..Planted::at("the url", 504) });
    for classes in
        ["httpx.ReadTimeout", "requests.exceptions.ConnectionError", "builtins.ValueError", "other", "Error:ECONNRESET"]
    {
        let args = format!(
            "HTTPSConnectionPool(host='api.example', port=443): Max retries exceeded with url: /v1?key={}",
            said.replace(' ', "+")
        );
        for text in [said.to_owned(), format!("failed with \"{said}\""), format!("request {{'content': '{said}'}} failed"), args]
        {
            // What a library's own exception says is its own: a bare sentence there is no prompt.
            if !(is_prompt && text == said && classes != "other") {
                all.push(Planted {
                    classes: Some(classes.into()),
                    text: Some(text),
                    ..Planted::at("what an exception says", None)
                });
            }
        }
    }
    all.push(Planted { text: Some(format!("something odd happened: {said}")), ..Planted::at("an unknown line of a log", None) });
    all.push(Planted { classes: Some(said.to_owned()), ..Planted::at("the classes", None) });
    all
}

fn seen(said: &str, hidden: &str) -> Vec<String> {
    let mut found = Vec::new();
    for planted in plantings(said) {
        for (surface, printed) in planted.printed() {
            if printed.contains(hidden) {
                found.push(format!(
                    "{surface} shows what was in {} ({:?} {:?}): {printed}",
                    planted.place, planted.body, planted.text
                ));
            }
        }
    }
    found
}

#[test]
fn no_credential_is_printed() {
    let found: Vec<String> = CREDENTIALS.iter().flat_map(|(said, hidden)| seen(said, hidden)).collect();
    assert!(found.is_empty(), "{} times: {:#?}", found.len(), &found[..found.len().min(12)]);
}

#[test]
fn no_prompt_is_printed() {
    let found = seen(PROMPT.0, PROMPT.1);
    assert!(found.is_empty(), "{} times: {:#?}", found.len(), &found[..found.len().min(12)]);
}

#[test]
fn what_the_server_says_is_printed() {
    // The tests above can fail: the same places show what is no secret.
    let shown = |said: &str| {
        let body = json!({ "type": "error", "error": { "type": "invalid_request_error", "message": said } }).to_string();
        diagnose(&Evidence::new().status(400).body(&body)).explain()
    };
    for said in ["messages.0.content: plainly visible words", "the value \"visible\" is not taken"] {
        assert!(shown(said).contains("visible"), "{said}");
    }
    let id = diagnose(&Evidence::new().status(529).header("request-id", "req_011CSHoEeqs5C35K2UUqR7Fy"));
    assert!(id.line().contains("req_011CSHoEeqs5C35K2UUqR7Fy"));
}

#[test]
fn vectors_keep_their_words() {
    // What is left out is left out of few messages: the rest is as useful as the server made it.
    let read: Value = serde_json::from_str(include_str!("../../tests/vectors/messages.json")).unwrap();
    let mut whole = 0;
    let mut cut = Vec::new();
    for case in read["cases"].as_array().unwrap() {
        let message = case["given"]["message"].as_str().unwrap();
        if message.len() > 200 || message.contains(['\n', '{']) {
            continue;
        }
        let body = json!({ "type": "error", "error": { "message": message } }).to_string();
        let failure = diagnose(&Evidence::new().status(400).body(&body));
        let Some(message) = &failure.message else { continue };
        if failure.line().ends_with(&**message) { whole += 1 } else { cut.push(message.clone()) }
    }
    assert!(cut.len() * 20 < whole, "{} of {whole} messages lose words: {cut:#?}", cut.len());
}
