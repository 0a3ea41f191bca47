//! Texts that were met before, such as ids and names.

use alloc::borrow::Cow;
use alloc::collections::BTreeMap;
use core::mem::{self, ManuallyDrop};

/// Texts, each with a number: where it was met, or nothing of interest. One tree for all of them, since each kind of tree,
/// and each sort, is kilobytes of code of its own.
#[derive(Debug, Default)]
pub(crate) struct Seen<'t>(ManuallyDrop<BTreeMap<Cow<'t, str>, usize>>);

impl<'t> Seen<'t> {
    /// Adds a text, and says whether it is new.
    pub(crate) fn add(&mut self, text: Cow<'t, str>) -> bool {
        self.put(text, 0).is_none()
    }

    /// Adds a text or gives it another number, and gives back the one it had.
    #[inline(never)]
    pub(crate) fn put(&mut self, text: Cow<'t, str>, number: usize) -> Option<usize> {
        self.0.insert(text, number)
    }

    #[inline(never)]
    pub(crate) fn get(&self, text: &str) -> Option<usize> {
        self.0.get(text).copied()
    }

    pub(crate) fn has(&self, text: &str) -> bool {
        self.get(text).is_some()
    }

    pub(crate) fn clear(&mut self) {
        self.0.clear();
    }
}

impl<'t> Extend<Cow<'t, str>> for Seen<'t> {
    fn extend<I: IntoIterator<Item = Cow<'t, str>>>(&mut self, texts: I) {
        for text in texts {
            self.add(text);
        }
    }
}

impl<'t> FromIterator<Cow<'t, str>> for Seen<'t> {
    fn from_iter<I: IntoIterator<Item = Cow<'t, str>>>(texts: I) -> Self {
        let mut seen = Self::default();
        seen.extend(texts);
        seen
    }
}

/// Once, and not wherever one ends: to take a tree apart is a third of a kilobyte of code.
impl Drop for Seen<'_> {
    #[inline(never)]
    fn drop(&mut self) {
        drop(mem::take(&mut *self.0));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_is_new_once_and_keeps_its_last_number() {
        let mut seen = Seen::default();
        assert!(seen.add(Cow::Borrowed("a")) && !seen.add(Cow::Borrowed("a")));
        assert_eq!((seen.put(Cow::Borrowed("b"), 1), seen.put(Cow::Borrowed("b"), 2), seen.get("b")), (None, Some(1), Some(2)));
        assert!(seen.has("b") && !seen.has("c"));
        seen.clear();
        assert!(!seen.has("a"));
    }
}
