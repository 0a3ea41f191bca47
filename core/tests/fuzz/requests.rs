//! Requests and keys that are checked before they are sent, and what must hold for every report.

use std::borrow::Cow;
use std::fmt;
use std::sync::OnceLock;

use holdoff::credential::{KeyContext, check_key as key_report, shown};
use holdoff::request::{Builder, Endpoint, Options, RepairOptions, Report, Target, check, repair, validate};
use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Value, json};

/// Every request vector, for what it holds that is right.
pub(crate) const VECTORS: [&str; 26] = [
    include_str!("../../../tests/vectors/requests/batches.json"),
    include_str!("../../../tests/vectors/requests/bedrock.json"),
    include_str!("../../../tests/vectors/requests/chat.json"),
    include_str!("../../../tests/vectors/requests/conversation-cache.json"),
    include_str!("../../../tests/vectors/requests/conversation-documents.json"),
    include_str!("../../../tests/vectors/requests/conversation-messages.json"),
    include_str!("../../../tests/vectors/requests/conversation-texts.json"),
    include_str!("../../../tests/vectors/requests/conversation-thinking.json"),
    include_str!("../../../tests/vectors/requests/conversation-tools.json"),
    include_str!("../../../tests/vectors/requests/converse.json"),
    include_str!("../../../tests/vectors/requests/converse_media.json"),
    include_str!("../../../tests/vectors/requests/documents.json"),
    include_str!("../../../tests/vectors/requests/envelope.json"),
    include_str!("../../../tests/vectors/requests/fields.json"),
    include_str!("../../../tests/vectors/requests/headers.json"),
    include_str!("../../../tests/vectors/requests/images.json"),
    include_str!("../../../tests/vectors/requests/limits.json"),
    include_str!("../../../tests/vectors/requests/model.json"),
    include_str!("../../../tests/vectors/requests/output_schema.json"),
    include_str!("../../../tests/vectors/requests/reports.json"),
    include_str!("../../../tests/vectors/requests/sampling.json"),
    include_str!("../../../tests/vectors/requests/shapes.json"),
    include_str!("../../../tests/vectors/requests/size.json"),
    include_str!("../../../tests/vectors/requests/thinking.json"),
    include_str!("../../../tests/vectors/requests/tool_schemas.json"),
    include_str!("../../../tests/vectors/requests/tools.json"),
];

/// A case whose request is short and written out.
pub(crate) fn small(case: &Value) -> bool {
    let text = case["request"].to_string();
    text.len() <= 4_000 && !["$times", "$join", "$numbered", "$foreign"].iter().any(|mark| text.contains(mark))
}

/// JSON as it stands: members in their order, equal keys twice.
#[derive(Clone, Debug)]
enum Tree {
    Null,
    Bool(bool),
    Int(i64),
    Big,
    Float(f64),
    String(String),
    Array(Vec<Self>),
    Object(Vec<(String, Self)>),
}

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Reader;
        impl<'de> Visitor<'de> for Reader {
            type Value = Tree;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("JSON")
            }

            fn visit_unit<E>(self) -> Result<Tree, E> {
                Ok(Tree::Null)
            }

            fn visit_bool<E>(self, value: bool) -> Result<Tree, E> {
                Ok(Tree::Bool(value))
            }

            fn visit_i64<E>(self, value: i64) -> Result<Tree, E> {
                Ok(Tree::Int(value))
            }

            fn visit_u64<E>(self, value: u64) -> Result<Tree, E> {
                Ok(i64::try_from(value).map_or(Tree::Big, Tree::Int))
            }

            fn visit_f64<E>(self, value: f64) -> Result<Tree, E> {
                Ok(Tree::Float(value))
            }

            fn visit_str<E>(self, value: &str) -> Result<Tree, E> {
                Ok(Tree::String(value.to_owned()))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Tree, A::Error> {
                let mut all = Vec::new();
                while let Some(item) = items.next_element()? {
                    all.push(item);
                }
                Ok(Tree::Array(all))
            }

            fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Tree, A::Error> {
                let mut all = Vec::new();
                while let Some(member) = members.next_entry()? {
                    all.push(member);
                }
                Ok(Tree::Object(all))
            }
        }
        deserializer.deserialize_any(Reader)
    }
}

impl Tree {
    fn write<'a>(&'a self, builder: &mut Builder<'a>) {
        match self {
            Self::Null => builder.null(),
            Self::Bool(value) => builder.bool(*value),
            Self::Int(value) => builder.int(*value),
            Self::Big => builder.big_int(),
            Self::Float(value) => builder.float(*value),
            Self::String(text) => builder.string(text),
            Self::Array(items) => {
                builder.begin_array();
                for item in items {
                    item.write(builder);
                }
                builder.end_array();
            }
            Self::Object(members) => {
                builder.begin_object();
                for (key, value) in members {
                    builder.key(key);
                    value.write(builder);
                }
                builder.end_object();
            }
        }
    }

    /// Whether the pointer names something, in one of the members where several have a key.
    fn holds(&self, pointer: &str) -> bool {
        let Some(rest) = pointer.strip_prefix('/') else { return pointer.is_empty() };
        let (step, behind) = rest.find('/').map_or((rest, ""), |at| rest.split_at(at));
        match self {
            Self::Array(items) => step.parse().is_ok_and(|at: usize| items.get(at).is_some_and(|item| item.holds(behind))),
            Self::Object(members) => {
                let step = step.replace("~1", "/").replace("~0", "~");
                members.iter().any(|(key, value)| *key == step && value.holds(behind))
            }
            _ => false,
        }
    }

    /// Whether each number is one to both readers: this one makes floats of whole numbers beyond 64 bits, and of -0.
    fn whole(&self) -> bool {
        match self {
            Self::Big => false,
            Self::Float(value) => value.abs() < 9e18 && value.to_bits() != (-0.0_f64).to_bits(),
            Self::Array(items) => items.iter().all(Self::whole),
            Self::Object(members) => members.iter().all(|(_, value)| value.whole()),
            _ => true,
        }
    }
}

/// What the first line says: target, endpoint, version and flags, each perhaps missing.
fn place(line: &[u8]) -> (Target, Endpoint, Option<String>, Vec<String>) {
    let line = String::from_utf8_lossy(line);
    let mut words = line.split(' ');
    let target = words.next().and_then(Target::from_wire).unwrap_or_default();
    let endpoint = words.next().and_then(Endpoint::from_wire).unwrap_or_default();
    let version = words.next().filter(|word| !word.is_empty()).map(str::to_owned);
    (target, endpoint, version, words.map(str::to_owned).collect())
}

fn split(bytes: &[u8]) -> (&[u8], &[u8]) {
    match bytes.iter().position(|byte| *byte == b'\n') {
        Some(end) => (&bytes[..end], &bytes[end + 1..]),
        None => (bytes, &[]),
    }
}

/// A line that says where the request goes, then its text: any bytes.
pub(crate) fn validate_text(input: &[u8]) {
    let (line, text) = split(input);
    agreed(line, text);
}

/// A line that says where it goes, then the number of a vector (two bytes), then edits of four bytes each: which value of
/// the request (two bytes), what is done to it, and with what.
pub(crate) fn validate_request(input: &[u8]) {
    let (line, rest) = split(input);
    if let Some(request) = edited(rest) {
        agreed(line, &serde_json::to_vec(&request).expect("a value is JSON"));
    }
}

/// What [`validate_text`] takes, mended.
pub(crate) fn repair_text(input: &[u8]) {
    let (line, text) = split(input);
    mended(line, text);
}

/// What [`validate_request`] takes, mended.
pub(crate) fn repair_request(input: &[u8]) {
    let (line, rest) = split(input);
    if let Some(request) = edited(rest) {
        mended(line, &serde_json::to_vec(&request).expect("a value is JSON"));
    }
}

fn edited(input: &[u8]) -> Option<Value> {
    static BASES: OnceLock<Vec<Value>> = OnceLock::new();
    let bases = BASES.get_or_init(bases);
    let (number, edits) = input.split_first_chunk::<2>()?;
    let mut request = bases[usize::from(u16::from_be_bytes(*number)) % bases.len()].clone();
    for edit in edits.chunks_exact(4).take(16) {
        let mut all = Vec::new();
        pointers(&request, String::new(), &mut all);
        let pointer = &all[usize::from(u16::from_be_bytes([edit[0], edit[1]])) % all.len()];
        apply(&mut request, pointer, edit[2], edit[3], &all);
    }
    Some(request)
}

/// The requests of the vectors that are written out, in their order: those that are refused too, for what they come near to.
pub(crate) fn bases() -> Vec<Value> {
    let read = |text: &&str| -> Vec<Value> { serde_json::from_str(text).expect("vectors are JSON") };
    VECTORS.iter().flat_map(read).filter(small).map(|case| case["request"].clone()).collect()
}

fn pointers(value: &Value, at: String, into: &mut Vec<String>) {
    match value {
        Value::Object(map) => {
            for (key, value) in map {
                pointers(value, format!("{at}/{}", key.replace('~', "~0").replace('/', "~1")), into);
            }
        }
        Value::Array(items) => {
            for (number, value) in items.iter().enumerate() {
                pointers(value, format!("{at}/{number}"), into);
            }
        }
        _ => {}
    }
    into.push(at);
}

fn apply(request: &mut Value, pointer: &str, what: u8, with: u8, all: &[String]) {
    let other = all.get(usize::from(with)).and_then(|other| request.pointer(other)).cloned().unwrap_or_default();
    let (holder, last) = pointer.rsplit_once('/').unwrap_or_default();
    let last = last.replace("~1", "/").replace("~0", "~");
    match (what % 6, request.pointer_mut(holder)) {
        // Gone.
        (0, Some(Value::Object(map))) => _ = map.remove(&last),
        // Once more.
        (1, Some(Value::Array(items))) if items.len() < 64 => {
            if let Some(item) = last.parse().ok().and_then(|at: usize| items.get(at)).cloned() {
                items.push(item);
            }
        }
        // Under another name.
        (2, Some(Value::Object(map))) => {
            if let Some(value) = map.remove(&last) {
                map.insert(word(with).to_owned(), value);
            }
        }
        // What stands elsewhere in the request.
        (3, _) if other.to_string().len() < 2_000 => replace(request, pointer, other),
        _ => replace(request, pointer, value(with)),
    }
}

fn replace(request: &mut Value, pointer: &str, other: Value) {
    if let Some(value) = request.pointer_mut(pointer) {
        *value = other;
    }
}

fn word(number: u8) -> &'static str {
    const WORDS: [&str; 24] = [
        "type",
        "text",
        "role",
        "user",
        "assistant",
        "system",
        "id",
        "tool_use",
        "tool_result",
        "thinking",
        "image",
        "base64",
        "url",
        "ephemeral",
        "1h",
        "cache_control",
        "content",
        "data",
        "enabled",
        "adaptive",
        "input_schema",
        "properties",
        "claude-haiku-4-5",
        "claude-opus-5",
    ];
    WORDS[usize::from(number) % WORDS.len()]
}

fn value(number: u8) -> Value {
    let plain = [
        json!(null),
        json!(true),
        json!(0),
        json!(-1),
        json!(1.5),
        json!(1_000_000_000),
        json!(1e300),
        json!(""),
        json!(" \n"),
        json!("a\u{0}\u{202e}b"),
        json!([]),
        json!({}),
        json!([[]]),
        json!([{"type": "text"}]),
        json!({"type": "x", "role": 1}),
        json!({"$ref": "#"}),
    ];
    plain.get(usize::from(number)).cloned().unwrap_or_else(|| json!(word(number)))
}

/// What holds for every text, and for the same request as objects.
fn agreed(line: &[u8], text: &[u8]) {
    let (target, endpoint, version, betas) = place(line);
    let betas: Vec<&str> = betas.iter().map(String::as_str).collect();
    let mut options = Options::default();
    (options.target, options.endpoint, options.api_version, options.betas) = (target, endpoint, version.as_deref(), &betas);
    let report = validate(text, &options);
    sound(&report);
    for finding in &report.findings {
        // What is said of headers has no place in the text.
        assert!(finding.pointer.is_empty() || finding.offset.is_some(), "{finding} has no place");
        assert!(finding.offset.is_some() == finding.line.is_some() && finding.line.is_some() == finding.column.is_some());
        assert!(finding.offset.is_none_or(|at| at <= text.len()), "{finding} stands behind the text");
    }
    let faulty = report.findings.iter().any(|finding| finding.excerpt.is_some());
    let Ok(tree) = serde_json::from_slice::<Tree>(text) else { return };
    assert!(!faulty, "a peer reads it without a fault, but: {report}");
    for finding in &report.findings {
        // A finding may name a member that is missing.
        let holder = finding.pointer.rsplit_once('/').map_or("", |(holder, _)| holder);
        assert!(tree.holds(&finding.pointer) || tree.holds(holder), "{} names nothing in {tree:?}", finding.pointer);
    }
    if faulty || !tree.whole() {
        return;
    }
    let mut builder = Builder::new();
    tree.write(&mut builder);
    let objects = check(&builder.finish(), &options);
    sound(&objects);
    let told = |report: &Report| -> Vec<_> {
        report.findings.iter().map(|finding| (finding.cause, finding.severity, finding.pointer.clone())).collect()
    };
    assert_eq!(told(&report), told(&objects), "text and objects are told apart: {}", String::from_utf8_lossy(text));
}

/// What holds for every repair: JSON stays JSON, what is mended needs no more mending, and what is left is what a check
/// of it finds.
fn mended(line: &[u8], text: &[u8]) {
    let (target, endpoint, version, betas) = place(line);
    let betas: Vec<&str> = betas.iter().map(String::as_str).collect();
    let mut options = Options::default();
    (options.target, options.endpoint, options.api_version, options.betas) = (target, endpoint, version.as_deref(), &betas);
    for answer in [false, true] {
        let mut how = RepairOptions::default();
        how.answer_missing_tools = answer;
        let done = repair(text, &options, &how);
        sound(&done.report);
        assert_eq!(done.text.is_none(), done.patch.is_empty());
        serde_json::from_str::<Value>(&done.patch_json()).expect("a patch is JSON");
        let Some(after) = done.text else { continue };
        serde_json::from_str::<serde::de::IgnoredAny>(&after).expect("what is mended is JSON");
        let again = repair(after.as_bytes(), &options, &how);
        assert!(again.patch.is_empty(), "{after}\n{}", again.patch_json());
        let errors =
            |report: &Report| report.errors().map(|finding| (finding.cause, finding.pointer.clone())).collect::<Vec<_>>();
        assert_eq!(errors(&done.report), errors(&validate(after.as_bytes(), &options)), "{after}");
    }
}

/// What holds for every report.
fn sound(report: &Report) {
    assert!(report.findings.len() <= Report::MOST, "{} findings", report.findings.len());
    assert!(report.omitted == 0 || report.findings.len() == Report::MOST);
    assert_eq!(report.ok(), report.errors().next().is_none());
    // What a request holds must not write lines of its own.
    let shown = report.to_string();
    assert!(!shown.contains(|char: char| char.is_control() && char != '\n'), "{shown:?}");
    for finding in &report.findings {
        let line = finding.to_string();
        assert!(!line.contains(char::is_control) && !finding.message.is_empty() && !finding.fix.is_empty(), "{line:?}");
    }
}

/// A base URL, a header's name, and a key, a line each; empty lines for what is not known.
pub(crate) fn check_key(input: &[u8]) {
    let (base_url, rest) = split(input);
    let (header, key) = split(rest);
    let [base_url, header, key] = [base_url, header, key].map(String::from_utf8_lossy);
    let given = |text: &'_ Cow<'_, str>| (!text.is_empty()).then(|| text.clone().into_owned());
    let (url, name) = (given(&base_url), given(&header));
    let context = KeyContext { base_url: url.as_deref(), header: name.as_deref() };
    let report = key_report(&key, &context);
    sound(&report);
    assert_eq!(report, key_report(&key, &context), "the same key, another report");
    let said = format!("{report}\n{report:?}\n{}\n{context:?}", shown(&key));
    // What is left of a key behind its public beginning, which ends with a dash.
    for secret in key.split(|char: char| !char.is_ascii_alphanumeric()).filter(|part| part.len() >= 20) {
        assert!(!said.contains(secret), "a key is repeated in {said:?}");
    }
}
