//! A request compared with the table of its shape, in one pass.
//!
//! It goes no deeper than the tables do, which lead nowhere back to themselves; what they call free-form (a tool's input, a
//! schema) is stepped over.

mod members;
mod words;

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;

use self::words::{found, listed, listed_from, said};
use super::hints;
use super::known::{self, Near};
use super::table::{Beta, Field, Shape, Takes, Union};
use super::{chat, converse, messages};
use crate::cause::Cause;
use crate::request::names::short;
use crate::request::options::{Endpoint, Target};
use crate::request::read::Request;
use crate::request::report::Report;
use crate::request::tape::{Kind, Number, View};

/// One place where a request does not fit.
pub(crate) struct Fault<'t, 'a> {
    pub(crate) view: View<'t, 'a>,
    /// The member that `view` lacks, where that is the fault.
    pub(crate) lacks: Option<&'static str>,
    pub(crate) cause: Cause,
    /// Whether it is certain to be refused.
    pub(crate) certain: bool,
    pub(crate) message: String,
    /// A fix that fits better than the cause's own.
    pub(crate) fix: Option<Cow<'static, str>>,
}

/// Every fault of a request's shape, in the order of the request.
pub(crate) fn faults<'t, 'a>(request: &Request<'t, 'a>) -> Vec<Fault<'t, 'a>> {
    let api = match (request.options.endpoint, request.options.target) {
        (Endpoint::ChatCompletions, _) => Api::Chat,
        (_, Target::BedrockConverse) => Api::Converse,
        _ => Api::Messages,
    };
    let mut walk = Walk { request, api, faults: Vec::new() };
    walk.object(request.root, api.shape(), None);
    walk.faults
}

/// Whose shapes a request is held to.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Api {
    Messages,
    Converse,
    Chat,
}

impl Api {
    pub(super) fn shape(self) -> &'static Shape {
        match self {
            Self::Messages => &messages::REQUEST,
            Self::Converse => &converse::REQUEST,
            Self::Chat => &chat::REQUEST,
        }
    }
}

/// No object of a request has so many keys.
const MANY: usize = 64;

struct Walk<'r, 't, 'a> {
    request: &'r Request<'t, 'a>,
    api: Api,
    faults: Vec<Fault<'t, 'a>>,
}

impl<'t, 'a> Walk<'_, 't, 'a> {
    fn object(&mut self, of: View<'t, 'a>, shape: &'static Shape, tag: Option<&'static str>) {
        let mut seen = 0_u64;
        for (key, value) in of.members() {
            if tag.is_some_and(|tag| key.is(tag)) {
                continue;
            }
            let found = match key.plain() {
                Some(name) => shape.find(name),
                None => shape.find(&key.str()),
            };
            if let Some((number, field)) = found {
                if seen & (1 << number) != 0 {
                    self.again(value, field);
                }
                seen |= 1 << number;
                if !field.is_plain(value.kind()) {
                    self.field(value, field);
                }
            } else {
                self.unknown(of, shape, key, value);
            }
            if self.is_full() {
                return;
            }
        }
        if u64::from(shape.required) & !seen != 0 || shape.one {
            self.close(of, shape, seen);
        }
    }

    fn each(&mut self, values: impl Iterator<Item = View<'t, 'a>>, takes: Takes) {
        for value in values {
            self.value(value, takes, None);
            if self.is_full() {
                return;
            }
        }
    }

    /// Whether nothing more would be reported.
    fn is_full(&self) -> bool {
        self.faults.len() > Report::MOST
    }

    /// A member that the shape knows.
    #[inline]
    fn field(&mut self, value: View<'t, 'a>, field: &'static Field) {
        if field.is_guarded() && !self.is_open(value, field) {
            return;
        }
        if field.is_in_url() && value.is("") {
            return self.put(value, Cause::MissingModel, true, "is empty".to_string(), None);
        }
        if value.kind() != Kind::Null {
            return self.value(value, field.takes, Some(field));
        }
        if !field.takes_null() && !matches!(field.takes, Takes::Any) {
            let message = format!("is null: {} is expected", said(field.takes));
            let fix = if field.is_required() { None } else { Some("leave the field out instead of sending null".into()) };
            let cause = self.cause_of_value(value, field.takes, field.key);
            self.put(value, cause, field.refuses_null(), message, fix);
        }
    }

    /// Whether a known field may be sent at this endpoint, to this target, under the flags that are sent.
    fn is_open(&mut self, value: View<'t, 'a>, field: &'static Field) -> bool {
        let options = self.request.options;
        if self.api != Api::Messages {
            return true;
        }
        if field.is_for_sending() && options.endpoint == Endpoint::CountTokens {
            // Fields behind a flag are younger than what was seen refused.
            let certain = field.beta == Beta::None;
            let message = "is not a field of a token count".to_string();
            self.put(
                value,
                Cause::ExtraInputsNotPermitted,
                certain,
                message,
                Some("leave the field out when counting tokens".into()),
            );
            return false;
        }
        let in_url = match options.target {
            _ if options.sdk_params => false,
            Target::Bedrock => matches!(field.key, "model" | "stream"),
            Target::Vertex => field.key == "model",
            _ => false,
        };
        if in_url && field.is_in_url() {
            self.extra(value, true, Some(hints::in_url(field.key).into()));
            return false;
        }
        if field.beta == Beta::None || self.request.has_beta_like(field.beta.flags()) {
            return true;
        }
        let flag = field.beta.flags().first().copied().unwrap_or_default();
        let message = format!("is known only with an `anthropic-beta` flag that begins with `{flag}`");
        let fix = format!("send the `{flag}…` flag in `anthropic-beta`, or remove the field");
        // What headers will be sent may not have been said. A cache marker's scope is in no public API at all.
        let certain = options.flags_are_known() || field.beta == Beta::CacheScope;
        self.put(value, Cause::ExtraInputsNotPermitted, certain, message, Some(fix.into()));
        true
    }

    /// A value and what it may be.
    fn value(&mut self, value: View<'t, 'a>, takes: Takes, field: Option<&'static Field>) {
        match (takes, value.kind()) {
            // What JSON cannot hold is a rule of its own.
            (Takes::Any, _)
            | (_, Kind::Foreign)
            | (Takes::Text | Takes::TextOr(_) | Takes::Blob, Kind::String)
            | (Takes::Bool | Takes::BoolOr(_), Kind::Bool)
            | (Takes::Map, Kind::Object)
            | (Takes::Float, Kind::Number) => {}
            (Takes::Int, Kind::Number) => self.int(value, field),
            (Takes::Word(words) | Takes::WordOr((words, _)), Kind::String) => self.word(value, words, field),
            (Takes::Object(shape), Kind::Object) => self.object(value, shape, None),
            (Takes::Tagged(union), Kind::Object) => self.tagged(value, union),
            (Takes::List(takes) | Takes::ListOr((takes, _)), Kind::Array) => self.each(value.items(), *takes),
            (Takes::MapOf(takes), Kind::Object) => self.each(value.members().map(|(_, value)| value), *takes),
            (Takes::TextOr(inner) | Takes::BoolOr(inner) | Takes::ListOr((_, inner)) | Takes::WordOr((_, inner)), kind)
                if accepts(*inner, kind) =>
            {
                self.value(value, *inner, field);
            }
            _ => self.wrong(value, takes, field),
        }
    }

    #[cold]
    fn wrong(&mut self, value: View<'t, 'a>, takes: Takes, field: Option<&'static Field>) {
        let cause = self.cause_of_value(value, takes, field.map_or("", |field| field.key));
        let message = format!("is {}: {} is expected", found(value), said(takes));
        let fix = hints::wrong_type(takes, value);
        // An API that calls itself compatible may take a number for its text.
        self.put(value, cause, true, message, fix);
    }

    fn int(&mut self, value: View<'t, 'a>, field: Option<&'static Field>) {
        let Some(Number::Float(float)) = value.number() else { return };
        // Cutting, and seeing whether that changed it: a whole number may be written as 4096.0.
        #[expect(clippy::cast_possible_truncation, clippy::cast_precision_loss, reason = "equal only where nothing was lost")]
        #[expect(clippy::float_cmp, reason = "as above")]
        let whole = (float as i64) as f64 == float;
        let cause = self.cause_of_value(value, Takes::Int, field.map_or("", |field| field.key));
        let what = if whole { "a whole number written with a fraction" } else { "a number with a fraction" };
        let message = format!("is {what}: a whole number is expected");
        self.put(value, cause, !whole, message, Some("send a whole number, without a decimal point".into()));
    }

    fn word(&mut self, value: View<'t, 'a>, words: &'static [&'static str], field: Option<&'static Field>) {
        if words.iter().any(|word| value.is(word)) {
            return;
        }
        let text = value.str().unwrap_or_default();
        let key = field.map_or("", |field| field.key);
        let cause = match key {
            "ttl" => Cause::CacheControlTtlUnknown,
            "name" => Cause::ServerToolNameMismatch,
            _ => Cause::FieldValueUnknown,
        };
        let near = known::nearest(&text, &mut words.iter().copied());
        let message = format!("is `{}`: {} is expected", short(&text), listed(words));
        // A fixed name is fixed; a choice may gain a value.
        let certain = matches!(key, "name" | "ttl") || self.is_wrong_name(value, &text, near);
        self.put(value, cause, certain, message, near.map(Near::hint));
    }

    /// An object whose shape goes by a key of its own.
    fn tagged(&mut self, value: View<'t, 'a>, union: &'static Union) {
        // Mostly it comes first. Where it comes twice, the first is taken.
        let first = value.members().next().filter(|(key, _)| key.is(union.tag())).map(|(_, tag)| tag);
        let tag = first.or_else(|| value.get(union.tag()));
        let shape = match (tag, tag.map(View::kind)) {
            (Some(name), Some(Kind::String)) => {
                let found = union.find(name);
                if found.is_none() {
                    self.unknown_tag(value, name, union);
                }
                found
            }
            (Some(_), Some(Kind::Foreign)) => None,
            (None, _) | (Some(_), Some(Kind::Null)) if union.untagged.is_some() => union.untagged,
            (Some(other), _) => {
                self.wrong(other, Takes::Text, None);
                None
            }
            (None, _) => {
                let names = union.variants.iter().map(|(name, _)| *name);
                let message = format!("is missing: {} is expected", listed_from(names));
                self.lacks(value, union.tag(), message, hints::untagged(value, union));
                None
            }
        };
        if let Some(shape) = shape {
            self.object(value, shape, Some(union.tag()));
        }
    }

    /// What a wrong value under a key is called.
    fn cause_of_value(&self, value: View<'t, 'a>, takes: Takes, key: &str) -> Cause {
        let root = value.parent().is_some_and(|parent| self.is_root(parent));
        match (key, takes) {
            ("max_tokens" | "max_completion_tokens", _) if root => Cause::MaxTokensInvalid,
            ("maxTokens", _) => Cause::MaxTokensInvalid,
            ("temperature", _) => Cause::TemperatureOutOfRange,
            ("top_p" | "topP", _) => Cause::TopPOutOfRange,
            ("top_k", _) if root => Cause::TopKInvalid,
            ("tool_choice", _) if root && self.api == Api::Messages => Cause::ToolChoiceNotObject,
            ("input", _) => Cause::ToolUseInputNotObject,
            ("input_schema", _) => Cause::ToolSchemaInvalid,
            _ => Cause::FieldTypeWrong,
        }
    }

    /// Whether a name that is not known can be none that came after the tables.
    fn is_wrong_name(&self, at: View<'t, 'a>, name: &str, near: Option<Near>) -> bool {
        self.api != Api::Chat && (!known::is_name(name) || near.is_some_and(|near| near.certain)) && !is_echo(at)
    }

    fn is_root(&self, view: View<'t, 'a>) -> bool {
        view.index() == self.request.root.index()
    }

    fn put(&mut self, view: View<'t, 'a>, cause: Cause, certain: bool, message: String, fix: Option<Cow<'static, str>>) {
        self.faults.push(Fault { view, lacks: None, cause, certain, message, fix });
    }
}

/// Whether it stands in what a tool of the server answered: that is sent back as it came, and may be newer than the tables.
fn is_echo(view: View<'_, '_>) -> bool {
    let mut at = Some(view);
    while let Some(view) = at {
        let kind = if view.len() <= MANY { view.get("type").and_then(View::raw).unwrap_or_default() } else { "" };
        if kind.ends_with("_tool_result") {
            return true;
        }
        at = view.parent();
    }
    false
}

/// Whether a value of that kind may be what is taken at all.
const fn accepts(takes: Takes, kind: Kind) -> bool {
    matches!((takes, kind), (Takes::List(_), Kind::Array) | (Takes::Object(_) | Takes::Tagged(_) | Takes::Map, Kind::Object))
}
