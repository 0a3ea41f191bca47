//! One case a mistake: where it is, and how it is said.

use super::super::*;
use FaultKind as Kind;
use alloc::string::String;
use alloc::vec::Vec;

/// The text with `‸` before the byte of the fault, the kind, the place, and a part of the words.
type Case = (&'static str, Kind, (usize, usize), &'static str);

const CASES: &[Case] = &[
    ("‸", Kind::Empty, (1, 1), "the body is empty"),
    ("‸ \n", Kind::Empty, (1, 1), "the body is empty"),
    ("‸\u{feff}{}", Kind::ByteOrderMark, (1, 1), "byte order mark"),
    ("‸<!DOCTYPE html>", Kind::Markup, (1, 1), "HTML or XML"),
    ("‸model=claude&max_tokens=1", Kind::Form, (1, 1), "form data"),
    ("‸--boundary\r\nContent-Disposition: form-data", Kind::Form, (1, 1), "form data"),
    ("‸hello", Kind::NotJson, (1, 1), "begins with `h`"),
    ("‸}", Kind::NotJson, (1, 1), "begins with `}`"),
    ("{}‸}", Kind::TrailingData, (1, 3), "remove the bracket"),
    ("{}\n‸{}", Kind::TrailingData, (2, 1), "send one value"),
    ("{}‸,", Kind::TrailingData, (1, 3), "remove the comma"),
    ("{} ‸x", Kind::TrailingData, (1, 4), "remove it"),
    // Ends.
    ("{\"a\": \"b‸", Kind::UnclosedString, (1, 9), "begins at line 1, column 7; it was cut, or a closing quote"),
    ("{\"a\": \"b\\‸", Kind::UnclosedString, (1, 10), "begins at line 1, column 7"),
    ("{\"a\": \"b\\u00‸", Kind::UnclosedString, (1, 13), "begins at line 1, column 7"),
    ("{\n  \"a\": [1, ‸", Kind::UnclosedArray, (2, 12), "begins at line 2, column 8; it was cut, or a `]`"),
    ("{\n  \"a\": 1‸", Kind::UnclosedObject, (2, 9), "begins at line 1, column 1; it was cut, or a `}`"),
    ("{\"a\"‸", Kind::UnclosedObject, (1, 5), "begins at line 1, column 1"),
    ("{\"a\":‸", Kind::UnclosedObject, (1, 6), "begins at line 1, column 1"),
    ("[tru‸", Kind::Unfinished, (1, 5), "it was cut"),
    ("[-‸", Kind::Unfinished, (1, 3), "it was cut"),
    ("[1.‸", Kind::Unfinished, (1, 4), "it was cut"),
    ("{\"a\": [1‸}", Kind::ArrayEnd, (1, 9), "`}` where the array that begins at line 1, column 7 needs `]`"),
    ("[‸}", Kind::ArrayEnd, (1, 2), "line 1, column 1"),
    ("[{\"a\": 1‸]", Kind::ObjectEnd, (1, 9), "`]` where the object that begins at line 1, column 2 needs `}`"),
    ("{‸]", Kind::ObjectEnd, (1, 2), "line 1, column 1"),
    // Between values.
    ("{\"a\": 1‸, }", Kind::TrailingComma, (1, 8), "a comma before `}`; remove the comma"),
    ("[1‸,\n]", Kind::TrailingComma, (1, 3), "a comma before `]`"),
    ("[1,‸,2]", Kind::MissingValue, (1, 4), "before `,`"),
    ("[‸,1]", Kind::MissingValue, (1, 2), "before `,`"),
    ("{\"a\":‸}", Kind::MissingValue, (1, 6), "before `}`"),
    ("{\"a\":‸,\"b\":1}", Kind::MissingValue, (1, 6), "before `,`"),
    ("{‸,\"b\":1}", Kind::MissingKey, (1, 2), "before `,`"),
    ("{\"b\":1,‸:1}", Kind::MissingKey, (1, 8), "before `:`"),
    ("{\"a\": 1‸\n \"b\": 2}", Kind::MissingComma, (1, 8), "a comma is missing"),
    ("{\"a\": \"x\"‸\n \"b\": 2}", Kind::MissingComma, (1, 10), "a comma is missing"),
    ("[\"a\"‸ \"b\"]", Kind::MissingComma, (1, 5), "a comma is missing"),
    ("[\"a\"‸ 1]", Kind::MissingComma, (1, 5), "a comma is missing"),
    ("[1‸ true]", Kind::MissingComma, (1, 3), "a comma is missing"),
    ("[\"a\"‸ null, 1]", Kind::MissingComma, (1, 5), "a comma is missing"),
    ("[{}‸{}]", Kind::MissingComma, (1, 4), "a comma is missing"),
    ("{\"é\"‸ 1}", Kind::MissingColon, (1, 5), "add the colon here"),
    ("{\"a\"‸, \"b\"}", Kind::MissingColon, (1, 5), "or remove the key"),
    ("{\"a\"‸}", Kind::MissingColon, (1, 5), "or remove the key"),
    ("{\"a\"‸=1}", Kind::MissingColon, (1, 5), "instead of `=`"),
    ("[1, ‸// one\n2]", Kind::Comment, (1, 5), "a comment"),
    ("‸/* a */ {}", Kind::Comment, (1, 1), "a comment"),
    ("{\"a\": 1, ‸# one\n}", Kind::Comment, (1, 10), "a comment"),
    ("{\"a\": \"b\" ‸// c\n}", Kind::Comment, (1, 11), "a comment"),
    ("[\"a\"‸: 1]", Kind::Unexpected, (1, 5), "`:` has no place here; expected `,` or `]`"),
    ("{\"a\": 1‸; \"b\": 2}", Kind::Unexpected, (1, 8), "`;` has no place here; expected `,` or `}`"),
    ("[‸@]", Kind::Unexpected, (1, 2), "`@` has no place here; expected a value"),
    ("[‸\u{a0}1]", Kind::Unexpected, (1, 2), "U+00A0 has no place here"),
    ("{‸[]: 1}", Kind::Unexpected, (1, 2), "expected a key in double quotes"),
    // Words and numbers.
    ("{‸a: 1}", Kind::UnquotedKey, (1, 2), "without quotes"),
    ("{‸1: 1}", Kind::UnquotedKey, (1, 2), "without quotes"),
    ("{\"a\": 1, ‸$b: 1}", Kind::UnquotedKey, (1, 10), "without quotes"),
    ("{\"model\": ‸claude}", Kind::UnquotedWord, (1, 11), "without quotes"),
    ("{\"a\": ‸True}", Kind::Literal, (1, 7), "`True` is not JSON; write `true`"),
    ("[‸None]", Kind::Literal, (1, 2), "`None` is not JSON; write `null`"),
    ("[‸NaN]", Kind::NonFinite, (1, 2), "`NaN` is no number"),
    ("[‸-Infinity]", Kind::NonFinite, (1, 2), "`-Infinity` is no number"),
    ("[‸undefined]", Kind::Undefined, (1, 2), "`undefined`"),
    ("[‸01]", Kind::Number, (1, 2), "zero in front"),
    ("[-‸01]", Kind::Number, (1, 3), "zero in front"),
    ("[‸+1]", Kind::Number, (1, 2), "begins with `+`"),
    ("[‸.5]", Kind::Number, (1, 2), "before its point"),
    ("[1.‸]", Kind::Number, (1, 4), "behind its point"),
    ("[1e‸]", Kind::Number, (1, 4), "exponent"),
    ("[-‸.5]", Kind::Number, (1, 3), "behind its sign"),
    ("[‸1e400]", Kind::Number, (1, 2), "beyond 1.8e308"),
    ("[0‸x1F]", Kind::Number, (1, 3), "not decimal"),
    ("[1‸_000]", Kind::Number, (1, 3), "`_`"),
    ("[1.2‸.3]", Kind::Number, (1, 5), "two points"),
    ("[2026‸-11-24]", Kind::Number, (1, 6), "put the text in quotes"),
    ("[10‸px]", Kind::Number, (1, 4), "letters"),
    // Strings.
    ("{‸'a': 1}", Kind::SingleQuote, (1, 2), "single quotes"),
    ("[‸'a']", Kind::SingleQuote, (1, 2), "single quotes"),
    ("{‸“a”: 1}", Kind::CurlyQuote, (1, 2), "typographic quotes"),
    ("{‸\\\"a\\\": 1}", Kind::EscapedTwice, (1, 2), "escaped twice"),
    ("{\"a\": \"say ‸\"hi\"\"}", Kind::UnescapedQuote, (1, 12), "a quote inside a string"),
    ("{\"a\": \"the ‸\" mark, so\"}", Kind::UnescapedQuote, (1, 12), "a quote inside a string"),
    ("{\"a\": \"say ‸\"\"hi\"\"\"}", Kind::UnescapedQuote, (1, 12), "a quote inside a string"),
    ("{\"a‸\"b\": 1}", Kind::UnescapedQuote, (1, 4), "a quote inside a string"),
    ("[\"5‸\" wide\"]", Kind::UnescapedQuote, (1, 4), "a quote inside a string"),
    ("[\"colour ‸\"#fff\" x\"]", Kind::UnescapedQuote, (1, 10), "a quote inside a string"),
    ("{\"a\": \"b‸\nc\"}", Kind::ControlCharacter, (1, 9), "a raw newline inside a string; write it as `\\n`"),
    ("[\"a‸\tb\"]", Kind::ControlCharacter, (1, 4), "a raw tab inside a string; write it as `\\t`"),
    ("[\"‸\u{1}\"]", Kind::ControlCharacter, (1, 3), "control character U+0001 inside a string; write it as `\\u0001`"),
    ("[\"a‸\\x41\"]", Kind::Escape, (1, 4), "`\\x` is no escape of JSON"),
    ("[\"it‸\\'s\"]", Kind::Escape, (1, 5), "write `'` as it is"),
    ("[\"C:‸\\dir\"]", Kind::Escape, (1, 5), "`\\d` is no escape of JSON; write `\\\\` for a backslash"),
    ("[\"‸\\u12G4\"]", Kind::Escape, (1, 3), "four hexadecimal digits"),
    ("[\"a‸\\ud83d\"]", Kind::HighSurrogate, (1, 4), "`\\ud83d` is the first half"),
    ("[\"é😀‸\\ud83d and\"]", Kind::HighSurrogate, (1, 5), "`\\ud83d` is the first half"),
    ("[\"‸\\uD83D\\u0041\"]", Kind::HighSurrogate, (1, 3), "`\\uD83D` is the first half"),
    ("{\"‸\\ude00\": 1}", Kind::LowSurrogate, (1, 3), "`\\ude00` is the second half"),
];

#[test]
fn every_mistake_is_named_where_it_is() {
    for (marked, kind, (line, column), words) in CASES {
        let offset = marked.find('‸').unwrap();
        let text = marked.replacen('‸', "", 1);
        let reading = read(text.as_bytes());
        let [fault] = reading.faults.as_slice() else { panic!("{marked}: {:?}", reading.faults) };
        assert_eq!((fault.kind, fault.offset, fault.line, fault.column), (*kind, offset, *line, *column), "{marked}: {fault:?}");
        assert!(fault.words.contains(words), "{marked}: {}", fault.words);
        assert!(!fault.words.contains("{}") && !fault.words.contains("  "), "{}", fault.words);
        assert_eq!(fault.cause() == crate::Cause::JsonLoneSurrogate, reading.tape.is_some(), "{marked}");
        assert!(serde_json::from_str::<serde_json::Value>(&text).is_err(), "{marked}");
    }
}

#[test]
fn bytes_that_are_no_text_are_named() {
    let cases: [(&[u8], Kind, usize, &str); 8] = [
        (b"{\"a\": \"caf\xe9\"}", Kind::Utf8, 10, "byte 0xe9 is not UTF-8"),
        (b"[\"\xff\"]", Kind::Utf8, 2, "byte 0xff is not UTF-8"),
        (b"[\"\xed\xa0\xbd\"]", Kind::SurrogateBytes, 2, "half of a surrogate pair"),
        (b"[\"a\xf0\x9f", Kind::Unfinished, 5, "it was cut"),
        (b"\x1f\x8b\x08\x00", Kind::Compressed, 0, "gzip"),
        (b"\xff\xfe{\0}\0", Kind::Utf16, 0, "UTF-16"),
        (b"{\0}\0", Kind::Utf16, 0, "UTF-16"),
        (b"\0{\0}", Kind::Utf16, 0, "UTF-16"),
    ];
    for (text, kind, offset, words) in cases {
        let reading = read(text);
        assert!(reading.tape.is_none());
        let [fault] = reading.faults.as_slice() else { panic!("{:?}", reading.faults) };
        assert_eq!((fault.kind, fault.offset), (kind, offset), "{text:?}");
        assert!(fault.words.contains(words), "{}", fault.words);
    }
}

#[test]
fn all_halves_of_pairs_are_told_with_what_else_is_wrong() {
    let text = "{\"messages\": [\n  {\"content\": \"a\\ud83d\"},\n  {\"content\": \"\\ude00 \\ude01\", \"k\\ud83d\": 1}\n]}";
    let reading = read(text.as_bytes());
    let tape = reading.tape.unwrap();
    let paths: Vec<String> = reading.faults.iter().map(|fault| tape.view(fault.node.unwrap()).unwrap().path()).collect();
    assert_eq!(paths, ["messages.0.content", "messages.1.content", "messages.1.content", "messages.1"]);
    let places: Vec<_> = reading.faults.iter().map(|fault| (fault.line, fault.column)).collect();
    assert_eq!(places, [(2, 17), (3, 16), (3, 23), (3, 34)]);
    assert_eq!(tape.root().get("messages").unwrap().items().next().unwrap().get("content").unwrap().str().unwrap(), "a\u{fffd}");

    let kinds: Vec<Kind> = read(b"[\"\\ud83d\", 1,]").faults.iter().map(|fault| fault.kind).collect();
    assert_eq!(kinds, [Kind::HighSurrogate, Kind::TrailingComma]);

    let many = alloc::format!("[\"{}\"]", "\\ude00".repeat(1000));
    assert_eq!(read(many.as_bytes()).faults.len(), 100);
}

#[test]
fn the_line_is_shown_around_the_place() {
    let text = "{\n\t\"a\": 1,\n}\n";
    let fault = &read(text.as_bytes()).faults[0];
    assert_eq!((fault.line_text.as_str(), fault.mark), ("␉\"a\": 1,", 7));
    let long = alloc::format!("{{\"a\": \"{}\", \"b\": tru, \"c\": \"{}\"}}", "x".repeat(500), "y".repeat(500));
    let fault = &read(long.as_bytes()).faults[0];
    assert_eq!(fault.line_text.chars().nth(fault.mark), Some('t'));
    assert_eq!(fault.line_text.chars().count(), 83);
}

#[test]
fn nothing_of_the_request_is_in_words_or_debug() {
    for text in [
        "{sk-ant-api03-secret: 1}",
        "[secret]",
        "{\"a\": \"secret\" secret}",
        "[\"secret\n\"]",
        "secret",
        "[1secret]",
        "{\"secret\" 1}",
    ] {
        let reading = read(text.as_bytes());
        assert!(!alloc::format!("{reading:?}").contains("secret"), "{reading:?}");
        assert!(reading.faults[0].line_text.contains("secret"));
    }
    assert!(!alloc::format!("{:?}", read(b"[\"secret\"]")).contains("secret"));
}
