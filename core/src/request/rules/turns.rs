//! Turns: neighbouring messages of one role, which the API takes as one. And what pairs blocks across them.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::request::read::{Block, BlockKind, Message, Request, Role};
use crate::request::tape::{Kind, View};

/// Messages of one role. System messages stand between turns without ending them.
#[derive(Clone, Debug)]
pub(crate) struct Turn<'r, 't, 'a> {
    request: &'r Request<'t, 'a>,
    pub(crate) role: Role,
    /// The numbers of its messages, system messages between them included.
    numbers: Range<usize>,
}

impl<'r, 't, 'a> Turn<'r, 't, 'a> {
    /// Its messages, without the system's between them.
    pub(crate) fn messages(&self) -> impl DoubleEndedIterator<Item = &'r Message<'t, 'a>> + Clone + use<'r, 't, 'a> {
        let (messages, role) = (self.request.messages.get(self.numbers.clone()).unwrap_or_default(), self.role);
        messages.iter().filter(move |message| message.role == role)
    }

    /// The blocks of its messages, without those inside tool results.
    pub(crate) fn own(&self) -> impl DoubleEndedIterator<Item = &'r Block<'t, 'a>> + Clone + use<'r, 't, 'a> {
        let request = self.request;
        self.messages().flat_map(move |message| request.own_blocks(message))
    }

    pub(crate) fn has(&self, kind: BlockKind) -> bool {
        self.own().any(|block| block.kind == kind)
    }

    /// The first of its messages, as if it stood alone.
    pub(crate) fn first(&self) -> Self {
        Self { numbers: self.numbers.start..self.numbers.start + 1, ..self.clone() }
    }
}

/// The turns of a request, in order.
pub(crate) fn turns<'r, 't, 'a>(request: &'r Request<'t, 'a>) -> Turns<'r, 't, 'a> {
    Turns { request, at: 0 }
}

/// See [`turns`].
#[derive(Clone, Debug)]
pub(crate) struct Turns<'r, 't, 'a> {
    request: &'r Request<'t, 'a>,
    at: usize,
}

impl<'r, 't, 'a> Iterator for Turns<'r, 't, 'a> {
    type Item = Turn<'r, 't, 'a>;

    fn next(&mut self) -> Option<Turn<'r, 't, 'a>> {
        let rest = self.request.messages.get(self.at..)?;
        let skipped = rest.iter().position(|message| message.role != Role::System)?;
        let (first, rest) = rest.get(skipped..)?.split_first()?;
        let start = self.at + skipped;
        let mut numbers = start..start + 1;
        for (number, message) in rest.iter().enumerate() {
            match message.role {
                Role::System => {}
                role if role == first.role && role != Role::Other => numbers.end = start + number + 2,
                _ => break,
            }
        }
        self.at = numbers.end;
        Some(Turn { request: self.request, role: first.role, numbers })
    }
}

/// Each turn with the one before it.
pub(crate) fn paired<'r, 't, 'a>(
    request: &'r Request<'t, 'a>,
) -> impl Iterator<Item = (Option<Turn<'r, 't, 'a>>, Turn<'r, 't, 'a>)> {
    let mut before = None;
    turns(request).map(move |turn| (before.replace(turn.clone()), turn))
}

/// The ids of a turn's blocks of some kinds, to look for one. Sorted where they are many, so that hostile lists stay cheap.
pub(crate) struct Ids<'t, 'a> {
    few: Vec<View<'t, 'a>>,
    sorted: Vec<Cow<'t, str>>,
}

/// Up to so many ids are looked through one by one.
const FEW: usize = 48;

impl<'t, 'a> Ids<'t, 'a> {
    /// None where there is no turn.
    pub(crate) fn of(turn: Option<&Turn<'_, 't, 'a>>, kinds: u32) -> Self {
        let blocks = turn.into_iter().flat_map(Turn::own).filter(|block| block.kind.bit() & kinds != 0);
        let mut ids = Self { few: blocks.filter_map(|block| block.id).collect(), sorted: Vec::new() };
        if ids.few.len() > FEW {
            ids.sorted = ids.few.drain(..).filter_map(View::str).collect();
            ids.sorted.sort_unstable();
        }
        ids
    }

    pub(crate) fn has(&self, id: View<'_, '_>) -> bool {
        let among_sorted = |id: Cow<'_, str>| self.sorted.binary_search_by(|own| (**own).cmp(&*id)).is_ok();
        self.few.iter().any(|own| same(*own, id)) || !self.sorted.is_empty() && id.str().is_some_and(among_sorted)
    }
}

/// Those of the blocks, all of one kind, whose id an earlier one has.
pub(crate) fn repeated<'r, 't, 'a>(mut blocks: Vec<&'r Block<'t, 'a>>) -> Vec<&'r Block<'t, 'a>> {
    blocks.retain(|block| block.id.is_some_and(is_text));
    if blocks.len() <= FEW {
        let is_same =
            |one: &Block<'_, '_>, other: &Block<'_, '_>| one.id.zip(other.id).is_some_and(|(one, other)| same(one, other));
        let seen = |number, block| blocks.iter().take(number).any(|before| is_same(before, block));
        return blocks.iter().enumerate().filter(|(number, block)| seen(*number, block)).map(|(_, block)| *block).collect();
    }
    let mut all: Vec<_> = blocks.iter().filter_map(|block| Some((block.id?.str()?, *block))).collect();
    all.sort_by(|(one, _), (other, _)| one.cmp(other));
    let mut found: Vec<_> = all
        .windows(2)
        .filter_map(|pair| match pair {
            [(one, _), (other, block)] if one == other => Some(*block),
            _ => None,
        })
        .collect();
    found.sort_by_key(|block| block.view.index());
    found
}

/// Whether two values are the same text.
pub(crate) fn same(one: View<'_, '_>, other: View<'_, '_>) -> bool {
    match (one.raw(), other.raw()) {
        (Some(left), Some(right)) if !one.escaped() && !other.escaped() => left == right,
        (Some(_), Some(_)) => one.str() == other.str(),
        _ => false,
    }
}

pub(crate) fn is_text(view: View<'_, '_>) -> bool {
    view.kind() == Kind::String
}

/// Whether a value is there and not null.
pub(crate) fn said(view: Option<View<'_, '_>>) -> bool {
    view.is_some_and(|view| view.kind() != Kind::Null)
}

/// Whether the server drops this before it looks at the conversation: it stands before a compaction. Whether it checks
/// it first is not known.
pub(crate) fn is_compacted(request: &Request<'_, '_>, view: View<'_, '_>) -> bool {
    request.compaction.is_some_and(|compaction| view.index() < compaction)
}

/// Whether the messages go on from a conversation that the server keeps.
pub(crate) fn goes_on(request: &Request<'_, '_>) -> bool {
    let thread = request.root.get("thread");
    let is_new = thread.and_then(|thread| thread.get("type")).is_some_and(|kind| kind.is("create"));
    said(thread) && !is_new || said(request.root.get("previous_thread_event_id"))
}

/// The message at the end, where it is the assistant's and the model is to go on from it. A request for a summary may end
/// with any message.
pub(crate) fn left_open<'r, 't, 'a>(request: &'r Request<'t, 'a>) -> Option<&'r Message<'t, 'a>> {
    let last = request.messages.last().filter(|message| message.role == Role::Assistant)?;
    (!said(request.root.get("compaction"))).then_some(last)
}

/// A text of the request as a message names it: short, on one line.
pub(crate) fn shown(view: View<'_, '_>) -> String {
    let text = view.str().unwrap_or_default();
    let mut shown: String =
        text.chars().take(64).map(|char| if char.is_control() { char::REPLACEMENT_CHARACTER } else { char }).collect();
    if text.chars().nth(64).is_some() {
        shown.push('…');
    }
    shown
}
