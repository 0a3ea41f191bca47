//! `temperature`, `top_p` and `top_k`: which versions, models and modes take them, and within which range.

use alloc::format;

use super::Sink;
use super::parameters::{real, thinks, whole};
use crate::request::model::Sampling;
use crate::request::read::{Field, Request, Version};
use crate::request::tape::View;

const FIELDS: [Field; 3] = [Field::Temperature, Field::TopP, Field::TopK];

/// From version 2026-10-21 on there is no sampling.
pub(crate) fn version_has_it(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for field in FIELDS {
        let Some(view) = number(request, field) else { continue };
        match request.version {
            Version::V2026 => {
                sink.at(view, "is not taken by version 2026-10-21, not even its default");
            }
            // Then the model's refusal, if any, is said instead.
            Version::Unsaid if !is_refused(request, field, view) => {
                sink.maybe_at(view, "is not taken from version 2026-10-21 on, which newer SDKs send");
            }
            _ => {}
        }
    }
}

/// Newer models take the defaults alone, if at all.
pub(crate) fn model_has_it(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(model) = request.model.filter(|model| model.sampling == Some(Sampling::DefaultsOnly)) else { return };
    if request.version == Version::V2026 {
        return;
    }
    for field in FIELDS {
        let Some(view) = number(request, field) else { continue };
        let name = model.name();
        if !is_refused(request, field, view) {
            if is_default(field, view) == Some(true) && request.version != Version::Unsaid {
                sink.maybe_at(view, format!("is its default, which {name} takes by some reports and refuses by others"));
            }
        } else if model.certain() {
            sink.at(view, format!("is not taken by {name}"));
        } else {
            sink.maybe_at(view, format!("is hardly taken by {name}"));
        }
    }
}

fn is_refused(request: &Request<'_, '_>, field: Field, view: View<'_, '_>) -> bool {
    let none = request.model.is_some_and(|model| model.sampling == Some(Sampling::DefaultsOnly));
    none && is_default(field, view) == Some(false)
}

/// `None` for what is no number.
fn is_default(field: Field, view: View<'_, '_>) -> Option<bool> {
    let value = real(view)?;
    // A default of `top_k` is not documented: leaving it out is the only one.
    Some(field != Field::TopK && is_one(value))
}

fn is_one(value: f64) -> bool {
    (value - 1.0).abs() < f64::EPSILON
}

pub(crate) fn one_of_two(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(model) = request.model.filter(|model| model.sampling == Some(Sampling::TemperatureOrTopP)) else { return };
    let (Some(_), Some(top_p)) = (number(request, Field::Temperature), number(request, Field::TopP)) else { return };
    if request.version == Version::V2026 {
        return;
    }
    let message = format!("is sent beside `temperature`: {} takes one of the two", model.name());
    if model.certain() {
        sink.at(top_p, message)
    } else {
        sink.maybe_at(top_p, message)
    };
}

/// What is no number is another rule's.
fn number<'t, 'a>(request: &Request<'t, 'a>, field: Field) -> Option<View<'t, 'a>> {
    request.field(field).filter(|view| view.number().is_some())
}

pub(crate) fn temperature_is_in_range(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    is_in_range(request, Field::Temperature, sink);
}

pub(crate) fn top_p_is_in_range(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    is_in_range(request, Field::TopP, sink);
}

fn is_in_range(request: &Request<'_, '_>, field: Field, sink: &mut Sink<'_>) {
    let Some((view, value)) = request.field(field).and_then(|view| Some((view, real(view)?))) else { return };
    if !(0.0..=1.0).contains(&value) && request.version != Version::V2026 {
        sink.at(view, format!("is {value}, from 0 to 1 was expected"));
    }
}

pub(crate) fn top_k_is_not_negative(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some((view, value)) = request.field(Field::TopK).and_then(|view| Some((view, whole(view)?))) else { return };
    if value < 0 && request.version != Version::V2026 {
        sink.at(view, format!("is {value}, at least 0 was expected"));
    }
}

/// What is sent while the request says that it thinks.
fn while_thinking<'t, 'a>(request: &Request<'t, 'a>, field: Field) -> Option<(View<'t, 'a>, f64)> {
    let view = request.field(field)?;
    let on = thinks(request, "enabled") || thinks(request, "adaptive");
    Some((view, real(view)?)).filter(|_| on && request.version != Version::V2026)
}

pub(crate) fn temperature_allows_thinking(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((view, value)) = while_thinking(request, Field::Temperature).filter(|(_, value)| !is_one(*value)) {
        sink.at(view, format!("is {value}, only 1 is taken while thinking is on"));
    }
}

pub(crate) fn top_p_allows_thinking(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((view, value)) = while_thinking(request, Field::TopP).filter(|(_, value)| *value < 0.95) {
        sink.at(view, format!("is {value}, at least 0.95 is taken while thinking is on"));
    }
}

pub(crate) fn top_k_allows_thinking(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some((view, _)) = while_thinking(request, Field::TopK) {
        sink.at(view, "is sent, and not taken while thinking is on");
    }
}
