//! The reader: one loop over values, without recursion.

use alloc::vec::Vec;

use super::explain::{self, Context, Due};
use super::fault::{FaultKind, Met};
use super::numbers::number;
use super::scan::blank;
use crate::request::tape::{Builder, MAX_DEPTH, Tape};

pub(super) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) bytes: &'a [u8],
    /// The next byte to read.
    pub(super) at: usize,
    pub(super) builder: Builder<'a>,
    /// Where each open array or object begins, the innermost last.
    open: Vec<usize>,
    in_object: bool,
    pub(super) faults: Vec<Met>,
}

/// The reading ends: a fault is noted.
pub(super) struct Stopped;

impl<'a> Reader<'a> {
    pub(super) fn new(text: &'a str, nodes: u32) -> Self {
        let builder = Builder::for_text(text).limit(nodes);
        Self { text, bytes: text.as_bytes(), at: 0, builder, open: Vec::new(), in_object: false, faults: Vec::new() }
    }

    pub(super) fn read(mut self) -> (Option<Tape<'a>>, Vec<Met>) {
        let whole = self.document().is_ok();
        (whole.then(|| self.builder.finish()), self.faults)
    }

    fn document(&mut self) -> Result<(), Stopped> {
        // Places in the tape are 32 bits.
        if u32::try_from(self.text.len()).is_err() {
            return self.stop(Met::new(FaultKind::TooLong, 0));
        }
        self.skip_blank();
        loop {
            match self.peek() {
                Some(b'"') => {
                    let place = self.place();
                    let (raw, escaped) = self.quoted(false)?;
                    self.builder.at(place).raw_string(raw, escaped);
                }
                Some(b'{') => {
                    self.begin(true)?;
                    if self.peek() != Some(b'}') {
                        self.key()?;
                        continue;
                    }
                    self.end();
                }
                Some(b'[') => {
                    self.begin(false)?;
                    if self.peek() != Some(b']') {
                        continue;
                    }
                    self.end();
                }
                Some(b'-' | b'0'..=b'9') => self.number()?,
                _ => self.literal()?,
            }
            if self.rest_of_container()? {
                return Ok(());
            }
        }
    }

    /// What follows a value, up to where the next is due. True at the end of the text.
    #[inline]
    fn rest_of_container(&mut self) -> Result<bool, Stopped> {
        loop {
            self.skip_blank();
            match self.peek() {
                _ if self.open.is_empty() => {
                    return if self.at == self.bytes.len() { Ok(true) } else { self.wrong(Due::Nothing) };
                }
                Some(b',') => {
                    self.at += 1;
                    self.skip_blank();
                    if self.in_object {
                        self.key()?;
                    }
                    return Ok(false);
                }
                Some(b'}') if self.in_object => self.end(),
                Some(b']') if !self.in_object => self.end(),
                _ => return self.wrong(Due::CommaOrEnd),
            }
        }
    }

    /// A key and its colon.
    #[inline]
    fn key(&mut self) -> Result<(), Stopped> {
        if self.peek() != Some(b'"') {
            return self.wrong(Due::Key);
        }
        let place = self.place();
        let (raw, escaped) = self.quoted(true)?;
        self.builder.at(place).raw_key(raw, escaped);
        self.skip_blank();
        if self.peek() != Some(b':') {
            return self.wrong(Due::Colon);
        }
        self.at += 1;
        self.skip_blank();
        Ok(())
    }

    #[inline]
    fn begin(&mut self, object: bool) -> Result<(), Stopped> {
        if self.open.len() >= MAX_DEPTH {
            return self.stop(Met::new(FaultKind::TooDeep, self.at));
        }
        let place = self.place();
        self.builder.at(place);
        if object {
            self.builder.begin_object()
        } else {
            self.builder.begin_array()
        };
        self.open.push(self.at);
        self.in_object = object;
        self.at += 1;
        self.skip_blank();
        Ok(())
    }

    /// Closes what is open, whose bracket is next.
    #[inline]
    fn end(&mut self) {
        let place = self.place();
        self.builder.at(place);
        if self.in_object {
            self.builder.end_object();
        } else {
            self.builder.end_array();
        }
        self.at += 1;
        self.open.pop();
        self.in_object = self.open.last().is_some_and(|open| self.bytes.get(*open) == Some(&b'{'));
    }

    #[inline]
    fn number(&mut self) -> Result<(), Stopped> {
        match number(self.text.get(self.at..).unwrap_or_default()) {
            Ok((number, width)) => {
                let place = self.place();
                // Never cut: the text is shorter than 4 GiB.
                self.builder.at(place).number(number, u32::try_from(width).unwrap_or(u32::MAX));
                self.at += width;
                Ok(())
            }
            Err(wrong) => {
                let met = explain::number(self.context(Due::Value), wrong);
                self.stop(met)
            }
        }
    }

    #[inline]
    fn literal(&mut self) -> Result<(), Stopped> {
        let place = self.place();
        let rest = self.bytes.get(self.at..).unwrap_or_default();
        let builder = self.builder.at(place);
        self.at += if rest.starts_with(b"true") {
            builder.bool(true);
            4
        } else if rest.starts_with(b"false") {
            builder.bool(false);
            5
        } else if rest.starts_with(b"null") {
            builder.null();
            4
        } else {
            return self.wrong(Due::Value);
        };
        Ok(())
    }

    #[inline]
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    #[inline]
    fn skip_blank(&mut self) {
        // Compact text has none, and pretty text one space or a line's worth.
        if self.peek().is_some_and(|byte| byte <= b' ') {
            self.at += blank(self.bytes.get(self.at..).unwrap_or_default());
        }
    }

    /// Where the reader is, as the tape keeps it.
    #[inline]
    fn place(&self) -> u32 {
        // Never cut: the text is shorter than 4 GiB.
        u32::try_from(self.at).unwrap_or(u32::MAX)
    }

    fn context(&self, due: Due) -> Context<'a> {
        Context { text: self.text, at: self.at, open: self.open.last().copied(), due }
    }

    #[cold]
    fn wrong<T>(&mut self, due: Due) -> Result<T, Stopped> {
        let met = explain::wrong(self.context(due));
        self.stop(met)
    }

    #[cold]
    pub(super) fn stop<T>(&mut self, met: Met) -> Result<T, Stopped> {
        self.faults.push(met);
        Err(Stopped)
    }
}
