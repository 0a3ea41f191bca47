//! The model's name: whether the place it is sent to serves it.
//!
//! No list of models is complete, so what these rules say is a warning but for one: no id holds white space.

use alloc::format;
use alloc::string::String;

use super::Sink;
use crate::request::model::{Model, Retirement, Status, decoration};
use crate::request::names::distance;
use crate::request::options::Target;
use crate::request::read::{Field, Request};
use crate::request::tape::View;

/// The name, where a caller's row does not vouch for it.
fn name<'t, 'r, 'a>(request: &'r Request<'t, 'a>) -> Option<(View<'t, 'a>, &'r str)> {
    let view = request.field(Field::Model)?;
    let name = request.model_name.as_deref().filter(|name| !name.is_empty() && name.len() <= LONGEST)?;
    let own = request.options.models.iter().any(|model| model.ids.iter().any(|id| id == name));
    (!own).then_some((view, name))
}

/// ARNs are the longest.
const LONGEST: usize = 256;

pub(crate) fn has_no_space(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, name)) = name(request).filter(|(_, name)| name.chars().any(char::is_whitespace)) else { return };
    if name.trim().len() == name.len() {
        sink.maybe_at(view, "has white space within: no model's id does");
    } else {
        sink.at(view, "begins or ends with white space, and no model's id does").fix("strip the name");
    }
}

/// The first-party API takes ids as they are.
pub(crate) fn is_bare(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, name)) = name(request) else { return };
    let parts = decoration(name.trim());
    let whose = if parts.bedrock() {
        "written as for Bedrock"
    } else if parts.vertex_version.is_some() || name.contains('@') {
        "written as for Google Cloud"
    } else if parts.router() {
        "written as for a router"
    } else if parts.long_context.is_some() {
        "followed by `[1m]`, which only Claude Code understands"
    } else {
        return;
    };
    let found = sink.at(view, format!("is {whose}: the first-party API takes the bare id"));
    // On the clouds an id may have a version that the first-party one lacks, and the other way round.
    if Model::all().iter().any(|model| model.ids.iter().any(|id| id == parts.name)) {
        found.fix(format!("send `{}`, or say the target the request goes to", parts.name));
    }
}

/// An id that is no id, but close to one.
pub(crate) fn is_spelt_right(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, name)) = name(request) else { return };
    let first_party = request.options.target == Target::Anthropic;
    if is_known(name) || name.contains(char::is_whitespace) || decoration(name).any() {
        return;
    }
    if let Some(id) = meant(name, request.model, first_party) {
        sink.at(view, "is not a known model's id, but close to one").fix(format!("did you mean `{id}`?"));
    } else if first_party && SHORT.contains(&name) {
        sink.at(view, "is a short name of Claude Code's: the API takes a model's id");
    } else if first_party && OTHERS.iter().any(|start| name.starts_with(start)) {
        sink.at(view, "is another vendor's model, which this API does not serve");
    }
}

const SHORT: &[&str] = &["opus", "sonnet", "haiku", "fable", "default", "best", "opusplan"];
const OTHERS: &[&str] = &[
    "gpt-",
    "chatgpt-",
    "o1",
    "o3",
    "o4-",
    "gemini-",
    "gemma-",
    "llama-",
    "mistral-",
    "mixtral-",
    "deepseek-",
    "qwen",
    "grok-",
    "command-",
    "kimi-",
    "glm-",
    "text-embedding-",
];

fn ids() -> impl Iterator<Item = &'static str> {
    Model::all().iter().flat_map(|model| model.ids.iter().map(AsRef::as_ref))
}

fn is_known(name: &str) -> bool {
    ids().any(|id| id == name)
}

/// The id that is meant by a name that is none.
fn meant(name: &str, row: Option<&Model>, first_party: bool) -> Option<String> {
    let Some(model) = row else {
        // A version that is not known may be new. So digits are never guessed.
        let name = name.to_ascii_lowercase();
        return ids().find(|id| differ_by_a_letter(&name, id) || same_words(&name, id)).map(Into::into);
    };
    // The row belongs to the name, though no id does: a point in its version, a date that is another, a word behind it.
    let dashed = name.replace('.', "-");
    if first_party && dashed != name && is_known(&dashed) {
        return Some(dashed);
    }
    let (start, date) = name.rsplit_once('-')?;
    let is_date = (6..=8).contains(&date.len()) && date.bytes().all(|byte| byte.is_ascii_digit());
    let dated = |id: &str| id.strip_prefix(start).is_some_and(|rest| rest.len() == "-20251001".len());
    let base = model.ids.iter().any(|id| id == start) && model.certain();
    if first_party && !is_date && model.certain() {
        return model.ids.iter().find(|id| name.starts_with(id.as_ref())).map(|id| id.as_ref().into());
    }
    (is_date && base).then(|| model.ids.iter().find(|id| dated(id)).map_or(start, AsRef::as_ref).into())
}

/// Whether two names differ by a letter or two, and in no digit.
fn differ_by_a_letter(one: &str, other: &str) -> bool {
    fn digits(name: &str) -> impl Iterator<Item = char> {
        name.chars().filter(char::is_ascii_digit)
    }
    one.len().abs_diff(other.len()) <= 2 && digits(one).eq(digits(other)) && distance(one.as_bytes(), other.as_bytes()) <= 2
}

/// Whether two names have the same words, in whatever order and joined by whatever; the first may lack `claude`.
fn same_words(one: &str, other: &str) -> bool {
    fn words(name: &str) -> impl Iterator<Item = &str> {
        name.split(['-', '.', '_']).filter(|word| *word != "claude")
    }
    let times = |name: &str, word: &str| words(name).filter(|own| *own == word).count();
    words(one).count() == words(other).count() && words(other).all(|word| times(one, word) == times(other, word))
}

pub(crate) fn is_served(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, model)) = with_row(request, Status::Retired) else { return };
    let since = match model.retirement {
        Some(Retirement::On(date)) => format!(" since {date}"),
        _ => String::from(" for long"),
    };
    sink.at(view, format!("is {}, which the first-party API has not served{since}", model.name()))
        .fix("use a model that is served; some clouds keep older ones longer");
}

pub(crate) fn is_to_stay(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, model)) = with_row(request, Status::Deprecated) else { return };
    let until = match model.retirement {
        Some(Retirement::On(date)) => format!("until {date}"),
        Some(Retirement::NotBefore(date)) => format!("at least until {date}"),
        None => String::from("for some time yet"),
    };
    sink.at(view, format!("is {}, which the first-party API serves {until}", model.name()));
}

fn with_row<'t, 'a>(request: &Request<'t, 'a>, status: Status) -> Option<(View<'t, 'a>, &'t Model)> {
    let model = request.model.filter(|model| model.status == status)?;
    Some((name(request)?.0, model))
}

/// Converse's ids name the vendor, or are an ARN. Elsewhere on the clouds the address names the model, and is not seen.
pub(crate) fn is_bedrocks(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(view) = request.root.get("modelId") else { return };
    let Some(id) = view.str() else { return };
    let parts = decoration(&id);
    if parts.name.starts_with("claude-") && parts.bedrock_vendor.is_none() && parts.bedrock_arn.is_none() {
        sink.at(view, "is not a Bedrock id, which begins with `anthropic.`, `us.anthropic.` and their like, or is an ARN");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(name: &str) -> Option<String> {
        meant(name, Model::known(name), true)
    }

    #[test]
    fn what_is_meant_is_found() {
        for (name, id) in [
            ("claude-sonet-4-6", "claude-sonnet-4-6"),
            ("cluade-opus-5", "claude-opus-5"),
            ("Claude-Opus-5", "claude-opus-5"),
            ("claude-opuss-4-8", "claude-opus-4-8"),
            ("claude-4-5-haiku", "claude-haiku-4-5"),
            ("claude_opus_4_8", "claude-opus-4-8"),
            ("opus-4-8", "claude-opus-4-8"),
            ("claude-sonnet-4.6", "claude-sonnet-4-6"),
            ("claude-haiku-4-5-20250929", "claude-haiku-4-5-20251001"),
            ("claude-opus-4-8-20260528", "claude-opus-4-8"),
            ("claude-opus-4-8-latest", "claude-opus-4-8"),
            ("claude-sonnet-4-5-thinking", "claude-sonnet-4-5"),
        ] {
            assert_eq!(guess(name).as_deref(), Some(id), "{name}");
        }
    }

    #[test]
    fn what_may_be_new_is_not_guessed() {
        for name in [
            "claude-opus-6",
            "claude-opus-5-6",
            "claude-haiku-6-20270101",
            "claude-saga-5",
            "claude",
            "claude-opus",
            "gpt-5",
            "x",
        ] {
            assert_eq!(guess(name), None, "{name}");
        }
    }
}
