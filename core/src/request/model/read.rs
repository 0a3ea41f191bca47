//! Callers' rows from JSON, for bindings and configuration files.

use alloc::borrow::Cow;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;

use serde_json::{Map, Value};

use super::{Confidence, Date, Effort, Efforts, Model, Retirement, Sampling, Status, Support, ThinkingDefault};

/// A field of a model that cannot be meant: which, what it got, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ModelError {
    field: String,
    got: String,
    needs: &'static str,
}

impl ModelError {
    fn new(field: &str, got: &Value, needs: &'static str) -> Self {
        const MOST: usize = 60;
        let text = got.to_string();
        let cut = text.chars().count() > MOST;
        let got = if cut { text.chars().take(MOST).chain(['…']).collect() } else { text };
        Self { field: field.into(), got, needs }
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

impl Model {
    /// A row from its fields, named as in [`Model`].
    ///
    /// `id` or `ids` is required. `like` names a model of the table whose facts it starts from; without it they are not
    /// known. `retires_on` and `retires_not_before` are dates. `effort` is a list of levels, null where the field itself is
    /// refused.
    ///
    /// ```
    /// use holdoff::request::Model;
    ///
    /// let fields = serde_json::from_str(r#"{"id": "team-writer", "like": "claude-opus-5", "max_output_tokens": 32000}"#)?;
    /// let model = Model::from_fields(fields)?;
    /// assert_eq!((model.context_window, model.max_output_tokens), (Some(1_000_000), Some(32_000)));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    ///
    /// # Errors
    ///
    /// [`ModelError`] names the field: a wrong type, an unknown name, a `like` that the table does not have, or no id.
    pub fn from_fields(mut fields: Map<String, Value>) -> Reading<Self> {
        let mut ids = Vec::new();
        match (fields.remove("id"), fields.remove("ids")) {
            (Some(Value::String(id)), None) if !id.is_empty() => ids.push(Cow::Owned(id)),
            (None, Some(Value::Array(list))) if !list.is_empty() => {
                for id in list {
                    match id {
                        Value::String(id) if !id.is_empty() => ids.push(Cow::Owned(id)),
                        other => return Err(ModelError::new("ids", &other, "ids that are not empty")),
                    }
                }
            }
            (id, ids) => {
                return Err(ModelError::new("id", &id.or(ids).unwrap_or_default(), "a text, or `ids` with a list of texts"));
            }
        }
        let mut model = match fields.remove("like") {
            None | Some(Value::Null) => Self::new(""),
            Some(like) => like
                .as_str()
                .and_then(Self::known)
                .map(|known| known.named(""))
                .ok_or_else(|| ModelError::new("like", &like, "the id of a model of the table"))?,
        };
        model.ids = Cow::Owned(ids);
        for (field, value) in &fields {
            model.set(field, value)?;
        }
        Ok(model)
    }

    fn set(&mut self, field: &str, value: &Value) -> Reading<()> {
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

    fn set_thinking(&mut self, value: &Value) -> Reading<()> {
        let types =
            value.as_object().ok_or_else(|| ModelError::new("thinking", value, "an object from types to true or false"))?;
        for (name, value) in types {
            match name.as_str() {
                "omitted" => {
                    let needs = "\"off\", \"adaptive\", or null where it is not known";
                    self.thinking.omitted = word("thinking.omitted", value, ThinkingDefault::from_wire, needs)?;
                }
                "adaptive" => self.thinking.adaptive = support("thinking.adaptive", value)?,
                "enabled" => self.thinking.enabled = support("thinking.enabled", value)?,
                "disabled" => self.thinking.disabled = support("thinking.disabled", value)?,
                "between_tools" => self.thinking.between_tools = support("thinking.between_tools", value)?,
                _ => {
                    return Err(ModelError::new(
                        "thinking",
                        &Value::from(name.as_str()),
                        "the types of `thinking`, or `omitted`",
                    ));
                }
            }
        }
        Ok(())
    }
}

fn count(field: &str, value: &Value) -> Reading<Option<u32>> {
    if value.is_null() {
        return Ok(None);
    }
    let number = value.as_u64().and_then(|number| u32::try_from(number).ok());
    number.map(Some).ok_or_else(|| ModelError::new(field, value, COUNT))
}

fn support(field: &str, value: &Value) -> Reading<Support> {
    match value {
        Value::Null => Ok(Support::Unknown),
        Value::Bool(true) => Ok(Support::Yes),
        Value::Bool(false) => Ok(Support::No),
        _ => value.as_str().and_then(Support::from_wire).ok_or_else(|| ModelError::new(field, value, SUPPORT)),
    }
}

fn word<T>(field: &str, value: &Value, read: impl FnOnce(&str) -> Option<T>, needs: &'static str) -> Reading<Option<T>> {
    if value.is_null() {
        return Ok(None);
    }
    value.as_str().and_then(read).map(Some).ok_or_else(|| ModelError::new(field, value, needs))
}

fn efforts(field: &str, value: &Value) -> Reading<Efforts> {
    if value.is_null() {
        return Ok(Efforts::NONE);
    }
    let level = |value: &Value| value.as_str().and_then(Effort::from_wire);
    let levels = value.as_array().and_then(|list| list.iter().map(level).collect::<Option<Efforts>>());
    levels.ok_or_else(|| ModelError::new(field, value, EFFORTS))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Reading<Model> {
        let Ok(Value::Object(fields)) = serde_json::from_str(text) else { panic!("{text} is no object") };
        Model::from_fields(fields)
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
        assert!(error.to_string().starts_with("prefill is \"no thanks\": it needs true, false"), "{error}");
    }
}
