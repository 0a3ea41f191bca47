//! Which two letters stand side by side in a text: a text that lacks two of a sentence lacks the sentence, and to look for
//! each of hundreds in every text would take longer than all the rest.

/// The pairs of a text, some of them under one bit.
pub(super) struct Bigrams([u64; 64]);

/// Pairs of a sentence: at its start, at its end and at its quarters.
pub(super) type Probes = [u16; 5];

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
    const fn place(one: u8, two: u8) -> u16 {
        let (one, two) = (one as u16, two as u16);
        ((one << 1 ^ two >> 5) & 63) << 6 | two & 31 | one & 32
    }

    /// Of a sentence, which has at least two bytes.
    #[expect(clippy::indexing_slicing, reason = "runs at compile time")]
    pub(super) const fn probes(sentence: &[u8]) -> Probes {
        let last = sentence.len() - 2;
        let quarter = sentence.len() / 4;
        let probe = [0, sentence.len() / 2, last, quarter, 3 * quarter];
        let mut places = [0; 5];
        let mut next = 0;
        while next < places.len() {
            let at = if probe[next] < last { probe[next] } else { last };
            places[next] = Self::place(sentence[at], sentence[at + 1]);
            next += 1;
        }
        places
    }

    /// Whether a sentence with these pairs may stand in the text.
    pub(super) fn may_hold(&self, probes: &Probes) -> bool {
        probes.iter().all(|place| self.0.get(usize::from(place >> 6)).is_some_and(|word| word >> (place & 63) & 1 == 1))
    }
}

#[cfg(test)]
mod tests {
    use super::Bigrams;
    use alloc::format;

    #[test]
    fn no_sentence_is_hidden() {
        for sentence in ["ab", "abc", "dial tcp: i/o timeout", "{:error, :timeout}", "\u{c0}b ist weg"] {
            let probes = Bigrams::probes(sentence.as_bytes());
            for text in [sentence.into(), format!("before {sentence} and after"), format!("{sentence}{sentence}")] {
                assert!(Bigrams::of(&text).may_hold(&probes), "{text}");
            }
            assert!(!Bigrams::of("zq zq").may_hold(&probes), "{sentence}");
        }
    }
}
