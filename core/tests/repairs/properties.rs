//! What holds for every request, damaged or arbitrary.

use std::collections::BTreeMap;

use holdoff::Cause;
use holdoff::request::{Endpoint, Finding, Repair, Target};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

use crate::damage::{Damage, HALF, damage, damages, exchanges, request, says_something};
use crate::{Given, MENDED, operations, patch};

fn often(times: u32) -> ProptestConfig {
    let usual = ProptestConfig::default();
    ProptestConfig { cases: usual.cases.saturating_mul(times), failure_persistence: None, ..usual }
}

/// The texts of a request that are not blank, by how often they occur: those of messages and the system prompt. Without
/// tool results, some of which are dropped, and without white space at the end, which is cut at one place.
fn texts(request: &Value) -> BTreeMap<String, usize> {
    let messages = request["messages"].as_array().into_iter().flatten().map(|message| &message["content"]);
    let mut texts = BTreeMap::new();
    let mut put = |text: Option<&str>| {
        if let Some(text) = text.map(str::trim_end).filter(|text| !text.is_empty()) {
            *texts.entry(String::from(text)).or_default() += 1;
        }
    };
    for content in messages.chain([&request["system"]]) {
        put(content.as_str());
        for block in content.as_array().into_iter().flatten().filter(|block| block["type"] != "tool_result") {
            put(block["text"].as_str());
        }
    }
    texts
}

fn is_blank(value: &Value) -> bool {
    value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// What can be mended and is there all the same, by a reading of its own.
fn unmended(request: &Value, target: Target) -> Vec<String> {
    let mut faults = Vec::new();
    let messages = request["messages"].as_array().unwrap();
    let blocks = |message: &Value| message["content"].as_array().cloned().unwrap_or_default();
    let ids = |blocks: &[Value], kind: &str, key: &str| -> Vec<Value> {
        blocks.iter().filter(|block| block["type"] == kind).map(|block| block[key].clone()).collect()
    };
    let merges = target != Target::Portable;
    let mut turns: Vec<(Value, Vec<Value>)> = Vec::new();
    for (number, message) in messages.iter().enumerate() {
        let mut own = blocks(message);
        if message["role"] == "system" {
            faults.push(format!("{number} is a system message"));
        }
        if is_blank(&message["content"]) || message["content"].as_array().is_some_and(Vec::is_empty) {
            faults.push(format!("{number} is empty"));
        }
        let beside = own.iter().any(|block| block["type"] != "text");
        let kept = |block: &Value| merges && beside && message["role"] == "assistant" && block["text"] != "";
        if own.iter().any(|block| block["type"] == "text" && is_blank(&block["text"]) && !kept(block)) {
            faults.push(format!("{number} has a blank block"));
        }
        if message["content"].is_string() {
            own.push(json!({"type": "text", "text": message["content"]}));
        }
        match turns.last_mut() {
            Some((role, turn)) if *role == message["role"] => {
                if !merges {
                    faults.push(format!("{number} has the role of the one before it"));
                }
                turn.extend(own);
            }
            _ => turns.push((message["role"].clone(), own)),
        }
    }
    turns.push((json!("user"), Vec::new()));
    let mut calls: Vec<Value> = Vec::new();
    for (role, turn) in &turns {
        if role == "assistant" {
            calls = ids(turn, "tool_use", "id");
            continue;
        }
        let mut results = ids(turn, "tool_result", "tool_use_id");
        let first = turn.iter().take_while(|block| block["type"] == "tool_result").count();
        if first != results.len() {
            faults.push("a result stands behind something else".into());
        }
        let by_text = |value: &Value| value.to_string();
        results.sort_by_key(by_text);
        calls.sort_by_key(by_text);
        if results != calls {
            faults.push(format!("{calls:?} have the results {results:?}"));
        }
        calls.clear();
    }
    let last = messages.last().unwrap();
    let end = last["content"].as_str().or_else(|| last["content"].as_array()?.last()?["text"].as_str()).unwrap_or_default();
    if last["role"] == "assistant" && end.trim_end() != end {
        faults.push("the prefill ends in white space".into());
    }
    if request["max_tokens"].as_i64().unwrap() > 64_000 {
        faults.push("max_tokens is too high".into());
    }
    if request["tools"].as_array().unwrap().len() > 1 {
        faults.push("a tool is defined twice".into());
    }
    if request.to_string().matches("cache_control").count() > 4 {
        faults.push("there are more than four markers".into());
    }
    if request.get("system").is_some_and(|system| system.to_string().contains(r#"" ""#)) {
        faults.push("the system prompt is blank".into());
    }
    faults
}

/// Whether turns of both sides, which say something, stand between a call and its result: it answers no call of the turn
/// before it then, and goes. Several damages at once may bring it about.
fn are_parted(request: &Value, number: usize) -> bool {
    let id = format!("toolu_{number}");
    let messages = request["messages"].as_array().unwrap();
    let place = |key: &str| {
        messages.iter().position(|message| message["content"].as_array().is_some_and(|all| all.iter().any(|one| one[key] == *id)))
    };
    let (Some(call), Some(result)) = (place("id"), place("tool_use_id")) else { return false };
    let between = messages.get(call..=result).unwrap_or_default().iter().filter(|message| says_something(message));
    let mut roles: Vec<&str> = between.filter_map(|message| message["role"].as_str()).filter(|role| *role != "system").collect();
    roles.dedup();
    roles.len() > 2
}

/// The text of a request, with its halves of surrogate pairs, and what it should be read as.
fn halved(request: &Value) -> (String, Value) {
    let text = request.to_string();
    (text.replace(HALF, "\\ud83d"), serde_json::from_str(&text.replace(HALF, "\u{fffd}")).unwrap())
}

proptest! {
    #![proptest_config(often(8))]

    #[test]
    fn damage_is_mended(
        exchanges in exchanges(),
        mut damages in damages(),
        target in select(vec![Target::Portable, Target::Anthropic]),
    ) {
        // An empty message of the user behind a prefill is one that nothing can mend.
        damages.sort_by_key(|one| matches!(one, Damage::Prefill { .. }));
        let mut broken = request(&exchanges);
        for (number, one) in damages.iter().enumerate() {
            damage(&mut broken, one, number);
        }
        let (text, read) = halved(&broken);
        let given = Given { target, answer_missing_tools: true, ..Given::default() };
        let repair = given.repair(&text);
        let repaired: Value = repair.text.as_deref().map_or_else(|| read.clone(), |text| serde_json::from_str(text).unwrap());
        prop_assert_eq!(unmended(&repaired, target), Vec::<String>::new(), "{}\n{}", text, repaired);
        // Who spoke first is nothing that can be made up.
        let left = |finding: &Finding| finding.cause == Cause::FirstMessageNotUser && finding.fix.contains("not mended");
        prop_assert!(repair.report.errors().all(left), "{}\n{}\n{}", text, repaired, repair.report);
        prop_assert!(!repair.report.to_string().contains("left as it is"), "{}\n{}", text, repair.report);
        let (before, after) = (texts(&read), texts(&repaired));
        prop_assert_eq!(before, after, "{}", text);
        // Results go where their calls went, and nowhere else.
        if !damages.iter().any(|one| matches!(one, Damage::LoseCall { .. } | Damage::LoseResult { .. })) {
            for number in (1..10).filter(|number| !are_parted(&read, *number)) {
                let result = format!("\"Result {number}.\"");
                prop_assert_eq!(read.to_string().contains(&result), repaired.to_string().contains(&result), "{}", text);
            }
        }
        prop_assert!(given.repair(&repaired.to_string()).patch.is_empty(), "{}\n{}", text, repaired);
        if damages.is_empty() {
            prop_assert!(repair.patch.is_empty() && repair.text.is_none());
        }
    }

    #[test]
    fn any_request_is_repaired_once(request in requests(), given in givens()) {
        let text = request.to_string();
        let repair = given.repair(&text);
        let repaired = check_one(&request, &text, &repair);
        let again = given.repair(&repaired.to_string());
        prop_assert!(again.patch.is_empty(), "{}\n{}\n{}", text, repaired, again.patch_json());
        if given.endpoint == Endpoint::Messages {
            let after = texts(&repaired);
            for (text, count) in texts(&request) {
                prop_assert!(after.get(&text).is_some_and(|now| *now >= count), "{:?} is lost from {}", text, request);
            }
        }
        // What could be mended and is still there is said to be left. Not where other faults hide what belongs together:
        // roles that are none, and calls and results in system messages.
        let known = |message: &Value| {
            let calls = message["content"].to_string().contains("tool_");
            message["role"] == "user" || message["role"] == "assistant" || message["role"] == "system" && !calls
        };
        // Converse has blocks of its own, which these are not.
        let of_converse = given.target == Target::BedrockConverse;
        if !of_converse && repaired["messages"].as_array().is_some_and(|messages| messages.iter().all(known)) {
            // Of unknown fields only cache markers on thinking blocks are taken away.
            let mended = |cause: &str| MENDED.contains(&cause) && cause != "extra-inputs-not-permitted";
            for finding in repair.report.errors().filter(|finding| mended(finding.cause.as_str())) {
                prop_assert!(finding.fix.contains("not mended"), "{}\n{}\n{}", text, repaired, finding);
            }
        }
        // Of equal keys the last counts.
        let doubled = text.replace("\"content\":", "\"content\":\" \",\"content\":").replace("\"messages\":", "\"messages\":[],\"messages\":");
        let of_doubled = given.repair(&doubled);
        prop_assert_eq!(of_doubled.patch_json(), repair.patch_json());
        check_one(&request, &doubled, &of_doubled);
        let of_object = given.repair_object(&request);
        prop_assert_eq!(of_object.patch_json(), repair.patch_json());
    }

    #[test]
    fn any_request_to_converse_is_repaired_once(request in of_converse(), answer_missing_tools in any::<bool>()) {
        let given = Given { target: Target::BedrockConverse, answer_missing_tools, ..Given::default() };
        let text = request.to_string();
        let repair = given.repair(&text);
        let repaired = check_one(&request, &text, &repair);
        let again = given.repair(&repaired.to_string());
        prop_assert!(again.patch.is_empty(), "{}\n{}\n{}", text, repaired, again.patch_json());
        for text in spoken(&request) {
            prop_assert!(spoken(&repaired).contains(&text), "{:?} is lost from {}", text, request);
        }
        for finding in repair.report.findings.iter().filter(|finding| MENDED.contains(&finding.cause.as_str())) {
            prop_assert!(finding.fix.contains("not mended"), "{}\n{}\n{}", text, repaired, finding);
        }
        let misplaced = repair.report.findings.iter().find(|finding| finding.path.ends_with("cachePoint"));
        prop_assert!(misplaced.is_none(), "{}\n{}\n{:?}", text, repaired, misplaced);
        prop_assert_eq!(given.repair_object(&request).patch_json(), repair.patch_json());
    }

    #[test]
    fn any_bytes_are_taken(bytes in vec(any::<u8>(), 0..200), given in givens()) {
        let text = String::from_utf8_lossy(&bytes);
        let _ = given.repair(&text);
        let _ = given.repair(&format!(r#"{{"messages": [{{"role": "user", "content": "{text}"}}]}}"#));
    }
}

/// The patch leads from the request to what came out, by an applier of its own.
fn check_one(request: &Value, text: &str, repair: &Repair) -> Value {
    let patched = patch::apply(request.clone(), &operations(repair));
    let repaired: Value = serde_json::from_str(repair.text.as_deref().unwrap_or(text)).unwrap();
    assert_eq!(patched, repaired, "{text}\n{}", repair.patch_json());
    assert_eq!(repair.text.is_none(), repair.patch.is_empty());
    repaired
}

fn givens() -> impl Strategy<Value = Given> {
    let endpoints =
        select(vec![Endpoint::Messages, Endpoint::Messages, Endpoint::CountTokens, Endpoint::Batches, Endpoint::ChatCompletions]);
    (select(Target::ALL), endpoints, any::<bool>()).prop_map(|(target, endpoint, answer_missing_tools)| Given {
        target,
        endpoint,
        answer_missing_tools,
        ..Given::default()
    })
}

/// Any JSON, made of the words that requests are made of.
fn values() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        select(vec![0, 1, 64, 100_000]).prop_map(Value::from),
        select(vec!["", " ", "text ", "user", "a/b~c", "toolu_1", "ephemeral"]).prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 24, 4, |inner| {
        let key = select(vec!["role", "content", "text", "text_", "type", "id", "cache_control", "name", "a/b~c"]);
        prop_oneof![
            vec(inner.clone(), 0..4).prop_map(Value::from),
            vec((key, inner), 0..4).prop_map(|members| {
                Value::Object(members.into_iter().map(|(key, value)| (String::from(key), value)).collect())
            }),
        ]
    })
}

fn block() -> impl Strategy<Value = Value> {
    let text = || select(vec!["", " \n", "a", "b ", "c"]);
    let id = || select(vec!["toolu_1", "toolu_2", "toolu_3", ""]);
    let inner = prop_oneof![
        text().prop_map(Value::from),
        vec(text().prop_map(|text| json!({"type": "text", "text": text, "cache_control": {"type": "ephemeral"}})), 0..3)
            .prop_map(Value::from),
    ];
    let plain = prop_oneof![
        4 => text().prop_map(|text| json!({"type": "text", "text": text})),
        3 => id().prop_map(|id| json!({"type": "tool_use", "id": id, "name": "look", "input": {}})),
        3 => (id(), inner).prop_map(|(id, content)| json!({"type": "tool_result", "tool_use_id": id, "content": content})),
        1 => id().prop_map(|id| json!({"type": "server_tool_use", "id": id, "name": "web_search", "input": {}})),
        1 => Just(json!({"type": "compaction", "content": "all of it"})),
        1 => Just(json!({"type": "thinking", "thinking": "hm", "signature": "c2lnbg=="})),
        1 => values(),
    ];
    (plain, prop::bool::weighted(0.3)).prop_map(|(mut block, marked)| {
        if let Value::Object(members) = &mut block
            && marked
        {
            members.insert("cache_control".into(), json!({"type": "ephemeral"}));
        }
        block
    })
}

fn message() -> impl Strategy<Value = Value> {
    let content = prop_oneof![
        3 => select(vec!["", " ", "a", "b ", "c"]).prop_map(Value::from),
        6 => vec(block(), 0..5).prop_map(Value::from),
        1 => values(),
    ];
    let role = select(vec!["user", "user", "user", "assistant", "assistant", "system", "tool"]);
    let known = (role, content, prop::bool::weighted(0.05)).prop_map(|(role, content, named)| {
        let mut message = json!({"role": role, "content": content});
        if named {
            message["text"] = json!("a name");
        }
        message
    });
    prop_oneof![15 => known, 1 => values()]
}

fn requests() -> impl Strategy<Value = Value> {
    let messages = vec(message(), 0..8);
    let model = select(vec!["claude-haiku-4-5", "claude-opus-5", "claude-sonnet-5", "claude-sonnet-4-6", "mine"]);
    let system = prop_oneof![
        2 => Just(None),
        1 => Just(Some(json!("Be brief."))),
        1 => Just(Some(json!(" "))),
        1 => vec(block(), 0..3).prop_map(|blocks| Some(Value::from(blocks))),
        1 => values().prop_map(Some),
    ];
    let tool = prop_oneof![
        select(vec!["look", "see"]).prop_map(|name| json!({"name": name, "input_schema": {"type": "object"}})),
        select(vec!["look", "see"]).prop_map(|name| json!({"name": name, "cache_control": {"type": "ephemeral"}})),
        values(),
    ];
    let more = (vec(tool, 0..4), values(), select(vec![1_i64, 64_001, i64::MAX]));
    let whole = (messages, model, system, more).prop_map(|(messages, model, system, (tools, other, max_tokens))| {
        let mut request = Map::new();
        request.insert("model".into(), json!(model));
        request.insert("max_tokens".into(), json!(max_tokens));
        request.insert("messages".into(), Value::from(messages));
        request.insert("tools".into(), Value::from(tools));
        request.insert("text".into(), other);
        request.extend(system.map(|system| (String::from("system"), system)));
        Value::Object(request)
    });
    let whole = whole.boxed();
    let batch = vec(whole.clone(), 0..3).prop_map(|all| {
        let items: Vec<_> = all.into_iter().map(|params| json!({"custom_id": "a", "params": params})).collect();
        json!({"requests": items})
    });
    prop_oneof![8 => whole, 2 => batch, 1 => values()]
}

/// The texts of Converse's messages that are not blank, without the white space at their end.
fn spoken(request: &Value) -> Vec<String> {
    let blocks = request["messages"].as_array().into_iter().flatten().filter_map(|message| message["content"].as_array());
    let texts = blocks.flatten().filter_map(|block| block["text"].as_str()).map(str::trim_end);
    texts.filter(|text| !text.is_empty()).map(String::from).collect()
}

/// Requests of Converse's shape, with what can be mended.
fn of_converse() -> impl Strategy<Value = Value> {
    let text = || select(vec!["", " \n", "a", "b ", "c"]);
    let id = || select(vec!["one", "two", "three"]);
    let block = prop_oneof![
        4 => text().prop_map(|text| json!({"text": text})),
        3 => id().prop_map(|id| json!({"toolUse": {"toolUseId": id, "name": "look", "input": {}}})),
        3 => id().prop_map(|id| json!({"toolResult": {"toolUseId": id, "content": [{"text": "found"}]}})),
        2 => Just(json!({"cachePoint": {"type": "default"}})),
        1 => Just(json!({"document": {"name": "a", "format": "txt", "source": {"text": "words"}}})),
        1 => Just(json!({"reasoningContent": {"reasoningText": {"text": "hm", "signature": "c2ln"}}})),
    ];
    let message = (select(vec!["user", "user", "assistant", "assistant"]), vec(block, 0..5), prop::bool::weighted(0.05))
        .prop_map(|(role, content, named)| {
            let mut message = json!({"role": role, "content": content});
            if named {
                message["name"] = json!("Ada");
            }
            message
        });
    let tool = select(vec!["look", "see"])
        .prop_map(|name| json!({"toolSpec": {"name": name, "inputSchema": {"json": {"type": "object"}}}}));
    let system = vec(text().prop_map(|text| json!({"text": text})), 0..3);
    let model = select(vec![
        None,
        Some("us.anthropic.claude-haiku-4-5-20251001-v1:0"),
        Some("anthropic.claude-opus-4-8"),
        Some("amazon.nova-pro-v1:0"),
    ]);
    (vec(message, 1..7), vec(tool, 1..4), system, model, select(vec![1_i64, 64_001])).prop_map(
        |(messages, tools, system, model, most)| {
            let mut request =
                json!({"messages": messages, "toolConfig": {"tools": tools}, "inferenceConfig": {"maxTokens": most}});
            if !system.is_empty() {
                request["system"] = Value::from(system);
            }
            if let Some(model) = model {
                request["modelId"] = json!(model);
            }
            request
        },
    )
}
