//! A request that changes: what no operation has touched stays where it is on its tape.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;

use super::operation::{Change, Json, Operation};
use crate::request::escape::quote;
use crate::request::tape::{Builder, Key, Kind, Tape, View};

/// A value, opened as far as operations have reached into it.
pub(super) enum Value<'t, 'a> {
    /// As it stands on the tape.
    Kept(View<'t, 'a>),
    /// From a patch.
    Made(Json),
    Array(Vec<Self>),
    Object(Vec<(Name<'t, 'a>, Self)>),
}

pub(super) enum Name<'t, 'a> {
    Kept(Key<'t, 'a>),
    Made(String),
}

impl Name<'_, '_> {
    fn is(&self, name: &str) -> bool {
        match self {
            Self::Kept(key) => key.is(name),
            Self::Made(own) => own == name,
        }
    }
}

impl Value<'_, '_> {
    /// Applies an operation. `None` where its place is not there; then nothing has changed.
    pub(super) fn apply(&mut self, operation: &Operation) -> Option<()> {
        match &operation.change {
            Change::Add(value) => self.add(&operation.path, Self::Made(value.clone())),
            Change::Remove => self.take(&operation.path).map(|_| ()),
            Change::Replace(value) => {
                *self.at(&operation.path)? = Self::Made(value.clone());
                Some(())
            }
            Change::Move { from } => {
                let value = self.take(from)?;
                self.add(&operation.path, value)
            }
        }
    }

    /// The value as a tape of its own, which borrows from this one's.
    pub(super) fn tape(&self) -> Tape<'_> {
        let mut builder = Builder::new();
        self.push(&mut builder);
        builder.finish()
    }

    /// Appends it as JSON; what is untouched, as it stands in `text`, the text of its tape.
    pub(super) fn write(&self, text: &str, out: &mut String) {
        let untouched = |span: Option<core::ops::Range<usize>>| span.and_then(|span| text.get(span)).unwrap_or("null");
        match self {
            Self::Kept(view) => out.push_str(untouched(view.span())),
            Self::Made(json) => json.write(out),
            Self::Array(items) => {
                out.push('[');
                for (number, item) in items.iter().enumerate() {
                    if number > 0 {
                        out.push_str(", ");
                    }
                    item.write(text, out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (number, (name, value)) in members.iter().enumerate() {
                    if number > 0 {
                        out.push_str(", ");
                    }
                    match name {
                        Name::Kept(key) => out.push_str(untouched(key.span())),
                        Name::Made(name) => quote(name, out),
                    }
                    out.push_str(": ");
                    value.write(text, out);
                }
                out.push('}');
            }
        }
    }

    // As deep as the tape at most, which is 1,024, and so is `copy`.
    fn push<'d>(&'d self, builder: &mut Builder<'d>) {
        match self {
            Self::Kept(view) => copy(*view, builder),
            Self::Made(json) => push_json(json, builder),
            Self::Array(items) => {
                builder.begin_array();
                for item in items {
                    item.push(builder);
                }
                builder.end_array();
            }
            Self::Object(members) => {
                builder.begin_object();
                for (name, value) in members {
                    match name {
                        Name::Kept(key) => push_key(*key, builder),
                        Name::Made(name) => builder.key(name),
                    }
                    value.push(builder);
                }
                builder.end_object();
            }
        }
    }

    /// Opens an array or object by one level.
    fn open(&mut self) -> &mut Self {
        let opened = match self {
            Self::Kept(view) if view.kind() == Kind::Array => Self::Array(view.items().map(Self::Kept).collect()),
            Self::Kept(view) if view.kind() == Kind::Object => {
                Self::Object(view.members().map(|(key, value)| (Name::Kept(key), Self::Kept(value))).collect())
            }
            Self::Made(Json::Array(items)) => Self::Array(core::mem::take(items).into_iter().map(Self::Made).collect()),
            Self::Made(Json::Object(members)) => {
                let members = core::mem::take(members).into_iter();
                Self::Object(members.map(|(key, value)| (Name::Made(key), Self::Made(value))).collect())
            }
            _ => return self,
        };
        *self = opened;
        self
    }

    /// What stands at a pointer.
    fn at(&mut self, pointer: &str) -> Option<&mut Self> {
        let mut value = self;
        for step in pointer.split('/').skip(1) {
            let step = unescaped(step);
            value = match value.open() {
                Self::Array(items) => items.get_mut(position(&step)?)?,
                // Of equal keys the last counts, as for the server's parser.
                Self::Object(members) => members.iter_mut().rev().find(|(name, _)| name.is(&step)).map(|(_, value)| value)?,
                _ => return None,
            };
        }
        Some(value)
    }

    fn holder<'p>(&mut self, pointer: &'p str) -> Option<(&mut Self, Cow<'p, str>)> {
        let (holder, step) = pointer.rsplit_once('/')?;
        Some((self.at(holder)?.open(), unescaped(step)))
    }

    fn take(&mut self, pointer: &str) -> Option<Self> {
        match self.holder(pointer)? {
            (Self::Array(items), step) => {
                let position = position(&step)?;
                (position < items.len()).then(|| items.remove(position))
            }
            (Self::Object(members), step) => {
                let last = members.iter().rposition(|(name, _)| name.is(&step))?;
                let (_, taken) = members.remove(last);
                // The others of that name were never in the request.
                members.retain(|(name, _)| !name.is(&step));
                Some(taken)
            }
            _ => None,
        }
    }

    fn add(&mut self, pointer: &str, value: Self) -> Option<()> {
        match self.holder(pointer)? {
            (Self::Array(items), step) => {
                let position = if step == "-" { items.len() } else { position(&step)? };
                (position <= items.len()).then(|| items.insert(position, value))
            }
            (Self::Object(members), step) => {
                match members.iter_mut().rev().find(|(name, _)| name.is(&step)) {
                    Some((_, old)) => *old = value,
                    None => members.push((Name::Made(step.into_owned()), value)),
                }
                Some(())
            }
            _ => None,
        }
    }
}

fn copy<'a>(view: View<'_, 'a>, builder: &mut Builder<'a>) {
    match view.kind() {
        Kind::Null => builder.null(),
        Kind::Bool => builder.bool(view.bool() == Some(true)),
        Kind::Number => {
            if let Some(number) = view.number() {
                builder.number(number, u32::try_from(view.text_len()).unwrap_or(u32::MAX));
            }
        }
        Kind::String => builder.raw_string(view.raw().unwrap_or_default(), view.escaped()),
        Kind::Foreign => {
            if let Some(foreign) = view.foreign() {
                builder.foreign(foreign);
            }
        }
        Kind::Array => {
            builder.begin_array();
            view.items().for_each(|item| copy(item, builder));
            builder.end_array();
        }
        Kind::Object => {
            builder.begin_object();
            for (key, value) in view.members() {
                push_key(key, builder);
                copy(value, builder);
            }
            builder.end_object();
        }
    }
}

fn push_key<'a>(key: Key<'_, 'a>, builder: &mut Builder<'a>) {
    match key.foreign() {
        Some(foreign) => builder.foreign_key(foreign),
        None => builder.raw_key(key.raw().unwrap_or_default(), key.escaped()),
    }
}

fn push_json<'a>(json: &'a Json, builder: &mut Builder<'a>) {
    match json {
        Json::Null => builder.null(),
        Json::Bool(value) => builder.bool(*value),
        Json::Number(digits) => match (digits.parse(), digits.parse()) {
            (Ok(value), _) => builder.int(value),
            (_, Ok(value)) if digits.contains(['.', 'e', 'E']) => builder.float(value),
            _ => builder.big_int(),
        },
        Json::String(text) => builder.string(text),
        Json::Array(items) => {
            builder.begin_array();
            for item in items {
                push_json(item, builder);
            }
            builder.end_array();
        }
        Json::Object(members) => {
            builder.begin_object();
            for (key, value) in members {
                builder.key(key);
                push_json(value, builder);
            }
            builder.end_object();
        }
    }
}

/// A step of a pointer, read back.
fn unescaped(step: &str) -> Cow<'_, str> {
    if step.contains('~') { Cow::Owned(step.replace("~1", "/").replace("~0", "~")) } else { Cow::Borrowed(step) }
}

fn position(step: &str) -> Option<usize> {
    step.parse().ok()
}
