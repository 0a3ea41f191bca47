//! Requests as they are sent, and texts that are there to be slow.

use serde_json::{Value, json};

/// Words of a chat, a few with characters beyond ASCII.
const WORDS: [&str; 24] = [
    "the",
    "retry",
    "schedule",
    "waits",
    "before",
    "it",
    "asks",
    "again",
    "and",
    "a",
    "server",
    "which",
    "is",
    "overloaded",
    "answers",
    "529",
    "or",
    "429",
    "with",
    "naïve",
    "clients",
    "—",
    "“they",
    "hammer”",
];

/// How many of [`all`] are requests; they come first.
pub(crate) const REQUESTS: usize = 4;

/// Name and text of each.
pub(crate) fn all() -> Vec<(&'static str, String)> {
    let mut words = Words(7);
    let chat = json!({
        "model": "claude-sonnet-4-5", "max_tokens": 4096, "temperature": 0.7, "stream": false, "metadata": {"user_id": "u_123"},
        "system": [{"type": "text", "text": words.text(900), "cache_control": {"type": "ephemeral"}}],
        "tools": (0..6).map(|index| tool(&mut words, index)).collect::<Value>(),
        "messages": (0..6).flat_map(|index| turn(&mut words, index)).collect::<Value>(),
    });
    let image = json!({
        "model": "claude-sonnet-4-5", "max_tokens": 4096,
        "messages": [{"role": "user", "content": [
            {"type": "image", "source": {"type": "base64", "media_type": "image/png", "data": "iVBORw0K".repeat(2_480_000)}},
            {"type": "text", "text": "what is this?"},
        ]}],
    });
    vec![
        ("chat 20 kB", chat.to_string()),
        ("chat 20 kB, pretty", serde_json::to_string_pretty(&chat).unwrap()),
        ("image 20 MB", image.to_string()),
        ("prose 20 MB", json!({"messages": [{"role": "user", "content": words.text(20_000_000)}]}).to_string()),
        ("hostile 32 MB: empty arrays", format!("[{}[]]", "[],".repeat(10_600_000))),
        ("hostile 32 MB: digits", format!("[{}1]", "1,".repeat(16_000_000))),
        ("hostile 32 MB: keys", format!("{{{}\"\":0}}", "\"\":0,".repeat(6_400_000))),
        ("hostile 32 MB: escapes", format!("[\"{}\"]", "\\n".repeat(16_000_000))),
        ("hostile 32 MB: halves of pairs", format!("[\"{}\"]", "\\ud83d".repeat(5_300_000))),
        ("hostile 32 MB: blank", format!("[{}]", " \n".repeat(16_000_000))),
        ("hostile 32 MB: short lines, then a fault", format!("[{}", "1,\n".repeat(10_600_000))),
    ]
}

fn tool(words: &mut Words, index: usize) -> Value {
    json!({"name": format!("tool_{index}"), "description": words.text(180), "input_schema": {
    "type": "object", "required": ["path"], "properties": {
        "path": {"type": "string", "description": words.text(60)},
        "limit": {"type": "integer", "minimum": 1, "maximum": 1000},
        "mode": {"type": "string", "enum": ["read", "write", "append"]},
    }}})
}

fn turn(words: &mut Words, index: usize) -> [Value; 4] {
    let id = format!("toolu_{index:024}");
    [
        json!({"role": "user", "content": words.text(420)}),
        json!({"role": "assistant", "content": [
            {"type": "text", "text": words.text(300)},
            {"type": "tool_use", "id": id, "name": "tool_1", "input": {"path": format!("/srv/{index}.txt"), "limit": 10 + index}},
        ]}),
        json!({"role": "user", "content": [
            {"type": "tool_result", "tool_use_id": id, "content": [{"type": "text", "text": words.text(500)}], "is_error": false},
            {"type": "text", "text": words.text(120), "cache_control": {"type": "ephemeral"}},
        ]}),
        json!({"role": "assistant", "content": [{"type": "text", "text": words.text(380)}]}),
    ]
}

/// The same words in every run.
struct Words(u32);

impl Words {
    fn text(&mut self, length: usize) -> String {
        let mut text = String::with_capacity(length + 16);
        while text.len() < length {
            self.0 = self.0.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            let word = WORDS.iter().cycle().nth((self.0 >> 16) as usize % WORDS.len());
            text.push_str(word.copied().unwrap_or_default());
            text.push_str(if self.0 >> 28 == 0 { " \"quoted\"\n" } else { " " });
        }
        text
    }
}
