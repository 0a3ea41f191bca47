//! Images and documents, as far as their bytes tell without decoding them.
//!
//! Everything here looks at bytes in place: nothing is copied but a few hundred bytes at a time, and no input takes longer
//! than one pass over it.

pub(crate) mod base64;
pub(crate) mod image;
pub(crate) mod pdf;
mod pdf_syntax;

/// Bytes that can be read from anywhere: as they are, or behind base64.
pub(crate) trait Source {
    /// How many bytes there are.
    fn len(&self) -> usize;

    /// Puts bytes from `at` on into `into`, and says how many: fewer than asked only at the end, or before what is no
    /// base64.
    fn read(&self, at: usize, into: &mut [u8]) -> usize;

    /// So many bytes from `at` on, where there are as many.
    fn array<const N: usize>(&self, at: usize) -> Option<[u8; N]> {
        let mut bytes = [0; N];
        (self.read(at, &mut bytes) == N).then_some(bytes)
    }
}

impl Source for [u8] {
    fn len(&self) -> usize {
        <[u8]>::len(self)
    }

    fn read(&self, at: usize, into: &mut [u8]) -> usize {
        let rest = self.get(at..).unwrap_or_default();
        into.iter_mut().zip(rest).map(|(to, from)| *to = *from).count()
    }
}

/// The first place of `words` in `bytes`.
fn find(bytes: &[u8], words: &[u8]) -> Option<usize> {
    bytes.windows(words.len()).position(|window| window == words)
}

#[cfg(test)]
mod tests;
