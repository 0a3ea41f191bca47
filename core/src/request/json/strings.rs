//! Strings: where they end, and whether their escapes are such.

use super::explain;
use super::fault::{FaultKind, Met};
use super::reader::{Reader, Stopped};
use super::scan::plain;
use crate::request::escape::{hex4, is_high, is_low};

/// How many halves of surrogate pairs are told.
const MAX_SURROGATES: usize = 100;

/// What stands for one character behind a backslash, as bits: which of them it is does not matter here, and a jump for
/// each would be guessed wrong.
const SIMPLE: u128 = 1 << b'"' | 1 << b'\\' | 1 << b'/' | 1 << b'b' | 1 << b'f' | 1 << b'n' | 1 << b'r' | 1 << b't';

impl<'a> Reader<'a> {
    /// The string whose opening quote is next: what stands between its quotes, and whether there are escapes in it.
    #[inline]
    pub(super) fn quoted(&mut self, is_key: bool) -> Result<(&'a str, bool), Stopped> {
        let start = self.at + 1;
        let mut at = start;
        let mut escaped = false;
        loop {
            at += plain(self.bytes.get(at..).unwrap_or_default());
            match self.bytes.get(at) {
                Some(b'"') => break,
                Some(b'\\') => {
                    escaped = true;
                    at = self.escape(at, is_key)?;
                }
                Some(control) => return self.stop(explain::control(*control, at)),
                None => return self.unclosed(),
            }
        }
        self.at = at + 1;
        Ok((self.text.get(start..at).unwrap_or_default(), escaped))
    }

    /// The end of the escape whose backslash is at `at`.
    #[inline]
    fn escape(&mut self, at: usize, is_key: bool) -> Result<usize, Stopped> {
        match self.bytes.get(at + 1) {
            Some(byte) if *byte < 128 && SIMPLE >> byte & 1 == 1 => Ok(at + 2),
            Some(b'u') => self.unicode(at, is_key),
            None => self.unclosed(),
            Some(_) => self.stop(explain::escape(self.text, at)),
        }
    }

    fn unicode(&mut self, at: usize, is_key: bool) -> Result<usize, Stopped> {
        let Some(unit) = self.unit(at) else {
            return if self.bytes.len() < at + 6 { self.unclosed() } else { self.stop(explain::escape(self.text, at)) };
        };
        if is_high(unit) {
            if self.unit(at + 6).is_some_and(is_low) {
                return Ok(at + 12);
            }
            self.half(FaultKind::HighSurrogate, at, is_key);
        } else if is_low(unit) {
            self.half(FaultKind::LowSurrogate, at, is_key);
        }
        Ok(at + 6)
    }

    /// The UTF-16 unit of `\u0000`.
    fn unit(&self, at: usize) -> Option<u32> {
        hex4(self.bytes.get(at..)?.strip_prefix(b"\\u")?)
    }

    /// Half of a surrogate pair does not stop the reading.
    #[cold]
    fn half(&mut self, kind: FaultKind, at: usize, is_key: bool) {
        if self.faults.len() < MAX_SURROGATES {
            let written = self.text.get(at..at + 6).unwrap_or_default();
            let mut met = Met::new(kind, at).with(alloc::format!("`{written}`"));
            met.node = self.builder.coming().map(|(value, container)| if is_key { container } else { value });
            self.faults.push(met);
        }
    }

    #[cold]
    fn unclosed<T>(&mut self) -> Result<T, Stopped> {
        let mut met = Met::new(FaultKind::UnclosedString, self.bytes.len());
        met.opened = Some(self.at);
        self.stop(met)
    }
}
