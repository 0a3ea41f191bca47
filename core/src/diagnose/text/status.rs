//! Statuses in texts: three digits that are meant as one.

use super::{cut, find};
use crate::ascii;

/// Words after which three digits are a status.
const MARKS: &[&str] = &[
    "code",
    "status",
    "statuscode",
    "status_code",
    "http",
    "error",
    "http/1.1",
    "http/2",
    "http/1.0",
    "http/2.0",
    "api",
    "returned",
    "got",
    "response",
    "exception",
    "failed",
    "failure",
    "upstream",
    "responded",
    "replied",
    "received",
    "rejected",
    "reason",
    "anthropic",
    "bedrock",
    "openrouter",
];

/// How much of a text is its head.
const HEAD: usize = 400;

/// The HTTP status a text names, and what follows it: `Error code: 529 - …`, `529 {…`, `HTTP 502`, `status=503`.
///
/// Only the head is searched, up to the first brace: what stands in documents is read there.
pub(crate) fn status(text: &str) -> Option<(u16, &str)> {
    let head = cut(text, HEAD).split('{').next().unwrap_or_default();
    let bytes = head.as_bytes();
    let mut at = 0;
    while let Some(rest) = bytes.get(at..).filter(|rest| rest.len() >= 3) {
        let digits = rest.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if digits == 3
            && let Some(status) = rest.get(..3).and_then(three_digits)
            && rest.get(3).is_none_or(|byte| !byte.is_ascii_lowercase() && !byte.is_ascii_digit() && *byte != b'/')
            && !matches!(rest.get(3..5), Some([b'.', digit]) if !digit.is_ascii_whitespace())
            && {
                let (before, after) = (bytes.get(..at).unwrap_or_default(), rest.get(3..).unwrap_or_default());
                marked(before) || is_phrase(status, after) || is_headed(before, after)
            }
        {
            return Some((status, text.get(at + 3..).unwrap_or_default()));
        }
        at += digits.max(1);
    }
    None
}

/// The status of a long text whose head has none: right before its document, or in the first line that calls it one.
#[cold]
pub(crate) fn status_of_lines(text: &str) -> Option<u16> {
    const LINES: usize = 40;
    let of_line = |line: &str| {
        let (status, behind) = status(line)?;
        let before = line.as_bytes().get(..line.len() - behind.len())?;
        find(before, b"status").map(|_| status)
    };
    let beyond = || text.lines().skip(1).take(LINES).find_map(of_line);
    if text.len() > HEAD { last_status(text).or_else(beyond) } else { None }
}

/// The last status before the document in a text, near it.
pub(crate) fn last_status(text: &str) -> Option<u16> {
    const NEAR: usize = 120;
    let (before, _) = text.split_once('{')?;
    let from = (before.len().saturating_sub(NEAR)..before.len()).find(|at| before.is_char_boundary(*at))?;
    let rest = core::iter::successors(status(before.get(from..)?), |found| status(found.1));
    rest.last().map(|found| found.0)
}

/// What servers write behind a status, as far as it is the same everywhere.
const PHRASES: &[(u16, &str)] = &[
    (400, "Bad Request"),
    (401, "Unauthorized"),
    (402, "Payment Required"),
    (403, "Forbidden"),
    (404, "Not Found"),
    (405, "Method Not Allowed"),
    (408, "Request Time"),
    (409, "Conflict"),
    (413, "Payload Too Large"),
    (413, "Content Too Large"),
    (413, "Request Entity Too Large"),
    (422, "Unprocessable"),
    (429, "Too Many Requests"),
    (500, "Internal Server Error"),
    (502, "Bad Gateway"),
    (503, "Service Unavailable"),
    (503, "Service Temporarily Unavailable"),
    (504, "Gateway Time"),
    (529, "Overloaded"),
];

/// Whether the phrase of that status follows it: `400 Bad Request`, `400,Bad Request`, `400 (Bad Request)`, `400 BAD_REQUEST`.
fn is_phrase(status: u16, rest: &[u8]) -> bool {
    let gap = rest.iter().take(3).take_while(|byte| matches!(byte, b' ' | b',' | b':' | b'-' | b'(' | b'_')).count();
    let rest = rest.get(gap..).filter(|_| gap > 0).unwrap_or_default();
    let same = |(byte, letter): (&u8, &u8)| byte.eq_ignore_ascii_case(letter) || *byte == b'_' && *letter == b' ';
    let follows = |phrase: &[u8]| rest.len() >= phrase.len() && rest.iter().zip(phrase).all(same);
    PHRASES.iter().any(|(of, phrase)| *of == status && follows(phrase.as_bytes()))
}

/// Whether a number stands where a log's own head ends and a message begins: `… (attempt 1/3): 400 Provider returned`.
fn is_headed(before: &[u8], after: &[u8]) -> bool {
    let headed = before.ends_with(b"): ") || before.ends_with(b"]: ");
    headed && matches!(after, [b' ', b'A'..=b'Z' | b'{' | b'-', ..])
}

/// A status in the middle of a client's own words, for where nothing else says anything: `Something went wrong (502)`,
/// `HTTP-502`, `got a 529 from Claude`, `ended: 502`.
pub(crate) fn mentioned(text: &str) -> Option<u16> {
    let head = cut(text, 400);
    let mut start = 0;
    head.as_bytes().split(|byte| !byte.is_ascii_digit()).find_map(|digits| {
        let at = start;
        start += digits.len() + 1;
        let status = Some(digits).filter(|digits| digits.len() == 3).and_then(three_digits)?;
        let (before, after) = (head.get(..at)?, head.get(at + 3..)?);
        let known = PHRASES.iter().any(|row| row.0 == status);
        (known && is_mentioned(before, after) && !super::in_quotation(before)).then_some(status)
    })
}

/// Whether a number between these is meant as a status: in brackets, behind `HTTP-`, at the end, as `403 Error` in a line
/// of its own, or as `a 529 from …`.
fn is_mentioned(before: &str, after: &str) -> bool {
    const FOLLOWING: [&str; 12] =
        ["", "error", "errors", "from", "response", "server", "status", "while", "when", "during", "again", "back"];
    let closed = |open: char, close: char| before.ends_with(open) && after.starts_with(close);
    let ended = after.trim_end_matches(['.', '!']).trim_end().is_empty();
    let word = after.trim_start_matches(' ').split(|c: char| !c.is_ascii_alphabetic()).next().unwrap_or_default();
    // `a 500-word text`, `a 400.5`
    let counted = after.starts_with('-') || after.starts_with(['.', ',']) && after.get(1..2).is_some_and(|next| next != " ");
    let opened = before.ends_with('(') && !word.is_empty();
    let named = (opened || [" a ", " an "].iter().any(|article| before.ends_with(article)))
        && !counted
        && FOLLOWING.iter().any(|known| ascii::same(known, word));
    let http = before.get(before.len().saturating_sub(5)..).unwrap_or_default();
    let of_http = ["http-", "http_"].iter().any(|head| ascii::same(http, head));
    let heads_line = (before.is_empty() || before.ends_with('\n')) && ascii::same(word, "error");
    closed('(', ')') || closed('[', ']') || of_http || named || heads_line || ended && before.ends_with(": ")
}

pub(crate) fn three_digits(raw: &[u8]) -> Option<u16> {
    let number = raw.iter().fold(0_u16, |sum, byte| sum * 10 + u16::from(byte - b'0'));
    (400..600).contains(&number).then_some(number)
}

/// Whether a number behind `before` is a status: at the start, or behind one of the words.
fn marked(before: &[u8]) -> bool {
    let trimmed = before.trim_ascii_end();
    // Bullets and spinners of terminals stand before nothing. PHP: `POST https://…` resulted in a `529 ` response
    if !trimmed.iter().any(u8::is_ascii_alphanumeric) || before.ends_with(b" resulted in a `") {
        return true;
    }
    let trimmed = match trimmed.last() {
        None | Some(b'|') => return true,
        Some(b':' | b'=' | b'(' | b'[' | b'#' | b'"' | b'\'') => {
            trimmed.get(..trimmed.len() - 1).unwrap_or_default().trim_ascii_end()
        }
        Some(_) if trimmed.len() == before.len() => return false,
        Some(_) => trimmed,
    };
    // .NET: `Response status code does not indicate success: 529 ().`
    if trimmed.ends_with(b" does not indicate success") {
        return true;
    }
    let trimmed = trimmed.strip_suffix(b"\"").or_else(|| trimmed.strip_suffix(b"'")).unwrap_or(trimmed);
    let behind = |is_end: fn(&u8) -> bool| {
        let start = trimmed.iter().rposition(is_end);
        trimmed.get(start.map_or(0, |at| at + 1)..).unwrap_or_default()
    };
    let phrase = behind(|byte| byte.is_ascii_whitespace() || matches!(byte, b'(' | b'[' | b',' | b'"' | b'\''));
    // `[POST] "https://…": 529`, where a port would stand without a space.
    if before.ends_with(b" ") && find(phrase, b"://").is_some() {
        return true;
    }
    let is_version = ascii::starts_with(phrase, "http/");
    let word = if is_version { phrase } else { phrase.rsplit(|byte| *byte == b'.').next().unwrap_or(phrase) };
    // Behind a comma a number is one of several.
    word.is_empty() && !trimmed.ends_with(b",") || MARKS.iter().any(|mark| ascii::ends_with(word, mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_status_is_mentioned_in_words_of_any_kind() {
        for (text, expected) in [
            ("Something went wrong (502)", Some(502)),
            ("Claude could not answer [529].", Some(529)),
            ("Sorry, HTTP-502 happened", Some(502)),
            ("got a 529 from Claude", Some(529)),
            ("we received a 503 while streaming", Some(503)),
            ("the call ended in a 529", Some(529)),
            ("Request ended unexpectedly: 502", Some(502)),
            ("wrote a 500 word essay", None),
            ("wrote a 500-word essay", None),
            ("a text of (600)", None),
            ("gave up after (404.5)", None),
            ("la llamada terminó — mal — (503)", Some(503)),
            ("haiku\n403 Error\nProvider", Some(403)),
            ("httr2_http_529", Some(529)),
            ("room 502", None),
            ("listens on a: 4290", None),
            ("could not read \"the gate (502)\"", None),
        ] {
            assert_eq!(mentioned(text), expected, "{text}");
        }
    }

    #[test]
    fn a_status_is_read_where_one_is_meant() {
        for (text, expected) in [
            ("Error code: 529 - {'type': 'error'}", Some(529)),
            ("529 {\"type\":\"error\"}", Some(529)),
            ("API Error: 400 messages: text", Some(400)),
            ("HTTP 502 Bad Gateway", Some(502)),
            ("request failed with status=503", Some(503)),
            ("waited 500 ms for 429 tokens", None),
            ("took 404.5 s", None),
            ("Response status code does not indicate success: 529 ().", Some(529)),
            ("WebClientResponseException$BadRequest: 400 Bad Request from POST", Some(400)),
            ("there were 503 of them", None),
            ("IncompleteRead(1024 bytes read, 512 more expected)", None),
            ("max_tokens: 128001 > 128000", None),
        ] {
            assert_eq!(status(text).map(|found| found.0), expected, "{text}");
        }
    }
}
