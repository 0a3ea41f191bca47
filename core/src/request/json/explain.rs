//! What a byte that has no place tells about what went wrong.
//!
//! The reader knows that something else was due; this looks around the place for the mistake that people and programs
//! make there. Runs once a text, so it may look twice.

use alloc::format;
use alloc::string::String;

use super::fault::{FaultKind, Met};
use super::numbers::Wrong;

/// What could have stood in a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Due {
    Value,
    Key,
    Colon,
    CommaOrEnd,
    /// The end of the text.
    Nothing,
}

/// A place where something else was due.
#[derive(Clone, Copy)]
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) at: usize,
    /// Where the innermost open array or object begins.
    pub(super) open: Option<usize>,
    pub(super) due: Due,
}

impl<'a> Context<'a> {
    fn rest(&self) -> &'a str {
        self.text.get(self.at..).unwrap_or_default()
    }

    /// Where what stands before the place ends: white space between does not count.
    #[inline(never)]
    fn before(&self) -> usize {
        self.text.get(..self.at).map_or(0, |before| before.trim_end_matches([' ', '\n', '\r', '\t']).len())
    }

    fn byte(&self, at: usize) -> Option<u8> {
        self.text.as_bytes().get(at).copied()
    }

    fn last(&self) -> Option<u8> {
        self.before().checked_sub(1).and_then(|at| self.byte(at))
    }

    /// Whether nothing stands between what was read and the place.
    fn touches(&self) -> bool {
        self.before() == self.at
    }

    fn in_object(&self) -> bool {
        self.open.is_some_and(|open| self.byte(open) == Some(b'{'))
    }

    fn here(&self, kind: FaultKind) -> Met {
        Met::new(kind, self.at)
    }

    fn opened(&self, kind: FaultKind) -> Met {
        let mut met = self.here(kind);
        met.opened = self.open;
        met
    }
}

/// What is wrong where something else was due.
pub(super) fn wrong(place: Context<'_>) -> Met {
    let Some(next) = place.rest().chars().next() else { return end(place) };
    if let Some(met) = anywhere(place, next) {
        return met;
    }
    match (place.due, next) {
        (Due::Nothing, _) => after_document(place, next),
        (_, '}') if place.open.is_some() && !place.in_object() => place.opened(FaultKind::ArrayEnd),
        (_, ']') if place.in_object() => place.opened(FaultKind::ObjectEnd),
        (Due::Value, _) => value(place, next),
        (Due::Key, _) => key(place, next),
        (Due::Colon, _) => colon(place, next),
        (Due::CommaOrEnd, _) => after_value(place, next),
    }
}

fn end(place: Context<'_>) -> Met {
    match place.open {
        None => Met::new(FaultKind::Empty, 0),
        Some(_) if place.in_object() => place.opened(FaultKind::UnclosedObject),
        Some(_) => place.opened(FaultKind::UnclosedArray),
    }
}

/// What is the same mistake wherever it is met.
fn anywhere(place: Context<'_>, next: char) -> Option<Met> {
    let rest = place.rest();
    let after_string = place.last() == Some(b'"') && place.touches();
    match next {
        '\u{feff}' if place.at == 0 => Some(place.here(FaultKind::ByteOrderMark)),
        '\0' if place.at <= 1 => Some(Met::new(FaultKind::Utf16, 0)),
        '/' if rest.starts_with("//") || rest.starts_with("/*") => Some(place.here(FaultKind::Comment)),
        '#' if !after_string => Some(place.here(FaultKind::Comment)),
        '“' | '”' | '„' | '‘' | '’' if !after_string => Some(place.here(FaultKind::CurlyQuote)),
        '\\' if rest.starts_with("\\\"") && !after_string => Some(place.here(FaultKind::EscapedTwice)),
        _ => None,
    }
}

fn value(place: Context<'_>, next: char) -> Met {
    match next {
        '\'' => place.here(FaultKind::SingleQuote),
        '}' | ']' | ',' if place.open.is_some() => match place.last() {
            Some(b',') if next != ',' => trailing_comma(place, next),
            _ => place.here(FaultKind::MissingValue).with(shown(next)),
        },
        '+' => place.here(FaultKind::Number).with("that begins with `+`; remove the sign"),
        '.' if place.rest().chars().nth(1).is_some_and(|digit| digit.is_ascii_digit()) => {
            place.here(FaultKind::Number).with("without a digit before its point; write `0.5`, not `.5`")
        }
        '<' if place.open.is_none() => place.here(FaultKind::Markup),
        _ => word(place, next),
    }
}

/// What JSON writes otherwise, or not at all.
const LITERALS: [(&str, &str); 9] = [
    ("True", "true"),
    ("False", "false"),
    ("None", "null"),
    ("TRUE", "true"),
    ("FALSE", "false"),
    ("NULL", "null"),
    ("Null", "null"),
    ("nil", "null"),
    ("NIL", "null"),
];
const NON_FINITE: [&str; 8] = ["NaN", "nan", "NAN", "Infinity", "infinity", "inf", "Inf", "INF"];
const OWN_LITERALS: [&str; 3] = ["true", "false", "null"];

fn word(place: Context<'_>, next: char) -> Met {
    let word = word_at(place.rest());
    if let Some((theirs, ours)) = LITERALS.iter().find(|(theirs, _)| *theirs == word) {
        return place.here(FaultKind::Literal).with(*theirs).and(*ours);
    }
    if let Some(name) = NON_FINITE.iter().find(|name| **name == word) {
        return place.here(FaultKind::NonFinite).with(*name);
    }
    if word == "undefined" {
        return place.here(FaultKind::Undefined);
    }
    if !word.is_empty() && word.len() == place.rest().len() && OWN_LITERALS.iter().any(|literal| literal.starts_with(word)) {
        return Met::new(FaultKind::Unfinished, place.text.len());
    }
    match place.open {
        None if is_form(place.rest()) => place.here(FaultKind::Form),
        None => place.here(FaultKind::NotJson).with(shown(next)),
        Some(_) if next.is_alphabetic() => place.here(FaultKind::UnquotedWord),
        Some(_) => place.here(FaultKind::Unexpected).with(shown(next)).and("a value"),
    }
}

/// The letters, digits and underscores at the front of a text.
fn word_at(text: &str) -> &str {
    let length = text.bytes().take(32).take_while(|byte| byte.is_ascii_alphanumeric() || *byte == b'_').count();
    text.get(..length).unwrap_or_default()
}

/// Whether a text begins as a form does: `name=`, or the boundary of a multipart body.
fn is_form(text: &str) -> bool {
    let in_name = |byte: &u8| byte.is_ascii_alphanumeric() || b"_-.%+[]".contains(byte);
    let name = text.bytes().take(128).take_while(in_name).count();
    text.starts_with("--") || (name > 0 && text.as_bytes().get(name) == Some(&b'='))
}

fn key(place: Context<'_>, next: char) -> Met {
    match next {
        '}' => trailing_comma(place, next),
        ',' | ':' => place.here(FaultKind::MissingKey).with(shown(next)),
        '\'' => place.here(FaultKind::SingleQuote),
        '_' | '$' | '-' => place.here(FaultKind::UnquotedKey),
        _ if next.is_alphanumeric() => place.here(FaultKind::UnquotedKey),
        _ => place.here(FaultKind::Unexpected).with(shown(next)).and("a key in double quotes"),
    }
}

fn trailing_comma(place: Context<'_>, next: char) -> Met {
    Met::new(FaultKind::TrailingComma, place.before().saturating_sub(1)).with(shown(next))
}

fn colon(place: Context<'_>, next: char) -> Met {
    let missing = Met::new(FaultKind::MissingColon, place.before());
    match next {
        '=' => place.here(FaultKind::MissingColon).with("write `:` instead of `=`"),
        ',' | '}' => missing.with("add them here, or remove the key"),
        _ if ends_string_early(place, next) => unescaped_quote(place),
        _ => missing.with("add the colon here"),
    }
}

fn after_value(place: Context<'_>, next: char) -> Met {
    let last = place.last();
    if last == Some(b'"') && ends_string_early(place, next) {
        return unescaped_quote(place);
    }
    if place.touches()
        && last.is_some_and(|last| last.is_ascii_digit())
        && let Some(detail) = number_tail(next)
    {
        return place.here(FaultKind::Number).with(detail);
    }
    match next {
        '"' | '{' | '[' | '-' | '0'..='9' => Met::new(FaultKind::MissingComma, place.before()),
        '\'' => place.here(FaultKind::SingleQuote),
        _ if !place.touches() && OWN_LITERALS.contains(&word_at(place.rest())) => {
            Met::new(FaultKind::MissingComma, place.before())
        }
        _ => place.here(FaultKind::Unexpected).with(shown(next)).and(if place.in_object() { "`,` or `}`" } else { "`,` or `]`" }),
    }
}

fn number_tail(next: char) -> Option<&'static str> {
    match next {
        '_' => Some("with `_` between its digits; remove it"),
        'x' | 'X' | 'o' | 'O' => Some("that is not decimal; write it in tens"),
        '.' => Some("with two points; write one, or put the text in quotes"),
        '-' | '+' | '/' => Some("with more text right behind it; put the text in quotes"),
        _ if next.is_alphabetic() => Some("with letters right behind it; remove them, or put the text in quotes"),
        _ => None,
    }
}

/// Whether the quote that ended the string right before the place was meant as part of it, since what follows is how text
/// goes on rather than how JSON does.
fn ends_string_early(place: Context<'_>, next: char) -> bool {
    let between = place.text.get(place.before()..place.at).unwrap_or_default();
    match next {
        ':' | '=' | ';' | '}' | ']' => false,
        _ if between.is_empty() => true,
        _ if between.contains('\n') => false,
        '"' | '{' | '[' | '\'' => false,
        _ => !is_value_then_end(place.rest()),
    }
}

/// Whether a number or literal stands at the front of a text, and behind it what may follow a value.
fn is_value_then_end(text: &str) -> bool {
    let length = text.bytes().take(64).take_while(|byte| byte.is_ascii_alphanumeric() || b"+-.".contains(byte)).count();
    let (word, rest) = text.split_at_checked(length).unwrap_or_default();
    let value = OWN_LITERALS.contains(&word) || super::numbers::number(word).is_ok_and(|(_, width)| width == length);
    value && rest.trim_start().chars().next().is_none_or(|next| matches!(next, ',' | '}' | ']'))
}

fn unescaped_quote(place: Context<'_>) -> Met {
    Met::new(FaultKind::UnescapedQuote, place.before().saturating_sub(1))
}

fn after_document(place: Context<'_>, next: char) -> Met {
    place.here(FaultKind::TrailingData).with(match next {
        '}' | ']' => "remove the bracket, which closes nothing",
        ',' => "remove the comma",
        '{' | '[' => "send one value, or put several in an array",
        _ => "remove it",
    })
}

/// What is wrong with a number that begins at the place.
pub(super) fn number(place: Context<'_>, wrong: Wrong) -> Met {
    let met = |at: usize| Met::new(FaultKind::Number, place.at + at);
    match wrong {
        Wrong::LeadingZero { at } => met(at).with("with a zero in front; remove the zero, or put the text in quotes"),
        Wrong::Infinite => met(0).with("beyond 1.8e308; write a smaller one"),
        Wrong::NoDigit { at, .. } if place.at + at == place.text.len() => Met::new(FaultKind::Unfinished, place.text.len()),
        Wrong::NoDigit { after: '-', at } => {
            let word = word_at(place.rest().get(at..).unwrap_or_default());
            match NON_FINITE.iter().find(|name| **name == word) {
                Some(name) => place.here(FaultKind::NonFinite).with(format!("-{name}")),
                None if place.open.is_none() && is_form(place.rest()) => place.here(FaultKind::Form),
                None => met(at).with("without a digit behind its sign; add one, or put the text in quotes"),
            }
        }
        Wrong::NoDigit { after: '.', at } => met(at).with("without a digit behind its point; write `1.0`, not `1.`"),
        Wrong::NoDigit { at, .. } => met(at).with("without a digit in its exponent; write `1e5`, not `1e`"),
    }
}

/// A control character inside a string.
pub(super) fn control(byte: u8, at: usize) -> Met {
    let met = Met::new(FaultKind::ControlCharacter, at);
    match byte {
        b'\n' => met.with("newline").and("`\\n`, or close the string before it"),
        b'\r' => met.with("carriage return").and("`\\r`, or close the string before it"),
        b'\t' => met.with("tab").and("`\\t`"),
        0x08 => met.with("backspace").and("`\\b`"),
        0x0C => met.with("form feed").and("`\\f`"),
        _ => met.with(format!("control character U+{byte:04X}")).and(format!("`\\u{byte:04x}`")),
    }
}

/// A backslash that begins no escape.
pub(super) fn escape(text: &str, at: usize) -> Met {
    let met = Met::new(FaultKind::Escape, at);
    match text.get(at + 1..).and_then(|rest| rest.chars().next()) {
        Some('u') => met.with("`\\u` without four hexadecimal digits").and("write `\\u00e9`, or `\\\\` for a backslash"),
        Some('\'') => met.with("`\\'`").and("write `'` as it is"),
        Some('x') => met.with("`\\x`").and("write `\\u00e9` for `\\xe9`, or `\\\\` for a backslash"),
        Some(other) if other.is_ascii_graphic() => met.with(format!("`\\{other}`")).and("write `\\\\` for a backslash"),
        _ => met.with("a backslash alone").and("write `\\\\` for a backslash"),
    }
}

/// Bytes that are not UTF-8, from `at` on.
pub(super) fn not_utf8(text: &[u8], at: usize) -> Met {
    let bad = text.get(at..).unwrap_or_default();
    match (bad, text) {
        (_, [0x1F, 0x8B, ..]) => Met::new(FaultKind::Compressed, 0),
        (_, [0xFF, 0xFE, ..] | [0xFE, 0xFF, ..]) => Met::new(FaultKind::Utf16, 0),
        ([0xED, 0xA0..=0xBF, 0x80..=0xBF, ..], _) => Met::new(FaultKind::SurrogateBytes, at),
        _ if core::str::from_utf8(bad).is_err_and(|error| error.error_len().is_none()) => {
            Met::new(FaultKind::Unfinished, text.len())
        }
        _ => Met::new(FaultKind::Utf8, at).with(format!("0x{:02x}", bad.first().copied().unwrap_or_default())),
    }
}

/// A character, as words name it.
fn shown(char: char) -> String {
    if char.is_ascii_graphic() || char.is_alphabetic() { format!("`{char}`") } else { format!("U+{:04X}", u32::from(char)) }
}
