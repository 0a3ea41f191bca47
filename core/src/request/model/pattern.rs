//! Which ids belong to a row: small matchers in place of regular expressions, anchored at the start.

/// A beginning of ids, in which `~` stands for `-` or `.`: routers write `claude-sonnet-4.5`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Pattern {
    /// The beginning, whatever follows.
    Prefix(&'static str),
    /// The beginning with a version after which no further digit stands: `claude-opus-5~5`, not `claude-opus-5-55`.
    Version(&'static str),
    /// The beginning without a minor version: alone, or before a date or a word. A minor version that has no row stays
    /// unknown.
    Generation(&'static str),
    /// The beginning before nothing, or before what is neither a digit nor the mark of a minor version.
    Whole(&'static str),
}

impl Pattern {
    pub(super) fn matches(self, id: &str) -> bool {
        let (Self::Prefix(start) | Self::Version(start) | Self::Generation(start) | Self::Whole(start)) = self;
        let Some(rest) = after(start, id.as_bytes()) else { return false };
        match self {
            Self::Prefix(_) => true,
            Self::Version(_) => rest.first().is_none_or(|next| !next.is_ascii_digit()),
            Self::Generation(_) => rest.is_empty() || is_date_or_word(rest) || rest.split_first().is_some_and(separated),
            Self::Whole(_) => rest.first().is_none_or(|next| !next.is_ascii_digit() && !matches!(next, b'.' | b':')),
        }
    }
}

fn separated((first, tail): (&u8, &[u8])) -> bool {
    is_separator(*first) && is_date_or_word(tail)
}

const fn is_separator(byte: u8) -> bool {
    matches!(byte, b'-' | b'.')
}

fn is_date_or_word(rest: &[u8]) -> bool {
    match rest {
        [first, ..] if !first.is_ascii_digit() => !is_separator(*first),
        [first, second, third, ..] => [first, second, third].iter().all(|byte| byte.is_ascii_digit()),
        _ => false,
    }
}

/// What stands behind the beginning.
fn after<'i>(start: &str, id: &'i [u8]) -> Option<&'i [u8]> {
    let (head, rest) = id.split_at_checked(start.len())?;
    let same = |(want, got): (u8, &u8)| want == *got || (want == b'~' && is_separator(*got));
    start.bytes().zip(head).all(same).then_some(rest)
}

#[cfg(test)]
mod tests {
    use super::Pattern::{Generation, Prefix, Version, Whole};

    #[test]
    fn each_kind_ends_where_it_says() {
        for (pattern, yes, no) in [
            (Prefix("claude-3~7"), &["claude-3-7", "claude-3.7-x"][..], &["claude-3_7", "claude-3", "a-claude-3-7"][..]),
            (Version("claude-5~1"), &["claude-5-1", "claude-5.1-2026", "claude-5-1x"], &["claude-5-12"]),
            (
                Generation("claude-5"),
                &["claude-5", "claude-5-20260101", "claude-5-fast", "claude-5fast", "claude-5.x", "claude-5-100"],
                &["claude-5-1", "claude-5.12", "claude-5--x", "claude-5-", "claude-51"],
            ),
            (Whole("claude-2"), &["claude-2", "claude-2-x"], &["claude-2.1", "claude-2:1", "claude-21"]),
        ] {
            for id in yes {
                assert!(pattern.matches(id), "{pattern:?} {id}");
            }
            for id in no {
                assert!(!pattern.matches(id), "{pattern:?} {id}");
            }
        }
    }
}
