//! Keys and tokens out of texts that are kept.

use alloc::boxed::Box;
use alloc::string::String;

/// Beginnings of secrets. What follows is replaced, up to the first character that no key has.
const MARKS: &[&str] = &["sk-", "sk_", "Bearer ", "bearer ", "AKIA", "ASIA", "ya29.", "AIza", "x-api-key: ", "eyJ"];

/// The text with the tail of each key and token replaced by `…`. Prefixes stay: they tell which key it was.
pub(crate) fn secrets(text: &str) -> Box<str> {
    let Some(first) = next_mark(text) else { return text.into() };
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
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

/// The first mark that begins a word: `task-force` holds no key.
fn next_mark(text: &str) -> Option<(usize, &'static str)> {
    let bytes = text.as_bytes();
    for start in (0..bytes.len()).step_by(BLOCK) {
        if may_hold_mark(bytes.get(start..).unwrap_or_default()) {
            let block = start..bytes.len().min(start + BLOCK);
            let found = block.into_iter().find_map(|at| mark_at(bytes, at).map(|mark| (at, mark)));
            if found.is_some() {
                return found;
            }
        }
    }
    None
}

fn mark_at(bytes: &[u8], at: usize) -> Option<&'static str> {
    let inside = at.checked_sub(1).and_then(|before| bytes.get(before)).is_some_and(u8::is_ascii_alphanumeric);
    let rest = bytes.get(at..).filter(|_| !inside)?;
    MARKS.iter().find(|mark| rest.starts_with(mark.as_bytes())).copied()
}

/// How many places are looked at together: the compiler compares them all at once.
const BLOCK: usize = 16;

/// Whether a mark may begin in the first block: somewhere in it stand the first two letters of one. Long messages have few
/// such blocks.
#[expect(clippy::needless_bitwise_bool, reason = "`&&` and `||` would compare one byte after another")]
fn may_hold_mark(bytes: &[u8]) -> bool {
    let (Some(first), Some(second)) = (bytes.first_chunk::<BLOCK>(), bytes.get(1..).and_then(<[u8]>::first_chunk::<BLOCK>))
    else {
        return true;
    };
    first.iter().zip(second).fold(false, |found, (a, b)| {
        found
            | (*a == b's') & (*b == b'k')
            | (*a | 0x20 == b'b') & (*b == b'e')
            | (*a == b'A') & ((*b == b'K') | (*b == b'S') | (*b == b'I'))
            | (*a == b'y') & (*b == b'a')
            | (*a == b'x') & (*b == b'-')
            | (*a == b'e') & (*b == b'y')
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
    fn keys_lose_their_tails_and_texts_keep_theirs() {
        for (text, clean) in [
            ("Incorrect API key provided: sk-proj-abc123, see docs", "Incorrect API key provided: sk-proj-…, see docs"),
            ("sk-ant-api03-AAAA and sk-ant-oat01-BBBB", "sk-ant-api03-… and sk-ant-oat01-…"),
            ("Authorization: Bearer abc.def-ghi", "Authorization: Bearer …"),
            ("Invalid bearer token", "Invalid bearer token"),
            ("the task-force was asked for sky-high", "the task-force was asked for sky-high"),
        ] {
            assert_eq!(&*secrets(text), clean, "{text}");
        }
    }

    #[test]
    fn every_mark_is_found_wherever_it_stands() {
        for mark in MARKS {
            for before in 0..40 {
                let text = format!("{}{mark}0123456789{}", " ".repeat(before), " ".repeat(20));
                assert_eq!(next_mark(&text), Some((before, *mark)), "{text:?}");
            }
        }
    }
}
