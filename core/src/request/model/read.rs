//! Callers' rows, for bindings and configuration files: from JSON text, or from a language's own objects.

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::{Confidence, Date, Effort, Efforts, Model, Retirement, Sampling, Status, Support, ThinkingDefault};
use crate::request::escape::quote;
use crate::request::tape::{Kind, Number, Tape, View};

/// A field of a model that cannot be meant: which, what it got, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError {
    field: String,
    got: String,
    needs: &'static str,
}

impl ModelError {
    fn new(field: &str, got: View<'_, '_>, needs: &'static str) -> Self {
        Self { field: field.into(), got: shown(got), needs }
    }

    fn missing(field: &str, needs: &'static str) -> Self {
        Self { field: field.into(), got: "missing".into(), needs }
    }

    /// The field, such as `thinking.enabled`.
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} is {}: it needs {}", self.field, self.got, self.needs)
    }
}

impl core::error::Error for ModelError {}

const COUNT: &str = "a whole number of at least 0, or null where it is not known";
const SUPPORT: &str = "true, false, \"deprecated\", \"effort<=high\", or null where it is not known";
const EFFORTS: &str = "a list of low, medium, high, xhigh, max, or null where the field is refused";
const DATE: &str = "a date such as \"2026-11-30\"";

type Reading<T> = Result<T, ModelError>;

/// A text as JSON writes it.
fn quoted(text: &str) -> String {
    let mut out = String::new();
    quote(text, &mut out);
    out
}

/// A value as an error names it: cut, since it may be anything.
fn shown(value: View<'_, '_>) -> String {
    const MOST: usize = 60;
    match (value.kind(), value.number(), value.bool()) {
        (Kind::Null, ..) => "null".into(),
        (_, Some(Number::Int(number)), _) => format!("{number}"),
        (_, Some(Number::Float(number)), _) => format!("{number}"),
        (_, Some(Number::Big), _) => "a number beyond 64 bits".into(),
        (.., Some(value)) => format!("{value}"),
        (Kind::String, ..) => {
            let text = value.str().unwrap_or_default();
            let cut = text.chars().count() > MOST;
            let head: String = text.chars().take(MOST).collect();
            quoted(&head) + if cut { "…" } else { "" }
        }
        (Kind::Array, ..) => "a list".into(),
        (Kind::Object, ..) => "an object".into(),
        _ => "a value that JSON does not have".into(),
    }
}

impl Model {
    /// Rows from a list of objects, whose fields are named as in [`Model`].
    ///
    /// `id` or `ids` is required. `like` names a model of the table whose facts a row starts from; without it they are not
    /// known. `retires_on` and `retires_not_before` are dates. `effort` is a list of levels, null where the field itself is
    /// refused.
    ///
    /// ```
    /// use holdoff::request::{Builder, Model};
    ///
    /// let mut rows = Builder::new();
    /// rows.begin_array();
    /// rows.begin_object();
    /// for (key, value) in [("id", "team-writer"), ("like", "claude-opus-5")] {
    ///     rows.key(key);
    ///     rows.string(value);
    /// }
    /// rows.key("max_output_tokens");
    /// rows.int(32_000);
    /// rows.end_object();
    /// rows.end_array();
    /// let models = Model::read(&rows.finish())?;
    /// assert_eq!((models[0].context_window, models[0].max_output_tokens), (Some(1_000_000), Some(32_000)));
    /// # Ok::<(), holdoff::request::ModelError>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ModelError`] names the field: a wrong type, an unknown name, a `like` that the table does not have, or no id.
    pub fn read(rows: &Tape<'_>) -> Reading<Vec<Self>> {
        let rows = rows.root();
        if rows.kind() != Kind::Array {
            return Err(ModelError::new("models", rows, "a list of objects"));
        }
        rows.items().map(Self::from_fields).collect()
    }

    fn from_fields(fields: View<'_, '_>) -> Reading<Self> {
        const ID: &str = "a text that is not empty, or `ids` with a list of them";
        if fields.kind() != Kind::Object {
            return Err(ModelError::new("models", fields, "objects with an `id`"));
        }
        let text = |field: &str, value: View<'_, '_>| {
            let text = value.str().filter(|text| !text.is_empty());
            text.map(|text| Cow::Owned(text.into_owned())).ok_or_else(|| ModelError::new(field, value, ID))
        };
        let ids: Vec<Cow<'static, str>> = match (fields.get("id"), fields.get("ids")) {
            (Some(id), None) => alloc::vec![text("id", id)?],
            (None, Some(list)) if list.len() > 0 && list.kind() == Kind::Array => {
                list.items().map(|id| text("ids", id)).collect::<Reading<_>>()?
            }
            (Some(id), _) | (None, Some(id)) => return Err(ModelError::new("id", id, ID)),
            (None, None) => return Err(ModelError::missing("id", ID)),
        };
        let mut model = match fields.get("like") {
            Some(like) if like.kind() != Kind::Null => {
                let known = like.str().and_then(|name| Self::known(&name));
                known.ok_or_else(|| ModelError::new("like", like, "the id of a model of the table"))?.named("")
            }
            _ => Self::new(""),
        };
        model.ids = Cow::Owned(ids);
        for (key, value) in fields.members() {
            let field = key.str();
            if !matches!(&*field, "id" | "ids" | "like") {
                model.set(&field, value)?;
            }
        }
        Ok(model)
    }

    fn set(&mut self, field: &str, value: View<'_, '_>) -> Reading<()> {
        match field {
            "context_window" => self.context_window = count(field, value)?,
            "max_output_tokens" => self.max_output_tokens = count(field, value)?,
            "batch_max_output_tokens" => self.batch_max_output_tokens = count(field, value)?,
            "nonstreaming_max_tokens" => self.nonstreaming_max_tokens = count(field, value)?,
            "min_cacheable_tokens" => self.min_cacheable_tokens = count(field, value)?,
            "image_limit" => self.image_limit = count(field, value)?,
            "pdf_page_limit" => self.pdf_page_limit = count(field, value)?,
            "thinking" => self.set_thinking(value)?,
            "effort" => self.efforts = Some(efforts(field, value)?),
            "effort_default" => self.effort_default = word(field, value, Effort::from_wire, EFFORTS)?,
            "sampling" => {
                let needs = "\"both_allowed\", \"temperature_xor_top_p\", \"reject_non_default\", or null";
                self.sampling = word(field, value, Sampling::from_wire, needs)?;
            }
            "prefill" => self.prefill = support(field, value)?,
            "forced_tool_choice" => self.forced_tool_choice = support(field, value)?,
            "system_role_messages" => self.system_role_messages = support(field, value)?,
            "status" => {
                let needs = "\"active\", \"deprecated\" or \"retired\"";
                self.status = word(field, value, Status::from_wire, needs)?.unwrap_or(Status::Active);
            }
            "retires_on" => self.retirement = word(field, value, Date::parse, DATE)?.map(Retirement::On),
            "retires_not_before" => self.retirement = word(field, value, Date::parse, DATE)?.map(Retirement::NotBefore),
            "confidence" => {
                let needs = "\"high\", \"medium\" or \"low\"";
                self.confidence = word(field, value, Confidence::from_wire, needs)?.unwrap_or(Confidence::High);
            }
            _ => return Err(ModelError::new(field, value, "to be left out: no fact about a model has this name")),
        }
        Ok(())
    }

    fn set_thinking(&mut self, value: View<'_, '_>) -> Reading<()> {
        if value.kind() != Kind::Object {
            return Err(ModelError::new("thinking", value, "an object from types to true or false"));
        }
        for (name, value) in value.members() {
            match &*name.str() {
                "omitted" => {
                    let needs = "\"off\", \"adaptive\", or null where it is not known";
                    self.thinking.omitted = word("thinking.omitted", value, ThinkingDefault::from_wire, needs)?;
                }
                "adaptive" => self.thinking.adaptive = support("thinking.adaptive", value)?,
                "enabled" => self.thinking.enabled = support("thinking.enabled", value)?,
                "disabled" => self.thinking.disabled = support("thinking.disabled", value)?,
                "between_tools" => self.thinking.between_tools = support("thinking.between_tools", value)?,
                other => {
                    return Err(ModelError {
                        field: "thinking".into(),
                        got: format!("with {}", quoted(other)),
                        needs: "the types of `thinking`, or `omitted`",
                    });
                }
            }
        }
        Ok(())
    }
}

fn count(field: &str, value: View<'_, '_>) -> Reading<Option<u32>> {
    if value.kind() == Kind::Null {
        return Ok(None);
    }
    let number = match value.number() {
        Some(Number::Int(number)) => u32::try_from(number).ok(),
        _ => None,
    };
    number.map(Some).ok_or_else(|| ModelError::new(field, value, COUNT))
}

fn support(field: &str, value: View<'_, '_>) -> Reading<Support> {
    match (value.kind(), value.bool()) {
        (Kind::Null, _) => Ok(Support::Unknown),
        (_, Some(true)) => Ok(Support::Yes),
        (_, Some(false)) => Ok(Support::No),
        _ => word(field, value, Support::from_wire, SUPPORT).map(|support| support.unwrap_or(Support::Unknown)),
    }
}

fn word<T>(field: &str, value: View<'_, '_>, read: impl FnOnce(&str) -> Option<T>, needs: &'static str) -> Reading<Option<T>> {
    if value.kind() == Kind::Null {
        return Ok(None);
    }
    value.str().and_then(|text| read(&text)).map(Some).ok_or_else(|| ModelError::new(field, value, needs))
}

fn efforts(field: &str, value: View<'_, '_>) -> Reading<Efforts> {
    if value.kind() == Kind::Null {
        return Ok(Efforts::NONE);
    }
    let level = |value: View<'_, '_>| value.str().and_then(|name| Effort::from_wire(&name));
    let list = Some(value).filter(|value| value.kind() == Kind::Array);
    let levels = list.and_then(|list| list.items().map(level).collect::<Option<Efforts>>());
    levels.ok_or_else(|| ModelError::new(field, value, EFFORTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading<Model> {
        let tape = crate::request::json::read_str(text).tape.unwrap();
        Model::from_fields(tape.root())
    }

    #[test]
    fn a_row_is_read_from_its_fields() {
        let model = read(
            r#"{"ids": ["a", "b"], "like": "claude-haiku-4-5", "thinking": {"enabled": "deprecated", "adaptive": null},
                "effort": ["low", "max"], "effort_default": "low", "sampling": "both_allowed", "prefill": false,
                "status": "deprecated", "retires_on": "2027-01-31", "confidence": "low", "image_limit": null}"#,
        )
        .unwrap();
        let haiku = Model::known("claude-haiku-4-5").unwrap();
        assert_eq!((model.name(), model.context_window), ("a", haiku.context_window));
        assert_eq!((model.thinking.enabled, model.thinking.adaptive), (Support::Deprecated, Support::Unknown));
        assert_eq!(model.thinking.disabled, haiku.thinking.disabled);
        assert_eq!(model.efforts, Some(Efforts::of(&[Effort::Low, Effort::Max])));
        assert_eq!((model.prefill, model.status, model.image_limit), (Support::No, Status::Deprecated, None));
        assert_eq!(model.retirement, Some(Retirement::On(Date::new(2027, 1, 31))));
        assert!(!model.certain());
    }

    #[test]
    fn without_a_likeness_nothing_is_known() {
        assert_eq!(read(r#"{"id": "mine"}"#).unwrap(), Model::new("mine"));
    }

    #[test]
    fn what_cannot_be_meant_is_named() {
        for (text, field) in [
            ("{}", "id"),
            (r#"{"id": ""}"#, "id"),
            (r#"{"id": "a", "ids": ["b"]}"#, "id"),
            (r#"{"ids": ["a", 1]}"#, "ids"),
            (r#"{"id": "a", "like": "gpt-5"}"#, "like"),
            (r#"{"id": "a", "context_window": -1}"#, "context_window"),
            (r#"{"id": "a", "max_output_tokens": 5000000000}"#, "max_output_tokens"),
            (r#"{"id": "a", "thinking": true}"#, "thinking"),
            (r#"{"id": "a", "thinking": {"enabeld": true}}"#, "thinking"),
            (r#"{"id": "a", "thinking": {"enabled": "maybe"}}"#, "thinking.enabled"),
            (r#"{"id": "a", "effort": ["lots"]}"#, "effort"),
            (r#"{"id": "a", "retires_on": "soon"}"#, "retires_on"),
            (r#"{"id": "a", "max_tokens": 1}"#, "max_tokens"),
        ] {
            assert_eq!(read(text).unwrap_err().field(), field, "{text}");
        }
        let error = read(r#"{"id": "a", "prefill": "no thanks"}"#).unwrap_err();
        assert!(format!("{error}").starts_with("prefill is \"no thanks\": it needs true, false"), "{error}");
    }
}
