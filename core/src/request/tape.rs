//! A JSON value as one flat list of nodes, whose strings are borrowed from where they are.
//!
//! A node is a value or a key, in the order of the text: a key stands right before its value, and a container before
//! what it holds. So the whole of a container is a range, and to step over it is one addition. Checks read the tape
//! through a [`View`]; the JSON reader and the bindings write it through a [`Builder`].

mod build;
mod place;
#[cfg(test)]
mod tests;
mod view;

use alloc::vec::Vec;

pub use build::Builder;
pub(crate) use place::{Trail, push_key};
pub(crate) use view::{Key, Kind, Number, Oddity, View, same_text};

/// How deep arrays and objects may stand in one another. The server's parser refuses what is deeper.
pub(crate) const MAX_DEPTH: usize = 1024;

/// How many nodes a tape holds at most: 128 MB of them. A body of 32 MB reaches this only where almost all of it is
/// punctuation.
pub(crate) const MAX_NODES: u32 = 4 << 20;

/// What stands for "no parent".
const NONE: u32 = u32::MAX;

/// A JSON value: made by a [`Builder`], or read from text.
#[derive(Clone, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub struct Tape<'a> {
    nodes: Vec<Node<'a>>,
    from_text: bool,
    truncated: bool,
    misbuilt: bool,
    /// It holds something that JSON does not hold as it is.
    odd: bool,
}

impl Tape<'_> {
    /// Whether values were left out because there are more than a tape holds (4,194,304, keys included). What is absent
    /// from such a tape may still be in the request.
    pub const fn truncated(&self) -> bool {
        self.truncated
    }

    /// Whether a [`Builder`] was called out of order: a value without its key, an end without its begin. The tape is a
    /// value all the same, though perhaps not the one that was meant.
    pub const fn misbuilt(&self) -> bool {
        self.misbuilt
    }

    /// Makes values of these that have no JSON form, for bindings that hand over text with a `null` in their place: each
    /// with how many `null`s stand before it, in that order.
    pub fn mark(&mut self, foreign: impl IntoIterator<Item = (usize, Foreign)>) {
        let mut nulls = self.nodes.iter_mut().filter(|node| matches!(node.data, Data::Null)).enumerate();
        for (place, foreign) in foreign {
            if let Some((_, node)) = nulls.by_ref().find(|(before, _)| *before == place) {
                node.data = Data::Foreign(foreign);
                self.odd = true;
            }
        }
    }

    /// How many nodes there are: values and keys.
    pub(crate) fn node_count(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }
}

impl<'a> Tape<'a> {
    /// The whole value.
    pub(crate) const fn root(&self) -> View<'_, 'a> {
        View::new(self, 0)
    }

    /// The value of a node, by [`View::index`]. `None` past the end, and for a key.
    pub(crate) fn view(&self, index: u32) -> Option<View<'_, 'a>> {
        match self.node(index)?.data {
            Data::Key { .. } | Data::ForeignKey(_) => None,
            _ => Some(View::new(self, index)),
        }
    }

    /// What JSON cannot hold, or holds with a loss: the values, those under such a key with what the key is.
    pub(crate) fn oddities(&self) -> impl Iterator<Item = (View<'_, 'a>, Oddity)> {
        let nodes = if self.odd { self.nodes.as_slice() } else { &[] };
        (0..).zip(nodes).filter_map(|(index, node)| {
            let (index, oddity) = match node.data {
                Data::Foreign(foreign) => (index, Oddity::Value(foreign)),
                Data::ForeignKey(foreign) => (index + 1, Oddity::Key(foreign)),
                Data::Big { .. } => (index, Oddity::BigNumber),
                _ => return None,
            };
            Some((View::new(self, index), oddity))
        })
    }

    fn node(&self, index: u32) -> Option<&Node<'a>> {
        self.nodes.get(index as usize)
    }
}

/// Says what there is, not what it says: a request holds prompts.
impl core::fmt::Debug for Tape<'_> {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        formatter.debug_struct("Tape").field("nodes", &self.nodes.len()).finish_non_exhaustive()
    }
}

/// What a language holds and JSON cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Foreign {
    /// NaN or an infinity.
    NonFinite,
    /// A string with half of a surrogate pair.
    LoneSurrogate,
    /// A key that is neither text nor turned into text by the language's encoder.
    NonStringKey,
    /// Bytes.
    Bytes,
    /// A set.
    Set,
    /// A date, a time, or both.
    DateTime,
    /// A container that holds itself.
    Cycle,
    /// A container deeper than 1,024.
    TooDeep,
    /// A whole number of a type that the language's encoder refuses.
    BigInt,
    /// A value that throws when it is read.
    Throws,
    /// Anything else that has no JSON form.
    Other,
}

/// A value or a key.
#[derive(Clone, Copy)]
struct Node<'a> {
    /// The container it stands in; [`NONE`] for the root.
    parent: u32,
    /// Where it begins: in the text, or in the text that the objects would make.
    start: u32,
    data: Data<'a>,
}

// What a body of many small values costs; `Data` fits all a span needs beside the value.
const _: () = assert!(size_of::<Node<'_>>() <= 32);

#[derive(Clone, Copy)]
enum Data<'a> {
    Null,
    Bool(bool),
    Int {
        value: i64,
        width: u32,
    },
    Float {
        value: f64,
        width: u32,
    },
    Big {
        width: u32,
    },
    Text {
        raw: &'a str,
        escaped: bool,
    },
    Foreign(Foreign),
    /// `next` is the node after all it holds, `len` how many values it holds, `end` where it ends.
    Array {
        next: u32,
        len: u32,
        end: u32,
    },
    Object {
        next: u32,
        len: u32,
        end: u32,
    },
    Key {
        raw: &'a str,
        escaped: bool,
    },
    ForeignKey(Foreign),
}

impl Data<'_> {
    /// How much text it takes; a container's own is not known before its end.
    #[inline]
    const fn width(&self) -> u64 {
        match self {
            Self::Null | Self::Bool(true) | Self::Foreign(_) | Self::ForeignKey(_) => 4,
            Self::Bool(false) => 5,
            Self::Int { width, .. } | Self::Float { width, .. } | Self::Big { width } => *width as u64,
            Self::Text { raw, .. } | Self::Key { raw, .. } => raw.len() as u64 + 2,
            Self::Array { .. } | Self::Object { .. } => 0,
        }
    }
}

impl Node<'_> {
    /// Where it ends. Zero width is never: a container that is still open ends where it begins.
    fn end(&self) -> u32 {
        match self.data {
            Data::Array { end, .. } | Data::Object { end, .. } => end,
            data => cut(u64::from(self.start) + data.width()),
        }
    }
}

/// A place as a node keeps it.
#[inline]
fn cut(place: u64) -> u32 {
    u32::try_from(place).unwrap_or(u32::MAX)
}
