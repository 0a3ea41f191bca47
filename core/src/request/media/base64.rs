//! Base64 as the API wants it: the standard alphabet, padded, in one piece. RFC 4648, section 4.

use super::Source;
use crate::ascii;

/// What is wrong with a text that should be base64.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Problem {
    /// It begins with `data:`.
    DataUrl,
    /// It is the text Python shows for bytes: `b'…'`.
    BytesLiteral,
    /// White space or a line break inside.
    Whitespace,
    /// `-` or `_`: the alphabet of URLs.
    UrlSafe,
    /// A byte that is in no alphabet.
    Foreign(u8),
    /// `=` is missing at the end, or there are too many.
    Padding,
    /// Text goes on behind `=`.
    AfterPadding,
    /// One character too many, or three too few.
    Length,
    /// The last character has bits that belong to no byte; strict decoders refuse it, others do not.
    TrailingBits,
}

impl Problem {
    /// The fact, and the fix.
    pub(crate) const fn text(self) -> &'static str {
        match self {
            Self::DataUrl => "it begins with `data:`: send only what stands behind the comma",
            Self::BytesLiteral => "it is the display of Python bytes: decode them to text with `.decode()`",
            Self::Whitespace => "it has white space or a line break in it: encode without line breaks",
            Self::UrlSafe => "it has `-` or `_`: use the standard alphabet, with `+` and `/`",
            Self::Foreign(_) => "it has a character that is not of base64: encode the bytes again",
            Self::Padding => "its padding is wrong: end it with as many `=` as make its length a multiple of 4",
            Self::AfterPadding => "text follows its padding: encode all bytes at once, not in pieces",
            Self::Length => "its length fits no number of bytes: it was cut, or a character was added",
            Self::TrailingBits => "its last character has bits that belong to no byte: it was cut or altered",
        }
    }
}

/// The first fault: where, and what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    /// The offset in the text; its length where something is missing.
    pub(crate) offset: usize,
    pub(crate) problem: Problem,
}

/// How many bytes a text stands for, or what is wrong with it.
///
/// An empty text stands for no bytes.
pub(crate) fn check(text: &[u8]) -> Result<usize, Fault> {
    let fault = |offset, problem| Err(Fault { offset, problem });
    let plain = plain(text);
    let rest = text.get(plain..).unwrap_or_default();
    let Some(first) = rest.first() else {
        return match plain % 4 {
            0 => Ok(plain / 4 * 3),
            1 => fault(plain, Problem::Length),
            _ => fault(plain, Problem::Padding),
        };
    };
    if *first != b'=' {
        let starts = |words: &[u8]| ascii::starts_with(text, words);
        return match first {
            b':' if starts(b"data:") => fault(0, Problem::DataUrl),
            b'\'' | b'"' if plain == 1 && starts(b"b") => fault(0, Problem::BytesLiteral),
            b' ' | b'\t' | b'\n' | b'\r' | 0x0b | 0x0c => fault(plain, Problem::Whitespace),
            b'-' | b'_' => fault(plain, Problem::UrlSafe),
            other => fault(plain, Problem::Foreign(*other)),
        };
    }
    let pads = rest.iter().take_while(|byte| **byte == b'=').count();
    match rest.get(pads) {
        Some(b' ' | b'\t' | b'\n' | b'\r') => return fault(plain + pads, Problem::Whitespace),
        Some(_) => return fault(plain + pads, Problem::AfterPadding),
        None => {}
    }
    // Bits of the last character that reach beyond the last byte.
    let (bytes, spare) = match (plain % 4, pads) {
        (1, _) => return fault(plain, Problem::Length),
        (2, 2) => (1, 0b1111),
        (3, 1) => (2, 0b11),
        _ => return fault(plain, Problem::Padding),
    };
    let last = plain.checked_sub(1).and_then(|at| text.get(at)).map_or(0, |last| sextet(*last));
    if last & spare != 0 {
        return fault(plain - 1, Problem::TrailingBits);
    }
    Ok(plain / 4 * 3 + bytes)
}

/// How many characters of the alphabet come first.
///
/// Eight at a time in one word, which compilers turn into vectors where there are any, and which is fast without them.
fn plain(text: &[u8]) -> usize {
    const BLOCK: usize = 64;
    let is_plain = |block: &&[u8]| {
        let words = block.chunks_exact(8).filter_map(|word| word.first_chunk::<8>());
        words.fold(0, |found, word| found | foreign(u64::from_le_bytes(*word))) == 0
    };
    let start = text.chunks_exact(BLOCK).take_while(is_plain).count() * BLOCK;
    let rest = text.get(start..).unwrap_or_default();
    start + rest.iter().take_while(|byte| sextet(**byte) != NO).count()
}

const fn each(byte: u8) -> u64 {
    u64::from_le_bytes([byte; 8])
}

/// The top bit of each byte that is not of the alphabet.
const fn foreign(word: u64) -> u64 {
    const TOP: u64 = each(0x80);
    // Without the top bits no addition carries into the next byte, and a sum's top bit says "at least".
    let low = word & !TOP;
    let letter = low | each(0x20);
    let letter = (letter + each(0x80 - b'a')) & !(letter + each(0x7f - b'z'));
    let slash_or_digit = (low + each(0x80 - b'/')) & !(low + each(0x7f - b'9'));
    let plus = !((low ^ each(b'+')) + each(0x7f));
    (word | !(letter | slash_or_digit | plus)) & TOP
}

const NO: u8 = 0xff;

/// What each character stands for.
static SEXTETS: [u8; 256] = {
    let mut table = [NO; 256];
    let mut byte = 0_u8;
    let mut rest: &mut [u8] = &mut table;
    while let [place, tail @ ..] = rest {
        *place = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => NO,
        };
        byte = byte.wrapping_add(1);
        rest = tail;
    }
    table
};

fn sextet(byte: u8) -> u8 {
    SEXTETS.get(usize::from(byte)).copied().unwrap_or(NO)
}

/// The bytes behind a text, decoded where they are read; up to the first character that is not of the alphabet.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Base64<'a>(pub(crate) &'a [u8]);

impl Source for Base64<'_> {
    fn len(&self) -> usize {
        let pads = self.0.iter().rev().take(2).take_while(|byte| **byte == b'=').count();
        (self.0.len() - pads) / 4 * 3 + [0, 0, 1, 2].get((self.0.len() - pads) % 4).copied().unwrap_or(0)
    }

    fn read(&self, at: usize, into: &mut [u8]) -> usize {
        let text = self.0.get(at / 3 * 4..).unwrap_or_default();
        let skip = at % 3;
        if skip == 0 {
            return read_groups(text, into);
        }
        let (bytes, valid) = decoded(text.get(..text.len().min(4)).unwrap_or_default());
        let first = bytes.get(skip..valid).unwrap_or_default();
        let count = first.read(0, into);
        match into.get_mut(count..) {
            Some(rest) if valid == 3 && !rest.is_empty() => count + read_groups(text.get(4..).unwrap_or_default(), rest),
            _ => count,
        }
    }
}

/// Decodes from the start of a group on.
fn read_groups(text: &[u8], into: &mut [u8]) -> usize {
    let mut count = 0;
    for (group, to) in text.chunks_exact(4).zip(into.chunks_exact_mut(3)) {
        let (Some(group), Some(to)) = (group.first_chunk::<4>(), to.first_chunk_mut::<3>()) else { break };
        let values = group.map(sextet);
        let [a, b, c, d] = values.map(u32::from);
        // No character's value has the two top bits.
        if values.iter().fold(0, |all, value| all | value) > 63 {
            break;
        }
        let [_, bytes @ ..] = (a << 18 | b << 12 | c << 6 | d).to_be_bytes();
        *to = bytes;
        count += 3;
    }
    let (bytes, valid) = decoded(text.get(count / 3 * 4..).unwrap_or_default());
    let last = bytes.get(..valid).unwrap_or_default();
    count + into.get_mut(count..).map_or(0, |rest| last.read(0, rest))
}

/// The bytes of up to four characters, and how many they are.
fn decoded(group: &[u8]) -> ([u8; 3], usize) {
    let (mut bits, mut length) = (0_u32, 0);
    for at in 0..4 {
        let value = group.get(at).map_or(NO, |byte| sextet(*byte));
        if value == NO {
            break;
        }
        bits |= u32::from(value) << (18 - 6 * at);
        length += 1;
    }
    let [_, first, second, third] = bits.to_be_bytes();
    ([first, second, third], (length * 3_usize) / 4)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_single_characters_are_judged_alike() {
        for byte in 0..=u8::MAX {
            for place in 0..8 {
                let mut word = [b'A'; 8];
                word[place] = byte;
                let expected = if sextet(byte) == NO { 0x80_u64 << (8 * place) } else { 0 };
                assert_eq!(foreign(u64::from_le_bytes(word)), expected, "{byte} at {place}");
            }
        }
    }
}
