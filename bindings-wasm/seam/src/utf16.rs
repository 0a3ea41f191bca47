//! JavaScript's texts as the core reads them.

use alloc::vec::Vec;

/// So many units are looked at together: as many as the compiler makes a few instructions of.
const CHUNK: usize = 16;

/// UTF-16 as UTF-8, halves of surrogate pairs as U+FFFD, which is what JavaScript's own encoders send. Faster than the
/// engine's conversion, and a large request is nothing but conversion.
pub fn utf8(units: &[u16]) -> Vec<u8> {
    let mut text = Vec::with_capacity(units.len() + units.len() / 16);
    let mut rest = units;
    while !rest.is_empty() {
        while let Some((chunk, behind)) = rest.split_first_chunk::<CHUNK>() {
            if chunk.iter().fold(0, |all, unit| all | unit) >= 0x80 {
                break;
            }
            #[expect(clippy::cast_possible_truncation, reason = "all are ASCII")]
            text.extend_from_slice(&chunk.map(|unit| unit as u8));
            rest = behind;
        }
        let mut taken = 0;
        for unit in char::decode_utf16(rest.iter().copied()) {
            let character = unit.unwrap_or(char::REPLACEMENT_CHARACTER);
            text.extend_from_slice(character.encode_utf8(&mut [0; 4]).as_bytes());
            taken += character.len_utf16();
            if taken >= CHUNK {
                break;
            }
        }
        rest = rest.get(taken..).unwrap_or_default();
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::string::{String, ToString};

    #[test]
    fn every_text_is_the_same_in_utf8() {
        let texts = ["", "a", "0123456789abcdef", "naïve “quotes” 0123456789abcdef0123456789abcdef", "e\u{301}\u{1f980}\u{10ffff}\0"];
        for text in texts {
            for before in 0..40 {
                let text = "x".repeat(before) + &text.repeat(3);
                let units: Vec<u16> = text.encode_utf16().collect();
                assert_eq!(utf8(&units), text.as_bytes());
            }
        }
    }

    #[test]
    fn halves_of_pairs_are_replaced_wherever_they_stand() {
        for before in 0..40 {
            for half in [0xd83d, 0xdc00] {
                let mut units: Vec<u16> = "x".repeat(before).encode_utf16().collect();
                units.extend([half, u16::from(b'y')]);
                assert_eq!(utf8(&units), (String::from_utf16_lossy(&units).to_string()).as_bytes());
                units.pop();
                assert_eq!(utf8(&units), String::from_utf16_lossy(&units).as_bytes());
            }
        }
    }
}
