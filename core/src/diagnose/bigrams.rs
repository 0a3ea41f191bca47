//! Which two letters stand side by side in a text: a text that lacks two of a sentence lacks the sentence, and to look for
//! each of hundreds in every text would take longer than all the rest.

/// The pairs of a text, some of them under one bit.
pub(super) struct Bigrams([u64; 64]);

impl Bigrams {
    pub(super) fn of(text: &str) -> Self {
        let mut bigrams = Self([0; 64]);
        for (one, two) in text.bytes().zip(text.bytes().skip(1)) {
            let place = Self::place(one, two);
            if let Some(word) = bigrams.0.get_mut(usize::from(place >> 6)) {
                *word |= 1 << (place & 63);
            }
        }
        bigrams
    }

    /// One of 4,096.
    fn place(one: u8, two: u8) -> u16 {
        let (one, two) = (u16::from(one), u16::from(two));
        ((one << 1 ^ two >> 5) & 63) << 6 | two & 31 | one & 32
    }

    /// Whether a sentence may stand in the text: its pairs at the start, at the end and at the quarters are there.
    pub(super) fn may_hold(&self, sentence: &str) -> bool {
        let bytes = sentence.as_bytes();
        let has = |at: usize| match bytes.get(at..).and_then(<[u8]>::first_chunk::<2>) {
            Some(&[one, two]) => {
                let place = Self::place(one, two);
                self.0.get(usize::from(place >> 6)).is_some_and(|word| word >> (place & 63) & 1 == 1)
            }
            None => true,
        };
        let quarter = bytes.len() / 4;
        has(0) && has(bytes.len() / 2) && has(bytes.len().saturating_sub(2)) && has(quarter) && has(3 * quarter)
    }
}

#[cfg(test)]
mod tests {
    use super::Bigrams;
    use alloc::format;

    #[test]
    fn no_sentence_is_hidden() {
        for sentence in ["a", "ab", "abc", "dial tcp: i/o timeout", "{:error, :timeout}", "\u{c0}b ist weg"] {
            for text in [sentence.into(), format!("before {sentence} and after"), format!("{sentence}{sentence}")] {
                assert!(Bigrams::of(&text).may_hold(sentence), "{text}");
            }
            assert!(sentence.len() < 2 || !Bigrams::of("zq zq").may_hold(sentence), "{sentence}");
        }
    }
}
