//! What of a text may be printed: in explanations, lines of logs, notes and `Debug`.
//!
//! A server's message names fields, limits and ids, and may repeat what it was sent: a prompt, a key, a whole request. Its
//! own words are printed; a quotation of more than one word, the inside of braces, a URL's query, and whatever looks like
//! a credential are not. Nothing can tell a sentence of the caller's that is repeated without any quotes.

use alloc::string::String;

use super::redact;
use super::text::cut;
use crate::ascii;

/// How much of a text is looked at.
const READ: usize = 4_096;
/// The longest word that is printed from inside quotes.
const WORD: usize = 80;
/// Names behind which a credential stands.
const LABELS: &[&str] = &[
    "api-key",
    "api_key",
    "apikey",
    "authorization",
    "basic",
    "bearer",
    "token",
    "secret",
    "secret_access_key",
    "secretaccesskey",
    "password",
    "credential",
];

/// The text on one line, without what must not be printed, cut to at most `most` bytes and an ellipsis.
pub(crate) fn printable(text: &str, most: usize) -> String {
    let line = one_line(cut(text, READ));
    let line = redact::secrets(line);
    let mut printer = Printer { shown: String::with_capacity(line.len()), label: false };
    printer.print(&line);
    let mut shown = printer.shown;
    if shown.len() > most {
        shown.truncate(cut(&shown, most).len());
        shown.push('…');
    }
    shown
}

fn one_line(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        if !line.is_empty() {
            line.push(' ');
        }
        if word.contains(char::is_control) {
            line.extend(word.chars().filter(|character| !character.is_control()));
        } else {
            line.push_str(word);
        }
    }
    line
}

struct Printer {
    shown: String,
    /// The last word names a credential, and only a colon, an equals sign, quotes and spaces have come since.
    label: bool,
}

impl Printer {
    fn print(&mut self, line: &str) {
        let mut rest = line;
        let mut before = ' ';
        while let Some(first) = rest.chars().next() {
            let behind = rest.get(first.len_utf8()..).unwrap_or_default();
            let end = match first {
                '\'' if before.is_alphanumeric() => None,
                '"' | '\'' | '`' => Some((closing(behind, first, before == '\\'), first)),
                '\u{201c}' => Some((behind.find('\u{201d}'), '\u{201d}')),
                '{' => Some((closing_brace(behind), '}')),
                _ => None,
            };
            let (taken, tail) = if let Some((end, close)) = end {
                let (inside, tail) = behind.split_at_checked(end.unwrap_or(behind.len())).unwrap_or((behind, ""));
                self.shown.push(first);
                if is_word(inside) {
                    self.word(inside);
                } else {
                    self.shown.push('…');
                }
                self.shown.push(close);
                (close, tail.strip_prefix(close).unwrap_or(tail))
            } else if is_of_word(first) {
                let end = rest.find(|other: char| !is_of_word(other)).unwrap_or(rest.len());
                let (word, tail) = rest.split_at_checked(end).unwrap_or((rest, ""));
                self.word(word);
                ('a', tail)
            } else {
                self.shown.push(first);
                self.label &= matches!(first, ':' | ' ' | '\\' | '(' | '[' | '\'' | '"' | '`');
                (first, if matches!(first, ':' | '?') { self.without_hidden(first, behind) } else { behind })
            };
            before = taken;
            rest = tail;
        }
    }

    /// Passes over the query of a URL, and over a name and password in front of its host.
    fn without_hidden<'t>(&mut self, first: char, behind: &'t str) -> &'t str {
        let end =
            behind.find(|other: char| other.is_whitespace() || matches!(other, '"' | '\'' | ')' | '>')).unwrap_or(behind.len());
        let (word, tail) = behind.split_at_checked(end).unwrap_or((behind, ""));
        if first == '?' && word.contains('=') {
            self.shown.push('…');
            return tail;
        }
        if first == ':'
            && let Some(place) = word.strip_prefix("//")
        {
            let host = place.split('/').next().unwrap_or(place);
            if let Some(at) = host.rfind('@') {
                self.shown.push_str("//…");
                return behind.get(at + 2..).unwrap_or_default();
            }
        }
        behind
    }

    fn word(&mut self, word: &str) {
        // `api_key=…`
        if let Some((name, value)) = word.split_once('=').filter(|(name, value)| !value.is_empty() && is_label(name)) {
            self.shown.push_str(name);
            self.shown.push('=');
            self.label = true;
            return self.word(value);
        }
        if self.label && looks_like_key(word) || word.split(['.', '=']).any(is_long_key) {
            self.shown.push('…');
        } else {
            self.shown.push_str(word);
        }
        self.label = is_label(word) || self.label && !word.contains(|character: char| character.is_ascii_alphanumeric());
    }
}

/// Whether a quotation is a name rather than somebody's sentence.
fn is_word(inside: &str) -> bool {
    let query = inside.contains('?') && inside.contains('=');
    inside.len() <= WORD && !query && inside.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'"')
}

const fn is_of_word(character: char) -> bool {
    character.is_ascii_alphanumeric() || matches!(character, '_' | '-' | '+' | '/' | '.' | '=' | '~' | '%')
}

fn is_label(word: &str) -> bool {
    let word = word.trim_end_matches(['=', '.']);
    // Most words end in no letter that a label ends in.
    if !word.bytes().last().is_some_and(|last| matches!(last | 0x20, b'y' | b'n' | b'c' | b'r' | b't' | b'd' | b'l')) {
        return false;
    }
    LABELS.iter().any(|label| ascii::ends_with(word, label))
}

/// Behind a label: anything but an ordinary word.
fn looks_like_key(word: &str) -> bool {
    let digits = word.bytes().any(|byte| byte.is_ascii_digit());
    let inner_capital =
        word.bytes().skip(1).any(|byte| byte.is_ascii_uppercase()) && word.bytes().any(|byte| byte.is_ascii_lowercase());
    word.len() >= 6 && (digits || inner_capital)
}

/// With no label in front: as long as no name is, and of all kinds of characters.
fn is_long_key(word: &str) -> bool {
    let has = |is: fn(&u8) -> bool| word.as_bytes().iter().any(is);
    word.len() >= 40 && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase) && has(u8::is_ascii_digit)
}

/// Where the quotation ends: at a quote that is escaped as its first one was, and for an apostrophe not inside a word.
fn closing(inside: &str, quote: char, as_escape: bool) -> Option<usize> {
    let bytes = inside.as_bytes();
    inside.match_indices(quote).map(|(at, _)| at).find(|at| {
        let escaped = at.checked_sub(1).and_then(|before| bytes.get(before)) == Some(&b'\\');
        let in_word = quote == '\'' && bytes.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        escaped == as_escape && !in_word
    })
}

fn closing_brace(inside: &str) -> Option<usize> {
    let mut depth = 1_usize;
    inside.bytes().position(|byte| {
        match byte {
            b'{' => depth = depth.saturating_add(1),
            b'}' => depth -= 1,
            _ => {}
        }
        depth == 0
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(text: &str) -> String {
        printable(text, 1_000)
    }

    #[test]
    fn the_servers_own_words_are_printed() {
        for text in [
            "messages.0.content.1: unexpected `tool_use_id` found in `tool_result` blocks: toolu_01A",
            "`temperature` and `top_p` cannot both be specified for this model. Please use only one.",
            "service_tier: Input should be 'auto' or 'standard_only'",
            "String should match pattern '^[a-zA-Z0-9_-]{1,128}$'",
            "invalid x-api-key",
            "x-api-key header is required",
            "Invalid bearer token",
            "This model's maximum context length is 128000 tokens.",
            "User: arn:aws:iam::123456789012:user/me is not authorized to perform: bedrock:InvokeModel",
            "max_tokens: 128001 > 128000, which is the maximum for claude-opus-5",
            "messages.2: \\`tool_use\\` ids were found without \\`tool_result\\` blocks",
            "is this it? Yes = no",
            "Token limit: 200000",
        ] {
            assert_eq!(all(text), text);
        }
    }

    #[test]
    fn quotations_documents_and_queries_are_not() {
        for (text, shown) in [
            ("invalid type: string \"tell me a secret\", expected a list", "invalid type: string \"…\", expected a list"),
            ("cannot read 'it's a secret of mine' here", "cannot read '…' here"),
            ("got {'role': 'user', 'content': {'a': 1}} at 3", "got {…} at 3"),
            ("cut inside \"the secr", "cut inside \"…\""),
            ("the “secret of mine”", "the “…”"),
            ("with url: /v1/messages?q=secret&b=1 (Caused by", "with url: /v1/messages?… (Caused by"),
            ("https://me:secret@proxy.example:3128/x", "https://…@proxy.example:3128/x"),
            ("two\nlines\tand\u{1b}[31m red", "two lines and[31m red"),
        ] {
            assert_eq!(all(text), shown, "{text}");
        }
    }

    #[test]
    fn credentials_are_not() {
        for (text, shown) in [
            ("x-api-key: 0123456789abcdef", "x-api-key: …"),
            ("'X-Api-Key': 'abc123def456'", "'X-Api-Key': '…'"),
            ("api_key=abc123def456, x", "api_key=…, x"),
            ("Authorization: Basic dXNlcjpwYXNzd29yZA==", "Authorization: Basic …"),
            ("aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "aws_secret_access_key = …"),
            ("wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY", "…"),
        ] {
            assert_eq!(all(text), shown, "{text}");
        }
    }

    #[test]
    fn what_is_cut_says_so() {
        assert_eq!(printable("one two three", 7), "one two…");
        assert_eq!(printable("é", 1), "…");
    }
}
