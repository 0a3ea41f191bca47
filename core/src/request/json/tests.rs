//! Every fault with its place and words, and agreement with serde_json on everything else.

mod faults;
mod properties;

use alloc::string::String;
use alloc::vec::Vec;

use super::*;
use crate::request::tape::{Kind, Number, View};

/// The value as serde_json has it: of equal keys the last, whole numbers beyond 64 bits as doubles.
fn value(view: View<'_, '_>, text: &str) -> serde_json::Value {
    use serde_json::Value;
    match view.kind() {
        Kind::Null | Kind::Foreign => Value::Null,
        Kind::Bool => view.bool().unwrap().into(),
        Kind::Number => match view.number().unwrap() {
            Number::Int(value) => value.into(),
            Number::Float(value) => value.into(),
            Number::Big => serde_json::from_str(&text[view.span().unwrap()]).unwrap(),
        },
        Kind::String => view.str().unwrap().into_owned().into(),
        Kind::Array => view.items().map(|item| value(item, text)).collect::<Vec<_>>().into(),
        Kind::Object => {
            Value::Object(view.members().map(|(key, member)| (key.str().into_owned(), value(member, text))).collect())
        }
    }
}

fn accepted(text: &str) -> serde_json::Value {
    let reading = read(text.as_bytes());
    assert_eq!(reading.faults, [], "{text}");
    value(reading.tape.unwrap().root(), text)
}

#[test]
fn what_the_servers_parser_takes_is_taken() {
    // Each tried on orjson 3.13, whose texts and places the server's answers have.
    for (text, wanted) in [
        (r#"{"a":1,"a":2}"#, r#"{"a":2}"#),
        (r#"{"a":1,"\u0061":2}"#, r#"{"a":2}"#),
        (r#""\u0000\uffff\udbff\udfff""#, r#""\u0000\uffff\udbff\udfff""#),
        (" \t\r\n[ 1 , 2 ]\r\n", "[1,2]"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
        ("18446744073709551615", "18446744073709551615"),
        ("-0", "0"),
        ("-0.0", "-0.0"),
        ("1E5", "1e5"),
        ("1e-400", "0.0"),
        ("\"\u{7f}\u{80}\u{feff}\u{ffff}\"", "\"\u{7f}\u{80}\u{feff}\u{ffff}\""),
        ("\"\\/\"", "\"/\""),
        (r#"{"":[],"b":{}}"#, r#"{"":[],"b":{}}"#),
    ] {
        let wanted: serde_json::Value = serde_json::from_str(wanted).unwrap();
        assert_eq!(accepted(text), wanted, "{text}");
    }
}

#[test]
fn spans_cut_the_text_into_its_values() {
    let text = " { \"a\\n\" : [ 1.50 , \"x\\\"é\" , -3, true,false , null ] , \"b\" : { } } ";
    let reading = read_str(text);
    let tape = reading.tape.unwrap();
    let root = tape.root();
    assert_eq!(&text[root.span().unwrap()], text.trim());
    let (key, list) = root.members().next().unwrap();
    assert_eq!((&text[key.span().unwrap()], key.raw(), key.escaped(), &*key.str()), ("\"a\\n\"", Some("a\\n"), true, "a\n"));
    assert!(root.get("a\n").is_some() && root.get("a\\n").is_none());
    let parts: Vec<&str> = list.items().map(|item| &text[item.span().unwrap()]).collect();
    assert_eq!(parts, ["1.50", "\"x\\\"é\"", "-3", "true", "false", "null"]);
    let string = list.items().nth(1).unwrap();
    assert_eq!((string.raw(), string.escaped(), string.is("x\"é")), (Some("x\\\"é"), true, true));
    assert_eq!(string.text_len(), "\"x\\\"é\"".len());
    assert_eq!(&text[root.get("b").unwrap().span().unwrap()], "{ }");
}

#[test]
fn strings_are_not_copied() {
    let text = String::from(r#"{"data":"AAAA"}"#);
    let reading = read_str(&text);
    let tape = reading.tape.unwrap();
    assert_eq!(tape.root().get("data").unwrap().raw().unwrap().as_ptr(), text[9..].as_ptr());
}

#[test]
fn what_is_too_much_for_a_tape_is_still_read() {
    let text = alloc::format!("[{}{{\"a\":[1,2]}}]", "[[],{\"k\":1}],".repeat(100));
    for limit in [1, 2, 3, 4, 5, 50, 51, 52, 53] {
        let reading = read_up_to(&text, limit);
        assert_eq!(reading.faults, []);
        let tape = reading.tape.unwrap();
        assert!(tape.truncated() && !tape.misbuilt() && tape.node_count() <= limit);
        assert_eq!(tape.root().span(), Some(0..text.len()));
    }
    assert!(!read_up_to(&text, 10_000).tape.unwrap().truncated());
    let cut = &text[..text.len() - 1];
    assert_eq!(read_up_to(cut, 5).faults[0].kind, FaultKind::UnclosedArray);
}

#[test]
fn depth_is_the_servers() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        let nested = |depth| open.repeat(depth) + "1" + &close.repeat(depth);
        assert_eq!(read(nested(1024).as_bytes()).faults, []);
        let deeper = nested(1025);
        let fault = &read(deeper.as_bytes()).faults[0];
        assert_eq!((fault.kind, fault.offset), (FaultKind::TooDeep, 1024 * open.len()));
    }
}
