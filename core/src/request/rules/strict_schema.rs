//! Schemas that the answer is held to: those of strict tools, and the format of an answer.
//!
//! Source: <https://platform.claude.com/docs/en/build-with-claude/structured-outputs>

use alloc::format;

use super::Sink;
use super::converse;
use super::json_schema::{MOST_REFERENCES, Takes, resolve, takes};
use crate::request::json;
use crate::request::read::{Field, Request};
use crate::request::tape::{Kind, Number, View};

/// How deep schemas may stand in one another before the rest is taken for granted.
const DEEPEST: usize = 128;

/// The format of an answer, where one is asked for.
fn output_format<'t, 'a>(request: &Request<'t, 'a>) -> Option<View<'t, 'a>> {
    let format = request.given(Field::OutputConfig).and_then(|config| config.get("format"));
    let format = format.filter(|format| format.members().next().is_some());
    format.or_else(|| request.given(Field::OutputFormat))
}

/// The schemas at their tops.
fn schemas<'r, 't, 'a>(request: &'r Request<'t, 'a>) -> impl Iterator<Item = View<'t, 'a>> + use<'r, 't, 'a> {
    let of_tools = request.tools.iter().filter(|tool| tool.strict).filter_map(|tool| tool.schema);
    let strict = |tool: &View<'t, 'a>| tool.get("strict").and_then(View::bool) == Some(true);
    let of_specifications = converse::tools(request).into_iter().flat_map(View::items).filter_map(|tool| tool.get("toolSpec"));
    let of_specifications = of_specifications.filter(strict).filter_map(|tool| tool.get("inputSchema")?.get("json"));
    let of_answer = output_format(request).and_then(|format| format.get("schema")).filter(|schema| schema.kind() == Kind::Object);
    of_tools.chain(of_specifications).chain(of_answer)
}

/// Every schema within one, itself included. The other argument of `visit` is the top.
fn each<'t, 'a>(top: View<'t, 'a>, schema: View<'t, 'a>, depth: usize, visit: &mut dyn FnMut(View<'t, 'a>, View<'t, 'a>)) {
    if schema.kind() != Kind::Object || depth == DEEPEST {
        return;
    }
    visit(top, schema);
    for (key, value) in schema.members() {
        match takes(&key.str()) {
            Takes::Schema => each(top, value, depth + 1, visit),
            Takes::Schemas => value.members().for_each(|(_, inner)| each(top, inner, depth + 1, visit)),
            Takes::SchemaList => value.items().for_each(|inner| each(top, inner, depth + 1, visit)),
            _ => {}
        }
    }
}

fn each_of_all<'t, 'a>(request: &Request<'t, 'a>, visit: &mut dyn FnMut(View<'t, 'a>, View<'t, 'a>)) {
    schemas(request).for_each(|top| each(top, top, 0, visit));
}

fn has_type(schema: View<'_, '_>, name: &str) -> bool {
    schema.get("type").is_some_and(|kind| kind.is(name) || kind.items().any(|kind| kind.is(name)))
}

/// Where an object takes properties that are not named, and whether it is refused for sure: what has properties is meant
/// as an object, and may not say so.
fn open<'t, 'a>(schema: View<'t, 'a>) -> Option<(View<'t, 'a>, bool)> {
    let said = has_type(schema, "object");
    if !said && (schema.get("type").is_some() || schema.get("properties").is_none()) {
        return None;
    }
    let more = schema.get("additionalProperties");
    let closed = more.is_some_and(|more| more.bool() == Some(false));
    (!closed).then(|| (more.unwrap_or(schema), said))
}

/// No object takes properties that are not named.
pub(crate) fn objects_are_closed(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    each_of_all(request, &mut |_, schema| {
        if let Some((at, certain)) = open(schema) {
            let message = "is not closed: `additionalProperties` must be false on every object of a strict schema";
            sink.judge(certain, at, message);
        }
    });
}

/// The same of the schema that Converse takes as a text of JSON.
pub(crate) fn objects_in_text_are_closed(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let format = request.root.get("outputConfig").and_then(|config| config.get("textFormat"));
    let structure = format.and_then(|format| format.get("structure")?.get("jsonSchema")?.get("schema"));
    let Some((view, text)) = structure.and_then(|view| Some((view, view.str()?))) else { return };
    let Some(tape) = json::read_str(&text).tape else { return };
    let (mut count, mut certain) = (0, false);
    each(tape.root(), tape.root(), 0, &mut |_, schema| {
        if let Some((_, sure)) = open(schema) {
            count += 1;
            certain |= sure;
        }
    });
    if count > 0 {
        let message = format!("has {count} objects that are not closed: `additionalProperties` must be false on every one");
        sink.judge(certain, view, message);
    }
}

/// Formats of strings that are taken.
const FORMATS: &[&str] = &["date-time", "time", "date", "duration", "email", "hostname", "uri", "ipv4", "ipv6", "uuid"];

/// No keyword is one that is not taken here.
pub(crate) fn keywords_are_taken(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let mut references = MOST_REFERENCES;
    each_of_all(request, &mut |top, schema| {
        let has_type = |name| has_type(schema, name);
        let (number, text, list) = (has_type("integer") || has_type("number"), has_type("string"), has_type("array"));
        let object = has_type("object");
        for (key, value) in schema.members() {
            let keyword = key.str();
            let certain = match &*keyword {
                "minimum" | "maximum" | "exclusiveMinimum" | "exclusiveMaximum" | "multipleOf" => number,
                "minLength" | "maxLength" => text,
                "maxItems" | "uniqueItems" | "prefixItems" => list,
                // Each was sent and refused: https://github.com/BerriAI/litellm/pull/34319
                "patternProperties" | "propertyNames" | "dependentSchemas" | "dependentRequired" | "unevaluatedProperties" => {
                    object
                }
                "if" | "then" | "else" | "not" => true,
                "minItems" if !matches!(value.number(), Some(Number::Int(0 | 1))) => {
                    let found =
                        sink.judge(list, value, "is neither 0 nor 1, and no other `minItems` is taken in a strict schema");
                    found.fix("set it to 0 or 1, and check the length in your own code");
                    continue;
                }
                "oneOf" | "contains" | "unevaluatedItems" | "minProperties" | "maxProperties" => false,
                "format" if !FORMATS.iter().any(|format| value.is(format)) => {
                    sink.maybe_at(value, format!("is none of the formats that a strict schema takes: {}", FORMATS.join(", ")));
                    continue;
                }
                "enum" => {
                    if let Some(item) = value.items().find(|item| matches!(item.kind(), Kind::Array | Kind::Object)) {
                        sink.maybe_at(item, "is a list or an object in an `enum`, where a strict schema takes plain values only");
                    }
                    continue;
                }
                "pattern" => {
                    let look =
                        value.str().filter(|text| ["(?=", "(?!", "(?<", "\\b", "\\1"].iter().any(|part| text.contains(part)));
                    if look.is_some() {
                        sink.maybe_at(
                            value,
                            "looks around, back or at the edge of a word, which patterns of a strict schema may not",
                        );
                    }
                    continue;
                }
                "$ref" => {
                    if let Some(left) = references.checked_sub(1) {
                        references = left;
                        reference(top, value, sink);
                    }
                    continue;
                }
                _ => continue,
            };
            sink.judge(certain, value, format!("is `{keyword}`, which a strict schema does not take"));
        }
    });
}

/// A reference stays within the schema, and does not lead around itself.
fn reference(top: View<'_, '_>, value: View<'_, '_>, sink: &mut Sink<'_>) {
    let Some(text) = value.str() else { return };
    let Some(pointer) = text.strip_prefix('#') else {
        sink.at(value, "leads out of the schema, which a strict one may not");
        return;
    };
    let target = if pointer.is_empty() { Some(top) } else { pointer.strip_prefix('/').and_then(|pointer| resolve(top, pointer)) };
    let Some(target) = target else { return };
    let mut around = value.parent();
    while let Some(view) = around {
        if view.index() == target.index() {
            sink.at(value, "leads to a schema that holds it: a strict schema may not be recursive");
            return;
        }
        around = view.parent();
    }
}

/// So many tools may be strict.
const MOST_TOOLS: usize = 20;
/// So many properties of all strict schemas may be left out.
const MOST_OPTIONAL: usize = 24;
/// So many of them may have several types.
const MOST_UNIONS: usize = 16;

pub(crate) fn few_tools_are_strict(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let Some(tools) = request.field(Field::Tools).filter(|_| request.tools.len() > MOST_TOOLS) else { return };
    let count = request.tools.iter().filter(|tool| tool.strict).count();
    if count > MOST_TOOLS {
        sink.at(tools, format!("{count} tools are strict: at most {MOST_TOOLS} may be"));
    }
}

/// All strict schemas together stay simple enough. How exactly the server counts is not said, so this only warns.
pub(crate) fn schemas_are_simple(request: &Request<'_, '_>, sink: &mut Sink<'_>) {
    let (mut optional, mut unions) = (0, 0);
    each_of_all(request, &mut |_, schema| {
        let many = schema.get("anyOf").is_some() || schema.get("type").is_some_and(|kind| kind.kind() == Kind::Array);
        unions += usize::from(many);
        if let Some(properties) = schema.get("properties") {
            // Names are unique on both sides of a valid schema.
            let required = schema.get("required").map_or(0, View::len);
            optional += properties.len().saturating_sub(required);
        }
    });
    if optional > MOST_OPTIONAL {
        sink.at(
            request.root,
            format!("strict schemas have {optional} optional properties together: at most {MOST_OPTIONAL} are taken"),
        );
    }
    if unions > MOST_UNIONS {
        sink.at(
            request.root,
            format!("strict schemas have {unions} values of several types together: at most {MOST_UNIONS} are taken"),
        );
    }
}
