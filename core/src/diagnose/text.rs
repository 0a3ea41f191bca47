//! Texts for people: exceptions' strings and log lines.

mod status;

use alloc::string::String;
use alloc::vec::Vec;

use memchr::{memchr, memchr_iter, memchr2_iter};

use crate::ascii;

pub(crate) use self::status::{last_status, mentioned, status, status_of_lines, three_digits};

/// The text, cut at a character's boundary to at most `most` bytes.
pub(crate) fn cut(text: &str, most: usize) -> &str {
    if text.len() <= most {
        return text;
    }
    let end = (0..=most).rev().find(|at| text.is_char_boundary(*at)).unwrap_or(0);
    text.get(..end).unwrap_or(text)
}

/// What is left of a text once the names of errors and statuses in front are gone: the server's own words.
pub(crate) fn without_head(text: &str) -> &str {
    // Bullets and signs of terminals are beyond ASCII.
    let is_bullet = |c: char| c.is_whitespace() || !c.is_ascii() && !c.is_alphanumeric();
    let mut rest =
        text.trim_start_matches(|c: char| is_bullet(c) || matches!(c, '-' | ':' | '"' | '\'' | '[' | '(' | '*' | '>' | '|'));
    // `Error The service is overloaded`
    if let Some(tail) = rest.strip_prefix("Error ").filter(|tail| tail.starts_with(|c: char| c.is_ascii_uppercase())) {
        rest = tail;
    }
    for _ in 0..6 {
        let colon = find_by(rest, b':', ": ").or_else(|| find_by(rest, b'-', " - "));
        let Some((name, tail)) = colon.and_then(|at| Some((rest.get(..at)?, rest.get(at + 2..)?))) else { break };
        let named = name.len() <= 80
            && (["Error", "Exception", "error", "exception", "ERROR"].iter().any(|end| name.ends_with(end))
                || ["Error code", "API Error", "HTTP", "status", "Provider error"].iter().any(|head| name.starts_with(head)));
        // `API Error (500 no account for model: m)`: the server's words begin before the colon.
        if !named || name.contains(" (") && status(name).is_some_and(|(_, words)| !words.trim().is_empty()) {
            break;
        }
        rest = tail.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ':'));
    }
    match status(rest) {
        Some((_, tail)) if rest.len() - tail.len() <= 24 => {
            tail.trim_start_matches(|c: char| c.is_whitespace() || matches!(c, '-' | ':' | ')' | ']' | '—' | ',' | '|' | '"'))
        }
        _ => rest,
    }
}

/// A message without what relays and SDKs put in front of the server's own words, and the name of the error they give it:
/// `An error occurred (ValidationException) when calling the Converse operation: …`, `…, ThrottlingException: …`,
/// `The model returned the following errors: …`.
pub(crate) fn unwrapped(message: &str) -> (&str, Option<&'static super::types::TypeRow>) {
    const HEAD: usize = 600;
    let (mut rest, mut name) = (message, None);
    for _ in 0..3 {
        let head = cut(rest, HEAD);
        if !has(head, b':') {
            break;
        }
        let said = |at: &usize| !head.get(..*at).is_some_and(in_quotation);
        if let Some(at) = find_by(head, b':', "returned the following errors: ").filter(said) {
            rest = rest.get(at + 31..).unwrap_or_default();
            continue;
        }
        let called = find_by(head, b')', ") when calling the ").filter(said).and_then(|close| {
            let open = head.get(..close)?.rfind('(')?;
            let row = super::types::named(head.get(open + 1..close)?)?;
            let colon = head.get(close..)?.find(": ")? + close + 2;
            Some((row, colon))
        });
        let prefixed = || {
            let at = find_by(head, b':', "Exception: ")? + 9;
            let start = head.get(..at)?.rfind(|c: char| !c.is_ascii_alphanumeric()).map_or(0, |before| before + 1);
            let before = head.get(..start)?;
            // Behind a separator it is a name; inside quotes or a sentence it is somebody's text.
            (before.is_empty() || before.ends_with(", ") || before.ends_with(": ") || before.ends_with('.')).then_some(())?;
            Some((super::types::named(head.get(start..at)?)?, at + 2))
        };
        let Some((row, at)) = called.or_else(prefixed) else { break };
        name = Some(row);
        rest = rest.get(at..).unwrap_or_default();
    }
    (rest.trim_start(), name)
}

/// Whether a quotation is open at the end of `text`, with words of it already there: what follows is somebody's text. A
/// quote at the very beginning, or right at the end, is around the whole of what a wrapper passed on.
pub(crate) fn in_quotation(text: &str) -> bool {
    let bytes = text.as_bytes();
    let in_word = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_alphanumeric);
    let before = |at: usize| at.checked_sub(1).and_then(|at| bytes.get(at)).copied();
    let mut open: Option<(usize, u8)> = None;
    for at in memchr::memchr3_iter(b'"', b'\'', b'`', bytes) {
        let Some(mark) = bytes.get(at) else { break };
        open = match open {
            // What is escaped belongs to the words.
            open if before(at) == Some(b'\\') => open,
            // An apostrophe is no quote.
            None if *mark == b'\'' && before(at).is_some_and(|byte| byte.is_ascii_alphanumeric() && byte != b'b') => None,
            None => Some((at, *mark)),
            Some((_, opened)) if opened == *mark && !(opened == b'\'' && in_word(at + 1)) => None,
            Some(open) => Some(open),
        };
    }
    open.is_some_and(|(at, _)| at > 0 && text.get(at + 1..).is_some_and(|words| !words.trim().is_empty()))
}

/// Whether that byte is there.
pub(crate) fn has(text: &str, byte: u8) -> bool {
    memchr(byte, text.as_bytes()).is_some()
}

/// The places of `words`, by way of those of their first byte: for short texts, where a searcher takes longer to make.
pub(crate) fn find_all<'t>(text: &'t str, words: &'t str) -> impl Iterator<Item = usize> {
    let starts = words.bytes().next().into_iter().flat_map(|first| memchr_iter(first, text.as_bytes()));
    starts.filter(move |start| text.get(*start..).is_some_and(|rest| rest.starts_with(words)))
}

/// The first place of `words`, by way of the places of `mark`, the rarest of their characters.
pub(crate) fn find_by(text: &str, mark: u8, words: &str) -> Option<usize> {
    let before = memchr(mark, words.as_bytes())?;
    let mut starts = memchr_iter(mark, text.as_bytes()).filter_map(|at| at.checked_sub(before));
    starts.find(|start| text.get(*start..).is_some_and(|rest| rest.starts_with(words)))
}

/// What may stand before the server's own words in the line of a log. The last ones stand before a message in what
/// languages print of an exception: `message='…'`, `Optional("…`.
const SEPARATORS: [&str; 18] = [
    ": ",
    " - ",
    " \u{2014} ",
    " \u{b7} ",
    "| ",
    ") ",
    "] ",
    " Exception ",
    "message='",
    "message=\"",
    "message '",
    "message \"",
    "message\":\"",
    "message\": \"",
    "error=",
    "\u{ff1a}",
    "(\"",
    ". ",
];

/// Whether a separator begins with that byte.
const OPENS: [bool; 256] = {
    let mut opens = [false; 256];
    let mut rest: &[&str] = &SEPARATORS;
    while let [separator, tail @ ..] = rest {
        if let [first, ..] = separator.as_bytes() {
            let (_, from) = opens.split_at_mut(*first as usize);
            if let [slot, ..] = from {
                *slot = true;
            }
        }
        rest = tail;
    }
    opens
};

/// How many of each separator count in a line.
const MOST_SEPARATORS: u8 = 8;

/// The places behind separators, in order.
fn behind_separators(line: &str) -> Vec<usize> {
    let bytes = line.as_bytes();
    let mut counts = [0; SEPARATORS.len()];
    let mut ends = Vec::new();
    for (at, byte) in bytes.iter().enumerate().filter(|(_, byte)| OPENS.get(usize::from(**byte)) == Some(&true)) {
        let rest = bytes.get(at..).unwrap_or_default();
        for (separator, count) in SEPARATORS.iter().zip(&mut counts) {
            if separator.as_bytes().first() == Some(byte) && *count < MOST_SEPARATORS && rest.starts_with(separator.as_bytes()) {
                *count += 1;
                ends.push(at + separator.len());
            }
        }
    }
    ends.sort_unstable();
    ends.dedup();
    ends
}

/// Where the server's own words may begin in the lines of a log: at the start of a line, and behind what separates its
/// parts. They may go on in the next line.
pub(crate) fn beginnings(text: &str) -> impl Iterator<Item = &str> {
    let starts = core::iter::once(0).chain(memchr_iter(b'\n', text.as_bytes()).map(|at| at + 1)).take(40);
    starts.flat_map(move |start| {
        let rest = text.get(start..).unwrap_or_default();
        let line = cut(rest.lines().next().unwrap_or_default(), 4_096);
        // Behind what a person or client has written in another script.
        let foreign = || line.find(|c: char| c.is_ascii_alphanumeric());
        let native = line.starts_with(|c: char| !c.is_ascii() && c.is_alphanumeric()).then(foreign).flatten();
        // The leftmost comes first: what stands before a message may be the path of a field.
        let whole = (!line.is_empty()).then_some(0);
        whole
            .into_iter()
            .chain(native)
            .chain(behind_separators(line))
            .filter(|at| !line.get(*at..).is_some_and(is_entry))
            .filter_map(|at| rest.get(at..))
            .map(|words| without_head(cut(words, 4_096)))
    })
}

/// Whether a line is an entry of a client's own, `Model: Claude`, and not the server's word for a model: that one has a
/// small letter, or says what is wrong with it.
fn is_entry(line: &str) -> bool {
    line.starts_with("Model: ") && !line.contains(" not ") && !line.contains("invalid")
}

/// The text from the line below such an entry.
pub(crate) fn without_entry(text: &str) -> &str {
    text.split_once('\n').filter(|(line, _)| is_entry(line)).map_or(text, |(_, below)| below)
}

/// The text with `%7B%22` and their like decoded; `None` where it holds no document in that disguise.
pub(crate) fn percent_decoded(text: &str) -> Option<Vec<u8>> {
    if !has(text, b'%') || !text.contains("%22") {
        return None;
    }
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digits = bytes.get(at + 1..at + 3).filter(|_| *byte == b'%').and_then(|digits| core::str::from_utf8(digits).ok());
        if let Some(value) = digits.and_then(|digits| u8::from_str_radix(digits, 16).ok()) {
            decoded.push(value);
            at += 3;
        } else {
            decoded.push(*byte);
            at += 1;
        }
    }
    Some(decoded)
}

/// Whether a body is a stream of events that ends before its end: events of an answer, neither one that closes it
/// nor one that says what broke it.
pub(crate) fn is_cut_stream(body: &[u8]) -> bool {
    let starts = |tag: &[u8]| body.trim_ascii_start().starts_with(tag);
    let answer =
        || ["content_block_", "message_start", "chat.completion.chunk"].iter().any(|name| find(body, name.as_bytes()).is_some());
    let last = body.get(body.len().saturating_sub(256)..).unwrap_or_default();
    let closed = || ["message_stop", "[DONE]"].iter().any(|name| find(last, name.as_bytes()).is_some());
    (starts(b"event:") || starts(b"data:")) && answer() && !closed() && find(body, b"\"error\"").is_none()
}

/// The innermost of the documents whose quotes were escaped once for each text they were put in: `{\\\"type\\\":…`.
pub(crate) fn without_escapes(text: &str) -> Option<String> {
    ["\\\\\\\\\\\\\\\"", "\\\\\\\"", "\\\""].iter().find_map(|quote| {
        let at = text.find(&alloc::format!("{{{quote}"))?;
        Some(text.get(at..)?.replace(quote, "\""))
    })
}

/// The first place of `needle`, ASCII case-insensitively.
#[inline(never)]
pub(crate) fn find(haystack: &[u8], needle: &[u8]) -> Option<usize> {
    let (first, last) = needle.first().zip(needle.last())?;
    let cases = |byte: &u8| (byte.to_ascii_lowercase(), byte.to_ascii_uppercase());
    let ((first, capital), (last, last_capital)) = (cases(first), cases(last));
    // Most words that begin alike end otherwise.
    let ends = |at: usize| haystack.get(at + needle.len() - 1).is_some_and(|end| *end == last || *end == last_capital);
    let is_needle = |at: &usize| ends(*at) && haystack.get(*at..).is_some_and(|rest| ascii::starts_with(rest, needle));
    memchr2_iter(first, capital, haystack).find(is_needle)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn heads_of_errors_are_taken_off() {
        for text in [
            "Error code: 400 - messages: at least one message is required",
            "API Error: 400 messages: at least one message is required",
            "anthropic.BadRequestError: Error code: 400 - messages: at least one message is required",
            "messages: at least one message is required",
        ] {
            assert_eq!(without_head(text), "messages: at least one message is required", "{text}");
        }
    }

    #[test]
    fn a_quotation_is_told_from_an_apostrophe() {
        for (before, expected) in [
            ("the value \"Error code: 529 - ", true),
            ("the value 'Error code: 529 - ", true),
            ("the value `x` isn't ", false),
            ("AnthropicException - b'", false),
            ("\"AnthropicException - ", false),
            ("it's \"closed\" - ", false),
            ("", false),
        ] {
            assert_eq!(in_quotation(before), expected, "{before}");
        }
    }

    #[test]
    fn words_are_found_wherever_they_stand() {
        for before in 0..40 {
            let text = [&"-".repeat(before), "CloudFlare: yes", &"-".repeat(20)].concat();
            assert_eq!(find(text.as_bytes(), b"cloudflare"), Some(before), "{text}");
            assert_eq!(find_by(&text, b':', "Flare: "), Some(before + 5), "{text}");
            assert_eq!(find_by(&text, b':', "Flare: no"), None, "{text}");
            assert!(has(&text, b':') && !has(&text, b'!'), "{text}");
        }
    }
}
