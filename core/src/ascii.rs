//! Words that are the same in upper and lower case, as names of headers, schemes and hosts are.
//!
//! One comparison for all of them: inlined, its loop over the letters stood in ninety places.

/// Whether two words are the same.
pub(crate) fn same(one: impl AsRef<[u8]>, other: impl AsRef<[u8]>) -> bool {
    let (one, other) = (one.as_ref(), other.as_ref());
    one.len() == other.len() && equal(one, other)
}

/// Whether a text begins with a word.
pub(crate) fn starts_with(text: impl AsRef<[u8]>, word: impl AsRef<[u8]>) -> bool {
    let (text, word) = (text.as_ref(), word.as_ref());
    text.get(..word.len()).is_some_and(|start| equal(start, word))
}

/// Whether a text ends with a word.
pub(crate) fn ends_with(text: impl AsRef<[u8]>, word: impl AsRef<[u8]>) -> bool {
    let (text, word) = (text.as_ref(), word.as_ref());
    text.len().checked_sub(word.len()).and_then(|at| text.get(at..)).is_some_and(|end| equal(end, word))
}

#[inline(never)]
fn equal(one: &[u8], other: &[u8]) -> bool {
    one.eq_ignore_ascii_case(other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn case_says_nothing_and_every_other_byte_does() {
        assert!(same("X-Api-Key", "x-api-key") && same("", "") && same("é", "é"));
        assert!(!same("x-api-key", "x-api-keys") && !same("É", "é") && !same("[", "{"));
    }

    #[test]
    fn a_text_begins_and_ends_with_words_no_longer_than_itself() {
        assert!(starts_with("HTTPS://api", "https:") && starts_with("a", "A") && starts_with("a", ""));
        assert!(!starts_with("http", "https:") && !starts_with("https:", "http:"));
        assert!(ends_with("/v1/Messages", "/messages") && ends_with("a", "A") && ends_with("a", ""));
        assert!(!ends_with("ges", "/messages") && !ends_with("/messages", "/message"));
    }
}
