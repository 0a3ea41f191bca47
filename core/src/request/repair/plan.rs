//! What the passes write down, and what they share.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::ops::Range;

use super::operation::{Change, Json, Operation};
use crate::cause::Cause;
use crate::request::options::Target;
use crate::request::read::{BlockKind, Message, Request, Role};
use crate::request::tape::{Kind, View};

/// The operations of one pass, and what it leaves.
#[derive(Default)]
pub(super) struct Plan {
    pub(super) operations: Vec<Operation>,
    pub(super) left: Vec<Left>,
}

/// What is wrong and stays so, since no way to mend it is safe.
pub(super) struct Left {
    pub(super) pointer: String,
    pub(super) cause: Cause,
    pub(super) words: Cow<'static, str>,
    /// Whether it is for findings alone: it may be no fault at all.
    pub(super) if_found: bool,
}

impl Plan {
    /// For operations that mend the same for the same reason.
    pub(super) fn because(&mut self, cause: Cause, reason: impl Into<Cow<'static, str>>) -> Edit<'_> {
        Edit { plan: self, cause, reason: reason.into() }
    }

    #[inline(never)]
    pub(super) fn leave(&mut self, pointer: String, cause: Cause, words: impl Into<Cow<'static, str>>) {
        self.left.push(Left { pointer, cause, words: words.into(), if_found: false });
    }

    /// The same for what may be no fault: the report says it where it finds one.
    pub(super) fn leave_if_found(&mut self, pointer: String, cause: Cause, words: &'static str) {
        self.left.push(Left { pointer, cause, words: words.into(), if_found: true });
    }
}

/// Writes operations. Each place is one of the request as the operations before it have left it.
pub(super) struct Edit<'p> {
    plan: &'p mut Plan,
    cause: Cause,
    reason: Cow<'static, str>,
}

impl Edit<'_> {
    pub(super) fn add(&mut self, path: String, value: Json) {
        self.push(path, Change::Add(value));
    }

    pub(super) fn remove(&mut self, path: String) {
        self.push(path, Change::Remove);
    }

    pub(super) fn replace(&mut self, path: String, value: Json) {
        self.push(path, Change::Replace(value));
    }

    pub(super) fn relocate(&mut self, from: String, path: String) {
        self.push(path, Change::Move { from });
    }

    /// Makes the text under `key` of `holder` a list of one text block, without a copy of the text: it waits under a key
    /// that `holder` has not.
    pub(super) fn wrap_text(&mut self, path: &str, holder: View<'_, '_>, key: &str) {
        let mut aside = String::from("text");
        while holder.get(&aside).is_some() {
            aside.push('_');
        }
        self.relocate(format!("{path}/{key}"), format!("{path}/{aside}"));
        self.add(format!("{path}/{key}"), Json::Array([Json::object([("type", Json::text("text"))])].into()));
        self.relocate(format!("{path}/{aside}"), format!("{path}/{key}/0/text"));
    }

    /// Moves a message's content, `held`, behind what stands at `path`, `before`: a text, or a list, under `key` of
    /// `holder`. Gives back what stands there then.
    pub(super) fn append(
        &mut self,
        content: &str,
        held: Held,
        (path, holder, key): (&str, View<'_, '_>, &str),
        before: Held,
    ) -> Held {
        let mut count = 1;
        if let Held::List(blocks) = before {
            count = blocks;
        } else {
            self.wrap_text(path, holder, key);
        }
        let list = format!("{path}/{key}");
        if let Held::List(blocks) = held {
            for _ in 0..blocks {
                self.relocate(format!("{content}/0"), format!("{list}/-"));
            }
            return Held::List(count + blocks);
        }
        self.add(format!("{list}/-"), Json::object([("type", Json::text("text"))]));
        self.relocate(content.into(), format!("{list}/{count}/text"));
        Held::List(count + 1)
    }

    fn push(&mut self, path: String, change: Change) {
        self.plan.operations.push(Operation { change, path, cause: self.cause, reason: self.reason.clone() });
    }
}

/// What a message holds, as far as it can be put elsewhere.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Held {
    Text,
    /// So many blocks.
    List(usize),
    /// Nothing, or what is no content.
    Other,
}

impl Held {
    pub(super) fn of(content: Option<View<'_, '_>>) -> Self {
        match content {
            Some(content) if content.kind() == Kind::String => Self::Text,
            Some(content) if content.kind() == Kind::Array => Self::List(content.len()),
            _ => Self::Other,
        }
    }
}

/// Whether all a message says is its role and content, so that its content may stand in another.
pub(super) fn is_plain(message: &Message<'_, '_>) -> bool {
    message.view.members().all(|(key, _)| key.is("role") || key.is("content"))
}

/// Whether it is a text of white space alone, or empty.
pub(super) fn is_blank(view: View<'_, '_>) -> bool {
    view.str().is_some_and(|text| text.chars().all(char::is_whitespace))
}

/// Whether user and assistant must take turns there.
pub(super) const fn alternates(target: Target) -> bool {
    matches!(target, Target::Portable | Target::BedrockConverse)
}

/// Neighbouring messages of one role, which the API takes as one. System messages stand between turns without ending
/// them.
#[derive(Clone)]
pub(super) struct Turn {
    pub(super) role: Role,
    /// The numbers of its messages, system messages between them included.
    pub(super) numbers: Range<usize>,
}

impl Turn {
    /// Its own messages, with their numbers.
    pub(super) fn messages<'r, 't, 'a>(
        &self,
        request: &'r Request<'t, 'a>,
    ) -> impl DoubleEndedIterator<Item = (usize, &'r Message<'t, 'a>)> {
        let messages = request.messages.get(self.numbers.clone()).unwrap_or_default();
        let start = self.numbers.start;
        let role = self.role;
        let numbered = messages.iter().enumerate().map(move |(number, message)| (start + number, message));
        numbered.filter(move |(_, message)| message.role == role)
    }

    /// The ids of its blocks of these kinds.
    pub(super) fn ids<'t>(&self, request: &Request<'t, '_>, key: &str, kinds: u32) -> impl Iterator<Item = Cow<'t, str>> {
        let messages = self.messages(request);
        let blocks = messages.flat_map(|(_, message)| request.own_blocks(message));
        blocks.filter(move |block| block.kind.bit() & kinds != 0).filter_map(move |block| block.view.get(key)?.str())
    }

    pub(super) fn has(&self, request: &Request<'_, '_>, kind: BlockKind) -> bool {
        self.messages(request).any(|(_, message)| request.own_blocks(message).any(|block| block.kind == kind))
    }
}

pub(super) fn turns(request: &Request<'_, '_>) -> Vec<Turn> {
    let mut turns: Vec<Turn> = Vec::new();
    for (number, message) in request.messages.iter().enumerate() {
        match turns.last_mut() {
            _ if message.role == Role::System => {}
            Some(turn) if turn.role == message.role && message.role != Role::Other => turn.numbers.end = number + 1,
            _ => turns.push(Turn { role: message.role, numbers: number..number + 1 }),
        }
    }
    turns
}

/// Which messages remain while some are dropped.
pub(super) struct Remaining {
    roles: Vec<Option<Role>>,
    alternate: bool,
}

impl Remaining {
    #[inline(never)]
    pub(super) fn of(request: &Request<'_, '_>) -> Self {
        let roles = request.messages.iter().map(|message| Some(message.role)).collect();
        Self { roles, alternate: alternates(request.options.target) }
    }

    /// Drops a message, or says why it must stay.
    pub(super) fn drop(&mut self, number: usize) -> Result<(), &'static str> {
        let role = self.roles.get(number).copied().flatten();
        let speaks = |role: &Role| *role != Role::System;
        let (before, after) = self.roles.split_at_checked(number).unwrap_or_default();
        let before = before.iter().flatten().copied().rfind(speaks);
        let after = after.get(1..).unwrap_or_default();
        let next = after.iter().flatten().copied().find(speaks);
        match role {
            None | Some(Role::Other) => return Err("it has no role of the API"),
            _ if before.is_none() && next.is_none() => return Err("no message would remain"),
            Some(Role::User) => {
                let is_last = !after.iter().flatten().any(|role| *role == Role::User);
                if is_last && before != Some(Role::User) {
                    return Err("it is the last message of the user");
                }
                if self.alternate && before.is_none() && next == Some(Role::Assistant) {
                    return Err("the conversation would start with the assistant");
                }
            }
            Some(Role::Assistant | Role::System) => {}
        }
        if let Some(slot) = self.roles.get_mut(number) {
            *slot = None;
        }
        Ok(())
    }
}
