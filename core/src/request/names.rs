//! Names and ids: what they are made of, and how far one is from another.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

/// Whether a text is of letters, digits, `_` and `-` alone. It does not stop at the first that is none of them: a loop
/// without a way out is one of vector instructions.
pub(crate) fn is_word(text: &str) -> bool {
    let fits = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    text.bytes().fold(0, |odd, byte| odd | u8::from(!fits(byte))) == 0
}

/// What keeps a text from being a name of letters, digits and these marks.
pub(crate) fn name_fault(name: &str, longest: usize, marks: &[u8]) -> Option<Cow<'static, str>> {
    // All sets of marks have these two, and most names no others.
    if (1..=longest).contains(&name.len()) && is_word(name) {
        return None;
    }
    let foreign =
        name.chars().find(|char| !char.is_ascii_alphanumeric() && !u8::try_from(*char).is_ok_and(|byte| marks.contains(&byte)));
    match foreign {
        _ if name.is_empty() => Some(Cow::Borrowed("is empty")),
        Some(' ') => Some(Cow::Borrowed("has a space in it")),
        Some(char) if char.is_ascii_graphic() => Some(Cow::Owned(format!("has `{char}` in it"))),
        Some(char) => Some(Cow::Owned(format!("has U+{:04X} in it", u32::from(char)))),
        None if name.len() > longest => Some(Cow::Owned(format!("has {} characters", name.len()))),
        None => None,
    }
}

/// How many letters are to be put in, taken out, changed or swapped with their neighbour.
pub(crate) fn distance(left: &[u8], right: &[u8]) -> usize {
    let mut before: Vec<usize> = Vec::new();
    let mut above: Vec<usize> = (0..=right.len()).collect();
    let mut letter = 0;
    for (row, &own) in left.iter().enumerate() {
        let mut line = Vec::with_capacity(right.len() + 1);
        line.push(row + 1);
        let mut previous = 0;
        for (column, &other) in right.iter().enumerate() {
            let at = |line: &[usize], column: usize| line.get(column).copied().unwrap_or(usize::MAX / 2);
            let mut fewest =
                (at(&above, column) + usize::from(own != other)).min(at(&above, column + 1) + 1).min(at(&line, column) + 1);
            if row > 0 && column > 0 && own == previous && letter == other {
                fewest = fewest.min(at(&before, column - 1) + 1);
            }
            line.push(fewest);
            previous = other;
        }
        before = core::mem::replace(&mut above, line);
        letter = own;
    }
    above.last().copied().unwrap_or(usize::MAX)
}

/// A text of the request as a message shows it: cut where it is long, on one line.
#[cold]
pub(crate) fn short(text: &str) -> String {
    const MOST: usize = 64;
    let mut shown: String =
        text.chars().take(MOST).map(|char| if char.is_control() { char::REPLACEMENT_CHARACTER } else { char }).collect();
    if text.chars().nth(MOST).is_some() {
        shown.push('…');
    }
    shown
}
