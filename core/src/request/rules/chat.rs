//! What an OpenAI-compatible endpoint asks of chat completions.
//!
//! Source: <https://platform.openai.com/docs/api-reference/chat/create>, and answers quoted in public bug reports.

use alloc::borrow::Cow;
use alloc::format;
use alloc::vec::Vec;

use super::Sink;
use super::tool_choice::is_among;
use crate::request::json;
use crate::request::names::name_fault;
use crate::request::read::{Message, Request};
use crate::request::seen::Seen;
use crate::request::tape::{Kind, Number, View};

pub(crate) fn messages_are_given(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    if let Some(messages) = request.root.get("messages").filter(|messages| messages.kind() == Kind::Array && messages.len() == 0)
    {
        sink.at(messages, "is empty: at least one message is needed");
    }
}

pub(crate) fn max_tokens_is_positive(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for key in ["max_tokens", "max_completion_tokens"] {
        let view = request.root.get(key);
        if let Some(view) = view.filter(|view| matches!(view.number(), Some(Number::Int(..1)))) {
            sink.at(view, "is below 1");
        }
    }
}

pub(super) fn calls<'t, 'a>(message: &Message<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + use<'t, 'a> {
    message.view.get("tool_calls").into_iter().flat_map(View::items)
}

/// The `tool` messages right behind a message.
fn answers<'r, 't, 'a>(request: &'r Request<'t, 'a>, number: usize) -> impl Iterator<Item = &'r Message<'t, 'a>> {
    let rest = request.messages.get(number + 1..).unwrap_or_default();
    rest.iter().take_while(|message| is_answer(message))
}

fn is_answer(message: &Message<'_, '_>) -> bool {
    message.view.get("role").is_some_and(|role| role.is("tool"))
}

/// Every tool call is answered by a `tool` message right behind.
pub(crate) fn calls_are_answered(request: &Request<'_, '_>, number: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    let mut calls = calls(message).peekable();
    // The last one may be what the call is about; it is refused by OpenAI all the same.
    if calls.peek().is_none() {
        return;
    }
    let ids: Vec<Cow<'_, str>> =
        answers(request, number).filter_map(|answer| answer.view.get("tool_call_id").and_then(View::str)).collect();
    for call in calls {
        if call.get("id").and_then(View::str).is_some_and(|id| !ids.contains(&id)) {
            sink.at(call, "has no `tool` message right behind that answers it");
        }
    }
}

/// Every `tool` message answers a call of the assistant's message before.
pub(crate) fn answers_have_calls(request: &Request<'_, '_>, number: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    if !is_answer(message) {
        return;
    }
    let before = request.messages.get(..number).unwrap_or_default().iter().rev().find(|message| !is_answer(message));
    let id = message.view.get("tool_call_id").and_then(View::str);
    let known = before.into_iter().flat_map(calls).any(|call| call.get("id").and_then(View::str) == id);
    if id.is_some() && !known {
        sink.at(message.view, "answers no `tool_calls` entry of the assistant's message before");
    }
}

/// The arguments of a call are JSON, in a string.
pub(crate) fn arguments_are_json(_: &Request<'_, '_>, _: usize, message: &Message<'_, '_>, sink: &mut Sink<'_>) {
    for call in calls(message) {
        let arguments = call.get("function").and_then(|function| function.get("arguments"));
        let Some((view, text)) = arguments.and_then(|view| Some((view, view.str()?))) else { continue };
        let reading = json::read_str(&text);
        let object = reading.tape.is_some_and(|tape| tape.root().kind() == Kind::Object);
        if !object || !reading.faults.is_empty() {
            sink.at(view, "is not a JSON object in a string");
        }
    }
}

fn tool_names<'t, 'a>(request: &Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + Clone + use<'t, 'a> {
    let tools = request.root.get("tools").into_iter().flat_map(View::items);
    tools.filter_map(|tool| tool.get("function").or_else(|| tool.get("custom"))?.get("name"))
}

pub(crate) fn names_are_well_formed(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    for name in tool_names(request) {
        if name.str().is_some_and(|text| name_fault(&text, 64, b"_-").is_some()) {
            sink.at(name, "is not a name of 1 to 64 letters, digits, `_` and `-`");
        }
    }
}

pub(crate) fn names_are_unique(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let mut seen = Seen::default();
    for (number, name) in tool_names(request).enumerate() {
        if let Some(first) = name.str().and_then(|text| seen.put(text, number)) {
            sink.at(name, format!("is the name of tools.{first} too"));
        }
    }
}

/// The tool that is forced is there.
pub(crate) fn choice_is_known(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let choice = request.root.get("tool_choice").and_then(|choice| choice.get("function")?.get("name"));
    if let Some((view, name)) = choice.and_then(|view| Some((view, view.str()?))) {
        is_among(view, &name, tool_names(request), sink);
    }
}
