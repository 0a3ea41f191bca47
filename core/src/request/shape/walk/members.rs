//! Members that a shape does not know, has twice, or lacks.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::{String, ToString};

use super::words::{listed_from, said};
use super::{Api, Fault, MANY, Walk, is_echo};
use crate::cause::Cause;
use crate::request::names::short;
use crate::request::options::Target;
use crate::request::shape::known::{self, Near, Unknown};
use crate::request::shape::table::{Field, Shape, Union, What};
use crate::request::shape::{hints, messages};
use crate::request::tape::{Key, View};

/// Fields that are in no SDK, but in what the documentation says of batches.
const NOT_IN_BATCHES: &[&str] = &["cache_hint", "context_hint", "previous_thread_event_id", "research_preview_2026_02", "store"];

impl<'t, 'a> Walk<'_, 't, 'a> {
    #[cold]
    pub(super) fn unknown_tag(&mut self, value: View<'t, 'a>, tag: View<'t, 'a>, union: &'static Union) {
        let text = tag.str().unwrap_or_default();
        let names = || union.variants.iter().map(|(name, _)| *name);
        let elsewhere = matches!(union.what, What::SystemBlock | What::ResultBlock)
            && messages::REQUEST_BLOCKS.iter().any(|(name, _)| *name == text);
        if elsewhere && union.what == What::ResultBlock {
            // Which blocks a tool result may hold is a rule of its own.
            return;
        }
        let cause = match union.what {
            What::Message => Cause::MessageRoleUnknown,
            What::SystemBlock if elsewhere => Cause::SystemBlockNotText,
            What::Block | What::SystemBlock | What::ResultBlock => Cause::ContentBlockTypeUnknown,
            What::Tool if text == "function" => Cause::ToolOpenaiShape,
            What::Tool => Cause::ToolTypeUnknown,
            What::Thinking => Cause::ThinkingTypeUnsupported,
            What::CacheControl => Cause::CacheControlTypeUnknown,
            What::Other => Cause::FieldValueUnknown,
        };
        let hint = hints::tag(union.what, &text);
        let near = known::nearest(&text, &mut names());
        let certain = elsewhere
            || matches!(union.what, What::Message | What::CacheControl)
            || (hint.is_some() && self.api != Api::Chat)
            || self.is_wrong_name(value, &text, near);
        let message = format!("has the unknown {} `{}`: {} is expected", union.tag(), short(&text), listed_from(names()));
        let fix = hint.map(Cow::Borrowed).or_else(|| near.map(Near::hint));
        let at = if union.what == What::Message { tag } else { value };
        self.put(at, cause, certain, message, fix);
    }

    /// A member whose key has come before.
    #[cold]
    pub(super) fn again(&mut self, value: View<'t, 'a>, field: &Field) {
        let message = format!("comes after another `{}` of the same object, and replaces it", field.key);
        self.put(value, Cause::JsonDuplicateKey, false, message, None);
    }

    /// A member that the shape does not know.
    #[cold]
    pub(super) fn unknown(&mut self, of: View<'t, 'a>, shape: &'static Shape, key: Key<'t, 'a>, value: View<'t, 'a>) {
        if key.foreign().is_some() {
            return;
        }
        let (root, options) = (self.is_root(of), self.request.options);
        let name = key.str();
        if root && self.api == Api::Messages {
            let own = match options.target {
                Target::Bedrock => matches!(&*name, "anthropic_version" | "anthropic_beta" | "user_profile_id"),
                Target::Vertex => matches!(&*name, "anthropic_version" | "anthropic_beta"),
                _ => false,
            };
            // What a batch's item may not have is a rule of its own.
            if own || (self.request.in_batch && NOT_IN_BATCHES.contains(&&*name)) {
                return;
            }
        }
        // In an object of many keys, to look for each field would cost more than the hint is worth.
        let free = || shape.fields().map(|(_, field)| field.key).filter(|key| of.len() > MANY || of.get(key).is_none());
        let Unknown { certain, hint } = known::unknown(&name, root, self.api, free());
        let elsewhere = || {
            let flagged = !options.betas.is_empty() || options.header("anthropic-beta").is_some();
            !flagged && known::elsewhere(&name, self.api.shape())
        };
        let certain = match self.api {
            // A body that Bedrock's own schema does not know is refused whatever it is.
            Api::Messages if root && options.target == Target::Bedrock => true,
            // What calls itself compatible ignores what it does not know, or passes it on.
            Api::Chat => false,
            Api::Messages | Api::Converse => (shape.closed || certain || elsewhere()) && !is_echo(of),
        };
        self.extra(value, certain, hint);
    }

    pub(super) fn extra(&mut self, value: View<'t, 'a>, certain: bool, hint: Option<Cow<'static, str>>) {
        let at_root = value.parent().is_some_and(|parent| self.is_root(parent));
        let cause = match self.request.options.target {
            _ if self.api == Api::Converse => Cause::BedrockExtraneousKey,
            Target::Bedrock if at_root && self.api == Api::Messages => Cause::BedrockExtraneousKey,
            _ => Cause::ExtraInputsNotPermitted,
        };
        self.put(value, cause, certain, "is not a field of this object".to_string(), hint);
    }

    /// An object is read: what it lacks.
    #[cold]
    pub(super) fn close(&mut self, of: View<'t, 'a>, shape: &'static Shape, seen: u64) {
        if shape.one && of.len() != 1 {
            let names = listed_from(shape.own.iter().map(|field| field.key));
            let message = format!("has {} keys: exactly one of {names} is expected", of.len());
            self.put(of, Cause::FieldRequired, true, message, Some("send one object for each".into()));
            return;
        }
        for (number, field) in shape.fields() {
            if field.is_required() && seen & (1 << number) == 0 && !(field.key == "model" && self.has_model_elsewhere(of)) {
                let message = format!("is missing: {} is expected", said(field.takes));
                self.lacks(of, field.key, message, None);
            }
        }
    }

    /// Clouds take the model from the address.
    fn has_model_elsewhere(&self, of: View<'t, 'a>) -> bool {
        self.api == Api::Messages && self.is_root(of) && matches!(self.request.options.target, Target::Bedrock | Target::Vertex)
    }

    #[cold]
    pub(super) fn lacks(&mut self, of: View<'t, 'a>, key: &'static str, message: String, fix: Option<Cow<'static, str>>) {
        let root = self.is_root(of);
        let cause = match key {
            "model" if root => Cause::MissingModel,
            "messages" if root => Cause::MissingMessages,
            "budget_tokens" => Cause::ThinkingBudgetMissing,
            "input_schema" => Cause::ToolSchemaMissing,
            "input" => Cause::ToolUseInputNotObject,
            _ => Cause::FieldRequired,
        };
        self.faults.push(Fault { view: of, lacks: Some(key), cause, certain: true, message, fix });
    }
}
