//! The escapes of a JSON string, read back, and written.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt::Write as _;

/// A part of a string: text that stands for itself, or the character of one escape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    Text(&'a str),
    Char(char),
}

/// The parts of what stands between two quotes of JSON. What is no escape of JSON stands for itself, and half of a
/// surrogate pair is U+FFFD: the reader has reported both.
#[derive(Clone, Debug)]
pub(crate) struct Pieces<'a>(&'a str);

impl<'a> Pieces<'a> {
    pub(crate) const fn new(raw: &'a str) -> Self {
        Self(raw)
    }
}

impl<'a> Iterator for Pieces<'a> {
    type Item = Piece<'a>;

    fn next(&mut self) -> Option<Piece<'a>> {
        if self.0.is_empty() {
            return None;
        }
        let Some(escape) = self.0.strip_prefix('\\') else {
            let length = self.0.find('\\').unwrap_or(self.0.len());
            let (text, rest) = self.0.split_at_checked(length)?;
            self.0 = rest;
            return Some(Piece::Text(text));
        };
        let mut chars = escape.chars();
        let (char, rest) = match chars.next() {
            Some('n') => ('\n', chars.as_str()),
            Some('t') => ('\t', chars.as_str()),
            Some('r') => ('\r', chars.as_str()),
            Some('b') => ('\u{8}', chars.as_str()),
            Some('f') => ('\u{c}', chars.as_str()),
            Some('u') => unicode(chars.as_str()),
            Some(other) => (other, chars.as_str()),
            None => ('\\', ""),
        };
        self.0 = rest;
        Some(Piece::Char(char))
    }
}

/// The character of `\u`, given what follows it, and what follows that.
fn unicode(text: &str) -> (char, &str) {
    let Some((first, rest)) = unit(text) else { return (char::REPLACEMENT_CHARACTER, text) };
    if let Some(char) = char::from_u32(first) {
        return (char, rest);
    }
    let second = rest.strip_prefix("\\u").and_then(unit);
    match second.and_then(|(second, rest)| Some((pair(first, second)?, rest))) {
        Some(found) => found,
        None => (char::REPLACEMENT_CHARACTER, rest),
    }
}

fn unit(text: &str) -> Option<(u32, &str)> {
    let (digits, rest) = text.split_at_checked(4)?;
    Some((hex4(digits.as_bytes())?, rest))
}

/// Four hexadecimal digits.
pub(crate) fn hex4(digits: &[u8]) -> Option<u32> {
    let digits: &[u8; 4] = digits.first_chunk()?;
    digits.iter().try_fold(0, |sum, digit| Some(sum << 4 | char::from(*digit).to_digit(16)?))
}

/// The character that two UTF-16 units make, where they make one.
pub(crate) const fn pair(high: u32, low: u32) -> Option<char> {
    if !is_high(high) || !is_low(low) {
        return None;
    }
    char::from_u32(0x1_0000 + ((high - 0xD800) << 10) + (low - 0xDC00))
}

/// Whether a UTF-16 unit is the first half of a pair.
pub(crate) const fn is_high(unit: u32) -> bool {
    matches!(unit, 0xD800..=0xDBFF)
}

/// Whether a UTF-16 unit is the second half of a pair.
pub(crate) const fn is_low(unit: u32) -> bool {
    matches!(unit, 0xDC00..=0xDFFF)
}

/// The text that a raw string stands for.
pub(crate) fn decode(raw: &str) -> Cow<'_, str> {
    if !raw.contains('\\') {
        return Cow::Borrowed(raw);
    }
    let mut text = String::with_capacity(raw.len());
    for piece in Pieces::new(raw) {
        match piece {
            Piece::Text(part) => text.push_str(part),
            Piece::Char(char) => text.push(char),
        }
    }
    Cow::Owned(text)
}

/// Whether a raw string stands for `text`. Cold: the keys and tags of a request are words, and few have an escape.
#[cold]
pub(crate) fn equals(raw: &str, text: &str) -> bool {
    let mut rest = text;
    for piece in Pieces::new(raw) {
        let stripped = match piece {
            Piece::Text(part) => rest.strip_prefix(part),
            Piece::Char(char) => rest.strip_prefix(char),
        };
        match stripped {
            Some(tail) => rest = tail,
            None => return false,
        }
    }
    rest.is_empty()
}

/// Appends a text as JSON writes it, in its quotes.
pub(crate) fn quote(text: &str, out: &mut String) {
    out.push('"');
    for char in text.chars() {
        match char {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            control if control < ' ' => _ = write!(out, "\\u{:04x}", u32::from(control)),
            other => out.push(other),
        }
    }
    out.push('"');
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_escape_stands_for_its_character() {
        for (raw, text) in [
            ("", ""),
            ("plain", "plain"),
            (r#"\"\\\/\b\f\n\r\t"#, "\"\\/\u{8}\u{c}\n\r\t"),
            (r"a\u0041é\u00e9\u0000z", "aAéé\0z"),
            (r"\ud83d\ude00!", "😀!"),
            (r"\uD83D\uDE00", "😀"),
        ] {
            assert_eq!(decode(raw), text, "{raw}");
            assert!(equals(raw, text), "{raw}");
            assert!(!equals(raw, "other"), "{raw}");
            assert!(!equals(raw, &alloc::format!("{text}.")), "{raw}");
        }
    }

    #[test]
    fn half_a_pair_is_the_replacement_character() {
        for raw in [r"\ud83d", r"\ude00", r"\ud83dx", r"\ud83d\n", r"\ud83d\u0041", r"\ud83d\ud83d\ude00"] {
            assert!(decode(raw).starts_with('\u{fffd}'), "{raw}");
        }
        assert_eq!(decode(r"\ud83d\u0041"), "\u{fffd}A");
        assert_eq!(decode(r"\ud83d\ud83d\ude00"), "\u{fffd}😀");
    }
}
