//! Conversations that are right by construction have no errors, and a part cut out of one is missed.

use holdoff::request::{Options, Report, Target, check};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};

use crate::often;
use crate::tape::tape;

/// What the user brings, beside tool results.
#[derive(Clone, Copy, Debug)]
enum Said {
    Plain,
    Blocks,
    Image,
    Document,
}

/// What the assistant does next.
#[derive(Clone, Copy, Debug)]
enum Answer {
    Text,
    /// Blank text before a call, as models write it.
    Calls {
        count: usize,
        blank: bool,
        /// The user's text stands in a message of its own behind the results.
        apart: bool,
    },
    /// The results of one user turn in two messages.
    Spread,
    Search,
    /// Code that runs on while the client's tool is called.
    Code,
    /// One turn in two messages.
    Split,
}

#[derive(Clone, Debug)]
struct Talk {
    model: &'static str,
    version: Option<&'static str>,
    exchanges: Vec<(Said, Answer)>,
    thinks: bool,
    markers: usize,
    system: bool,
    ends: End,
}

#[derive(Clone, Copy, Debug)]
enum End {
    User,
    /// With a text for the assistant to go on from, where the model does.
    Prefill,
    /// At a turn that the server paused.
    Paused,
}

fn talks() -> impl Strategy<Value = Talk> {
    let said = select(vec![Said::Plain, Said::Blocks, Said::Image, Said::Document]);
    let calls =
        (1..40_usize, any::<bool>(), any::<bool>()).prop_map(|(count, blank, apart)| Answer::Calls { count, blank, apart });
    let others = select(vec![Answer::Text, Answer::Spread, Answer::Search, Answer::Code, Answer::Split]);
    let models = select(vec!["claude-haiku-4-5", "claude-sonnet-4-6", "claude-opus-4-8", "claude-opus-5", "team-writer"]);
    let versions = select(vec![Some("2023-06-01"), Some("2026-10-21"), None]);
    let ends = select(vec![End::User, End::Prefill, End::Paused]);
    let exchanges = vec((said, prop_oneof![1 => calls, 2 => others]), 0..6);
    (models, versions, exchanges, any::<bool>(), 0..5_usize, any::<bool>(), ends).prop_map(
        |(model, version, exchanges, thinks, markers, system, ends)| Talk {
            model,
            version,
            exchanges,
            thinks,
            markers,
            system,
            ends,
        },
    )
}

/// A conversation under construction.
struct Draft {
    messages: Vec<Value>,
    count: usize,
    thinks: bool,
    takes_system: bool,
}

impl Draft {
    fn push(&mut self, role: &str, content: impl Into<Value>) {
        self.messages.push(json!({"role": role, "content": content.into()}));
    }

    fn number(&mut self) -> usize {
        self.count += 1;
        self.count
    }

    fn assistant(&mut self, mut blocks: Vec<Value>) {
        if self.thinks {
            blocks.insert(0, json!({"type": "thinking", "thinking": "Hm.", "signature": "c2ln".repeat(20)}));
        }
        self.push("assistant", Value::Array(blocks));
    }

    fn call(&mut self) -> (Value, Value) {
        let id = format!("toolu_{}", self.number());
        let result = match self.count % 3 {
            0 => json!({"type": "tool_result", "tool_use_id": id, "content": ""}),
            1 => {
                json!({"type": "tool_result", "tool_use_id": id, "content": [{"type": "text", "text": "found"}], "is_error": true})
            }
            _ => json!({"type": "tool_result", "tool_use_id": id}),
        };
        (json!({"type": "tool_use", "id": id, "name": "look", "input": {}}), result)
    }

    fn server(&mut self, name: &str, result: &str) -> (Value, Value) {
        let id = format!("srvtoolu_{}", self.number());
        let call = json!({"type": "server_tool_use", "id": id, "name": name, "input": {}});
        let content = match name {
            "code_execution" => {
                json!({"type": "code_execution_result", "stdout": "", "stderr": "", "return_code": 0, "content": []})
            }
            _ => json!([]),
        };
        (call, json!({"type": result, "tool_use_id": id, "content": content}))
    }

    /// The user's turn: what is still to be answered, then what they say.
    fn user(&mut self, mut results: Vec<Value>, apart: bool, said: Said) {
        let mut blocks = match said {
            Said::Plain => vec![],
            Said::Blocks => vec![text("One."), text("Two.")],
            Said::Image => {
                vec![json!({"type": "image", "source": {"type": "url", "url": "https://example.com/a.png"}}), text("?")]
            }
            Said::Document => {
                vec![
                    json!({"type": "document", "source": {"type": "text", "media_type": "text/plain", "data": "A page."}}),
                    text("?"),
                ]
            }
        };
        if blocks.is_empty() && (results.is_empty() || apart) {
            if apart {
                self.push("user", Value::Array(results));
            }
            return self.push("user", json!("Go on."));
        }
        if apart {
            self.push("user", Value::Array(results));
            return self.push("user", Value::Array(blocks));
        }
        results.append(&mut blocks);
        self.push("user", Value::Array(results));
    }

    fn exchange(&mut self, pending: &mut (Vec<Value>, bool), said: Said, answer: Answer) {
        let (results, apart) = std::mem::take(pending);
        self.user(results, apart, said);
        if self.takes_system && self.count.is_multiple_of(2) {
            self.push("system", json!("Be terse."));
        }
        match answer {
            Answer::Text => self.assistant(vec![text("Well.")]),
            Answer::Calls { count, blank, apart } => {
                let (calls, results): (Vec<_>, Vec<_>) = (0..count).map(|_| self.call()).unzip();
                let before = if blank { vec![text("\n\n")] } else { vec![] };
                self.assistant(before.into_iter().chain(calls).collect());
                *pending = (results, apart);
            }
            Answer::Spread => {
                let ((one, first), (other, second)) = (self.call(), self.call());
                self.assistant(vec![one, other]);
                self.push("user", vec![first]);
                *pending = (vec![second], false);
            }
            Answer::Search => {
                let (call, result) = self.server("web_search", "web_search_tool_result");
                self.assistant(vec![text("Searching."), call, result, text("Found.")]);
            }
            Answer::Code => {
                let (code, done) = self.server("code_execution", "code_execution_tool_result");
                let (call, result) = self.call();
                self.assistant(vec![code, call]);
                self.push("user", Value::Array(vec![result]));
                self.assistant(vec![done, text("Ran.")]);
            }
            Answer::Split => {
                let (call, result) = self.call();
                self.assistant(vec![text("Let me look.")]);
                self.push("assistant", Value::Array(vec![call]));
                *pending = (vec![result], false);
            }
        }
    }
}

fn text(text: &str) -> Value {
    json!({"type": "text", "text": text})
}

fn request(talk: &Talk) -> Value {
    let prefills = matches!(talk.model, "claude-haiku-4-5");
    let takes_system = matches!(talk.model, "claude-opus-4-8" | "claude-opus-5");
    let manual = talk.thinks && talk.model == "claude-haiku-4-5";
    let mut draft = Draft { messages: vec![], count: 0, thinks: talk.thinks, takes_system };
    let mut pending = (vec![], false);
    for (said, answer) in &talk.exchanges {
        draft.exchange(&mut pending, *said, *answer);
    }
    let (results, apart) = pending;
    draft.user(results, apart, Said::Blocks);
    match talk.ends {
        End::Prefill if prefills && !manual => draft.push("assistant", json!("{\"answer\":")),
        End::Paused => {
            let (call, _) = draft.server("web_search", "web_search_tool_result");
            draft.assistant(vec![text("Searching."), call]);
            // With thinking off, a last message may not hold any.
            if let Some(blocks) = draft.messages.last_mut().and_then(|last| last["content"].as_array_mut())
                && talk.thinks
                && !manual
            {
                blocks.remove(0);
            }
        }
        End::User | End::Prefill => {}
    }
    let mark = |value: &mut Value, ttl: &str| value["cache_control"] = json!({"type": "ephemeral", "ttl": ttl});
    let mut tools = vec![
        json!({"name": "look", "description": "Looks.", "input_schema": {"type": "object"}}),
        json!({"type": "web_search_20250305", "name": "web_search"}),
        json!({"type": "code_execution_20260120", "name": "code_execution"}),
    ];
    let mut system = vec![text("Be kind."), text("Be brief.")];
    if talk.markers > 0 {
        mark(&mut tools[0], "1h");
    }
    if talk.markers > 1 {
        mark(&mut system[1], "1h");
    }
    if talk.markers > 2 {
        let last = draft.messages.iter_mut().rev().find(|message| message["role"] == "user").unwrap();
        mark(last["content"].as_array_mut().unwrap().last_mut().unwrap(), "5m");
    }
    let mut request = json!({"model": talk.model, "max_tokens": 4096, "messages": draft.messages, "tools": tools});
    if talk.system || talk.markers > 1 {
        request["system"] = Value::Array(system);
    }
    if talk.markers > 3 {
        request["cache_control"] = json!({"type": "ephemeral"});
    }
    if manual {
        request["thinking"] = json!({"type": "enabled", "budget_tokens": 1024});
    }
    request
}

fn checked(request: &Value, target: Target, version: Option<&str>) -> Report {
    let mut options = Options::default();
    options.target = target;
    options.api_version = version;
    check(&tape(request), &options)
}

/// The places of all blocks of a type.
fn places(request: &Value, kind: &str) -> Vec<(usize, usize)> {
    let messages = request["messages"].as_array().unwrap().iter().enumerate();
    let blocks = messages.flat_map(|(number, message)| {
        let blocks = message["content"].as_array().into_iter().flatten().enumerate();
        blocks.map(move |(place, block)| (number, place, block))
    });
    blocks.filter(|(_, _, block)| block["type"] == kind).map(|(number, place, _)| (number, place)).collect()
}

fn without(mut request: Value, (number, place): (usize, usize)) -> Value {
    request["messages"][number]["content"].as_array_mut().unwrap().remove(place);
    request
}

proptest! {
    #![proptest_config(often(1))]

    #[test]
    fn a_conversation_that_is_right_has_no_errors(talk in talks()) {
        let report = checked(&request(&talk), Target::Anthropic, talk.version);
        let errors: Vec<_> = report.errors().map(ToString::to_string).collect();
        prop_assert!(errors.is_empty(), "{errors:?}");
    }

    /// Where turns are merged or a message would be left empty another fault may come beside it; this one always does.
    #[test]
    fn a_result_or_a_call_cut_out_is_missed(talk in talks(), pick in any::<prop::sample::Index>()) {
        let whole = request(&talk);
        for (cut, cause) in [("tool_result", "orphan-tool-use"), ("tool_use", "orphan-tool-result")] {
            let places = places(&whole, cut);
            if places.is_empty() {
                continue;
            }
            let report = checked(&without(whole.clone(), *pick.get(&places)), Target::Anthropic, talk.version);
            prop_assert!(report.errors().any(|finding| finding.cause.as_str() == cause), "{cut}: {report}");
        }
    }

    /// `portable` wants turns that alternate and no system turns, and says so only where the conversation lacks that.
    #[test]
    fn the_portable_rules_hold_or_are_told(talk in talks()) {
        let request = request(&talk);
        let roles: Vec<_> = request["messages"].as_array().unwrap().iter().map(|message| message["role"].as_str().unwrap()).collect();
        let merged = roles.windows(2).filter(|pair| pair[0] == pair[1] && pair[0] != "system").count();
        let systems = roles.iter().filter(|role| **role == "system").count();
        let report = checked(&request, Target::Portable, talk.version);
        let told = |cause: &str| report.errors().filter(|finding| finding.cause.as_str() == cause).count();
        prop_assert_eq!(told("roles-not-alternating"), merged);
        prop_assert_eq!(told("system-role-in-messages"), systems);
    }

    /// Nothing of a request is as it should be, and it is read all the same.
    #[test]
    fn no_shape_of_messages_panics(messages in shapes(), target in select(Target::ALL)) {
        let request = json!({"model": "claude-opus-4-8", "system": messages, "messages": messages, "tools": messages, "requests": messages});
        let first = checked(&request, target, None);
        prop_assert_eq!(first, checked(&request, target, None));
    }
}

/// Values that look like parts of a conversation, put together at random.
fn shapes() -> impl Strategy<Value = Value> {
    let words = select(vec![
        "",
        " ",
        "user",
        "assistant",
        "system",
        "text",
        "thinking",
        "tool_use",
        "tool_result",
        "server_tool_use",
        "compaction",
        "web_search_tool_result",
        "search_result",
        "document",
        "tool_reference",
        "toolu_1",
        "srvtoolu_1",
        "1h",
        "ephemeral",
    ]);
    let leaf = prop_oneof![6 => words.prop_map(|word| json!(word)), 1 => any::<bool>().prop_map(|flag| json!(flag)), 1 => Just(json!(7)), 1 => Just(Value::Null)];
    let keys = select(vec![
        "role",
        "content",
        "type",
        "text",
        "id",
        "tool_use_id",
        "cache_control",
        "ttl",
        "citations",
        "signature",
        "params",
        "custom_id",
    ]);
    leaf.prop_recursive(5, 60, 6, move |inner| {
        prop_oneof![
            vec(inner.clone(), 0..6).prop_map(Value::Array),
            vec((keys.clone(), inner), 0..6)
                .prop_map(|pairs| pairs.into_iter().map(|(key, value)| (key.to_owned(), value)).collect()),
        ]
    })
}
