//! What is written is read.

use alloc::string::String;
use alloc::vec::Vec;

use super::{Builder, Foreign, Kind, MAX_DEPTH, MAX_NODES, Number, Tape, View};
use crate::request::json;

/// The value as JSON, foreign values as their names.
fn shown(view: View<'_, '_>) -> String {
    match view.kind() {
        Kind::Null => "null".into(),
        Kind::Bool => alloc::format!("{:?}", view.bool().unwrap()),
        Kind::Number => match view.number().unwrap() {
            Number::Int(value) => alloc::format!("{value}"),
            Number::Float(value) => alloc::format!("{value:?}"),
            Number::Big => "big".into(),
        },
        Kind::String => alloc::format!("{:?}", view.str().unwrap()),
        Kind::Array => alloc::format!("[{}]", view.items().map(shown).collect::<Vec<_>>().join(",")),
        Kind::Object => {
            let members = view.members().map(|(key, value)| alloc::format!("{:?}:{}", key.str(), shown(value)));
            alloc::format!("{{{}}}", members.collect::<Vec<_>>().join(","))
        }
        Kind::Foreign => alloc::format!("{:?}", view.foreign().unwrap()),
    }
}

fn request<'a>() -> Tape<'a> {
    let mut builder = Builder::new();
    builder.begin_object();
    builder.key("model");
    builder.string("m");
    builder.key("messages");
    builder.begin_array();
    builder.begin_object();
    builder.key("content");
    builder.begin_array();
    builder.int(-12);
    builder.float(0.5);
    builder.float(f64::NAN);
    builder.big_int();
    builder.end_array();
    builder.key("a/b~c");
    builder.bool(true);
    builder.end_object();
    builder.begin_array();
    builder.end_array();
    builder.null();
    builder.end_array();
    builder.key("model");
    builder.string("n");
    builder.end_object();
    builder.finish()
}

#[test]
fn what_is_written_is_read() {
    let tape = request();
    assert!(!tape.misbuilt() && !tape.truncated());
    assert_eq!(
        shown(tape.root()),
        r#"{"model":"m","messages":[{"content":[-12,0.5,NonFinite,big],"a/b~c":true},[],null],"model":"n"}"#
    );
    assert_eq!(tape.root().len(), 3);
    let messages = tape.root().get("messages").unwrap();
    assert_eq!(messages.len(), 3);
    assert!(tape.root().get("model").unwrap().is("n"), "the last of equal keys counts");
    assert!(tape.root().get("nothing").is_none());
    assert!(messages.get("model").is_none());
}

#[test]
fn places_are_named_for_people_and_for_patches() {
    let tape = request();
    let message = tape.root().get("messages").unwrap().items().next().unwrap();
    let number = message.get("content").unwrap().items().nth(1).unwrap();
    assert_eq!(number.path(), "messages.0.content.1");
    assert_eq!(number.pointer(), "/messages/0/content/1");
    assert_eq!(message.get("a/b~c").unwrap().pointer(), "/messages/0/a~1b~0c");
    assert_eq!((tape.root().path(), tape.root().pointer()), (String::new(), String::new()));
    assert_eq!(number.parent().and_then(View::parent).map(View::index), Some(message.index()));
    assert_eq!(tape.view(number.index()).map(View::path), Some(number.path()));
    assert!(tape.view(number.index() - 2).and_then(View::key).is_some(), "the array under its key");
    assert!(tape.view(1).is_none(), "a key is no value");
}

#[test]
fn lengths_are_those_of_compact_text() {
    let tape = request();
    // As `shown` writes it, but a foreign value as `null` and a big number as 20 digits. A fraction takes 4.
    let text = r#"{"model":"m","messages":[{"content":[-12,0.50,null,18446744073709551616],"a/b~c":true},[],null],"model":"n"}"#;
    assert_eq!(tape.root().text_len(), text.len());
    assert_eq!(tape.root().get("messages").unwrap().text_len(), text.find(r#","model":"n""#).unwrap() - text.find('[').unwrap());
    assert_eq!(tape.root().span(), None);
}

#[test]
fn calls_out_of_order_are_put_right() {
    type Calls = fn(&mut Builder<'static>);
    let cases: [(Calls, &str); 11] = [
        (|_| (), "null"),
        (|builder| builder.end_array(), "null"),
        (|builder| builder.key("a"), "null"),
        (|builder| _ = (builder.int(1), builder.int(2)), "1"),
        (|builder| _ = builder.begin_array(), "[]"),
        (|builder| _ = (builder.begin_array(), builder.key("a"), builder.int(1)), "[1]"),
        (|builder| _ = (builder.begin_object(), builder.int(1)), r#"{"":1}"#),
        (|builder| _ = (builder.begin_object(), builder.begin_array(), builder.int(1)), r#"{"":[1]}"#),
        (|builder| _ = (builder.begin_object(), builder.key("a"), builder.key("b")), r#"{"a":null,"b":null}"#),
        (|builder| _ = (builder.begin_object(), builder.end_array()), "{}"),
        (|builder| _ = (builder.begin_array(), builder.end_object()), "[]"),
    ];
    for (calls, wanted) in cases {
        let mut builder = Builder::new();
        calls(&mut builder);
        let tape = builder.finish();
        assert!(tape.misbuilt(), "{wanted}");
        assert_eq!(shown(tape.root()), wanted);
    }
}

#[test]
fn keys_without_text_are_kept_as_what_they_are() {
    let mut builder = Builder::new();
    builder.begin_object();
    builder.foreign_key(Foreign::NonStringKey);
    builder.int(1);
    builder.end_object();
    let tape = builder.finish();
    let (key, value) = tape.root().members().next().unwrap();
    assert_eq!((key.foreign(), key.raw(), key.is("?")), (Some(Foreign::NonStringKey), None, false));
    assert_eq!((value.path().as_str(), tape.misbuilt()), ("?", false));
}

#[test]
fn what_is_too_deep_is_foreign_and_the_rest_stays() {
    for (depth, wanted) in [(MAX_DEPTH, 0), (MAX_DEPTH + 3, 1)] {
        let mut builder = Builder::new();
        let kept = (0..depth).filter(|_| builder.begin_array()).count();
        assert_eq!(kept, MAX_DEPTH);
        (0..depth).for_each(|_| builder.end_array());
        let tape = builder.finish();
        assert!(!tape.misbuilt());
        let last = tape.view(tape.node_count() - 1).unwrap();
        assert_eq!(usize::from(last.foreign() == Some(Foreign::TooDeep)), wanted);
    }
}

#[test]
fn what_is_too_much_is_left_out() {
    for limit in 1..12 {
        let mut builder = Builder::new().limit(limit);
        builder.begin_array();
        for _ in 0..4 {
            builder.begin_object();
            builder.key("a");
            builder.begin_array();
            builder.null();
            builder.end_array();
            builder.end_object();
        }
        builder.end_array();
        let tape = builder.finish();
        assert!(tape.truncated() && !tape.misbuilt(), "{limit}");
        assert!(tape.node_count() <= limit);
        // Every key has its value, and every container its end.
        let whole = shown(tape.root());
        assert!(whole.len() <= r#"[{"a":[null]},{"a":[null]},{"a":[null]},{"a":[null]}]"#.len());
    }
}

#[test]
fn a_long_text_gets_its_room_once() {
    let text = alloc::format!("[{}0]", "0,".repeat(300_000));
    let tape = json::read_str(&text).tape.unwrap();
    assert_eq!(tape.nodes.len(), 300_002);
    // A list that doubles would have room for 524,288.
    assert!(tape.nodes.capacity() <= 300_010, "{}", tape.nodes.capacity());
}

#[test]
fn a_text_of_commas_gets_no_more_room_than_a_tape_has() {
    let text = alloc::format!("[{}\"{}\"]", "0,".repeat(140_000), ",".repeat(5_000_000));
    let tape = json::read_str(&text).tape.unwrap();
    assert_eq!(tape.nodes.len(), 140_002);
    assert!(tape.nodes.capacity() <= MAX_NODES as usize, "{}", tape.nodes.capacity());
}

#[test]
fn nulls_become_what_they_stand_for() {
    let mut tape = json::read(b"{\"a\": [null, null, 1], \"b\": null, \"c\": null}").tape.unwrap();
    tape.mark([(1, Foreign::Cycle), (3, Foreign::BigInt), (9, Foreign::Throws)]);
    assert_eq!(shown(tape.root()), r#"{"a":[null,Cycle,1],"b":null,"c":BigInt}"#);
    assert_eq!(tape.oddities().count(), 2);
}
