//! One lenient reader for everything that looks like an error document.
//!
//! Error bodies arrive as JSON, as a Python `repr`, as what Node's `inspect` prints, wrapped by a terminal, cut short in
//! the middle of a string, or as JSON inside a string inside JSON, escaped or not. A strict parser says no to most of
//! these, and two parsers would disagree on the rest. This reader knows no grammar: it walks over the tokens once,
//! keeps track of which key stands over which, and reports each scalar with its key and the key above. It cannot fail,
//! does not recurse, and takes time linear in the text.

mod escape;
mod key;

use alloc::borrow::Cow;
use alloc::string::String;

use memchr::{memchr, memchr2};

use escape::unescape;
pub(crate) use key::Key;

/// A scalar as it stands in the text.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scalar<'a> {
    /// Without its quotes; escapes as they stand.
    pub(crate) raw: &'a [u8],
    pub(crate) quoted: bool,
    escaped: bool,
}

impl<'a> Scalar<'a> {
    /// One that stands as `raw`.
    pub(crate) fn new(raw: &'a [u8], quoted: bool) -> Self {
        Self { raw, quoted, escaped: memchr(b'\\', raw).is_some() }
    }

    /// The text, with escapes read and what is not UTF-8 replaced.
    pub(crate) fn text(&self) -> Cow<'a, str> {
        match core::str::from_utf8(self.raw) {
            Ok(text) if self.escaped => Cow::Owned(unescape(text)),
            Ok(text) => Cow::Borrowed(text),
            Err(_) => {
                let text = String::from_utf8_lossy(self.raw);
                if self.escaped { Cow::Owned(unescape(&text)) } else { text }
            }
        }
    }

    /// Whether it stands for nothing.
    pub(crate) fn is_null(&self) -> bool {
        !self.quoted && matches!(self.raw, b"null" | b"None" | b"undefined" | b"")
    }
}

/// How deep keys are remembered; deeper levels are counted and their keys forgotten.
const LEVELS: usize = 32;

/// Walks over `text` from its first brace or bracket to the matching one, or to the end of what there is.
///
/// Returns how many bytes were read; zero where there is no brace or bracket.
pub(crate) fn walk<'a>(text: &'a [u8], mut visit: impl FnMut(Key, Key, Scalar<'a>)) -> usize {
    let Some(start) = text.iter().position(|byte| matches!(byte, b'{' | b'[')) else { return 0 };
    let mut levels = Levels { keys: [Key::Other; LEVELS], depth: 0 };
    let mut key: Option<Key> = None;
    let mut at = start;
    while let Some(byte) = text.get(at) {
        match byte {
            b'{' | b'[' => {
                // The elements of an array stand under the array's own key, and all of an echo under the echo's.
                let over = levels.over();
                levels.open(key.take().filter(|_| over != Key::Echo).unwrap_or(over));
                at += 1;
            }
            b'}' | b']' => {
                at += 1;
                key = None;
                if levels.close() {
                    return at;
                }
            }
            b',' | b';' => {
                key = None;
                at += 1;
            }
            b'"' | b'\'' | b'`' => {
                let (scalar, next) = string(text, at, *byte);
                let colon = skip_space(text, next);
                if text.get(colon) == Some(&b':') {
                    key = Some(Key::of(scalar.raw));
                    at = colon + 1;
                } else {
                    visit(levels.over(), key.unwrap_or_else(|| levels.over()), scalar);
                    at = next;
                }
            }
            b':' => at += 1,
            byte if byte.is_ascii_whitespace() => at += 1,
            _ => {
                let rest = text.get(at..).unwrap_or_default();
                let length = rest.iter().take_while(|byte| !is_delimiter(**byte)).count().max(1);
                let raw = rest.get(..length).unwrap_or_default();
                at += length;
                if text.get(at) == Some(&b':') {
                    key = Some(Key::of(raw));
                    at += 1;
                } else {
                    visit(levels.over(), key.unwrap_or(Key::Other), Scalar { raw, quoted: false, escaped: false });
                }
            }
        }
    }
    at
}

/// The keys of the objects and arrays that are open.
struct Levels {
    keys: [Key; LEVELS],
    depth: usize,
}

impl Levels {
    fn over(&self) -> Key {
        self.depth.checked_sub(1).and_then(|top| self.keys.get(top)).copied().unwrap_or(Key::Other)
    }

    fn open(&mut self, key: Key) {
        if let Some(level) = self.keys.get_mut(self.depth) {
            *level = key;
        }
        self.depth = self.depth.saturating_add(1);
    }

    /// Whether the outermost was closed.
    fn close(&mut self) -> bool {
        self.depth = self.depth.saturating_sub(1);
        self.depth == 0
    }
}

const fn is_delimiter(byte: u8) -> bool {
    byte.is_ascii_whitespace() || matches!(byte, b'{' | b'}' | b'[' | b']' | b',' | b':' | b'"' | b'\'')
}

fn skip_space(text: &[u8], mut at: usize) -> usize {
    while text.get(at).is_some_and(u8::is_ascii_whitespace) {
        at += 1;
    }
    at
}

/// The string that opens at `at`, and where the text goes on behind it.
///
/// A quote closes only where the text goes on as a document would: with a delimiter, a colon, or nothing. Messages that
/// were pasted in without escaping keep their own quotes that way.
fn string(text: &[u8], at: usize, quote: u8) -> (Scalar<'_>, usize) {
    let begin = at + 1;
    let mut end = begin;
    let mut escaped = false;
    loop {
        end += plain(text.get(end..).unwrap_or_default(), quote);
        match text.get(end) {
            None => break,
            Some(b'\\') => {
                escaped = true;
                end += 2;
            }
            Some(_) => {
                let next = text.get(skip_space(text, end + 1));
                if matches!(next, None | Some(b',' | b'}' | b']' | b':' | b')' | b';' | b'\\')) || next == Some(&quote) {
                    let raw = text.get(begin..end).unwrap_or_default();
                    return (Scalar { raw, quoted: true, escaped }, end + 1);
                }
                end += 1;
            }
        }
    }
    (Scalar { raw: text.get(begin..).unwrap_or_default(), quoted: true, escaped }, text.len())
}

/// How many bytes come before the next backslash or `quote`: most of a document is inside strings.
fn plain(text: &[u8], quote: u8) -> usize {
    memchr2(quote, b'\\', text).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    fn found(text: &str) -> Vec<(Key, Key, String)> {
        let mut all = Vec::new();
        walk(text.as_bytes(), |over, key, scalar| all.push((over, key, scalar.text().into_owned())));
        all
    }

    #[test]
    fn every_dialect_says_the_same() {
        let dialects = [
            r#"{"type":"error","error":{"type":"overloaded_error","message":"it's full"}}"#,
            r#"{'type': 'error', 'error': {'type': 'overloaded_error', 'message': "it's full"}}"#,
            "{\n  type: 'error',\n  error: { type: 'overloaded_error', message: 'it\\'s full' } }",
            r#"Error code: 529 - {"type":"error","error":{"type":"overloaded_error","message":"it\u0027s full"}} at line 3"#,
        ];
        let expected = [
            (Key::Other, Key::Type, "error".into()),
            (Key::Error, Key::Type, "overloaded_error".into()),
            (Key::Error, Key::Message, "it's full".into()),
        ];
        for dialect in dialects {
            assert_eq!(found(dialect), expected, "{dialect}");
        }
    }

    #[test]
    fn a_cut_document_gives_what_it_had() {
        assert_eq!(found(r#"{"error":{"message":"half a sent"#), [(Key::Error, Key::Message, "half a sent".into())]);
        assert_eq!(found(r#"{"error":{"message":"half \"#), [(Key::Error, Key::Message, "half ".into())]);
    }

    #[test]
    fn surrogates_pair_up_or_are_replaced() {
        assert_eq!(found(r#"{"message":"\ud83d\ude00 \ud83d"}"#), [(Key::Other, Key::Message, "😀 \u{fffd}".into())]);
    }

    #[test]
    fn bytes_of_one_character_are_one_character() {
        for (raw, expected) in [
            (r"isn\xe2\x80\x99t", "isn\u{2019}t"),
            (r"\xc3\xa9\xe9", "\u{e9}\u{e9}"),
            (r"\xf0\x9f\x98\x80", "\u{1f600}"),
            (r"\xe2\x80", "\u{e2}\u{80}"),
            (r"\xe2\xz", "\u{e2}\\xz"),
        ] {
            assert_eq!(unescape(raw), expected, "{raw}");
        }
    }

    #[test]
    fn hostile_nesting_is_counted_not_followed() {
        let deep = "[".repeat(100_000) + r#"{"message":"x"}"#;
        assert_eq!(walk(deep.as_bytes(), |_, _, _| ()), deep.len());
        assert_eq!(walk(b"}}}} ]", |_, _, _| ()), 0);
    }
}
