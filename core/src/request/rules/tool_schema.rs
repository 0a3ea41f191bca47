//! The schemas of tools' inputs.
//!
//! Source: <https://platform.claude.com/docs/en/agents-and-tools/tool-use/define-tools>

use alloc::format;

use super::json_schema::{self, is_whole};
use super::{Sink, converse};
use crate::request::names::name_fault;
use crate::request::options::Endpoint;
use crate::request::read::Request;
use crate::request::tape::{Kind, View};
use crate::request::tool::Tool;

/// The schemas of tools in the shapes of Converse and of chat completions, where the model is a Claude: they are passed on
/// as they are.
fn of_other_shapes<'t, 'a>(request: &Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + use<'t, 'a> {
    let chat = request.options.endpoint == Endpoint::ChatCompletions;
    let id = request.root.get(if chat { "model" } else { "modelId" }).and_then(View::str);
    // A stored prompt or profile of Bedrock need not name it.
    let is_claude = id.map_or(!chat, |id| id.contains("claude"));
    let tools = if chat { request.root.get("tools") } else { converse::tools(request) };
    let schema = move |tool: View<'t, 'a>| {
        if chat { tool.get("function")?.get("parameters") } else { tool.get("toolSpec")?.get("inputSchema")?.get("json") }
    };
    let tools = tools.filter(|_| is_claude).into_iter().flat_map(View::items);
    tools.filter_map(schema).filter(|schema| schema.kind() == Kind::Object)
}

/// Gives each rule its two ways in: a tool of the Messages shape, and all tools of another.
macro_rules! rules {
    ($($rule:ident, $of_others:ident: $check:ident;)*) => {$(
        pub(crate) fn $rule(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
            if let Some(schema) = tool.schema {
                $check(schema, sink);
            }
        }

        pub(crate) fn $of_others(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
            of_other_shapes(request).for_each(|schema| $check(schema, sink));
        }
    )*};
}

rules! {
    is_of_an_object, others_are_of_an_object: check_type;
    fits_the_draft, others_fit_the_draft: check_draft;
    has_no_choice_at_the_top, others_have_no_choice_at_the_top: check_top;
    keys_are_well_formed, others_have_well_formed_keys: check_keys;
}

/// It says that the input is an object.
fn check_type(schema: View<'_, '_>, sink: &mut Sink<'_>) {
    match schema.get("type") {
        None => sink.missing(schema, "type", "is missing: `object` is expected").fix("add `\"type\": \"object\"`"),
        Some(kind) if !kind.is("object") => sink.at(kind, "is not `object`, which every input is").fix("set it to `object`"),
        Some(_) => {}
    }
}

/// It fits the draft.
fn check_draft(schema: View<'_, '_>, sink: &mut Sink<'_>) {
    let kind = schema.get("type").map(View::index);
    json_schema::check(schema, &mut |fault| {
        // The type at the top has a rule of its own.
        if kind != Some(fault.view.index()) {
            sink.judge(fault.certain, fault.view, fault.message);
        }
    });
}

/// A choice of schemas stands below the top only.
fn check_top(schema: View<'_, '_>, sink: &mut Sink<'_>) {
    for (key, value) in schema.members() {
        let keyword = key.str();
        if matches!(&*keyword, "oneOf" | "allOf" | "anyOf") {
            sink.at(value, format!("is `{keyword}` at the top of a tool's schema, where it is not taken"));
        }
    }
}

/// How long the name of a property may be.
const LONGEST_KEY: usize = 64;

/// Properties have names of few characters. Only those at the top are looked at by the server too.
fn check_keys(schema: View<'_, '_>, sink: &mut Sink<'_>) {
    for (key, value) in schema.get("properties").into_iter().flat_map(View::members) {
        if key.foreign().is_some() {
            continue;
        }
        if let Some(fault) = name_fault(&key.str(), LONGEST_KEY, b"_.-") {
            sink.at(value, format!("has a name that {fault}: 1 to {LONGEST_KEY} letters, digits, `_`, `.` and `-` are expected"));
        }
    }
}

/// An example has what is required, and values of the types that are said.
pub(crate) fn examples_fit(_: &Request<'_, '_>, tool: &Tool<'_, '_>, sink: &mut Sink<'_>) {
    /// Larger ones are left alone: each key is looked for among all others.
    const MOST: usize = 64;
    let Some(schema) = tool.schema else { return };
    let Some(examples) = tool.get("input_examples") else { return };
    let properties = schema.get("properties");
    let closed =
        schema.get("additionalProperties").and_then(View::bool) == Some(false) && schema.get("patternProperties").is_none();
    let small = |view: View<'_, '_>| view.len() <= MOST;
    if !properties.is_none_or(small) || !schema.get("required").is_none_or(small) {
        return;
    }
    for example in examples.items().filter(|example| example.kind() == Kind::Object && small(*example)) {
        for name in schema.get("required").into_iter().flat_map(View::items).filter_map(View::str) {
            if example.get(&name).is_none() {
                sink.missing(example, &name, "is missing, though the schema requires it");
            }
        }
        for (key, value) in example.members() {
            match properties.and_then(|properties| properties.get(&key.str())) {
                None if closed => _ = sink.at(value, "is no property of the schema, which has `additionalProperties` false"),
                Some(property) if !fits(value, property) => {
                    sink.at(value, format!("is {}, which is not the type in the schema", json_schema::name(value)));
                }
                _ => {}
            }
        }
    }
}

/// Whether a value is of the type that its schema says; true where it says none.
fn fits(value: View<'_, '_>, schema: View<'_, '_>) -> bool {
    let Some(kind) = schema.get("type") else { return true };
    let is = |kind: View<'_, '_>| match kind.str().as_deref() {
        Some("array") => value.kind() == Kind::Array,
        Some("boolean") => value.kind() == Kind::Bool,
        Some("integer") => is_whole(value),
        Some("null") => value.kind() == Kind::Null,
        Some("number") => value.kind() == Kind::Number,
        Some("object") => value.kind() == Kind::Object,
        Some("string") => value.kind() == Kind::String,
        _ => true,
    };
    if kind.kind() == Kind::Array { kind.items().any(is) } else { is(kind) }
}
