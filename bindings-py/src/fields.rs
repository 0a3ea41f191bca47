//! Policies and failures as Python dicts of their wire fields: what JSON holds in other languages.

use std::fmt::Display;
use std::time::Duration;

use holdoff::{
    Cause, ErrorKind, Failure, Hint, HintSource, Jitter, MidStream, Policy, Processed, Provider, Replay, ResendAmbiguous,
};
use pyo3::exceptions::PyValueError;
use pyo3::prelude::*;
use pyo3::types::{PyBool, PyDict};

/// A policy from the fields that are given; the others have their defaults.
///
/// # Errors
///
/// `ValueError` with the field, what it needs and what it got.
pub(crate) fn policy(fields: &Bound<'_, PyDict>) -> PyResult<Policy> {
    let mut policy = Policy::default().to_builder();
    for (name, value) in fields {
        let name: String = name.extract()?;
        let wrong =
            |needs: &str| PyValueError::new_err(format!("`{}` must be {needs}: got {value}", name.trim_end_matches("_ms")));
        let whole = || value.extract::<u64>().map_err(|_| wrong("a whole number of at least 0"));
        let ms = || whole().map(Duration::from_millis);
        let bound = || if value.is_none() { Ok(None) } else { ms().map(Some) };
        let word = || value.extract::<String>().unwrap_or_default();
        let kinds = || -> PyResult<Vec<ErrorKind>> {
            let names: Vec<String> = value.extract()?;
            let kinds = names.iter().map(|name| ErrorKind::from_wire(name));
            kinds.collect::<Option<_>>().ok_or_else(|| wrong("a list of kinds such as [\"timeout\"]"))
        };
        policy = match &*name {
            "max_attempts" => policy.max_attempts(u32::try_from(whole()?).unwrap_or(u32::MAX)),
            "initial_delay_ms" => policy.initial_delay(ms()?),
            "multiplier" => policy.multiplier(value.extract()?),
            "max_delay_ms" => policy.max_delay(ms()?),
            "jitter" => policy.jitter(Jitter::from_wire(&word()).ok_or_else(|| wrong(Jitter::EXPECTED))?),
            "max_retry_after_ms" => policy.max_retry_after(bound()?),
            "max_elapsed_ms" => policy.max_elapsed(bound()?),
            "attempt_timeout_ms" => policy.attempt_timeout(bound()?),
            "resend_ambiguous" => {
                let resend = match value.cast::<PyBool>() {
                    Ok(resend) => ResendAmbiguous::from_wire(if resend.is_true() { "true" } else { "false" }),
                    Err(_) => Some(ResendAmbiguous::Always).filter(|always| word() == always.as_str()),
                };
                policy.resend_ambiguous(resend.ok_or_else(|| wrong(ResendAmbiguous::EXPECTED))?)
            }
            "mid_stream" => policy.mid_stream(MidStream::from_wire(&word()).ok_or_else(|| wrong(MidStream::EXPECTED))?),
            "retry_kinds" => kinds()?.into_iter().fold(policy, holdoff::PolicyBuilder::retry_kind),
            "stop_kinds" => kinds()?.into_iter().fold(policy, holdoff::PolicyBuilder::stop_kind),
            "attempts_by_kind" => {
                let mut policy = policy.no_attempts_by_kind();
                for (kind, attempts) in value.cast::<PyDict>()? {
                    let kind = ErrorKind::from_wire(&kind.extract::<String>()?)
                        .ok_or_else(|| wrong("kinds with the most attempts of each"))?;
                    let attempts: u64 = attempts.extract().map_err(|_| wrong("at least 1 for each kind"))?;
                    policy = policy.attempts_of(kind, u32::try_from(attempts).unwrap_or(u32::MAX));
                }
                policy
            }
            "seed" if value.is_none() => policy.seed(None),
            "seed" => policy.seed(value.extract::<u64>().map_err(|_| wrong("0 to 2^53 - 1"))?),
            _ => return Err(wrong("a field of a policy")),
        };
    }
    policy.build().map_err(refused)
}

fn refused(error: impl Display) -> PyErr {
    PyValueError::new_err(error.to_string())
}

/// Every field of the policy.
pub(crate) fn of_policy<'py>(policy: &Policy, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
    let ms = |duration: Duration| u64::try_from(duration.as_millis()).unwrap_or(u64::MAX);
    let names = |kinds: holdoff::Kinds| kinds.iter().map(ErrorKind::as_str).collect::<Vec<_>>();
    let limits = PyDict::new(py);
    for kind in ErrorKind::ALL {
        if let Some(attempts) = policy.attempts_of(*kind) {
            limits.set_item(kind.as_str(), attempts)?;
        }
    }
    let fields = PyDict::new(py);
    fields.set_item("max_attempts", policy.max_attempts())?;
    fields.set_item("initial_delay_ms", ms(policy.initial_delay()))?;
    fields.set_item("multiplier", policy.multiplier())?;
    fields.set_item("max_delay_ms", ms(policy.max_delay()))?;
    fields.set_item("jitter", policy.jitter().as_str())?;
    fields.set_item("max_retry_after_ms", policy.max_retry_after().map(ms))?;
    fields.set_item("max_elapsed_ms", policy.max_elapsed().map(ms))?;
    fields.set_item("attempt_timeout_ms", policy.attempt_timeout().map(ms))?;
    match policy.resend_ambiguous() {
        ResendAmbiguous::Always => fields.set_item("resend_ambiguous", "always")?,
        other => fields.set_item("resend_ambiguous", other == ResendAmbiguous::Yes)?,
    }
    fields.set_item("mid_stream", policy.mid_stream().as_str())?;
    fields.set_item("retry_kinds", names(policy.retry_kinds()))?;
    fields.set_item("stop_kinds", names(policy.stop_kinds()))?;
    fields.set_item("attempts_by_kind", limits)?;
    fields.set_item("seed", policy.seed())?;
    Ok(fields)
}

/// Every field of the failure.
pub(crate) fn of_failure<'py>(failure: &Failure, py: Python<'py>) -> PyResult<Bound<'py, PyDict>> {
    let fields = PyDict::new(py);
    let text = |name: &str, value: &Option<Box<str>>| fields.set_item(name, value.as_deref());
    fields.set_item("kind", failure.kind.as_str())?;
    fields.set_item("cause", failure.cause.as_str())?;
    fields.set_item("retryable", failure.retryable)?;
    fields.set_item("after_hint", failure.after_hint)?;
    fields.set_item("forbidden", failure.forbidden)?;
    fields.set_item("status", failure.status)?;
    text("error_type", &failure.error_type)?;
    text("error_code", &failure.error_code)?;
    text("message", &failure.message)?;
    text("field", &failure.field)?;
    fields.set_item("actual", failure.actual)?;
    fields.set_item("limit", failure.limit)?;
    text("request_id", &failure.request_id)?;
    fields.set_item("provider", failure.provider.as_str())?;
    fields.set_item("retry_after_ms", failure.hint.map(|hint| hint.delay_ms))?;
    fields.set_item("hint_source", failure.hint.map(|hint| hint.source.as_str()))?;
    fields.set_item("retry_at", failure.retry_at_ms)?;
    fields.set_item("maybe_processed", failure.maybe_processed())?;
    fields.set_item("processed", failure.processed.as_str())?;
    fields.set_item("replay", failure.replay.as_str())?;
    fields.set_item("inner_attempts", failure.inner_attempts)?;
    fields.set_item("fix", failure.fix())?;
    Ok(fields)
}

/// The failure of which [`of_failure`] has made `fields`.
///
/// # Errors
///
/// `ValueError` where the cause is none; whatever else is missing or wrong has its default.
pub(crate) fn failure(fields: &Bound<'_, PyDict>) -> PyResult<Failure> {
    let given = |name: &str| fields.get_item(name).ok().flatten();
    let text = |name: &str| given(name).and_then(|value| value.extract::<String>().ok());
    let number = |name: &str| given(name).and_then(|value| value.extract::<u64>().ok());
    let flag = |name: &str| given(name).and_then(|value| value.extract::<bool>().ok());
    let cause = text("cause").and_then(|name| Cause::from_wire(&name));
    let mut failure = Failure::new(cause.ok_or_else(|| refused("`cause` must be an entry of the catalogue"))?);
    failure.kind = text("kind").and_then(|name| ErrorKind::from_wire(&name)).unwrap_or(failure.kind);
    failure.retryable = flag("retryable").unwrap_or(failure.retryable);
    failure.after_hint = flag("after_hint").unwrap_or(failure.retryable);
    failure.forbidden = flag("forbidden").unwrap_or(false);
    failure.status = number("status").and_then(|status| u16::try_from(status).ok());
    failure.error_type = text("error_type").map(Into::into);
    failure.error_code = text("error_code").map(Into::into);
    failure.message = text("message").map(Into::into);
    failure.field = text("field").map(Into::into);
    failure.actual = number("actual");
    failure.limit = number("limit");
    failure.request_id = text("request_id").map(Into::into);
    failure.provider = text("provider").and_then(|name| Provider::from_wire(&name)).unwrap_or_default();
    let source = text("hint_source").and_then(|name| HintSource::from_wire(&name));
    failure.hint = number("retry_after_ms").zip(source).map(|(delay, source)| Hint::new(delay, source));
    failure.retry_at_ms = number("retry_at");
    failure.processed = text("processed").and_then(|name| Processed::from_wire(&name)).unwrap_or_default();
    failure.replay = text("replay").and_then(|name| Replay::from_wire(&name)).unwrap_or_default();
    failure.inner_attempts = number("inner_attempts").and_then(|attempts| u32::try_from(attempts).ok());
    Ok(failure)
}
