//! Lines and columns, as an editor shows them.

use alloc::string::String;

/// A place of a text: both counted from 1, columns in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Place {
    pub(crate) line: usize,
    pub(crate) column: usize,
}

/// Finds places one after the other, each from the one before: many of them in a long text take one walk.
pub(crate) struct Places<'a> {
    text: &'a [u8],
    offset: usize,
    place: Place,
}

impl<'a> Places<'a> {
    pub(crate) const fn new(text: &'a [u8]) -> Self {
        Self { text, offset: 0, place: Place { line: 1, column: 1 } }
    }

    /// The place of a byte.
    pub(crate) fn at(&mut self, offset: usize) -> Place {
        if offset < self.offset {
            *self = Self::new(self.text);
        }
        let between = self.text.get(self.offset..offset).unwrap_or_default();
        let last_line = match memchr::memrchr(b'\n', between) {
            None => between,
            Some(last) => {
                self.place = Place { line: self.place.line + count(between, |byte| byte == b'\n'), column: 1 };
                between.get(last + 1..).unwrap_or_default()
            }
        };
        self.place.column += count(last_line, starts_character);
        self.offset = offset;
        self.place
    }
}

/// Whether a byte of UTF-8 is the first of its character.
const fn starts_character(byte: u8) -> bool {
    byte & 0xC0 != 0x80
}

/// Counts in small pieces whose sums fit a byte: that is what vector instructions count in.
fn count(bytes: &[u8], which: impl Fn(u8) -> bool) -> usize {
    let piece = |piece: &[u8]| usize::from(piece.iter().fold(0_u8, |sum, byte| sum.wrapping_add(u8::from(which(*byte)))));
    bytes.chunks(192).map(piece).sum()
}

/// How many characters of a line are shown on each side of a place.
const AROUND: usize = 40;

/// The line around a byte, cut to at most 81 characters of the text, and how many characters of it stand before the
/// place. `…` stands for what is cut, a picture (`␉`) for a control character, U+FFFD for what is not UTF-8.
pub(super) fn line_around(text: &[u8], offset: usize) -> (String, usize) {
    let (before, after) = text.split_at_checked(offset).unwrap_or((text, &[]));
    // A character takes four bytes at most; so no line is searched for its ends.
    let before = before.get(before.len().saturating_sub(4 * (AROUND + 1))..).unwrap_or_default();
    let before = match before.iter().rposition(|byte| *byte == b'\n') {
        Some(last) => before.get(last + 1..).unwrap_or_default(),
        None => before,
    };
    let after = after.get(..after.len().min(4 * (AROUND + 2))).unwrap_or_default();
    let after = after.split(|byte| *byte == b'\n').next().unwrap_or_default();
    let after = after.strip_suffix(b"\r").unwrap_or(after);
    let before = String::from_utf8_lossy(before);
    let before = before.trim_start_matches(char::REPLACEMENT_CHARACTER);
    let after = String::from_utf8_lossy(after);
    let skipped = before.chars().count().saturating_sub(AROUND);
    let mut line = String::new();
    if skipped > 0 {
        line.push('…');
    }
    line.extend(before.chars().skip(skipped).map(visible));
    let mark = line.chars().count();
    for (shown, char) in after.chars().enumerate() {
        if shown > AROUND {
            line.push('…');
            break;
        }
        line.push(visible(char));
    }
    (line, mark)
}

/// A character that shows.
fn visible(char: char) -> char {
    match u32::from(char) {
        code @ 0..0x20 => char::from_u32(0x2400 + code).unwrap_or(char),
        0x7F => '␡',
        _ if char.is_control() => char::REPLACEMENT_CHARACTER,
        _ => char,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_newlines() {
        let text = "aé\r\n😀b\n\nc".as_bytes();
        let mut places = Places::new(text);
        for (offset, line, column) in [(0, 1, 1), (3, 1, 3), (5, 2, 1), (9, 2, 2), (10, 2, 3), (12, 4, 1), (13, 4, 2), (1, 1, 2)]
        {
            assert_eq!(places.at(offset), Place { line, column }, "{offset}");
        }
    }

    #[test]
    fn long_lines_are_counted_as_short_ones() {
        let text = "é".repeat(1000) + "\n" + &"x\n".repeat(700) + &"y".repeat(900);
        assert_eq!(Places::new(text.as_bytes()).at(text.len()), Place { line: 702, column: 901 });
        assert_eq!(Places::new(text.as_bytes()).at(2000), Place { line: 1, column: 1001 });
    }

    #[test]
    fn a_line_is_cut_around_the_place() {
        assert_eq!(line_around(b"{\n\t1,}\r\n]", 4), ("␉1,}".into(), 2));
        assert_eq!(line_around(b"", 0), (String::new(), 0));
        assert_eq!(line_around(b"ab\nc", 2), ("ab".into(), 2));
        assert_eq!(line_around(b"a\xffb", 1), ("a\u{fffd}b".into(), 1));
        let long = "é".repeat(100) + "!" + &"ü".repeat(100);
        let wanted = alloc::format!("…{}!{}…", "é".repeat(40), "ü".repeat(40));
        assert_eq!(line_around(long.as_bytes(), 200), (wanted, 41));
    }
}
