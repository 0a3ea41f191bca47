//! One step of a patch, as RFC 6902 has it, with the reason for it.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::cause::Cause;
use crate::request::escape::quote;

/// A JSON value of a patch.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum Json {
    /// `null`
    Null,
    /// `true` or `false`
    Bool(bool),
    /// A number, as JSON writes it.
    Number(String),
    /// A string.
    String(String),
    /// An array.
    Array(Vec<Self>),
    /// An object, its keys in order.
    Object(Vec<(String, Self)>),
}

impl Json {
    pub(super) fn text(text: &str) -> Self {
        Self::String(text.into())
    }

    pub(super) fn object<const N: usize>(members: [(&str, Self); N]) -> Self {
        Self::Object(members.into_iter().map(|(key, value)| (key.into(), value)).collect())
    }

    /// Appends it as compact JSON.
    pub fn write(&self, out: &mut String) {
        match self {
            Self::Null => out.push_str("null"),
            Self::Bool(true) => out.push_str("true"),
            Self::Bool(false) => out.push_str("false"),
            Self::Number(digits) => out.push_str(digits),
            Self::String(text) => quote(text, out),
            Self::Array(items) => {
                out.push('[');
                for (number, item) in items.iter().enumerate() {
                    if number > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Self::Object(members) => {
                out.push('{');
                for (number, (key, value)) in members.iter().enumerate() {
                    if number > 0 {
                        out.push(',');
                    }
                    quote(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// Says what it is, not what it says: a request holds prompts.
impl fmt::Debug for Json {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Null => "null",
            Self::Bool(_) => "boolean",
            Self::Number(_) => "number",
            Self::String(_) => "string",
            Self::Array(_) => "array",
            Self::Object(_) => "object",
        })
    }
}

/// What an [`Operation`] does at its place.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Change {
    /// Puts a value there: into an array before what stands there (at its end for `-`), under a key of an object.
    Add(Json),
    /// Takes away what stands there.
    Remove,
    /// Puts a value in place of what stands there.
    Replace(Json),
    /// Takes what stands at `from` and adds it there, so that a patch never repeats the request's long texts.
    Move {
        /// Where it stands, as an RFC 6901 pointer.
        from: String,
    },
}

/// One step of a patch: an operation of [RFC 6902](https://www.rfc-editor.org/rfc/rfc6902), and why.
///
/// The operations of a patch apply in order: each place is one of the request as those before have left it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Operation {
    /// What it does.
    pub change: Change,
    /// Where, as an RFC 6901 pointer; empty for the whole request.
    pub path: String,
    /// What it mends: the cause of the finding that goes away.
    pub cause: Cause,
    /// What is done and why, in lower case. Holds nothing of the conversation.
    pub reason: Cow<'static, str>,
}

impl Operation {
    /// The name of RFC 6902: `add`, `remove`, `replace` or `move`.
    pub const fn op(&self) -> &'static str {
        match self.change {
            Change::Add(_) => "add",
            Change::Remove => "remove",
            Change::Replace(_) => "replace",
            Change::Move { .. } => "move",
        }
    }

    /// Appends it as JSON: RFC 6902's members, and `cause` and `reason`, which the RFC has others pass over.
    pub fn write(&self, out: &mut String) {
        out.push_str("{\"op\":\"");
        out.push_str(self.op());
        out.push_str("\",\"path\":");
        quote(&self.path, out);
        match &self.change {
            Change::Add(value) | Change::Replace(value) => {
                out.push_str(",\"value\":");
                value.write(out);
            }
            Change::Move { from } => {
                out.push_str(",\"from\":");
                quote(from, out);
            }
            Change::Remove => {}
        }
        out.push_str(",\"cause\":");
        quote(self.cause.as_str(), out);
        out.push_str(",\"reason\":");
        quote(&self.reason, out);
        out.push('}');
    }

    /// Takes its places from a part of the request to the whole, by what stands before them.
    pub(super) fn under(mut self, prefix: &str) -> Self {
        self.path.insert_str(0, prefix);
        if let Change::Move { from } = &mut self.change {
            from.insert_str(0, prefix);
        }
        self
    }
}
