//! A reader for texts that name their values without being a document.
//!
//! Maps as Java prints them, hashes of Ruby and Elixir, lines of logfmt and YAML, elements of XML, and prose such as
//! `Error code = X, Message = Y`. Only names that mean something are looked at, so that the words of a sentence are
//! none. It cannot fail, and takes time linear in the text.

use memchr::memchr3_iter;

use super::document::{Key, Scalar};
use super::text::{cut, in_quotation};

/// How much of a text is read.
const READ: usize = 4_096;
/// The longest name that means something is shorter than this.
const LONGEST: usize = 32;
/// How many values are read: an error has fewer.
const VALUES: usize = 32;

/// A name and where its value begins.
struct Named {
    key: Key,
    /// Where the name begins: what was named before it ends here at the latest.
    start: usize,
    value: usize,
    mark: Mark,
}

/// What stands between a name and its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Mark {
    /// `name=value`, `name = value`, `name => value`.
    Equals,
    /// `name: value`, at the start of a line or behind a comma.
    Colon,
    /// `<name>value</name>`.
    Element,
}

/// Reports each value that a name with a meaning has, with the key of the value it stands in.
pub(crate) fn walk<'a>(text: &'a str, mut visit: impl FnMut(Key, Key, Scalar<'a>)) {
    let said = cut(text, READ);
    let text = said.as_bytes();
    let mut over = Key::Other;
    let mut values = 0;
    let mut names = memchr3_iter(b'=', b':', b'>', text).filter_map(|at| named(text, at)).peekable();
    let mut read = 0;
    while let Some(name) = names.next() {
        if name.start < read || name.key == Key::Other {
            continue;
        }
        values += 1;
        // In a quotation it is what the caller has sent.
        if values > VALUES || said.get(..name.start).is_some_and(in_quotation) {
            break;
        }
        let value = text.get(name.value..).unwrap_or_default();
        let value = value.strip_prefix(b"[").filter(|first| first.starts_with(b"\"")).unwrap_or(value);
        match value.first() {
            // What it names are names in turn.
            None | Some(b'{' | b'[' | b'(' | b'%' | b'<' | b'\n' | b'\r') => over = name.key,
            Some(quote @ (b'"' | b'\'')) => {
                let raw = quoted(value.get(1..).unwrap_or_default(), *quote);
                read = name.value + raw.len();
                visit(over, name.key, Scalar::new(raw, true));
            }
            Some(_) => {
                let next = names.peek().map_or(text.len(), |next| next.start.max(name.value));
                let raw = bare(text.get(name.value..next).unwrap_or_default(), name.mark);
                let number = raw.iter().all(u8::is_ascii_digit);
                visit(over, name.key, Scalar::new(raw, !number && !matches!(raw, b"null" | b"None" | b"nil")));
            }
        }
    }
}

/// The name in front of the mark at `at`.
fn named(text: &[u8], at: usize) -> Option<Named> {
    let before = text.get(..at)?;
    let behind = text.get(at + 1..)?;
    let (mark, gap) = match text.get(at)? {
        b'=' if behind.starts_with(b">") => (Mark::Equals, 2),
        b'=' => (Mark::Equals, 1),
        b':' => (Mark::Colon, 1),
        // The second half of an arrow has been read with the first.
        _ if before.ends_with(b"=") || before.ends_with(b"-") => return None,
        _ => (Mark::Element, 1),
    };
    let before = if mark == Mark::Equals { before.trim_ascii_end() } else { before };
    let before = before.strip_suffix(b"\"").or_else(|| before.strip_suffix(b"'")).unwrap_or(before);
    let length = before.iter().rev().take(LONGEST).take_while(|byte| is_of_name(**byte)).count();
    let start = before.len() - length;
    let name = before.get(start..).filter(|name| !name.is_empty())?;
    // `error.message=…`
    let last = name.rsplit(|byte| *byte == b'.').next().unwrap_or(name);
    let lead = text.get(..start)?;
    let spaces = behind.iter().skip(gap - 1).take_while(|byte| **byte == b' ').count();
    let fits = match mark {
        Mark::Equals => true,
        Mark::Colon => (spaces > 0 || behind.first().is_none_or(u8::is_ascii_whitespace)) && begins_a_pair(lead),
        Mark::Element => lead.ends_with(b"<"),
    };
    // An equals sign ends the value before it whatever its name; a colon may be one of the value's own words.
    let key = Key::of(last);
    (fits && (key != Key::Other || mark == Mark::Equals)).then_some(Named { key, start, value: at + gap + spaces, mark })
}

const fn is_of_name(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.')
}

/// Whether a name with a colon may stand behind `lead`: at the start of a line, or behind what separates pairs.
fn begins_a_pair(lead: &[u8]) -> bool {
    let before = lead.iter().rposition(|byte| !matches!(byte, b' ' | b'\t' | b'-'));
    before.and_then(|at| lead.get(at)).is_none_or(|byte| matches!(byte, b'\n' | b',' | b';' | b'{' | b'('))
}

/// What stands inside quotes: up to a quote behind which no word goes on.
fn quoted(inside: &[u8], quote: u8) -> &[u8] {
    let mut escaped = false;
    let end = inside.iter().enumerate().position(|(at, byte)| {
        let closes = *byte == quote && !escaped && !inside.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        escaped = *byte == b'\\' && !escaped;
        closes
    });
    inside.get(..end.unwrap_or(inside.len())).unwrap_or_default()
}

/// A value without quotes: up to the end of its line, of what it stands in, or of its element.
fn bare(value: &[u8], mark: Mark) -> &[u8] {
    let mut depth = 0_usize;
    let end = value.iter().position(|byte| {
        match byte {
            b'{' | b'[' | b'(' => depth += 1,
            b'}' | b']' | b')' if depth == 0 => return true,
            b'}' | b']' | b')' => depth -= 1,
            b'<' => return mark == Mark::Element,
            b'\n' => return mark == Mark::Colon,
            _ => {}
        }
        false
    });
    let value = value.get(..end.unwrap_or(value.len())).unwrap_or_default();
    let end = value.iter().rposition(|byte| !byte.is_ascii_whitespace() && !matches!(byte, b',' | b';' | b':'));
    value.get(..end.map_or(0, |end| end + 1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::String;
    use alloc::vec::Vec;

    fn found(text: &str) -> Vec<(Key, Key, String)> {
        let mut all = Vec::new();
        walk(text, |over, key, scalar| all.push((over, key, scalar.text().into_owned())));
        all
    }

    #[test]
    fn every_notation_says_the_same() {
        for text in [
            "{type=error, error={type=overloaded_error, message=Busy (a, b: c), later}, x=1}",
            r#"{:type=>"error", :error=>{:type=>"overloaded_error", :message=>"Busy (a, b: c), later"}}"#,
            r#"%{"type" => "error", "error" => %{"type" => "overloaded_error", "message" => "Busy (a, b: c), later"}}"#,
            "type: error\nerror:\n  type: overloaded_error\n  message: Busy (a, b: c), later\n",
            "<type>error</type><error><type>overloaded_error</type><message>Busy (a, b: c), later</message></error>",
        ] {
            let expected = [
                (Key::Other, Key::Type, "error".into()),
                (Key::Error, Key::Type, "overloaded_error".into()),
                (Key::Error, Key::Message, "Busy (a, b: c), later".into()),
            ];
            assert_eq!(found(text), expected, "{text}");
        }
    }

    #[test]
    fn words_of_a_sentence_are_no_names() {
        for text in ["", "=", "a message: words", "if a = b and c => d", "could not read 'the code = Unavailable'", ">>>===:::"] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn hostile_texts_are_read_to_a_bound() {
        assert_eq!(found(&"code=x ".repeat(1_000)).len(), VALUES);
    }
}
