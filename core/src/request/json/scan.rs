//! Where a string ends, eight bytes at a time.

/// Each byte of a word.
const ONES: u64 = 0x0101_0101_0101_0101;
const HIGH: u64 = ONES << 7;

/// How many bytes stand before the first that a string cannot simply contain: a quote, a backslash, or a control
/// character. All of them, where there is none.
#[inline]
pub(super) fn plain(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    // Most keys and many values end within two words.
    for _ in 0..2 {
        let Some((word, tail)) = rest.split_first_chunk::<8>() else { return bytes.len() - rest.len() + short(rest) };
        let found = stops(u64::from_le_bytes(*word));
        if found != 0 {
            return bytes.len() - rest.len() + first(found);
        }
        rest = tail;
    }
    // Then text between escapes, and then what is long: the longer, the larger the step.
    for _ in 0..4 {
        let Some((block, tail)) = rest.split_first_chunk::<32>() else { break };
        if block_stops(block) {
            return bytes.len() - rest.len() + by_words(rest);
        }
        rest = tail;
    }
    while let Some((block, tail)) = rest.split_first_chunk::<64>() {
        if block_stops(block) {
            break;
        }
        rest = tail;
    }
    bytes.len() - rest.len() + by_words(rest)
}

#[inline]
fn by_words(bytes: &[u8]) -> usize {
    let mut rest = bytes;
    while let Some((word, tail)) = rest.split_first_chunk::<8>() {
        let found = stops(u64::from_le_bytes(*word));
        if found != 0 {
            return bytes.len() - rest.len() + first(found);
        }
        rest = tail;
    }
    bytes.len() - rest.len() + short(rest)
}

/// A loop without a way out, which compilers turn into vector instructions where there are some.
#[inline]
fn block_stops<const N: usize>(block: &[u8; N]) -> bool {
    let stops = |byte: u8| u8::from(byte == b'"') | u8::from(byte == b'\\') | u8::from(byte < 0x20);
    block.iter().fold(0, |found, byte| found | stops(*byte)) != 0
}

#[cold]
fn short(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| matches!(byte, b'"' | b'\\' | 0..0x20)).unwrap_or(bytes.len())
}

/// The high bit of each byte that stops a string. Those above the lowest may be wrong, since a subtraction borrows.
///
/// Source: "Determine if a word has a byte less than n", Bit Twiddling Hacks, Sean Eron Anderson.
#[inline]
const fn stops(word: u64) -> u64 {
    let quote = word ^ (ONES * b'"' as u64);
    let slash = word ^ (ONES * b'\\' as u64);
    let control = word.wrapping_sub(ONES * 0x20) & !word;
    (quote.wrapping_sub(ONES) & !quote | slash.wrapping_sub(ONES) & !slash | control) & HIGH
}

#[inline]
const fn first(found: u64) -> usize {
    (found.trailing_zeros() / 8) as usize
}

/// How many bytes of white space stand at the front.
#[inline]
pub(super) fn blank(bytes: &[u8]) -> usize {
    bytes.iter().position(|byte| !matches!(byte, b' ' | b'\n' | b'\r' | b'\t')).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

    #[test]
    fn every_byte_at_every_place_is_told_as_one_by_one() {
        for length in 0..200_usize {
            for place in 0..length {
                for byte in [0, 1, 0x0a, 0x1f, 0x20, 0x21, b'"', 0x23, 0x5b, b'\\', 0x5d, 0x7f, 0x80, 0x9f, 0xa2, 0xdc, 0xff] {
                    let mut bytes: Vec<u8> = (0..length).map(|at| if at % 3 == 0 { b'!' } else { 0xe2 }).collect();
                    bytes[place] = byte;
                    // One that stops, right before the end: what comes first counts.
                    *bytes.last_mut().unwrap() = if place + 1 == length { byte } else { 0x01 };
                    assert_eq!(plain(&bytes), short(&bytes), "{byte:#x} at {place} of {length}");
                }
            }
        }
    }
}
