//! What a request is made of: an object, of values that JSON has. Its shape is compared in `shape`.

use crate::cause::Cause;
use crate::request::options::{Options, Target};
use crate::request::tape::{Foreign, Kind, Oddity, View};

use super::Sink;

/// The body is an object.
pub(crate) fn body_is_object(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    let what = match root.kind() {
        Kind::Object => return,
        Kind::Null => "null",
        Kind::Bool => "a boolean",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array => "a list",
        Kind::Foreign => "a value that has no JSON form",
    };
    sink.at(root, alloc::format!("the body is {what}: an object is expected"));
}

/// No value is one that the server's parser refuses by its kind.
pub(crate) fn values_are_json(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    report(root, options, Cause::JsonInvalidBody, sink);
}

/// No string holds half of a surrogate pair.
pub(crate) fn strings_are_whole(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    report(root, options, Cause::JsonLoneSurrogate, sink);
}

/// No value or key is one for which JSON has no form.
pub(crate) fn values_have_a_form(root: View<'_, '_>, options: &Options<'_>, sink: &mut Sink<'_>) {
    report(root, options, Cause::ValueNotJson, sink);
}

/// No whole number needs more than 64 bits.
pub(crate) fn integers_are_exact(root: View<'_, '_>, _: &Options<'_>, sink: &mut Sink<'_>) {
    for (view, oddity) in root.tape().oddities() {
        if oddity == Oddity::BigNumber {
            sink.at(view, "has more than 64 bits, and is read as a fraction, which loses digits");
        }
    }
}

fn report(root: View<'_, '_>, options: &Options<'_>, cause: Cause, sink: &mut Sink<'_>) {
    for (view, oddity) in root.tape().oddities() {
        let (foreign, what) = match oddity {
            Oddity::Value(foreign) => (foreign, "is"),
            Oddity::Key(foreign) => (foreign, "has a key that is"),
            Oddity::BigNumber => continue,
        };
        if cause_of(foreign) != cause || becomes_base64(view, foreign, options) {
            continue;
        }
        let (words, certain) = words(foreign);
        let message = alloc::format!("{what} {words}");
        if certain {
            sink.at(view, message)
        } else {
            sink.maybe_at(view, message)
        };
    }
}

const fn cause_of(foreign: Foreign) -> Cause {
    match foreign {
        Foreign::LoneSurrogate => Cause::JsonLoneSurrogate,
        Foreign::NonFinite | Foreign::TooDeep => Cause::JsonInvalidBody,
        Foreign::NonStringKey
        | Foreign::Bytes
        | Foreign::Set
        | Foreign::DateTime
        | Foreign::Cycle
        | Foreign::BigInt
        | Foreign::Throws
        | Foreign::Other => Cause::ValueNotJson,
    }
}

/// What it is, and whether no encoder takes it: the vendors' SDKs write dates, sets and objects of their own as JSON.
const fn words(foreign: Foreign) -> (&'static str, bool) {
    match foreign {
        Foreign::NonFinite => ("NaN or an infinity, which JSON does not have", true),
        Foreign::LoneSurrogate => ("text with half of a surrogate pair, which is refused", true),
        Foreign::NonStringKey => ("not a string, as keys of JSON are", true),
        Foreign::Bytes => ("bytes, which JSON does not have", true),
        Foreign::Set => ("a set, which JSON does not have: not every encoder writes it as a list", false),
        Foreign::DateTime => ("a date or time, which JSON does not have: not every encoder writes it as text", false),
        Foreign::Cycle => ("a container that holds itself", true),
        Foreign::TooDeep => ("more than 1,024 containers deep, which is refused", true),
        Foreign::BigInt => ("a BigInt, which JSON does not have", true),
        Foreign::Throws => ("a value that throws when it is read", true),
        Foreign::Other => ("an object that JSON does not have: not every encoder knows it", false),
    }
}

/// Where SDKs take bytes or a file and write base64.
fn becomes_base64(view: View<'_, '_>, foreign: Foreign, options: &Options<'_>) -> bool {
    let under = |key: &str| view.key().is_some_and(|own| own.is(key));
    match options.target {
        Target::BedrockConverse => foreign == Foreign::Bytes && (under("bytes") || under("redactedContent")),
        _ => foreign == Foreign::Other && under("data") && view.parent().and_then(|source| source.get("media_type")).is_some(),
    }
}
