//! Keys and tokens out of texts that are kept.

use alloc::boxed::Box;
use alloc::string::String;

use memchr::memchr3_iter;

/// Beginnings of secrets, and the place in each of the byte by which it is found: one of [`RARE`] or [`OTHER`]. What follows
/// is replaced, up to the first character that no key has.
const MARKS: &[(&str, usize)] = &[
    ("sk-", 1),
    ("sk_", 1),
    ("Bearer ", 0),
    ("bearer ", 0),
    ("AKIA", 0),
    ("ASIA", 0),
    ("ya29.", 3),
    ("AIza", 0),
    ("x-api-key: ", 6),
    ("eyJ", 2),
];

/// Bytes that few texts have many of, and of which each mark has one: marks are looked for where these stand.
const RARE: [u8; 3] = *b"kAJ";
const OTHER: [u8; 3] = *b"Bb9";

/// The text with the tail of each key and token replaced by `…`. Prefixes stay: they tell which key it was.
pub(crate) fn secrets(text: String) -> Box<str> {
    let Some(first) = next_mark(&text) else { return text.into_boxed_str() };
    let mut clean = String::with_capacity(text.len());
    let mut rest = text.as_str();
    let mut found = Some(first);
    while let Some((at, mark)) = found {
        let (before, secret) = rest.split_at_checked(at + mark.len()).unwrap_or((rest, ""));
        clean.push_str(before);
        let length = secret
            .bytes()
            .take_while(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'+' | b'/' | b'='))
            .count();
        // `sk-ant-api03-`: what kind of key it was, nothing of the key.
        let secret_itself = secret.get(..length).unwrap_or_default();
        let kept = if mark.ends_with(' ') && is_plain_word(secret_itself) { secret_itself } else { kind_of_key(secret_itself) };
        clean.push_str(kept);
        if length > kept.len() {
            clean.push('…');
        }
        rest = secret.get(length..).unwrap_or_default();
        found = next_mark(rest);
    }
    clean.push_str(rest);
    clean.into_boxed_str()
}

/// The text without what it quotes, from its first quote to its last, and without what follows `value: `: for complaints
/// about a header's value, which is the key more often than not, in whatever form a gateway gives it.
pub(crate) fn header_value(text: &str) -> String {
    const VALUE: &str = "value: ";
    let is_quote = |byte: char| matches!(byte, '"' | '\'' | '`');
    let (from, to) = match (text.find(is_quote), text.rfind(is_quote), text.find(VALUE)) {
        (Some(open), Some(close), _) if open < close => (open, close + 1),
        (Some(open), ..) => (open, text.len()),
        (None, _, Some(at)) => (at + VALUE.len(), text.len()),
        (None, _, None) => return text.into(),
    };
    let (head, tail) = (text.get(..from).unwrap_or_default(), text.get(to..).unwrap_or_default());
    // Python's `b'…'`.
    let head = if head.ends_with(" b") { head.strip_suffix('b').unwrap_or(head) } else { head };
    [head, "…", tail].concat()
}

/// The first mark that begins a word: `task-force` holds no key.
fn next_mark(text: &str) -> Option<(usize, &'static str)> {
    let first = first_by(RARE, text.as_bytes());
    // Only what stands before it is of interest.
    let before = first.map_or(text.len(), |(at, _)| at + LONGEST).min(text.len());
    let other = first_by(OTHER, text.as_bytes().get(..before).unwrap_or_default());
    first.into_iter().chain(other).min_by_key(|found| found.0)
}

/// No mark is longer.
const LONGEST: usize = 12;

/// The first mark that is found by one of those bytes.
fn first_by([one, two, three]: [u8; 3], text: &[u8]) -> Option<(usize, &'static str)> {
    memchr3_iter(one, two, three, text).find_map(|at| {
        let found = *text.get(at)?;
        MARKS.iter().find_map(|(mark, place)| {
            let start = at.checked_sub(*place).filter(|_| mark.as_bytes().get(*place) == Some(&found))?;
            let inside = start.checked_sub(1).and_then(|before| text.get(before)).is_some_and(u8::is_ascii_alphanumeric);
            (!inside && text.get(start..)?.starts_with(mark.as_bytes())).then_some((start, *mark))
        })
    })
}

/// `Invalid bearer token`: what follows is no token.
fn is_plain_word(secret: &str) -> bool {
    secret.len() <= 16 && secret.trim_end_matches('.').bytes().all(|byte| byte.is_ascii_lowercase())
}

fn kind_of_key(secret: &str) -> &str {
    for kind in ["ant-api03-", "ant-admin01-", "ant-oat01-", "ant-ort01-", "proj-", "or-v1-", "ant-"] {
        if secret.starts_with(kind) {
            return secret.get(..kind.len()).unwrap_or_default();
        }
    }
    ""
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::format;

    #[test]
    fn no_header_value_is_kept() {
        for (text, clean) in [
            ("Illegal header value b'gw-1\\n'", "Illegal header value …"),
            ("Headers.append: \"Bearer it's\" is an invalid header value.", "Headers.append: … is an invalid header value."),
            ("Unexpected char 0x0a at 4 in x-gate value: gw-1\n", "Unexpected char 0x0a at 4 in x-gate value: …"),
            ("failed to parse header value", "failed to parse header value"),
            ("cut off: 'gw-1", "cut off: …"),
            ("", ""),
        ] {
            assert_eq!(header_value(text), clean);
        }
    }

    #[test]
    fn keys_lose_their_tails_and_texts_keep_theirs() {
        for (text, clean) in [
            ("Incorrect API key provided: sk-proj-abc123, see docs", "Incorrect API key provided: sk-proj-…, see docs"),
            ("sk-ant-api03-AAAA and sk-ant-oat01-BBBB", "sk-ant-api03-… and sk-ant-oat01-…"),
            ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer …"),
            ("Invalid bearer token", "Invalid bearer token"),
            ("the task-force was asked for sky-high", "the task-force was asked for sky-high"),
        ] {
            assert_eq!(&*secrets(text.into()), clean, "{text}");
        }
    }

    #[test]
    fn the_first_of_several_marks_is_found() {
        for (one, _) in MARKS {
            for (two, _) in MARKS {
                for between in [" ", ": k", " 9A b"] {
                    let text = format!("J. {one}{between} {two}");
                    assert_eq!(next_mark(&text), Some((3, *one)), "{text:?}");
                }
            }
        }
    }

    #[test]
    fn every_mark_is_found_wherever_it_stands() {
        for (mark, place) in MARKS {
            let byte = mark.as_bytes()[*place];
            assert!(RARE.contains(&byte) || OTHER.contains(&byte), "{mark}");
            for before in 0..40 {
                let text = format!("{}{mark}0123456789{}", " ".repeat(before), " ".repeat(20));
                assert_eq!(next_mark(&text), Some((before, *mark)), "{text:?}");
            }
        }
    }
}
