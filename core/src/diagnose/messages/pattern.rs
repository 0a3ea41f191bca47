//! The matching language of the message table.
//!
//! A pattern is matched from the start of a text; text that is left over does not matter. Letters compare without
//! case, quotes and back-ticks of the text count for nothing, and a run of white space is one space, since terminals
//! wrap messages and loggers quote them. A line break in the middle of a word is passed over.
//!
//! | in a pattern | in the text |
//! |---|---|
//! | `*` | anything, at most 200 bytes |
//! | `~` | anything that may stand in a dotted path, also nothing |
//! | `@` | a name; it becomes the field |
//! | `?` | a name |
//! | `#` | a number; it is the actual one, and several of them are added up |
//! | `^` | a number; it is the limit |
//! | `$` | the end of the text, or of a clause of it |
//! | `\|` | nothing; what stands after it may be missing |
//! | a letter or digit at its end | one that no letter or digit follows |
//! | anything else | itself |
//!
//! Only the last `*` or `~` is tried again when what follows it does not fit, so that the work is linear in the text.

/// How far a `*` reaches, and how long a name is, in bytes.
const REACH: usize = 200;
/// How many digits a number may have.
const DIGITS: usize = 20;

/// What a pattern took out of the text.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Captures<'t> {
    pub(super) name: Option<&'t str>,
    pub(super) actual: Option<u64>,
    pub(super) limit: Option<u64>,
}

/// Where to go on when what follows a `*` or `~` does not fit.
struct Wildcard<'t> {
    pattern: usize,
    text: usize,
    end: usize,
    path_only: bool,
    captures: Captures<'t>,
}

impl Wildcard<'_> {
    /// Takes in one more byte, or one more line break of a wrapped path.
    fn grow(&mut self, text: &[u8]) -> bool {
        let Some(byte) = text.get(self.text) else { return false };
        self.text = if self.path_only && !is_path(*byte) {
            let space = Space::at(text, self.text);
            if !space.wrapped {
                return false;
            }
            space.end
        } else {
            self.text + 1
        };
        self.text <= self.end
    }

    /// Takes in bytes up to where the two bytes behind the wildcard may fit: most places are passed over here.
    fn grow_to(&mut self, pattern: &[u8], text: &[u8]) -> bool {
        let literal = |at: usize| pattern.get(at).copied().filter(|byte| byte.is_ascii_lowercase() || *byte == b' ');
        if self.path_only {
            // A colon or full stop may stand behind a path as well.
            let stop = || pattern.get(self.pattern).copied().filter(|byte| matches!(byte, b':' | b'.'));
            let Some(first) = literal(self.pattern).or_else(stop) else { return self.grow(text) };
            while self.grow(text) {
                if text.get(self.text).is_some_and(|byte| byte.eq_ignore_ascii_case(&first) || is_passed_over(*byte)) {
                    return true;
                }
            }
            return false;
        }
        let (Some(first), second) = (literal(self.pattern), literal(self.pattern + 1)) else { return self.grow(text) };
        let from = self.text + 1;
        let window = text.get(from..text.len().min(self.end + 1)).unwrap_or_default();
        let upper = first.to_ascii_uppercase();
        for (at, byte) in window.iter().enumerate() {
            let exact = *byte == first || *byte == upper;
            // Quotes and line breaks may stand before any byte of the pattern.
            let fits = exact
                && second.is_none_or(|second| {
                    text.get(from + at + 1).is_some_and(|next| next.eq_ignore_ascii_case(&second) || is_passed_over(*next))
                });
            if fits || is_passed_over(*byte) {
                self.text = from + at;
                return true;
            }
        }
        false
    }
}

/// Whether a byte may be one that is passed over between two bytes of a pattern.
const fn is_passed_over(byte: u8) -> bool {
    matches!(byte, b'\n' | b'\r' | b'"' | b'\'' | b'`' | b'\\' | 0xe2)
}

/// What `pattern` takes out of `text`; `None` where it does not fit.
pub(super) fn matches<'t>(pattern: &str, text: &'t str) -> Option<Captures<'t>> {
    let (pattern, bytes) = (pattern.as_bytes(), text.as_bytes());
    let mut captures = Captures::default();
    let mut accepted = None;
    let mut wildcard: Option<Wildcard<'t>> = None;
    let (mut p, mut t) = (0, 0);
    loop {
        let run = plain_run(pattern.get(p..).unwrap_or_default(), bytes.get(t..).unwrap_or_default());
        p += run;
        t += run;
        // The new position in the text, where this piece of the pattern fits.
        let fits = match pattern.get(p) {
            None => {
                if ends_here(pattern, bytes, t) {
                    return Some(captures);
                }
                None
            }
            Some(mark @ (b'*' | b'~')) => {
                wildcard =
                    Some(Wildcard { pattern: p + 1, text: t, end: t.saturating_add(REACH), path_only: *mark == b'~', captures });
                Some(t)
            }
            Some(b'|') => {
                accepted = Some(captures);
                wildcard = None;
                Some(t)
            }
            Some(b'$') => {
                let seen = skip_marks(bytes, Space::at(bytes, skip_marks(bytes, t)).end);
                bytes.get(seen).is_none_or(|byte| !byte.is_ascii_alphanumeric()).then_some(t)
            }
            Some(b' ') => {
                let from = skip_marks(bytes, t);
                let space = Space::at(bytes, from);
                (space.end > from).then_some(space.end)
            }
            Some(mark @ (b'#' | b'^')) => number(bytes, skip_marks(bytes, t)).map(|(value, end)| {
                let slot = if *mark == b'#' { &mut captures.actual } else { &mut captures.limit };
                *slot = Some(slot.unwrap_or(0).saturating_add(value));
                end
            }),
            Some(mark @ (b'@' | b'?')) => {
                let from = skip_marks(bytes, t);
                let end = name(bytes, from);
                if *mark == b'@' {
                    captures.name = text.get(from..end);
                }
                (end > from).then_some(end)
            }
            Some(literal) => byte(bytes, t, *literal),
        };
        if let Some(next) = fits {
            p += 1;
            t = next;
        } else if let Some(open) = &mut wildcard
            && open.grow_to(pattern, bytes)
        {
            p = open.pattern;
            t = open.text;
            captures = open.captures;
        } else {
            return accepted;
        }
    }
}

/// How many bytes of the pattern stand in the text as they are, without any mark or wrap to think of: most of them do.
fn plain_run(pattern: &[u8], text: &[u8]) -> usize {
    let fits = |(at, (mark, byte)): &(usize, (&u8, &u8))| {
        let same = byte.to_ascii_lowercase() == **mark;
        let single = || text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric);
        same && (mark.is_ascii_alphanumeric() || **mark == b' ' && single())
    };
    pattern.iter().zip(text).enumerate().take_while(fits).count()
}

/// Whether a pattern may end at `at`: not in the middle of a word.
fn ends_here(pattern: &[u8], text: &[u8], at: usize) -> bool {
    let in_word = pattern.last().is_some_and(u8::is_ascii_alphanumeric);
    !(in_word && text.get(at).is_some_and(u8::is_ascii_alphanumeric))
}

/// The position after `literal`, where the text has it at `at`.
fn byte(text: &[u8], at: usize, literal: u8) -> Option<usize> {
    let fits = |at: usize| text.get(at).is_some_and(|byte| byte.eq_ignore_ascii_case(&literal));
    // Most texts fail here at their first bytes, so the plain case comes first.
    if fits(at) {
        return Some(at + 1);
    }
    // There is nothing to pass over before a letter.
    if text.get(at).is_some_and(u8::is_ascii_alphanumeric) {
        return None;
    }
    let at = skip_marks(text, at);
    if fits(at) {
        return Some(at + 1);
    }
    let space = Space::at(text, at);
    (space.wrapped && fits(space.end)).then_some(space.end + 1)
}

/// A run of white space; written-out escapes of line breaks and tabs belong to it.
pub(super) struct Space {
    pub(super) end: usize,
    /// Whether it holds a line break.
    pub(super) wrapped: bool,
}

impl Space {
    pub(super) fn at(text: &[u8], at: usize) -> Self {
        let mut space = Self { end: at, wrapped: false };
        loop {
            match text.get(space.end) {
                Some(b'\n' | b'\r') => {
                    space.wrapped = true;
                    space.end += 1;
                }
                Some(byte) if byte.is_ascii_whitespace() => space.end += 1,
                Some(b'\\') if matches!(text.get(space.end + 1), Some(b'n' | b'r' | b't')) => {
                    space.wrapped = true;
                    space.end += 2;
                }
                // A no-break space.
                Some(0xc2) if text.get(space.end + 1) == Some(&0xa0) => space.end += 2,
                _ => return space,
            }
        }
    }
}

/// The position after quotes, back-ticks and their escapes.
pub(super) fn skip_marks(text: &[u8], mut at: usize) -> usize {
    loop {
        match text.get(at) {
            Some(b'`' | b'"' | b'\'') => at += 1,
            Some(b'\\') if matches!(text.get(at + 1), Some(b'`' | b'"' | b'\'' | b'\\')) => at += 1,
            // The curly ones: U+2018 to U+201D.
            Some(0xe2) if text.get(at + 1) == Some(&0x80) && matches!(text.get(at + 2), Some(0x98..=0x9d)) => at += 3,
            _ => return at,
        }
    }
}

/// Whether the byte may stand in a dotted path, placeholders of loggers included.
pub(super) const fn is_path(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-' | b'.' | b'[' | b']' | b'<' | b'>' | b'*' | b'$')
}

/// The end of the name at `at`: a path, a model id, a media type, an ARN.
pub(super) fn name(text: &[u8], at: usize) -> usize {
    let is_name = |byte: &u8| is_path(*byte) || matches!(byte, b':' | b'/' | b'@' | b'=' | b'+') || !byte.is_ascii();
    let mut end = at;
    while end < at.saturating_add(REACH) && text.get(end).is_some_and(is_name) {
        // A curly quote is no letter.
        if text.get(end) == Some(&0xe2) && skip_marks(text, end) > end {
            break;
        }
        end += 1;
    }
    while end > at && end.checked_sub(1).and_then(|last| text.get(last)).is_some_and(|byte| matches!(byte, b'.' | b':' | b']')) {
        end -= 1;
    }
    end
}

/// The number at `at`, thousands apart or not, and where it ends.
fn number(text: &[u8], at: usize) -> Option<(u64, usize)> {
    let mut value = 0_u64;
    let mut digits = 0;
    let mut end = at;
    loop {
        match text.get(end) {
            Some(digit @ b'0'..=b'9') if digits < DIGITS => {
                value = value.saturating_mul(10).saturating_add(u64::from(digit - b'0'));
                digits += 1;
                end += 1;
            }
            Some(b',') if digits > 0 && text.get(end + 1).is_some_and(u8::is_ascii_digit) => end += 1,
            _ => return (digits > 0).then_some((value, end)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Captures, matches};
    use alloc::format;

    fn fits(pattern: &str, text: &str) -> bool {
        matches(pattern, text).is_some()
    }

    #[test]
    fn quotes_case_and_wraps_do_not_matter() {
        let pattern = "tool_use ids were found";
        for text in [
            "tool_use ids were found",
            "`tool_use` ids were found without",
            "\\`tool_use\\` IDs were\n     found",
            "\u{201c}tool_use\u{201d} ids were\\n found",
            "tool_u\n    se ids were found",
        ] {
            assert!(fits(pattern, text), "{text}");
        }
        for text in ["tool_use id were found", "tool_useids were found", "a tool_use ids were found", "tool_use ids were", ""] {
            assert!(!fits(pattern, text), "{text}");
        }
    }

    #[test]
    fn a_pattern_ends_at_the_end_of_a_word() {
        assert!(fits("model not found", "Model not found."));
        assert!(!fits("model not found", "model not foundry"));
        assert!(fits("overloaded$", "Overloaded. Try later"));
        assert!(!fits("overloaded$", "overloaded methods are not allowed"));
    }

    #[test]
    fn numbers_and_names_are_taken_out() {
        let found = matches("context limit: # + # > ^", "context limit: 188,240 + 21333 > 200000, decrease");
        assert_eq!(found, Some(Captures { name: None, actual: Some(209_573), limit: Some(200_000) }));
        let found = matches("the field at @ is blank", "The field at `messages.<n>.content.0` is blank.");
        assert_eq!(found.and_then(|found| found.name), Some("messages.<n>.content.0"));
    }

    #[test]
    fn what_stands_after_a_bar_may_be_missing() {
        let pattern = "prompt is too long|: # tokens > ^";
        let whole = matches(pattern, "prompt is too long: 5 tokens > 3 maximum");
        assert_eq!(whole, Some(Captures { name: None, actual: Some(5), limit: Some(3) }));
        assert_eq!(matches(pattern, "prompt is too long: 5 tok"), Some(Captures::default()));
        assert_eq!(matches(pattern, "prompt is too lo"), None);
    }

    #[test]
    fn a_star_reaches_200_bytes_and_no_further() {
        let far = |gap: usize| format!("value {} at x failed", "y".repeat(gap));
        assert!(fits("value*at x failed", &far(190)));
        assert!(!fits("value*at x failed", &far(250)));
    }

    #[test]
    fn a_tilde_stays_inside_the_path() {
        assert!(fits("tools~name: string should", "tools.3.custom.name: String should match"));
        assert!(fits("tools~name: string should", "tools.\n   3.custom.name: String should match"));
        assert!(!fits("tools~name: string should", "tools are here, name: String should match"));
    }

    #[test]
    fn hostile_texts_end() {
        for text in ["value ", "value at ", "\\", "\u{e2}\u{80}", "’’’", &"value at x ".repeat(10_000), &"'".repeat(10_000)]
        {
            assert!(!fits("value*at x*at x failed", text));
        }
    }
}
