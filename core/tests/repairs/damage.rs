//! Conversations that are right by construction, and what happens to conversations.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

/// One exchange: the user says something, the assistant answers, perhaps with calls that the user answers.
#[derive(Clone, Debug)]
pub(crate) struct Exchange {
    as_blocks: bool,
    answer: bool,
    calls: usize,
    more: bool,
}

/// Something that goes wrong and can be mended. The numbers choose the place.
#[derive(Clone, Debug)]
pub(crate) enum Damage {
    System { at: usize, blocks: bool },
    Split { at: usize },
    Empty { at: usize, user: bool, content: &'static str },
    Blank { at: usize, text: &'static str },
    BlankSystem,
    Orphan { at: usize, alone: bool },
    Twice { at: usize },
    LoseResult { at: usize },
    LoseCall { at: usize },
    ResultsLast { at: usize },
    Prefill { text: &'static str },
    MaxTokens,
    ToolTwice { marked: bool },
    Markers { every: usize },
    Surrogate { at: usize },
}

pub(crate) fn exchanges() -> impl Strategy<Value = Vec<Exchange>> {
    let one = (any::<bool>(), any::<bool>(), 0..3_usize, any::<bool>());
    vec(one.prop_map(|(as_blocks, answer, calls, more)| Exchange { as_blocks, answer, calls, more }), 0..5)
}

pub(crate) fn damages() -> impl Strategy<Value = Vec<Damage>> {
    let at = || 0..64_usize;
    let blank = || select(vec!["", " ", "\n\t", "\u{3000}"]);
    let one = prop_oneof![
        (at(), any::<bool>()).prop_map(|(at, blocks)| Damage::System { at, blocks }),
        at().prop_map(|at| Damage::Split { at }),
        (at(), any::<bool>(), select(vec![r#""""#, r#"" \n""#, "[]", r#"[{"type": "text", "text": ""}]"#]))
            .prop_map(|(at, user, content)| Damage::Empty { at, user, content }),
        (at(), blank()).prop_map(|(at, text)| Damage::Blank { at, text }),
        Just(Damage::BlankSystem),
        (at(), any::<bool>()).prop_map(|(at, alone)| Damage::Orphan { at, alone }),
        at().prop_map(|at| Damage::Twice { at }),
        at().prop_map(|at| Damage::LoseResult { at }),
        at().prop_map(|at| Damage::LoseCall { at }),
        at().prop_map(|at| Damage::ResultsLast { at }),
        select(vec!["Sure: ", "Sure:\n\n", "Sure:\u{a0}"]).prop_map(|text| Damage::Prefill { text }),
        Just(Damage::MaxTokens),
        any::<bool>().prop_map(|marked| Damage::ToolTwice { marked }),
        (1..4_usize).prop_map(|every| Damage::Markers { every }),
        at().prop_map(|at| Damage::Surrogate { at }),
    ];
    vec(one, 0..7)
}

/// What a half of a surrogate pair is until the request is text.
pub(crate) const HALF: &str = "§";

/// Texts are numbered, so that each can be found again.
pub(crate) fn request(exchanges: &[Exchange]) -> Value {
    let (mut number, mut calls) = (0, 0);
    let mut text = |blocks: bool| {
        number += 1;
        let text = format!("Text {number}.");
        if blocks { json!([{"type": "text", "text": text}]) } else { json!(text) }
    };
    let mut messages = vec![json!({"role": "user", "content": text(false)})];
    for exchange in exchanges {
        if exchange.calls == 0 && !exchange.answer {
            messages.push(json!({"role": "assistant", "content": text(exchange.as_blocks)}));
            messages.push(json!({"role": "user", "content": text(exchange.as_blocks)}));
            continue;
        }
        let mut asked = if exchange.answer { text(true).as_array().unwrap().clone() } else { Vec::new() };
        let mut told = Vec::new();
        for _ in 0..exchange.calls {
            calls += 1;
            let id = format!("toolu_{calls}");
            asked.push(json!({"type": "tool_use", "id": id, "name": "look", "input": {"n": calls}}));
            told.push(json!({"type": "tool_result", "tool_use_id": id, "content": format!("Result {calls}.")}));
        }
        if exchange.more || exchange.calls == 0 {
            told.extend(text(true).as_array().unwrap().clone());
        }
        messages.push(json!({"role": "assistant", "content": asked}));
        messages.push(json!({"role": "user", "content": told}));
    }
    messages.push(json!({"role": "assistant", "content": text(false)}));
    messages.push(json!({"role": "user", "content": text(true)}));
    json!({"model": "claude-haiku-4-5", "max_tokens": 1024, "messages": messages,
        "tools": [{"name": "look", "description": "Looks", "input_schema": {"type": "object"}}]})
}

/// The blocks of all messages, as places.
fn places(request: &Value, fits: impl Fn(&Value) -> bool) -> Vec<(usize, usize)> {
    let messages = request["messages"].as_array().unwrap().iter().enumerate();
    let blocks = messages.flat_map(|(number, message)| {
        let blocks = message["content"].as_array().into_iter().flatten().enumerate();
        blocks.map(move |(position, block)| (number, position, block))
    });
    blocks.filter(|(_, _, block)| fits(block)).map(|(number, position, _)| (number, position)).collect()
}

fn chosen(places: &[(usize, usize)], at: usize) -> Option<(usize, usize)> {
    (!places.is_empty()).then(|| places[at % places.len()])
}

/// Whether anything is left of a message once its blank texts are dropped.
pub(crate) fn says_something(message: &Value) -> bool {
    let says = |text: &Value| text.as_str().is_some_and(|text| !text.trim().is_empty());
    let blocks = message["content"].as_array().into_iter().flatten();
    says(&message["content"]) || blocks.into_iter().any(|block| block["type"] != "text" || says(&block["text"]))
}

pub(crate) fn damage(request: &mut Value, damage: &Damage, number: usize) {
    let of_type = |kind: &'static str| move |block: &Value| block["type"] == kind;
    let is_result = of_type("tool_result");
    let count = request["messages"].as_array().unwrap().len();
    let messages = |request: &mut Value, at: usize, message: Value| {
        request["messages"].as_array_mut().unwrap().insert(at % (count + 1), message);
    };
    match *damage {
        Damage::System { at, blocks } => {
            let text = format!("System {number}.");
            let content = if blocks { json!([{"type": "text", "text": text}]) } else { json!(text) };
            messages(request, at, json!({"role": "system", "content": content}));
        }
        Damage::Split { at } => {
            let message = &mut request["messages"][at % count];
            if let Some(blocks) = message["content"].as_array().filter(|blocks| blocks.len() > 1) {
                let (head, tail) = blocks.split_at(1);
                let tail = json!({"role": message["role"], "content": tail});
                message["content"] = json!(head);
                messages(request, at % count + 1, tail);
            // What is put beside an empty message of the assistant would be a prefill, behind which an empty message of the
            // user is one that nothing can mend.
            } else if message["role"] != "system" && at % count > 0 && (message["role"] == "user" || says_something(message)) {
                let role = message["role"].clone();
                messages(request, at % count + 1, json!({"role": role, "content": format!("Apart {number}.")}));
            }
        }
        Damage::Empty { at, user, content } => {
            let role = if user { "user" } else { "assistant" };
            let content: Value = serde_json::from_str(content).unwrap();
            messages(request, at, json!({"role": role, "content": content}));
        }
        Damage::Blank { at, text } => {
            if let Some((message, position)) = chosen(&places(request, |_| true), at) {
                let block = json!({"type": "text", "text": text});
                request["messages"][message]["content"].as_array_mut().unwrap().insert(position, block);
            }
        }
        Damage::BlankSystem => {
            if request.get("system").is_none() {
                request["system"] = json!([{"type": "text", "text": " "}]);
            }
        }
        Damage::Orphan { at, alone } => {
            let orphan = json!({"type": "tool_result", "tool_use_id": format!("toolu_x{number}"), "content": "Orphan."});
            let users: Vec<_> = (0..count)
                .filter(|at| request["messages"][*at]["role"] == "user" && request["messages"][*at]["content"].is_array())
                .collect();
            if alone || users.is_empty() {
                // Not at the end, where it would be all that the user says.
                messages(request, at % count, json!({"role": "user", "content": [orphan]}));
            } else {
                let message = users[at % users.len()];
                request["messages"][message]["content"].as_array_mut().unwrap().push(orphan);
            }
        }
        Damage::Twice { at } => {
            if let Some((message, position)) = chosen(&places(request, is_result), at) {
                let again = request["messages"][message]["content"][position].clone();
                request["messages"][message]["content"].as_array_mut().unwrap().push(again);
            }
        }
        Damage::LoseResult { at } | Damage::LoseCall { at } => {
            let kind = if matches!(damage, Damage::LoseCall { .. }) { "tool_use" } else { "tool_result" };
            if let Some((message, position)) = chosen(&places(request, of_type(kind)), at) {
                request["messages"][message]["content"].as_array_mut().unwrap().remove(position);
            }
        }
        Damage::ResultsLast { at } => {
            if let Some((message, _)) = chosen(&places(request, is_result), at) {
                request["messages"][message]["content"].as_array_mut().unwrap().reverse();
            }
        }
        Damage::Prefill { text } => messages(request, count, json!({"role": "assistant", "content": text})),
        Damage::MaxTokens => request["max_tokens"] = json!(1_000_000),
        Damage::ToolTwice { marked } => {
            let mut again = request["tools"][0].clone();
            if marked {
                again["cache_control"] = json!({"type": "ephemeral"});
            }
            request["tools"].as_array_mut().unwrap().push(again);
        }
        Damage::Markers { every } => {
            for (message, position) in places(request, |_| true).into_iter().step_by(every) {
                request["messages"][message]["content"][position]["cache_control"] = json!({"type": "ephemeral"});
            }
        }
        Damage::Surrogate { at } => {
            // Not into a blank one: an empty message would become one that speaks, and what is empty behind it the last.
            let speaks = |block: &Value| block["text"].as_str().is_some_and(|text| !text.trim().is_empty());
            if let Some((message, position)) = chosen(&places(request, speaks), at)
                && let Value::String(text) = &mut request["messages"][message]["content"][position]["text"]
            {
                text.push_str(HALF);
            }
        }
    }
}
