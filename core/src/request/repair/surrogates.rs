//! Halves of surrogate pairs, which UTF-8 cannot hold, replaced by U+FFFD.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt::Write as _;

use super::operation::Json;
use super::plan::Plan;
use crate::cause::Cause;
use crate::request::escape;
use crate::request::seen::Seen;
use crate::request::tape::{Foreign, Key, Kind, Number, Tape, View};

/// The text as UTF-8. Halves of pairs that were written as if they were characters become the escapes they are in JSON.
/// `None` where it is no UTF-8 for another reason.
pub(super) fn readable(bytes: &[u8]) -> Option<Cow<'_, str>> {
    if let Ok(text) = core::str::from_utf8(bytes) {
        return Some(Cow::Borrowed(text));
    }
    let mut text = String::with_capacity(bytes.len() + 64);
    let mut rest = bytes;
    loop {
        let error = match core::str::from_utf8(rest) {
            Ok(tail) => {
                text.push_str(tail);
                return Some(Cow::Owned(text));
            }
            Err(error) => error,
        };
        let (valid, broken) = rest.split_at_checked(error.valid_up_to())?;
        text.push_str(core::str::from_utf8(valid).ok()?);
        let [0xED, second @ 0xA0..=0xBF, third @ 0x80..=0xBF, tail @ ..] = broken else { return None };
        let unit = 0xD000 | u32::from(second & 0x3F) << 6 | u32::from(third & 0x3F);
        _ = write!(text, "\\u{unit:04x}");
        rest = tail;
    }
}

/// A container whose key is to be replaced is written out whole; a larger one is left.
const LARGEST: usize = 64 << 10;

const REASON: &str = "half of a surrogate pair is replaced by U+FFFD: UTF-8 cannot hold it";

/// Replaces every string and key that holds half of a pair. `replaced` has those of objects.
pub(super) fn replace(tape: &Tape<'_>, replaced: &[&str], plan: &mut Plan) {
    if !holds(tape.root(), is_broken, is_broken_key) {
        return;
    }
    let mut walk = Walk { replaced: replaced.iter().copied(), plan, left: false };
    // What stands in a container that is too deep is not on the tape, so that the order would not tell which is which.
    if holds(tape.root(), |view| view.foreign() == Some(Foreign::TooDeep), |_| false) {
        walk.replaced = [].iter().copied();
    }
    walk.value(tape.root(), &mut String::new(), true);
    if walk.left {
        let words = "a key could not be replaced without its neighbours, or the text is not known";
        plan.leave(String::new(), Cause::JsonLoneSurrogate, words);
    }
}

/// Whether any value or key is such, however deep.
fn holds(view: View<'_, '_>, value: fn(View<'_, '_>) -> bool, key: fn(Key<'_, '_>) -> bool) -> bool {
    value(view)
        || view.items().any(|item| holds(item, value, key))
        || view.members().any(|(name, member)| key(name) || holds(member, value, key))
}

struct Walk<'p, 'r> {
    replaced: core::iter::Copied<core::slice::Iter<'r, &'r str>>,
    plan: &'p mut Plan,
    left: bool,
}

// As deep as the tape at most, which is 1,024.
impl Walk<'_, '_> {
    /// `open` says whether the path holds no key that a pointer cannot say.
    fn value(&mut self, view: View<'_, '_>, path: &mut String, open: bool) {
        let length = path.len();
        match view.kind() {
            Kind::Array => {
                for (number, item) in view.items().enumerate() {
                    _ = write!(path, "/{number}");
                    self.value(item, path, open);
                    path.truncate(length);
                }
            }
            Kind::Object if view.members().any(|(key, _)| is_broken_key(key)) => {
                match self.container(view).filter(|_| open && !path.is_empty()) {
                    Some(json) => self.plan.because(Cause::JsonLoneSurrogate, REASON).replace(path.clone(), json),
                    None => self.left = true,
                }
            }
            Kind::Object => {
                let mut last = Seen::default();
                for (number, (key, _)) in view.members().enumerate() {
                    last.put(key.str(), number);
                }
                for (number, (key, value)) in view.members().enumerate() {
                    let name = key.str();
                    path.push('/');
                    path.push_str(&name.replace('~', "~0").replace('/', "~1"));
                    // Of equal keys only the last is in the request.
                    let open = open && key.foreign().is_none() && last.get(&name) == Some(number);
                    self.value(value, path, open);
                    path.truncate(length);
                }
            }
            Kind::String if is_broken(view) => match view.str().filter(|_| open) {
                Some(text) => self.put(path, &text),
                None => self.left = true,
            },
            Kind::Foreign if view.foreign() == Some(Foreign::LoneSurrogate) => match self.replaced.next().filter(|_| open) {
                Some(text) => self.put(path, text),
                None => self.left = true,
            },
            _ => {}
        }
    }

    fn put(&mut self, path: &str, text: &str) {
        self.plan.because(Cause::JsonLoneSurrogate, REASON).replace(path.into(), Json::text(text));
    }

    /// A container written out, its keys and strings replaced; `None` where that would lose something. Takes what is
    /// replaced in it from the list in any case.
    fn container(&mut self, view: View<'_, '_>) -> Option<Json> {
        let small = view.text_len() <= LARGEST;
        match view.kind() {
            Kind::Null => Some(Json::Null),
            Kind::Bool => view.bool().map(Json::Bool),
            Kind::Number => match view.number()? {
                Number::Int(value) => Some(Json::Number(format!("{value}"))),
                Number::Float(value) => Some(Json::Number(format!("{value:?}"))),
                Number::Big => None,
            },
            Kind::String => view.str().map(|text| Json::String(text.into_owned())),
            Kind::Foreign => {
                (view.foreign() == Some(Foreign::LoneSurrogate)).then(|| self.replaced.next()).flatten().map(Json::text)
            }
            Kind::Array => {
                let items: Vec<_> = view.items().map(|item| self.container(item)).collect();
                small.then(|| items.into_iter().collect::<Option<_>>().map(Json::Array)).flatten()
            }
            Kind::Object => {
                let members: Vec<_> = view.members().map(|(key, value)| (self.key(key), self.container(value))).collect();
                let members: Option<Vec<(String, Json)>> =
                    members.into_iter().map(|(key, value)| Some((key?, value?))).filter(|_| small).collect();
                let members = members.filter(|members| small && members.len() == view.len())?;
                let mut names = Seen::default();
                let unique = members.iter().all(|(name, _)| names.add(Cow::Borrowed(name)));
                drop(names);
                unique.then_some(Json::Object(members))
            }
        }
    }

    fn key(&mut self, key: Key<'_, '_>) -> Option<String> {
        match key.foreign() {
            None => Some(key.str().into_owned()),
            Some(Foreign::LoneSurrogate) => self.replaced.next().map(String::from),
            Some(_) => None,
        }
    }
}

fn is_broken(view: View<'_, '_>) -> bool {
    view.foreign() == Some(Foreign::LoneSurrogate) || view.escaped() && view.raw().is_some_and(holds_half)
}

fn is_broken_key(key: Key<'_, '_>) -> bool {
    key.foreign() == Some(Foreign::LoneSurrogate) || key.escaped() && key.raw().is_some_and(holds_half)
}

/// Whether what stands between two quotes has an escape of half a pair alone.
fn holds_half(raw: &str) -> bool {
    let mut rest = raw;
    while let Some(at) = rest.find('\\') {
        let escape = rest.get(at + 1..).unwrap_or_default();
        let Some(digits) = escape.strip_prefix('u') else {
            let mut chars = escape.chars();
            chars.next();
            rest = chars.as_str();
            continue;
        };
        let unit = |text: &str| text.as_bytes().get(..4).and_then(escape::hex4);
        let Some(first) = unit(digits) else { return false };
        rest = digits.get(4..).unwrap_or_default();
        if escape::is_low(first) {
            return true;
        }
        if escape::is_high(first) {
            match rest.strip_prefix("\\u").and_then(|second| Some((unit(second)?, second.get(4..)?))) {
                Some((second, tail)) if escape::is_low(second) => rest = tail,
                _ => return true,
            }
        }
    }
    false
}
