//! What every request has: a model, a bound on the answer, at least one message.

use super::Sink;
use crate::request::read::{Field, Request};
use crate::request::tape::Kind;

pub(crate) fn max_tokens_is_given(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if request.field(Field::MaxTokens).is_none() {
        sink.missing(request.root, "max_tokens", "is missing: how many tokens the answer may have at most");
    }
}

pub(crate) fn messages_are_given(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let messages = request.field(Field::Messages);
    if let Some(messages) = messages.filter(|messages| messages.kind() == Kind::Array && messages.len() == 0) {
        sink.at(messages, "is empty: at least one message is needed");
    }
}
