//! Turns: neighbouring messages of one role, which the API takes as one. And what pairs blocks across them.

use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use crate::request::names::short;
use crate::request::read::{Block, BlockKind, Message, Place, Request, Role};
use crate::request::seen::Seen;
use crate::request::tape::{Kind, View};

/// Messages of one role. System messages stand between turns without ending them.
#[derive(Clone, Debug)]
pub(crate) struct Turn<'r, 't, 'a> {
    messages: &'r [Message<'t, 'a>],
    pub(crate) role: Role,
    /// The numbers of its messages, system messages between them included.
    numbers: Range<usize>,
    /// The blocks of all these, those inside tool results included.
    blocks: &'r [Block<'t, 'a>],
    /// The kinds of its own blocks, as bits.
    kinds: u32,
}

impl<'r, 't, 'a> Turn<'r, 't, 'a> {
    /// Its messages, without the system's between them.
    pub(crate) fn messages(&self) -> impl Iterator<Item = &'r Message<'t, 'a>> + use<'r, 't, 'a> {
        let role = self.role;
        self.messages.get(self.numbers.clone()).into_iter().flatten().filter(move |message| message.role == role)
    }

    /// The blocks of its messages, without those inside tool results.
    pub(crate) fn own(&self) -> impl Iterator<Item = &'r Block<'t, 'a>> + use<'r, 't, 'a> {
        let (messages, role) = (self.messages, self.role);
        self.blocks.iter().filter(move |block| match block.place {
            Place::Message(number) => messages.get(number).is_some_and(|message| message.role == role),
            Place::System | Place::Inside(_) => false,
        })
    }

    pub(crate) fn has(&self, kind: BlockKind) -> bool {
        self.kinds & kind.bit() != 0
    }

    /// The first of its messages, as if it stood alone.
    pub(crate) fn first(&self, request: &'r Request<'t, 'a>) -> Self {
        let start = self.numbers.start;
        let (range, kinds) = self.messages.get(start).map_or((0..0, 0), |first| (first.blocks.clone(), first.kinds));
        let blocks = request.blocks.get(range).unwrap_or_default();
        Self { messages: self.messages, role: self.role, numbers: start..start + 1, blocks, kinds }
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
        let (mut end, mut last, mut kinds) = (start + 1, first, first.kinds);
        for (number, message) in rest.iter().enumerate() {
            match message.role {
                Role::System => {}
                role if role == first.role && role != Role::Other => {
                    (end, last, kinds) = (start + number + 2, message, kinds | message.kinds);
                }
                _ => break,
            }
        }
        self.at = end;
        let blocks = self.request.blocks.get(first.blocks.start..last.blocks.end).unwrap_or_default();
        Some(Turn { messages: &self.request.messages, role: first.role, numbers: start..end, blocks, kinds })
    }
}

/// Each turn with the one before it.
pub(crate) fn paired<'r, 't, 'a>(
    request: &'r Request<'t, 'a>,
) -> impl Iterator<Item = (Option<Turn<'r, 't, 'a>>, Turn<'r, 't, 'a>)> {
    let mut before = None;
    turns(request).map(move |turn| (before.replace(turn.clone()), turn))
}

/// The ids of a turn's blocks of some kinds, to look for one. In a tree where blocks are many, so that hostile lists stay
/// cheap.
pub(crate) struct Ids<'r, 't, 'a> {
    turn: Option<Turn<'r, 't, 'a>>,
    kinds: u32,
    many: Option<Seen<'t>>,
}

/// Up to so many blocks are looked through one by one.
const FEW: usize = 48;

impl<'r, 't, 'a> Ids<'r, 't, 'a> {
    /// None where there is no turn.
    pub(crate) fn of(turn: Option<&Turn<'r, 't, 'a>>, kinds: u32) -> Self {
        let mut ids = Self { turn: turn.filter(|turn| turn.kinds & kinds != 0).cloned(), kinds, many: None };
        if ids.turn.as_ref().is_some_and(|turn| turn.blocks.len() > FEW) {
            ids.many = Some(ids.all().filter_map(View::str).collect());
        }
        ids
    }

    fn all(&self) -> impl Iterator<Item = View<'t, 'a>> {
        let blocks = self.turn.iter().flat_map(Turn::own);
        blocks.filter(|block| block.kind.bit() & self.kinds != 0).filter_map(|block| block.id)
    }

    pub(crate) fn has(&self, id: View<'_, '_>) -> bool {
        match &self.many {
            Some(many) => id.str().is_some_and(|id| many.has(&id)),
            None => self.all().any(|own| same(own, id)),
        }
    }
}

/// Those of the blocks, all of one kind, whose id an earlier one has.
pub(crate) fn repeated<'r, 't, 'a>(blocks: impl Iterator<Item = &'r Block<'t, 'a>>) -> Vec<&'r Block<'t, 'a>> {
    let with_text = |block: &'r Block<'t, 'a>| Some((block.id.filter(|id| is_text(*id))?, block));
    later_of_equals(blocks.filter_map(with_text).collect())
}

#[inline(never)]
fn later_of_equals<'r, 't, 'a>(blocks: Vec<(View<'t, 'a>, &'r Block<'t, 'a>)>) -> Vec<&'r Block<'t, 'a>> {
    if blocks.len() <= FEW {
        let seen = |number, id| blocks.iter().take(number).any(|(before, _)| same(*before, id));
        return blocks.iter().enumerate().filter(|(number, (id, _))| seen(*number, *id)).map(|(_, (_, block))| *block).collect();
    }
    let mut seen = Seen::default();
    blocks.into_iter().filter(|(id, _)| id.str().is_some_and(|id| !seen.add(id))).map(|(_, block)| block).collect()
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

/// A text of the request as a message shows it.
#[cold]
pub(crate) fn shown(view: View<'_, '_>) -> String {
    short(&view.str().unwrap_or_default())
}
