//! What the check of a request costs where the request is made to be costly, and what it keeps beside the text.
//! `cargo run --release -p holdoff-tests --bin hostile`.
//!
//! Each body has 32 MB of one thing. The time is per body and per half of it: twice the length must not take much more than
//! twice the time.
#![allow(clippy::print_stdout, clippy::cast_precision_loss, reason = "it prints what it measured")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};
use std::time::Instant;

use holdoff::request::{Endpoint, Options, Target, validate};

/// Counts what is allocated, and the most of it at one time.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static PEAK: AtomicUsize = AtomicUsize::new(0);

#[expect(unsafe_code, reason = "an allocator is unsafe by its nature; it hands everything on to the system's")]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        PEAK.fetch_max(NOW.fetch_add(layout.size(), Relaxed) + layout.size(), Relaxed);
        // SAFETY: the layout is the caller's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Relaxed);
        // SAFETY: the pointer came from `alloc`, which is the system's.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

const LENGTH: usize = 32 << 20;

const HEAD: &str = r#"{"model":"claude-opus-5","max_tokens":16,"#;
const HELLO: &str = r#""messages":[{"role":"user","content":"Hello"}]"#;

/// Between `before` and `after`, as many of `item` as fit, each with its number in place of `#`.
fn filled(length: usize, before: &str, item: &str, after: &str) -> String {
    let mut text = String::with_capacity(length + item.len() + after.len() + 16);
    text.push_str(before);
    let mut number = 0_usize;
    while text.len() + after.len() < length {
        if number > 0 {
            text.push(',');
        }
        text.push_str(&item.replace('#', &number.to_string()));
        number += 1;
    }
    text.push_str(after);
    text
}

type Make = fn(usize) -> String;

const BODIES: &[(&str, Endpoint, Make)] = &[
    ("nested too deep", Endpoint::Messages, |length| "[".repeat(length)),
    ("nested 1,000 deep, often", Endpoint::Messages, |length| {
        let deep = format!("{}{}", "[".repeat(1_000), "]".repeat(1_000));
        filled(length, &format!("{HEAD}{HELLO},\"metadata\":["), &deep, "]}")
    }),
    ("schemas 900 deep", Endpoint::Messages, |length| {
        let deep = format!("{}{{}}{}", r#"{"type":"object","properties":{"a":"#.repeat(450), "}}".repeat(450));
        filled(length, &format!("{HEAD}{HELLO},\"tools\":["), &format!(r#"{{"name":"t#","input_schema":{deep}}}"#), "]}")
    }),
    ("unknown keys", Endpoint::Messages, |length| filled(length, &format!("{HEAD}{HELLO},"), r#""key#":0"#, "}")),
    ("one key, again and again", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}{HELLO},"), r#""max_tokens":1"#, "}")
    }),
    ("tiny values", Endpoint::Messages, |length| filled(length, &format!("{HEAD}{HELLO},\"stop_sequences\":["), "0", "]}")),
    ("blank stop sequences", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}{HELLO},\"stop_sequences\":["), "\" \"", "]}")
    }),
    ("one string of escapes", Endpoint::Messages, |length| {
        format!(r#"{HEAD}"messages":[{{"role":"user","content":"{}"}}]}}"#, "\\n\\u00e9".repeat(length / 8))
    }),
    ("one blank string of escapes", Endpoint::Messages, |length| {
        format!(r#"{HEAD}"messages":[{{"role":"user","content":"{}"}}]}}"#, "\\n".repeat(length / 2))
    }),
    ("halves of surrogate pairs", Endpoint::Messages, |length| {
        format!(r#"{HEAD}"messages":[{{"role":"user","content":"{}"}}]}}"#, "\\ud800 ".repeat(length / 7))
    }),
    ("messages that are none", Endpoint::Messages, |length| filled(length, &format!("{HEAD}\"messages\":["), "0", "]}")),
    ("messages of nothing", Endpoint::Messages, |length| filled(length, &format!("{HEAD}\"messages\":["), "{}", "]}")),
    ("blocks that are none", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}\"messages\":[{{\"role\":\"user\",\"content\":["), "0", "]}]}")
    }),
    ("blocks of nothing", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}\"messages\":[{{\"role\":\"user\",\"content\":["), "{}", "]}]}")
    }),
    ("blocks of system that are none", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}{HELLO},\"system\":["), "0", "]}")
    }),
    ("tools that are none", Endpoint::Messages, |length| filled(length, &format!("{HEAD}{HELLO},\"tools\":["), "0", "]}")),
    ("tools of nothing", Endpoint::Messages, |length| filled(length, &format!("{HEAD}{HELLO},\"tools\":["), "{}", "]}")),
    ("short messages", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}\"messages\":["), r#"{"role":"user","content":"a"}"#, "]}")
    }),
    ("empty messages", Endpoint::Messages, |length| {
        filled(
            length,
            &format!("{HEAD}\"messages\":["),
            r#"{"role":"assistant","content":[]},{"role":"user","content":""}"#,
            "]}",
        )
    }),
    ("system messages", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}\"messages\":["), r#"{"role":"system","content":"a"}"#, "]}")
    }),
    ("blocks", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}\"messages\":[{{\"role\":\"user\",\"content\":["), r#"{"type":"text","text":"a"}"#, "]}]}")
    }),
    ("blocks of no known type", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}\"messages\":[{{\"role\":\"user\",\"content\":["), r#"{"type":"texd","text":"a"}"#, "]}]}")
    }),
    ("cache markers", Endpoint::Messages, |length| {
        let item = r#"{"type":"text","text":"a","cache_control":{"type":"ephemeral","ttl":"1h"}},{"type":"text","text":"a","cache_control":{"type":"ephemeral"}}"#;
        filled(length, &format!("{HEAD}\"messages\":[{{\"role\":\"user\",\"content\":["), item, "]}]}")
    }),
    ("tools of one name", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}{HELLO},\"tools\":["), r#"{"name":"look","input_schema":{"type":"object"}}"#, "]}")
    }),
    ("tools of many names", Endpoint::Messages, |length| {
        filled(length, &format!("{HEAD}{HELLO},\"tools\":["), r#"{"name":"look#","input_schema":{"type":"object"}}"#, "]}")
    }),
    ("strict tools", Endpoint::Messages, |length| {
        let item = r#"{"name":"look#","strict":true,"input_schema":{"type":"object","additionalProperties":false,"properties":{"a":{"type":["string","null"]}}}}"#;
        filled(length, &format!("{HEAD}{HELLO},\"tools\":["), item, "]}")
    }),
    ("properties of one tool", Endpoint::Messages, |length| {
        let before = format!(r#"{HEAD}{HELLO},"tools":[{{"name":"look","input_schema":{{"type":"object","properties":{{"#);
        filled(length, &before, r#""key#":{"type":"str"}"#, "}}}]}")
    }),
    ("required, again and again", Endpoint::Messages, |length| {
        let before = format!(r#"{HEAD}{HELLO},"tools":[{{"name":"look","input_schema":{{"type":"object","required":["#);
        filled(length, &before, r#""a""#, "]}}]}")
    }),
    ("calls without results", Endpoint::Messages, |length| {
        let item = r#"{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"tool_use","id":"toolu_#","name":"look","input":{}}]}"#;
        filled(length, &format!("{HEAD}\"messages\":["), item, r#",{"role":"user","content":"b"}]}"#)
    }),
    ("calls of one turn, answered backwards", Endpoint::Messages, |length| {
        let calls = filled(length / 2, "", r#"{"type":"tool_use","id":"t#","name":"look","input":{}}"#, "");
        let results = filled(length / 2, "", r#"{"type":"tool_result","tool_use_id":"t#"}"#, "");
        format!(
            r#"{HEAD}"messages":[{{"role":"user","content":"a"}},{{"role":"assistant","content":[{calls}]}},{{"role":"user","content":[{results}]}}]}}"#
        )
    }),
    ("calls of one id", Endpoint::Messages, |length| {
        let item = r#"{"type":"tool_use","id":"t","name":"look","input":{}}"#;
        filled(length, &format!("{HEAD}\"messages\":[{{\"role\":\"assistant\",\"content\":["), item, "]}]}")
    }),
    ("calls of the server's tools", Endpoint::Messages, |length| {
        let item = r#"{"role":"assistant","content":[{"type":"server_tool_use","id":"srvtoolu_#","name":"web_search","input":{}}]},{"role":"user","content":"a"}"#;
        filled(length, &format!("{HEAD}\"messages\":["), item, "]}")
    }),
    ("thinking blocks", Endpoint::Messages, |length| {
        let item =
            r#"{"role":"user","content":"a"},{"role":"assistant","content":[{"type":"thinking","thinking":"a","signature":""}]}"#;
        filled(length, &format!("{HEAD}\"thinking\":{{\"type\":\"adaptive\"}},\"messages\":["), item, "]}")
    }),
    ("images of no bytes", Endpoint::Messages, |length| {
        let item = r#"{"type":"image","source":{"type":"base64","media_type":"image/png","data":"AAAA"}}"#;
        filled(length, &format!("{HEAD}\"messages\":[{{\"role\":\"user\",\"content\":["), item, "]}]}")
    }),
    ("servers and toolsets", Endpoint::Messages, |length| {
        let servers = filled(length / 2, "", r#"{"type":"url","name":"s#","url":"https://h.example"}"#, "");
        let tools = filled(length / 2, "", r#"{"type":"mcp_toolset","mcp_server_name":"s#"}"#, "");
        format!(r#"{HEAD}{HELLO},"mcp_servers":[{servers}],"tools":[{tools}]}}"#)
    }),
    ("items of a batch", Endpoint::Batches, |length| {
        let item =
            r#"{"custom_id":"a#","params":{"model":"claude-opus-5","max_tokens":16,"messages":[{"role":"user","content":"a"}]}}"#;
        filled(length, r#"{"requests":["#, item, "]}")
    }),
    ("items of one id, with faults", Endpoint::Batches, |length| {
        filled(length, r#"{"requests":["#, r#"{"custom_id":"a","params":{"messages":[]}}"#, "]}")
    }),
    ("calls at Converse", Endpoint::Messages, |length| {
        let calls = filled(length / 2, "", r#"{"toolUse":{"toolUseId":"t#","name":"look","input":{}}}"#, "");
        let results = filled(length / 2, "", r#"{"toolResult":{"toolUseId":"t#","content":[{"text":"a"}]}}"#, "");
        format!(
            r#"{{"modelId":"m","messages":[{{"role":"user","content":[{{"text":"a"}}]}},{{"role":"assistant","content":[{calls}]}},{{"role":"user","content":[{results}]}}]}}"#
        )
    }),
    ("calls of chat completions", Endpoint::ChatCompletions, |length| {
        let item =
            r#"{"role":"assistant","tool_calls":[{"id":"c#","type":"function","function":{"name":"look","arguments":"{}"}}]}"#;
        filled(length, &format!("{HEAD}\"messages\":["), item, "]}")
    }),
    ("a page of one PDF, again and again", Endpoint::Messages, |length| {
        // `/Type /Page ` three times over, in base64.
        let data = "L1R5cGUgL1BhZ2Ug".repeat(length / 16 - 40);
        format!(
            r#"{HEAD}"messages":[{{"role":"user","content":[{{"type":"document","source":{{"type":"base64","media_type":"application/pdf","data":"JVBERi0x{data}"}}}}]}}]}}"#
        )
    }),
    ("not UTF-8 at the end", Endpoint::Messages, |length| format!("\"{}", "é".repeat(length / 2))),
    ("lines", Endpoint::Messages, |length| format!("{}x", "\n".repeat(length))),
];

fn milliseconds(text: &str, options: &Options<'_>) -> (f64, usize, usize) {
    let (mut best, mut found, mut peak) = (f64::MAX, 0, 0);
    for _ in 0..3 {
        let before = NOW.load(Relaxed);
        PEAK.store(before, Relaxed);
        let start = Instant::now();
        let report = validate(text.as_bytes(), options);
        best = best.min(start.elapsed().as_secs_f64() * 1e3);
        peak = PEAK.load(Relaxed) - before;
        found = report.findings.len() + report.omitted;
    }
    (best, found, peak)
}

fn main() {
    let only: Vec<String> = std::env::args().skip(1).collect();
    println!("{:40} {:>9} {:>9} {:>7} {:>11} {:>9}", "32 MB of", "ms", "per half", "growth", "findings", "peak, MB");
    for (name, endpoint, make) in BODIES {
        if !only.is_empty() && !only.iter().any(|only| name.contains(only.as_str())) {
            continue;
        }
        let mut options = Options::default();
        (options.endpoint, options.api_version) = (*endpoint, Some("2023-06-01"));
        options.target = if name.contains("Converse") { Target::BedrockConverse } else { Target::Anthropic };
        let (half, ..) = milliseconds(&make(LENGTH / 2), &options);
        let (whole, found, peak) = milliseconds(&make(LENGTH), &options);
        println!("{name:40} {whole:9.1} {half:9.1} {:7.2} {found:11} {:9.1}", whole / half, peak as f64 / 1e6);
    }
    // A photograph of 20 MB: what is kept beside it.
    let data = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJ".repeat(20_000_000 / 44);
    let text = format!(
        r#"{HEAD}"messages":[{{"role":"user","content":[{{"type":"image","source":{{"type":"base64","media_type":"image/png","data":"{data}"}}}},{{"type":"text","text":"What is this?"}}]}}]}}"#
    );
    let mut options = Options::default();
    (options.target, options.api_version) = (Target::Anthropic, Some("2023-06-01"));
    let (time, found, peak) = milliseconds(&text, &options);
    println!(
        "\na request of {:.1} MB with one image: {time:.1} ms, {found} findings, {peak} bytes beside it at most",
        text.len() as f64 / 1e6
    );
}
