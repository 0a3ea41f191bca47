//! The tape, written.

use alloc::vec::Vec;

use super::{Data, Foreign, MAX_DEPTH, MAX_NODES, NONE, Node, Number, Tape, cut};

/// A list of so many nodes, 4 MB, is one that is grown with care.
const MANY: usize = 1 << 17;

/// Writes a [`Tape`], value by value, in the order in which JSON would be written.
///
/// Nothing fails and nothing panics. A call out of order is put right (a missing key is empty, a missing value null, what
/// is open is closed) and [`Tape::misbuilt`] says so; what is too deep is [`Foreign::TooDeep`]; what is too much is left
/// out, and [`Tape::truncated`] says so.
///
/// ```
/// use holdoff::request::Builder;
///
/// let mut builder = Builder::new();
/// builder.begin_object();
/// builder.key("model");
/// builder.string("claude-sonnet-4-5");
/// builder.key("max_tokens");
/// builder.int(1024);
/// builder.end_object();
/// assert!(!builder.finish().misbuilt());
/// ```
#[derive(Clone)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Builder<'a> {
    nodes: Vec<Node<'a>>,
    /// The innermost open container, [`NONE`] outside of all.
    open: u32,
    /// Whether it is an object: keys are due.
    in_object: bool,
    /// How many values it holds so far; those of the containers around it wait in their nodes.
    len: u32,
    depth: usize,
    /// A key waits for its value.
    keyed: bool,
    /// How many containers are open that the tape does not hold.
    skipping: u32,
    /// Where the next value begins. Wider than a node keeps it, so that a sum of lengths need not be watched.
    at: u64,
    limit: usize,
    /// What it is read from, where it is read from text.
    text: Option<&'a str>,
    truncated: bool,
    misbuilt: bool,
    /// Something came that JSON does not hold as it is.
    odd: bool,
}

impl Default for Builder<'_> {
    fn default() -> Self {
        Self::new()
    }
}

/// Says what there is, not what it says: a request holds prompts.
impl core::fmt::Debug for Builder<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("Builder").field("nodes", &self.nodes.len()).finish_non_exhaustive()
    }
}

impl<'a> Builder<'a> {
    /// Nothing yet.
    pub const fn new() -> Self {
        Self {
            nodes: Vec::new(),
            open: NONE,
            in_object: false,
            len: 0,
            depth: 0,
            keyed: false,
            skipping: 0,
            at: 0,
            limit: MAX_NODES as usize,
            text: None,
            truncated: false,
            misbuilt: false,
            odd: false,
        }
    }

    /// The same, with room for so many values and keys: it still takes more.
    pub fn with_capacity(nodes: usize) -> Self {
        Self { nodes: Vec::with_capacity(nodes.min(MAX_NODES as usize)), ..Self::new() }
    }

    /// For a text, whose places the reader gives with [`at`](Self::at).
    pub(crate) fn for_text(text: &'a str) -> Self {
        // A chat has a value or key every 24 bytes or so; a large body is large by its strings.
        Self { nodes: Vec::with_capacity((text.len() / 16).clamp(8, 4096)), text: Some(text), ..Self::new() }
    }

    /// Holds at most so many nodes.
    pub(crate) const fn limit(mut self, nodes: u32) -> Self {
        self.limit = nodes as usize;
        self
    }

    /// `null`.
    pub fn null(&mut self) {
        self.value(Data::Null);
    }

    /// `true` or `false`.
    pub fn bool(&mut self, value: bool) {
        self.value(Data::Bool(value));
    }

    /// A whole number.
    pub fn int(&mut self, value: i64) {
        let digits = value.unsigned_abs().checked_ilog10().unwrap_or(0) + 1;
        self.value(Data::Int { value, width: digits + u32::from(value < 0) });
    }

    /// A whole number beyond 64 bits with their sign.
    pub fn big_int(&mut self) {
        self.odd = true;
        self.value(Data::Big { width: 20 });
    }

    /// A number with a fraction or an exponent. What is not finite is [`Foreign::NonFinite`].
    pub fn float(&mut self, value: f64) {
        // As wide as most that people write; the shortest form of each would cost more than it tells.
        if value.is_finite() {
            self.value(Data::Float { value, width: 4 });
        } else {
            self.foreign(Foreign::NonFinite);
        }
    }

    /// A string, as text.
    pub fn string(&mut self, text: &'a str) {
        self.value(Data::Text { raw: text, escaped: false });
    }

    /// A value that has no JSON form.
    #[cold]
    pub fn foreign(&mut self, foreign: Foreign) {
        self.odd = true;
        self.value(Data::Foreign(foreign));
    }

    /// Opens an array. False where its values will not be kept, because it is too deep or the tape is full: they need not
    /// be written then, but [`end_array`](Self::end_array) must be called all the same.
    pub fn begin_array(&mut self) -> bool {
        self.begin(Data::Array { next: 0, len: 0, end: 0 })
    }

    /// Closes the innermost array.
    pub fn end_array(&mut self) {
        self.misbuilt |= self.skipping == 0 && self.in_object;
        self.end();
    }

    /// Opens an object. False as for [`begin_array`](Self::begin_array).
    pub fn begin_object(&mut self) -> bool {
        self.begin(Data::Object { next: 0, len: 0, end: 0 })
    }

    /// The key of the next value, as text.
    pub fn key(&mut self, text: &'a str) {
        self.push_key(Data::Key { raw: text, escaped: false });
    }

    /// A key that has no JSON form; its value follows as for any key.
    pub fn foreign_key(&mut self, foreign: Foreign) {
        self.odd = true;
        self.push_key(Data::ForeignKey(foreign));
    }

    /// Closes the innermost object.
    pub fn end_object(&mut self) {
        self.misbuilt |= self.skipping == 0 && !self.in_object;
        self.end();
    }

    /// The value. What is still open is closed; nothing at all is null.
    pub fn finish(mut self) -> Tape<'a> {
        self.misbuilt |= self.nodes.is_empty() || self.open != NONE || self.skipping > 0;
        self.skipping = 0;
        while self.open != NONE {
            self.end();
        }
        if self.nodes.is_empty() {
            self.null();
        }
        let from_text = self.text.is_some();
        Tape { nodes: self.nodes, from_text, truncated: self.truncated, misbuilt: self.misbuilt, odd: self.odd }
    }

    /// Says where in the text the next value, key or end stands.
    #[inline]
    pub(crate) const fn at(&mut self, place: u32) -> &mut Self {
        self.at = place as u64;
        self
    }

    /// The node that the next value will be, and the container it will stand in. `None` where they are not kept.
    pub(crate) fn coming(&self) -> Option<(u32, u32)> {
        (self.skipping == 0 && !self.truncated).then(|| (self.next_index(), self.open))
    }

    #[inline]
    #[expect(clippy::cast_possible_truncation, reason = "`limit` is below 2^32")]
    const fn next_index(&self) -> u32 {
        self.nodes.len() as u32
    }

    /// A string as it stands between its quotes in the text.
    #[inline]
    pub(crate) fn raw_string(&mut self, raw: &'a str, escaped: bool) {
        self.value(Data::Text { raw, escaped });
    }

    /// A key as it stands between its quotes in the text.
    #[inline]
    pub(crate) fn raw_key(&mut self, raw: &'a str, escaped: bool) {
        self.push_key(Data::Key { raw, escaped });
    }

    /// A number of so many bytes of text.
    #[inline]
    pub(crate) fn number(&mut self, number: Number, width: u32) {
        self.odd |= number == Number::Big;
        self.value(match number {
            Number::Int(value) => Data::Int { value, width },
            Number::Float(value) => Data::Float { value, width },
            Number::Big => Data::Big { width },
        });
    }

    /// Appends a value, where there is room and a place for it. False where there is not.
    #[expect(clippy::inline_always, reason = "a node is written where it is made, instead of passed through memory")]
    #[inline(always)]
    fn value(&mut self, data: Data<'a>) -> bool {
        if self.skipping > 0 {
            return false;
        }
        if self.in_object != self.keyed && !self.supply_key() {
            return false;
        }
        // A key has kept room for its value, so that no key is without one.
        if !self.keyed && (self.nodes.len() >= self.limit || self.open == NONE) && !self.has_room() {
            return false;
        }
        self.keyed = false;
        self.len += 1;
        self.append(data);
        true
    }

    /// Whether one more value that has no key may come. The root may, once.
    #[cold]
    fn has_room(&mut self) -> bool {
        if self.open == NONE {
            self.misbuilt |= !self.nodes.is_empty();
            return self.nodes.is_empty();
        }
        self.truncated = true;
        false
    }

    /// A value came without its key.
    #[cold]
    fn supply_key(&mut self) -> bool {
        // A full tape takes no keys: their values are left out too.
        if !self.truncated {
            self.misbuilt = true;
            self.push_key(Data::Key { raw: "", escaped: false });
        }
        self.keyed
    }

    /// A key or an end came where the value of a key was due, or a key where none has a place. True where keys have one.
    #[cold]
    fn supply_value(&mut self) -> bool {
        self.misbuilt = true;
        if self.in_object {
            self.value(Data::Null);
        }
        self.in_object
    }

    #[expect(clippy::inline_always, reason = "as for `value`")]
    #[inline(always)]
    fn push_key(&mut self, data: Data<'a>) {
        if self.skipping > 0 {
            return;
        }
        if (self.keyed || !self.in_object) && !self.supply_value() {
            return;
        }
        if self.nodes.len() + 1 >= self.limit {
            self.truncated = true;
            return;
        }
        self.append(data);
        self.keyed = true;
    }

    #[expect(clippy::inline_always, reason = "a node is written where it is made, instead of passed through memory")]
    #[inline(always)]
    fn append(&mut self, data: Data<'a>) {
        let node = Node { parent: self.open, start: cut(self.at), data };
        if self.text.is_none() {
            // The comma or colon that follows; a container's end moves on by itself.
            self.at += data.width() + 1;
        }
        if self.nodes.len() == self.nodes.capacity() {
            self.grow();
        }
        self.nodes.push(node);
    }

    /// Makes room once for all that a text can still hold, where it holds much: a list that doubles holds what it had and
    /// twice as much while it grows.
    #[cold]
    fn grow(&mut self) {
        let Some(text) = self.text.filter(|_| self.nodes.len() >= MANY) else { return };
        let rest = text.as_bytes().get(cut(self.at) as usize..).unwrap_or_default();
        // Each value and each key but this one stands behind one of these. Those in strings count too: room that is never
        // written to costs little.
        let opens = rest.iter().filter(|byte| matches!(byte, b',' | b':' | b'[' | b'{')).count();
        let limit = self.limit.saturating_sub(self.nodes.len());
        self.nodes.reserve_exact((opens + 1).min(limit));
    }

    #[expect(clippy::inline_always, reason = "as for `value`")]
    #[inline(always)]
    fn begin(&mut self, data: Data<'a>) -> bool {
        if self.skipping == 0 && self.depth >= MAX_DEPTH {
            self.foreign(Foreign::TooDeep);
            self.skipping = 1;
            return false;
        }
        if !self.value(data) {
            self.skipping = self.skipping.saturating_add(1);
            return false;
        }
        self.set_len(self.open, self.len);
        self.open = self.next_index().saturating_sub(1);
        self.in_object = matches!(data, Data::Object { .. });
        self.len = 0;
        self.depth += 1;
        true
    }

    #[inline]
    fn end(&mut self) {
        if self.skipping > 0 {
            self.skipping -= 1;
            return;
        }
        if self.keyed {
            self.supply_value();
        }
        let (after, count) = (self.next_index(), self.len);
        let Some(node) = self.nodes.get_mut(self.open as usize) else {
            self.misbuilt = true;
            return;
        };
        let ends = if self.text.is_some() {
            self.at + 1
        } else {
            // The last value's comma gives way to the bracket.
            let ends = self.at + u64::from(count == 0);
            self.at = ends + 1;
            ends
        };
        if let Data::Array { next, len, end } | Data::Object { next, len, end } = &mut node.data {
            (*next, *len, *end) = (after, count, cut(ends));
        }
        self.open = node.parent;
        self.depth -= 1;
        match self.nodes.get(self.open as usize).map(|node| node.data) {
            Some(Data::Object { len, .. }) => (self.in_object, self.len) = (true, len),
            Some(Data::Array { len, .. }) => (self.in_object, self.len) = (false, len),
            _ => (self.in_object, self.len) = (false, 1),
        }
    }

    /// Keeps a container's count while values of another are counted.
    #[inline]
    fn set_len(&mut self, index: u32, count: u32) {
        if let Some(Node { data: Data::Array { len, .. } | Data::Object { len, .. }, .. }) = self.nodes.get_mut(index as usize) {
            *len = count;
        }
    }
}
