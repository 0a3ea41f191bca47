//! JSON text, read as strictly as the server's parser reads it.
//!
//! What the server takes is taken: equal keys, `\u0000`, whole numbers beyond 64 bits. What it refuses is a [`Fault`]
//! that says in words what is wrong and where. Half of a surrogate pair, the commonest of them, does not stop the
//! reading, so that all of them are found at once.

mod explain;
mod fault;
mod numbers;
mod place;
mod reader;
mod scan;
mod strings;
#[cfg(test)]
mod tests;

use alloc::vec::Vec;

pub use fault::{Fault, FaultKind};
pub(crate) use place::Places;

use super::tape::{MAX_NODES, Tape};
use reader::Reader;

/// What reading a text gave.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Reading<'a> {
    /// The value, its strings borrowed from the text; `None` where a fault stopped the reading.
    pub tape: Option<Tape<'a>>,
    /// What is wrong, in the order of the text. Without a fault the server's parser takes the text. Of halves of
    /// surrogate pairs the first 100 are here.
    pub faults: Vec<Fault>,
}

/// Reads JSON text. Takes time in proportion to its length, and at most 132 MB beside it: the nodes of a tape, and its
/// first while it grows.
pub fn read(text: &[u8]) -> Reading<'_> {
    match core::str::from_utf8(text) {
        Ok(text) => read_str(text),
        Err(error) => {
            let met = explain::not_utf8(text, error.valid_up_to());
            Reading { tape: None, faults: fault::told(text, alloc::vec![met]) }
        }
    }
}

/// The same, for text that is known to be UTF-8.
pub fn read_str(text: &str) -> Reading<'_> {
    read_up_to(text, MAX_NODES)
}

fn read_up_to(text: &str, nodes: u32) -> Reading<'_> {
    let (tape, met) = Reader::new(text, nodes).read();
    Reading { tape, faults: fault::told(text.as_bytes(), met) }
}
