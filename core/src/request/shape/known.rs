//! A key that a table does not know: misspelt, another API's, or newer than the table.
//!
//! Only the first two are certain to be refused. The API's own names are words in lower case, joined by underscores; a
//! name of another form is none of them, whatever the year.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

use super::table::{Shape, Takes};
use super::walk::Api;
use super::{hints, messages};
use crate::request::names::distance;

/// What can be said of an unknown key.
pub(crate) struct Unknown {
    pub(crate) certain: bool,
    pub(crate) hint: Option<Cow<'static, str>>,
}

/// Judges an unknown key; `free` are the keys its object may still have.
pub(super) fn unknown(name: &str, root: bool, api: Api, mut free: impl Iterator<Item = &'static str>) -> Unknown {
    if let Some(hint) = hints::key(name, root, api) {
        return Unknown { certain: true, hint: (!hint.is_empty()).then_some(Cow::Borrowed(hint)) };
    }
    let near = nearest(name, &mut free);
    // Converse writes its own names in camel case.
    let foreign = api == Api::Messages && !is_name(name);
    Unknown { certain: near.is_some_and(|near| near.certain) || foreign, hint: near.map(Near::hint) }
}

/// What can be said of a key that no request of the Messages API has at its top; `None` for one that has its place there.
pub(crate) fn unknown_at_the_top(name: &str) -> Option<Unknown> {
    let known = &messages::REQUEST;
    let keys = known.fields().map(|(_, field)| field.key);
    known.find(name).is_none().then(|| unknown(name, true, Api::Messages, keys))
}

/// Whether it is formed as the API forms its names.
pub(super) fn is_name(name: &str) -> bool {
    name.bytes().next().is_some_and(|first| first.is_ascii_lowercase())
        && name.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_')
}

/// The name that may be meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Near {
    pub(super) name: &'static str,
    /// Whether it surely is: what differs in digits alone may be another version.
    pub(super) certain: bool,
}

impl Near {
    pub(super) fn hint(self) -> Cow<'static, str> {
        Cow::Owned(format!("did you mean `{}`?", self.name))
    }
}

/// The name that is meant, where one differs by its way of writing or by a letter or two.
pub(super) fn nearest(name: &str, known: &mut dyn Iterator<Item = &'static str>) -> Option<Near> {
    if name.len() > LONGEST || name.is_empty() {
        return None;
    }
    let folded = fold(name);
    let mut best: Option<(usize, &'static str)> = None;
    for candidate in known.filter(|candidate| candidate.len().abs_diff(name.len()) <= 4) {
        let other = fold(candidate);
        let distance = if other == folded { 0 } else { distance(&folded, &other) };
        let allowed = match other.len() {
            0..5 => 0,
            5..8 => 1,
            _ => 2,
        };
        if distance <= allowed && best.is_none_or(|(least, _)| distance < least) {
            best = Some((distance, candidate));
        }
    }
    let letters = |text: &[u8]| text.iter().copied().filter(u8::is_ascii_alphabetic).collect::<Vec<u8>>();
    best.map(|(distance, name)| Near { name, certain: distance == 0 || letters(&folded) != letters(&fold(name)) })
}

/// No name is as long.
const LONGEST: usize = 48;

/// Without case and separators.
fn fold(name: &str) -> Vec<u8> {
    name.bytes().filter(u8::is_ascii_alphanumeric).map(|byte| byte.to_ascii_lowercase()).collect()
}

/// Whether the tables know the key at some other place: then it was not invented since.
pub(super) fn elsewhere(name: &str, root: &'static Shape) -> bool {
    let mut open = alloc::vec![root];
    let mut seen: Vec<*const Shape> = Vec::new();
    while let Some(shape) = open.pop() {
        if seen.contains(&core::ptr::from_ref(shape)) {
            continue;
        }
        seen.push(shape);
        for (_, field) in shape.fields() {
            if field.key == name {
                return true;
            }
            shapes_of(field.takes, &mut open);
        }
    }
    name == "type" || name == "role"
}

/// The shapes that a value may have.
pub(super) fn shapes_of(takes: Takes, into: &mut Vec<&'static Shape>) {
    match takes {
        Takes::Object(shape) => into.push(shape),
        Takes::Tagged(union) => {
            into.extend(union.variants.iter().map(|(_, shape)| *shape));
            into.extend(union.untagged);
        }
        Takes::List(inner) | Takes::MapOf(inner) | Takes::TextOr(inner) | Takes::BoolOr(inner) | Takes::WordOr((_, inner)) => {
            shapes_of(*inner, into);
        }
        Takes::ListOr((first, second)) => {
            shapes_of(*first, into);
            shapes_of(*second, into);
        }
        Takes::Any | Takes::Text | Takes::Bool | Takes::Int | Takes::Float | Takes::Map | Takes::Blob | Takes::Word(_) => {}
    }
}
