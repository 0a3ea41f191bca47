//! The JSON shapes that bindings, configuration files and vectors share.
//!
//! Durations are whole milliseconds with `_ms` in their names, times are Unix milliseconds, kinds and causes are their
//! wire names. A field that is absent or null has its default; an unknown field is an error, since it is a typo.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::{String, ToString};
use alloc::vec::Vec;
use core::fmt;
use core::time::Duration;

use serde::de::Error as _;
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::{Map, Value, json};

use crate::call::Step;
use crate::cause::Cause;
use crate::diagnose::Evidence;
use crate::failure::{Failure, Processed, Replay};
use crate::hint::{Hint, HintSource};
use crate::kind::ErrorKind;
use crate::policy::{Jitter, KIND_COUNT, Kinds, MidStream, Policy, PolicyError, ResendAmbiguous};
use crate::provider::Provider;

type Fields = Map<String, Value>;

/// A value as an error names it: cut, since it may be anything.
fn shown(value: &Value) -> String {
    let text = value.to_string();
    if text.chars().count() > 60 { text.chars().take(60).chain(['…']).collect() } else { text }
}

fn wrong(field: &str, value: &Value, needs: &str) -> PolicyError {
    PolicyError::new(field.to_string(), shown(value), needs.to_string())
}

fn take<T>(
    fields: &mut Fields,
    field: &str,
    needs: &str,
    read: impl FnOnce(&Value) -> Option<T>,
) -> Result<Option<T>, PolicyError> {
    match fields.remove(field) {
        None | Some(Value::Null) => Ok(None),
        Some(value) => read(&value).map(Some).ok_or_else(|| wrong(field, &value, needs)),
    }
}

/// Like [`take`], where null says "none" and an absent field keeps the default.
fn take_bound(fields: &mut Fields, field: &str, into: &mut Option<u64>) -> Result<(), PolicyError> {
    let Some(value) = fields.remove(field) else { return Ok(()) };
    *into = match value.as_u64() {
        None if !value.is_null() => return Err(wrong(field, &value, "whole milliseconds of at least 0, or null for no bound")),
        bound => bound,
    };
    Ok(())
}

fn kind_named(value: &Value) -> Option<ErrorKind> {
    value.as_str().and_then(ErrorKind::from_wire)
}

fn kinds(value: &Value) -> Option<Kinds> {
    value.as_array()?.iter().map(kind_named).collect()
}

fn resend(value: &Value) -> Option<ResendAmbiguous> {
    match value {
        Value::Bool(true) => Some(ResendAmbiguous::Yes),
        Value::Bool(false) => Some(ResendAmbiguous::No),
        Value::String(name) => ResendAmbiguous::from_wire(name),
        _ => None,
    }
}

const MS: &str = "whole milliseconds of at least 0";
const KIND_LIST: &str = "a list of kinds such as [\"timeout\"]";

/// A policy from its fields.
///
/// # Errors
///
/// [`PolicyError`] names the field, what it got, and what it needs: a wrong type, an unknown name, or settings that
/// contradict each other.
pub fn policy(mut fields: Map<String, Value>) -> Result<Policy, PolicyError> {
    let fields = &mut fields;
    let mut policy = Policy::default();
    if let Some(attempts) = take(fields, "max_attempts", "a whole number of at least 1", Value::as_u64)? {
        policy.max_attempts = u32::try_from(attempts).unwrap_or(u32::MAX);
    }
    if let Some(ms) = take(fields, "initial_delay_ms", MS, Value::as_u64)? {
        policy.initial_delay_ms = ms;
    }
    if let Some(ms) = take(fields, "max_delay_ms", MS, Value::as_u64)? {
        policy.max_delay_ms = ms;
    }
    if let Some(multiplier) = take(fields, "multiplier", "a number of at least 1", Value::as_f64)? {
        policy.multiplier = multiplier;
    }
    if let Some(jitter) = take(fields, "jitter", Jitter::EXPECTED, |value| Jitter::from_wire(value.as_str()?))? {
        policy.jitter = jitter;
    }
    take_bound(fields, "max_retry_after_ms", &mut policy.max_retry_after_ms)?;
    take_bound(fields, "max_elapsed_ms", &mut policy.max_elapsed_ms)?;
    take_bound(fields, "attempt_timeout_ms", &mut policy.attempt_timeout_ms)?;
    if let Some(ambiguous) = take(fields, "resend_ambiguous", ResendAmbiguous::EXPECTED, resend)? {
        policy.resend_ambiguous = ambiguous;
    }
    if let Some(mid_stream) = take(fields, "mid_stream", MidStream::EXPECTED, |value| MidStream::from_wire(value.as_str()?))? {
        policy.mid_stream = mid_stream;
    }
    if let Some(retry) = take(fields, "retry_kinds", KIND_LIST, kinds)? {
        policy.retry_kinds = retry;
    }
    if let Some(stop) = take(fields, "stop_kinds", KIND_LIST, kinds)? {
        policy.stop_kinds = stop;
    }
    if let Some(seed) = take(fields, "seed", "0 to 2^53 - 1", Value::as_u64)? {
        policy.seed = Some(seed);
    }
    let needs = "an object from kinds to attempts of at least 1, such as {\"dns\": 3}";
    let limits = take(fields, "attempts_by_kind", needs, |value| value.as_object().cloned())?;
    let mut builder = policy.to_builder();
    if let Some(limits) = limits {
        builder = builder.no_attempts_by_kind();
        for (name, attempts) in limits {
            let kind = ErrorKind::from_wire(&name)
                .ok_or_else(|| PolicyError::new("attempts_by_kind", name.clone(), "a kind for each key"))?;
            let attempts = attempts.as_u64().ok_or_else(|| wrong("attempts_by_kind", &attempts, "at least 1 for each kind"))?;
            builder = builder.attempts_of(kind, u32::try_from(attempts).unwrap_or(u32::MAX));
        }
    }
    if let Some((unknown, value)) = fields.iter().next() {
        return Err(PolicyError::new(unknown.clone(), shown(value), "a field of a policy"));
    }
    builder.build()
}

/// A policy from its JSON text.
///
/// # Errors
///
/// As [`policy`], and for text that is not a JSON object.
pub fn policy_from_json(text: &str) -> Result<Policy, PolicyError> {
    match serde_json::from_str(text) {
        Ok(Value::Object(fields)) => policy(fields),
        Ok(other) => Err(wrong("policy", &other, "an object")),
        Err(error) => Err(PolicyError::new("policy", format!("{error}"), "a JSON object")),
    }
}

fn kind_list(kinds: Kinds) -> Vec<&'static str> {
    kinds.iter().map(ErrorKind::as_str).collect()
}

impl Serialize for Policy {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let limits: Map<String, Value> = ErrorKind::ALL
            .iter()
            .filter_map(|kind| self.attempts_of(*kind).map(|attempts| (kind.to_string(), attempts.into())))
            .collect();
        let resend = match self.resend_ambiguous {
            ResendAmbiguous::No => json!(false),
            ResendAmbiguous::Yes => json!(true),
            ResendAmbiguous::Always => json!("always"),
        };
        json!({
            "max_attempts": self.max_attempts,
            "initial_delay_ms": self.initial_delay_ms,
            "multiplier": self.multiplier,
            "max_delay_ms": self.max_delay_ms,
            "jitter": self.jitter.as_str(),
            "max_retry_after_ms": self.max_retry_after_ms,
            "max_elapsed_ms": self.max_elapsed_ms,
            "attempt_timeout_ms": self.attempt_timeout_ms,
            "resend_ambiguous": resend,
            "mid_stream": self.mid_stream.as_str(),
            "retry_kinds": kind_list(self.retry_kinds),
            "stop_kinds": kind_list(self.stop_kinds),
            "attempts_by_kind": limits,
            "seed": self.seed,
        })
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Policy {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        policy(Map::deserialize(deserializer)?).map_err(D::Error::custom)
    }
}

impl Serialize for Failure {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        json!({
            "kind": self.kind.as_str(),
            "cause": self.cause.as_str(),
            "retryable": self.retryable,
            "after_hint": self.after_hint,
            "forbidden": self.forbidden,
            "status": self.status,
            "error_type": self.error_type,
            "error_code": self.error_code,
            "message": self.message,
            "field": self.field,
            "actual": self.actual,
            "limit": self.limit,
            "request_id": self.request_id,
            "provider": self.provider.as_str(),
            "retry_after_ms": self.hint.map(|hint| hint.delay_ms),
            "hint_source": self.hint.map(|hint| hint.source.as_str()),
            "retry_at": self.retry_at_ms,
            "maybe_processed": self.maybe_processed(),
            "processed": self.processed.as_str(),
            "replay": self.replay.as_str(),
            "inner_attempts": self.inner_attempts,
            "fix": self.fix(),
        })
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Failure {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields::deserialize(deserializer)?;
        let value = |name: &str| fields.get(name).unwrap_or(&Value::Null);
        let text = |name: &str| value(name).as_str().map(Box::from);
        let cause = value("cause").as_str().and_then(Cause::from_wire);
        let cause = cause.ok_or_else(|| D::Error::custom("`cause` must be an entry of the catalogue"))?;
        let delay = value("retry_after_ms").as_u64();
        let source = value("hint_source").as_str().map_or(Some(HintSource::RetryAfter), HintSource::from_wire);
        let blank = Self::new(cause);
        Ok(Self {
            kind: kind_named(value("kind")).unwrap_or(blank.kind),
            retryable: value("retryable").as_bool().unwrap_or(blank.retryable),
            after_hint: value("after_hint").as_bool().or_else(|| value("retryable").as_bool()).unwrap_or(blank.after_hint),
            forbidden: value("forbidden").as_bool().unwrap_or(false),
            status: value("status").as_u64().and_then(|status| u16::try_from(status).ok()),
            error_type: text("error_type"),
            error_code: text("error_code"),
            message: text("message"),
            field: text("field"),
            actual: value("actual").as_u64(),
            limit: value("limit").as_u64(),
            request_id: text("request_id"),
            provider: value("provider").as_str().and_then(Provider::from_wire).unwrap_or_default(),
            hint: delay.zip(source).map(|(delay, source)| Hint::new(delay, source)),
            retry_at_ms: value("retry_at").as_u64(),
            processed: value("processed").as_str().and_then(Processed::from_wire).unwrap_or_default(),
            replay: value("replay").as_str().and_then(Replay::from_wire).unwrap_or_default(),
            inner_attempts: value("inner_attempts").as_u64().and_then(|attempts| u32::try_from(attempts).ok()),
            ..blank
        })
    }
}

impl Serialize for Step {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let ms = |duration: Duration| crate::time::ms_up(duration);
        match *self {
            Self::Send { attempt, route, timeout } => {
                json!({ "step": "send", "attempt": attempt, "route": route.index(), "timeout_ms": timeout.map(ms) })
            }
            Self::Wait { until, source } => json!({ "step": "wait", "until": until, "source": source.as_str() }),
            Self::Stop { reason, retry_at } => json!({ "step": "stop", "reason": reason.as_str(), "retry_at": retry_at }),
        }
        .serialize(serializer)
    }
}

/// Evidence as vectors and logs write it: `status`, `headers` (an object, or a list of pairs), `body`, `classes` (a
/// list, outermost first), `text`, `method`, `url`, `remote_tools`, `cancelled`, `committed`.
///
/// ```
/// let given: holdoff::wire::Given = serde_json::from_str(r#"{"status": 429, "headers": {"Retry-After": "3"}}"#)?;
/// let failure = holdoff::diagnose(&given.evidence(0));
/// assert_eq!(failure.retry_after().map(|wait| wait.as_secs()), Some(3));
/// # Ok::<(), serde_json::Error>(())
/// ```
#[derive(Clone)]
pub struct Given {
    fields: Fields,
    classes: String,
}

impl Given {
    /// The evidence, as of `wall_ms` (Unix milliseconds).
    pub fn evidence(&self, wall_ms: u64) -> Evidence<'_> {
        let text = |name: &str| self.fields.get(name).and_then(Value::as_str);
        let flag = |name: &str| self.fields.get(name).and_then(Value::as_bool).unwrap_or(false);
        let mut evidence = Evidence::new()
            .wall_ms(wall_ms)
            .remote_tools(flag("remote_tools"))
            .cancelled(flag("cancelled"))
            .committed(flag("committed"));
        evidence.status = self.fields.get("status").and_then(Value::as_u64).and_then(|status| u16::try_from(status).ok());
        evidence.body = text("body").map(str::as_bytes);
        evidence.text = text("text");
        evidence.method = text("method");
        evidence.url = text("url");
        evidence.classes = Some(&*self.classes).filter(|classes| !classes.is_empty());
        match self.fields.get("headers") {
            Some(Value::Object(headers)) => {
                evidence.headers(headers.iter().filter_map(|(name, value)| Some((name, value.as_str()?))))
            }
            Some(Value::Array(pairs)) => evidence.headers(pairs.iter().filter_map(|pair| {
                let [name, value] = pair.as_array()?.as_slice() else { return None };
                Some((name.as_str()?, value.as_str()?))
            })),
            _ => evidence,
        }
    }
}

/// The names of what is there: the rest may hold keys and prompts.
impl fmt::Debug for Given {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.fields.keys()).finish()
    }
}

impl<'de> Deserialize<'de> for Given {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let fields = Fields::deserialize(deserializer)?;
        let classes = fields.get("classes").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let classes = classes.iter().filter_map(Value::as_str).collect::<Vec<_>>().join("\n");
        Ok(Self { fields, classes })
    }
}

const _: () = assert!(KIND_COUNT <= 32, "a set of kinds is 32 bits");
