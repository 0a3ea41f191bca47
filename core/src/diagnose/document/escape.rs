//! Escapes of strings, in whichever language wrote them.

use alloc::string::String;

use memchr::memchr;

/// Reads the escapes of JSON, JavaScript and Python; what is no escape stands as it is.
pub(super) fn unescape(raw: &str) -> String {
    let mut text = String::with_capacity(raw.len());
    let mut rest = raw;
    while let Some((run, tail)) = rest.split_at_checked(memchr(b'\\', rest.as_bytes()).unwrap_or(rest.len())) {
        text.push_str(run);
        let mut characters = tail.chars();
        // Behind the backslash. A document may have been cut there.
        let Some(escape) = characters.nth(1) else { break };
        rest = characters.as_str();
        match escape {
            'n' => text.push('\n'),
            't' => text.push('\t'),
            'r' => text.push('\r'),
            'b' => text.push('\u{8}'),
            'f' => text.push('\u{c}'),
            // Python prints bytes so: several escapes are one character.
            'x' if let Some((character, read)) = utf8_escapes(rest.as_bytes()) => {
                text.push(character);
                rest = rest.get(read..).unwrap_or_default();
            }
            'u' | 'x' => match code_point(rest.as_bytes(), if escape == 'u' { 4 } else { 2 }) {
                Some((character, read)) => {
                    text.push(character);
                    rest = rest.get(read..).unwrap_or_default();
                }
                None => text.extend(['\\', escape]),
            },
            other => text.push(other),
        }
    }
    text
}

/// The character whose bytes in UTF-8 are written as escapes, and how long they are; `text` begins behind the first `\\x`.
fn utf8_escapes(text: &[u8]) -> Option<(char, usize)> {
    let byte_at = |at: usize| {
        let digits = core::str::from_utf8(text.get(at..at + 2)?).ok()?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u8::from_str_radix(digits, 16).ok())?
    };
    let first = byte_at(0)?;
    let length = match first {
        0xc2..=0xdf => 2,
        0xe0..=0xef => 3,
        0xf0..=0xf4 => 4,
        _ => return None,
    };
    let mut bytes = [first, 0, 0, 0];
    for (place, slot) in bytes.iter_mut().enumerate().take(length).skip(1) {
        let at = place * 4;
        (text.get(at - 2..at) == Some(b"\\x")).then_some(())?;
        *slot = byte_at(at)?;
    }
    let character = core::str::from_utf8(bytes.get(..length)?).ok()?.chars().next()?;
    Some((character, length * 4 - 2))
}

/// The character of an escape, and how many bytes it takes; a pair of surrogates is one character, half a pair is the
/// replacement character.
fn code_point(text: &[u8], digits: usize) -> Option<(char, usize)> {
    let hex = |text: &[u8]| {
        let digits = core::str::from_utf8(text).ok()?;
        digits.bytes().all(|byte| byte.is_ascii_hexdigit()).then(|| u32::from_str_radix(digits, 16).ok())?
    };
    let first = hex(text.get(..digits)?)?;
    if let 0xd800..=0xdbff = first
        && text.get(digits..digits + 2) == Some(b"\\u")
        && let Some(second @ 0xdc00..=0xdfff) = text.get(digits + 2..digits + 6).and_then(hex)
    {
        let character = 0x1_0000 + ((first - 0xd800) << 10) + (second - 0xdc00);
        return Some((char::from_u32(character)?, digits + 6));
    }
    Some((char::from_u32(first).unwrap_or(char::REPLACEMENT_CHARACTER), digits))
}
