//! The first bytes of patterns and texts: enough to pass over most rows of the table at the cost of one comparison.

use super::pattern::{Space, name, skip_marks};

/// The first eight bytes of a pattern or text as they are compared: lower case, without quotes, white space as one
/// space.
#[derive(Clone, Copy, Debug)]
pub(super) enum Head {
    /// The bytes, and which of them are known: none from a line break on, which may stand for a space or for nothing.
    Known { bytes: u64, known: u64 },
    /// There is none.
    Missing,
}

impl Head {
    const BYTES: usize = 8;

    /// The plain bytes at the start of a pattern, from its byte `from` on.
    pub(super) const fn of_pattern(pattern: &[u8], from: usize) -> u64 {
        let (mut head, mut at) = (0, 0);
        let (_, mut rest) = pattern.split_at(from);
        while let [byte, tail @ ..] = rest {
            if at == Self::BYTES || matches!(byte, b'*' | b'~' | b'@' | b'?' | b'#' | b'^' | b'$' | b'|') {
                break;
            }
            head |= (*byte as u64) << (8 * at);
            at += 1;
            rest = tail;
        }
        head
    }

    /// The start of a text, from its byte `at` on.
    pub(super) fn of_text(text: &[u8], mut at: usize) -> Self {
        if let Some(head) = text.get(at..).and_then(<[u8]>::first_chunk::<9>).and_then(plain) {
            return Self::Known { bytes: head, known: u64::MAX };
        }
        let mut head = 0;
        for place in 0..Self::BYTES {
            if !text.get(at).is_some_and(u8::is_ascii_alphanumeric) {
                at = skip_marks(text, at);
            }
            let Some(byte) = text.get(at) else { break };
            let space = if byte.is_ascii_alphanumeric() {
                at
            } else {
                let space = Space::at(text, at);
                if space.wrapped {
                    return Self::Known { bytes: head, known: !(u64::MAX << (8 * place)) };
                }
                space.end
            };
            let byte = if space > at { b' ' } else { byte.to_ascii_lowercase() };
            at = space.max(at + 1);
            head |= u64::from(byte) << (8 * place);
        }
        Self::Known { bytes: head, known: u64::MAX }
    }

    /// The start of what follows a name and its space.
    pub(super) fn behind_name(text: &[u8]) -> Self {
        let from = skip_marks(text, 0);
        let end = name(text, from);
        let at = skip_marks(text, end);
        let space = Space::at(text, at);
        if end > from && space.end > at { Self::of_text(text, space.end) } else { Self::Missing }
    }

    /// Whether a pattern that begins with these bytes may fit the text.
    pub(super) const fn may_fit(self, pattern: u64) -> bool {
        match self {
            // A pattern that is shorter has zeros in its last bytes.
            Self::Known { bytes, known } => {
                pattern == 0 || (bytes ^ pattern) & known & (u64::MAX >> (pattern.leading_zeros() & !7)) == 0
            }
            Self::Missing => false,
        }
    }
}

/// Eight bytes in lower case, where none of them is to be passed over; the ninth tells whether the eighth is a single space.
fn plain(nine: &[u8; 9]) -> Option<u64> {
    let is_plain = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b':');
    let [eight @ .., _] = nine;
    let single = |(byte, next): (&u8, &u8)| is_plain(byte) || *byte == b' ' && is_plain(next);
    eight.iter().zip(nine.iter().skip(1)).all(single).then(|| u64::from_le_bytes(eight.map(|byte| byte.to_ascii_lowercase())))
}
