//! JavaScript's texts as the core reads them.

use alloc::vec::Vec;

/// So many units are looked at together: as many as the compiler makes a few instructions of.
const CHUNK: usize = 16;

/// Appends UTF-16 as UTF-8, halves of surrogate pairs as U+FFFD, which is what JavaScript's own encoders send. Faster than
/// the engine's conversion, and a large request is nothing but conversion.
pub fn push_utf16(units: &[u16], text: &mut Vec<u8>) {
    text.reserve(units.len() + units.len() / 16);
    let mut rest = units;
    while !rest.is_empty() {
        while let Some((chunk, behind)) = rest.split_first_chunk::<CHUNK>() {
            if chunk.iter().fold(0, |all, unit| all | unit) >= 0x80 {
                break;
            }
            text.extend_from_slice(&chunk.map(low));
            rest = behind;
        }
        let plain = rest.iter().take_while(|unit| **unit < 0x80).count();
        let (ascii, behind) = rest.split_at_checked(plain).unwrap_or((rest, &[]));
        text.extend(ascii.iter().copied().map(low));
        rest = behind;
        while let Some((unit, behind)) = rest.split_first().filter(|(unit, _)| **unit >= 0x80) {
            rest = behind;
            let whole = char::from_u32(u32::from(*unit)).unwrap_or_else(|| {
                let pair = char::decode_utf16([*unit, behind.first().copied().unwrap_or(0)]).next();
                let whole = pair.and_then(Result::ok);
                if whole.is_some() {
                    rest = behind.get(1..).unwrap_or_default();
                }
                whole.unwrap_or(char::REPLACEMENT_CHARACTER)
            });
            text.extend_from_slice(whole.encode_utf8(&mut [0; 4]).as_bytes());
        }
    }
}

#[expect(clippy::cast_possible_truncation, reason = "for ASCII")]
const fn low(unit: u16) -> u8 {
    unit as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn utf8(units: &[u16]) -> Vec<u8> {
        let mut text = Vec::new();
        push_utf16(units, &mut text);
        text
    }

    use alloc::string::String;

    #[test]
    fn every_text_is_the_same_in_utf8() {
        let texts =
            ["", "a", "0123456789abcdef", "naïve “quotes” 0123456789abcdef0123456789abcdef", "e\u{301}\u{1f980}\u{10ffff}\0"];
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
            for half in [0xd83d, 0xdc00, 0xd800, 0xdbff, 0xdfff] {
                let mut units: Vec<u16> = "x".repeat(before).encode_utf16().collect();
                units.extend([half, u16::from(b'y')]);
                assert_eq!(utf8(&units), String::from_utf16_lossy(&units).as_bytes());
                units.pop();
                assert_eq!(utf8(&units), String::from_utf16_lossy(&units).as_bytes());
            }
        }
    }
}
