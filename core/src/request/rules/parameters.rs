//! What the rules of parameters read alike.

use crate::request::model::Effort;
use crate::request::options::Target;
use crate::request::read::{Field, Request};
use crate::request::tape::{Kind, Number, View};

/// A whole number; beyond 64 bits it is none that any rule of these looks at.
pub(super) fn whole(view: View<'_, '_>) -> Option<i64> {
    match view.number()? {
        Number::Int(value) => Some(value),
        Number::Float(_) | Number::Big => None,
    }
}

/// A number. What lies far beyond every range may be rounded.
pub(super) fn real(view: View<'_, '_>) -> Option<f64> {
    match view.number()? {
        Number::Int(value) => {
            let far = if value < 0 { i32::MIN } else { i32::MAX };
            Some(f64::from(i32::try_from(value).unwrap_or(far)))
        }
        Number::Float(value) => Some(value),
        Number::Big => None,
    }
}

/// Whether the request says this `thinking.type`.
pub(super) fn thinks(request: &Request<'_, '_>, name: &str) -> bool {
    thinking_type(request).is_some_and(|kind| kind.is(name))
}

pub(super) fn thinking_type<'t, 'a>(request: &Request<'t, 'a>) -> Option<View<'t, 'a>> {
    request.given(Field::Thinking)?.get("type")
}

/// `tool_choice.type`, or the choice of Converse, where the model must call a tool.
pub(super) fn forces_a_tool<'t, 'a>(request: &Request<'t, 'a>) -> Option<View<'t, 'a>> {
    if request.options.target == Target::BedrockConverse {
        let choice = request.root.get("toolConfig")?.get("toolChoice")?;
        return choice.get("any").or_else(|| choice.get("tool"));
    }
    let kind = request.given(Field::ToolChoice)?.get("type")?;
    (kind.is("any") || kind.is("tool")).then_some(kind)
}

/// `output_config.effort`, where it is a level.
pub(super) fn effort<'t, 'a>(request: &Request<'t, 'a>) -> Option<(View<'t, 'a>, Effort)> {
    let view = config(request, "effort")?;
    Some((view, Effort::from_wire(&view.str()?)?))
}

/// A member of `output_config` that says something.
pub(super) fn config<'t, 'a>(request: &Request<'t, 'a>, key: &str) -> Option<View<'t, 'a>> {
    request.given(Field::OutputConfig)?.get(key).filter(|view| view.kind() != Kind::Null)
}

/// Whether it is known which beta flags are sent, so that none is missed.
pub(super) fn knows_betas(request: &Request<'_, '_>) -> bool {
    request.options.flags_are_known() || request.field(Field::AnthropicBeta).is_some()
}
