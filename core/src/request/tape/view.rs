//! The tape, read.

use alloc::borrow::Cow;
use core::ops::Range;

use super::{Data, Foreign, NONE, Node, Tape};
use crate::request::escape;

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Bool,
    Number,
    String,
    Array,
    Object,
    Foreign,
}

/// A number, as far as checks need it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Int(i64),
    /// Written with a fraction or an exponent.
    Float(f64),
    /// A whole number beyond `i64`.
    Big,
}

/// A value or key that JSON does not hold as it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Oddity {
    /// The value has no JSON form.
    Value(Foreign),
    /// The key of this value has none.
    Key(Foreign),
    /// A whole number beyond `i64`.
    BigNumber,
}

/// One value of a tape. A copy is two words.
///
/// What rules ask of it by the hundred is a function each, `inline(never)`: it is as fast, and 50 kB of code less.
#[derive(Clone, Copy)]
pub(crate) struct View<'t, 'a> {
    tape: &'t Tape<'a>,
    index: u32,
}

impl<'t, 'a> View<'t, 'a> {
    pub(super) const fn new(tape: &'t Tape<'a>, index: u32) -> Self {
        Self { tape, index }
    }

    /// The tape it is a value of.
    pub(crate) const fn tape(self) -> &'t Tape<'a> {
        self.tape
    }

    /// Its node: equal for two views of one value, and growing in the order of the text.
    pub(crate) const fn index(self) -> u32 {
        self.index
    }

    #[inline]
    fn node(self) -> Option<&'t Node<'a>> {
        self.tape.node(self.index)
    }

    #[inline]
    fn data(self) -> Data<'a> {
        self.node().map_or(Data::Null, |node| node.data)
    }

    #[inline]
    pub(crate) fn kind(self) -> Kind {
        match self.node().map(|node| &node.data) {
            None | Some(Data::Null) => Kind::Null,
            Some(Data::Bool(_)) => Kind::Bool,
            Some(Data::Int { .. } | Data::Float { .. } | Data::Big { .. }) => Kind::Number,
            Some(Data::Text { .. } | Data::Key { .. }) => Kind::String,
            Some(Data::Array { .. }) => Kind::Array,
            Some(Data::Object { .. }) => Kind::Object,
            Some(Data::Foreign(_) | Data::ForeignKey(_)) => Kind::Foreign,
        }
    }

    /// The text of a string. Allocates only where it was written with escapes.
    #[inline(never)]
    pub(crate) fn str(self) -> Option<Cow<'t, str>> {
        match self.data() {
            Data::Text { raw, escaped } => Some(decoded(raw, escaped)),
            _ => None,
        }
    }

    /// Whether it is the string `text`.
    #[inline(never)]
    pub(crate) fn is(self, text: &str) -> bool {
        matches!(self.data(), Data::Text { raw, escaped } if same(raw, escaped, text))
    }

    /// A string as it is written between its quotes; from objects, its text.
    pub(crate) fn raw(self) -> Option<&'a str> {
        match self.data() {
            Data::Text { raw, .. } => Some(raw),
            _ => None,
        }
    }

    /// Whether [`raw`](Self::raw) differs from the text it stands for.
    pub(crate) fn escaped(self) -> bool {
        matches!(self.data(), Data::Text { escaped: true, .. })
    }

    pub(crate) fn bool(self) -> Option<bool> {
        match self.data() {
            Data::Bool(value) => Some(value),
            _ => None,
        }
    }

    pub(crate) fn number(self) -> Option<Number> {
        match self.data() {
            Data::Int { value, .. } => Some(Number::Int(value)),
            Data::Float { value, .. } => Some(Number::Float(value)),
            Data::Big { .. } => Some(Number::Big),
            _ => None,
        }
    }

    pub(crate) fn foreign(self) -> Option<Foreign> {
        match self.data() {
            Data::Foreign(foreign) => Some(foreign),
            _ => None,
        }
    }

    /// The value under a key of an object. Of equal keys the last counts, as for the server's parser.
    #[inline(never)]
    pub(crate) fn get(self, key: &str) -> Option<Self> {
        let Some(Node { data: Data::Object { next, .. }, .. }) = self.node() else { return None };
        let (mut at, mut found) = (self.index + 1, None);
        while at < *next {
            if let Some(Node { data: Data::Key { raw, escaped }, .. }) = self.tape.node(at)
                && same(raw, *escaped, key)
            {
                found = Some(Self::new(self.tape, at + 1));
            }
            at = after(self.tape, at + 1);
        }
        found
    }

    /// The keys and values of an object, in the order of the text; nothing for another value.
    #[inline]
    pub(crate) fn members(self) -> Members<'t, 'a> {
        match self.data() {
            Data::Object { next, .. } => Members { tape: self.tape, at: self.index + 1, end: next },
            _ => Members { tape: self.tape, at: 0, end: 0 },
        }
    }

    /// The values of an array; nothing for another value.
    #[inline]
    pub(crate) fn items(self) -> Items<'t, 'a> {
        match self.data() {
            Data::Array { next, .. } => Items { tape: self.tape, at: self.index + 1, end: next },
            _ => Items { tape: self.tape, at: 0, end: 0 },
        }
    }

    /// How many values an array or object holds, equal keys each counted; 0 for another value.
    pub(crate) fn len(self) -> usize {
        match self.data() {
            Data::Array { len, .. } | Data::Object { len, .. } => len as usize,
            _ => 0,
        }
    }

    /// The array or object it stands in.
    pub(crate) fn parent(self) -> Option<Self> {
        let parent = self.node()?.parent;
        (parent != NONE).then(|| Self::new(self.tape, parent))
    }

    /// The key it stands under, in an object.
    pub(crate) fn key(self) -> Option<Key<'t, 'a>> {
        let before = self.index.checked_sub(1)?;
        let node = self.tape.node(before)?;
        matches!(node.data, Data::Key { .. } | Data::ForeignKey(_)).then(|| Key { tape: self.tape, index: before })
    }

    /// Where it stands in the text, quotes and brackets included, in bytes. `None` where there is no text.
    pub(crate) fn span(self) -> Option<Range<usize>> {
        self.node().and_then(|node| span(self.tape, node))
    }

    /// How many bytes of text it takes. Exact from text; from objects as the most compact encoder would write it, without
    /// what escapes would add and with every fraction taken for four bytes.
    pub(crate) fn text_len(self) -> usize {
        self.node().map_or(0, |node| node.end().saturating_sub(node.start) as usize)
    }
}

/// Says what it is, not what it says: a request holds prompts.
impl core::fmt::Debug for View<'_, '_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        write!(formatter, "{:?} {}", self.kind(), self.index)
    }
}

/// A key of an object.
#[derive(Clone, Copy)]
pub(crate) struct Key<'t, 'a> {
    tape: &'t Tape<'a>,
    index: u32,
}

impl<'t, 'a> Key<'t, 'a> {
    #[inline]
    fn data(self) -> Data<'a> {
        self.tape.node(self.index).map_or(Data::Null, |node| node.data)
    }

    /// Its text; `?` where it has none.
    #[inline]
    pub(crate) fn str(self) -> Cow<'t, str> {
        match self.data() {
            Data::Key { raw, escaped } => decoded(raw, escaped),
            _ => Cow::Borrowed("?"),
        }
    }

    /// Whether it is the key `text`.
    #[inline]
    pub(crate) fn is(self, text: &str) -> bool {
        matches!(self.data(), Data::Key { raw, escaped } if same(raw, escaped, text))
    }

    /// As it is written between its quotes; from objects, its text.
    pub(crate) fn raw(self) -> Option<&'a str> {
        match self.data() {
            Data::Key { raw, .. } => Some(raw),
            _ => None,
        }
    }

    /// Whether [`raw`](Self::raw) differs from the text it stands for.
    pub(crate) fn escaped(self) -> bool {
        matches!(self.data(), Data::Key { escaped: true, .. })
    }

    /// Its text, where it is written as it is.
    #[inline]
    pub(crate) fn plain(self) -> Option<&'a str> {
        match self.tape.node(self.index)?.data {
            Data::Key { raw, escaped: false } => Some(raw),
            _ => None,
        }
    }

    /// What it is where it is no text.
    pub(crate) fn foreign(self) -> Option<Foreign> {
        match self.data() {
            Data::ForeignKey(foreign) => Some(foreign),
            _ => None,
        }
    }

    /// Where it stands in the text, quotes included, in bytes. `None` where there is no text.
    pub(crate) fn span(self) -> Option<Range<usize>> {
        self.tape.node(self.index).and_then(|node| span(self.tape, node))
    }
}

/// See [`View::members`].
#[derive(Clone)]
pub(crate) struct Members<'t, 'a> {
    tape: &'t Tape<'a>,
    at: u32,
    end: u32,
}

impl<'t, 'a> Iterator for Members<'t, 'a> {
    type Item = (Key<'t, 'a>, View<'t, 'a>);

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let (key, value) = (self.at, self.at + 1);
        self.at = after(self.tape, value);
        Some((Key { tape: self.tape, index: key }, View::new(self.tape, value)))
    }
}

/// See [`View::items`].
#[derive(Clone)]
pub(crate) struct Items<'t, 'a> {
    tape: &'t Tape<'a>,
    pub(super) at: u32,
    end: u32,
}

impl<'t, 'a> Iterator for Items<'t, 'a> {
    type Item = View<'t, 'a>;

    #[inline]
    fn next(&mut self) -> Option<Self::Item> {
        if self.at >= self.end {
            return None;
        }
        let value = self.at;
        self.at = after(self.tape, value);
        Some(View::new(self.tape, value))
    }
}

/// The node after a value and all it holds.
#[inline]
fn after(tape: &Tape<'_>, index: u32) -> u32 {
    match tape.node(index) {
        Some(Node { data: Data::Array { next, .. } | Data::Object { next, .. }, .. }) => *next,
        _ => index + 1,
    }
}

#[inline]
fn same(raw: &str, escaped: bool, text: &str) -> bool {
    if escaped { escape::equals(raw, text) } else { same_text(raw, text) }
}

/// Whether two texts are equal. Keys and tags are short: a call of `memcmp` for each would cost more than the rest of a
/// look-up.
#[inline]
pub(crate) fn same_text(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    if left.len() != right.len() {
        return false;
    }
    // The ends overlap where the length is not a whole number of words.
    if let (Some(own), Some(other)) = (left.first_chunk::<8>(), right.first_chunk::<8>()) {
        return own == other && if left.len() <= 16 { left.last_chunk::<8>() == right.last_chunk::<8>() } else { left == right };
    }
    if let (Some(own), Some(other)) = (left.first_chunk::<4>(), right.first_chunk::<4>()) {
        return own == other && left.last_chunk::<4>() == right.last_chunk::<4>();
    }
    left.iter().eq(right)
}

#[inline]
fn decoded(raw: &str, escaped: bool) -> Cow<'_, str> {
    if escaped { escape::decode(raw) } else { Cow::Borrowed(raw) }
}

fn span(tape: &Tape<'_>, node: &Node<'_>) -> Option<Range<usize>> {
    tape.from_text.then(|| node.start as usize..node.end() as usize)
}
