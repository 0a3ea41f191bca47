//! On everything that is not a mistake, and on what becomes of it under mutation, the reader and serde_json agree.

use super::super::*;
use super::value;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use proptest::collection::vec;
use proptest::prelude::*;
use serde_json::Value;

fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<u64>().prop_map(Value::from),
        any::<f64>().prop_filter("JSON has no others", |value| value.is_finite()).prop_map(Value::from),
        ".{0,40}".prop_map(Value::from),
        "[a-z \"\\\\\n\t]{0,80}".prop_map(Value::from),
        any::<String>().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 60, 8, |inner| {
        prop_oneof![
            vec(inner.clone(), 0..8).prop_map(Value::from),
            vec(("[a-z\"\\\\é]{0,9}", inner), 0..8).prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Pieces that go wrong together.
fn soup() -> impl Strategy<Value = String> {
    let piece = proptest::sample::select(alloc::vec![
        "{",
        "}",
        "[",
        "]",
        ",",
        ":",
        "\"",
        "\"a\"",
        "\"b\": ",
        "1",
        "-",
        "0",
        "1.5e3",
        "e9",
        ".",
        "true",
        "false",
        "null",
        "nul",
        "True",
        "NaN",
        "'",
        "\\",
        "\\n",
        "\\u",
        "\\ud83d",
        "\\ude00",
        "\\u00e9",
        " ",
        "\n",
        "\t",
        "\0",
        "é",
        "😀",
        "//",
        "#",
        "“",
        "\u{feff}",
        "x",
        "\"ab\" ",
        "12345678901234567890",
        "=",
        "<",
    ]);
    vec(piece, 0..24).prop_map(|pieces| pieces.concat())
}

/// Where the two differ, on purpose: both as the server's parser.
fn normal(value: Value) -> Value {
    match value {
        // `-0` is a whole number here and a double there.
        Value::Number(number) if number.as_f64() == Some(0.0) => Value::from(0),
        Value::Array(items) => items.into_iter().map(normal).collect(),
        Value::Object(members) => members.into_iter().map(|(key, member)| (key, normal(member))).collect(),
        other => other,
    }
}

/// Both take it and read the same, or both refuse it.
fn agree(text: &[u8]) -> Result<(), TestCaseError> {
    let theirs = serde_json::from_slice::<Value>(text);
    let ours = read(text);
    prop_assert_eq!(ours.faults.is_empty(), theirs.is_ok(), "{:?} {:?}", ours.faults, theirs);
    if let Ok(theirs) = theirs {
        let text = core::str::from_utf8(text).unwrap();
        prop_assert_eq!(normal(value(ours.tape.unwrap().root(), text)), normal(theirs));
        return Ok(());
    }
    let mut last = 0;
    for fault in &ours.faults {
        prop_assert!(fault.offset <= text.len() && fault.offset >= last);
        last = fault.offset;
        prop_assert!(fault.line_text.chars().count() <= 83 && fault.mark <= fault.line_text.chars().count());
        let lines = text[..fault.offset].split(|byte| *byte == b'\n').count();
        prop_assert_eq!(fault.line, lines);
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_serde_json_writes_is_read_as_it_was(json in json()) {
        agree(json.to_string().as_bytes())?;
        let pretty = serde_json::to_string_pretty(&json).unwrap();
        agree(pretty.as_bytes())?;
        prop_assert_eq!(normal(super::accepted(&pretty)), normal(json));
    }

    #[test]
    fn what_is_changed_by_a_byte_is_taken_or_refused_alike(json in json(), changes in vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 1..4)) {
        let mut text = json.to_string().into_bytes();
        for (place, byte, change) in changes {
            let at = place.index(text.len());
            match change {
                0 => text[at] = byte,
                1 => text.insert(at, byte),
                _ => text.truncate(at.max(1)),
            }
        }
        agree(&text)?;
    }

    #[test]
    fn soup_is_taken_or_refused_alike(soup in soup()) {
        agree(soup.as_bytes())?;
    }

    #[test]
    fn any_bytes_are_taken_or_refused_alike(bytes in vec(any::<u8>(), 0..80)) {
        agree(&bytes)?;
    }

    #[test]
    fn a_tape_of_any_size_is_sound(json in json(), limit in 1..40_u32) {
        let text = json.to_string();
        let reading = read_up_to(&text, limit);
        let tape = reading.tape.unwrap();
        prop_assert!(!tape.misbuilt() && tape.node_count() <= limit);
        // Every value is reached, under a key or at a position, and says where it is.
        let reached: Vec<u32> = walk(tape.root());
        prop_assert!(reached.windows(2).all(|pair| pair[0] < pair[1]));
        let values = (0..tape.node_count()).filter(|index| tape.view(*index).is_some()).count();
        prop_assert_eq!(reached.len(), values);
        for index in reached {
            let view = tape.view(index).unwrap();
            let part: Value = serde_json::from_str(&text[view.span().unwrap()]).unwrap();
            if !tape.truncated() {
                prop_assert_eq!(json.pointer(&view.pointer()), Some(&part));
            }
        }
    }
}

fn walk(view: crate::request::tape::View<'_, '_>) -> Vec<u32> {
    let mut reached = alloc::vec![view.index()];
    reached.extend(view.items().flat_map(walk));
    reached.extend(view.members().flat_map(|(_, member)| walk(member)));
    reached
}
