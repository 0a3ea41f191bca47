//! A JSON Schema against the meta-schema of draft 2020-12, as far as it binds: what each keyword takes.
//!
//! Source: <https://json-schema.org/draft/2020-12/json-schema-validation>

use alloc::borrow::Cow;
use alloc::format;
use alloc::string::String;

use crate::request::tape::{Kind, Number, View};

/// How deep schemas may stand in one another before the rest is taken for granted.
const DEEPEST: usize = 128;

/// How many references are followed: each may lead through all of a schema.
pub(super) const MOST_REFERENCES: usize = 256;

/// What a keyword takes.
#[derive(Clone, Copy)]
pub(super) enum Takes {
    Schema,
    /// An object of schemas.
    Schemas,
    /// A list of at least one schema.
    SchemaList,
    Text,
    Bool,
    Number,
    /// A number above 0.
    Positive,
    /// A whole number, 0 or more.
    Count,
    /// A list of strings, each once.
    Names,
    /// An object of such lists.
    NamesMap,
    /// The name of a type, or a list of them.
    Type,
    List,
    Object,
    /// Of draft 7 and older, and still taken: an object of schemas or of lists of names.
    Dependencies,
    /// Anything, or a keyword that is not known.
    Any,
}

pub(super) fn takes(keyword: &str) -> Takes {
    // They are compared one after the other, so the arms of the commonest come first, and they in theirs.
    match keyword {
        "type" => Takes::Type,
        "description" | "$anchor" | "$comment" | "$dynamicAnchor" | "$dynamicRef" | "$id" | "$ref" | "$schema"
        | "contentEncoding" | "contentMediaType" | "format" | "pattern" | "title" => Takes::Text,
        "properties" | "$defs" | "definitions" | "dependentSchemas" | "patternProperties" => Takes::Schemas,
        "required" => Takes::Names,
        "enum" | "examples" => Takes::List,
        "items"
        | "additionalProperties"
        | "contains"
        | "contentSchema"
        | "else"
        | "if"
        | "not"
        | "propertyNames"
        | "then"
        | "unevaluatedItems"
        | "unevaluatedProperties" => Takes::Schema,
        "allOf" | "anyOf" | "oneOf" | "prefixItems" => Takes::SchemaList,
        "exclusiveMaximum" | "exclusiveMinimum" | "maximum" | "minimum" => Takes::Number,
        "deprecated" | "readOnly" | "uniqueItems" | "writeOnly" => Takes::Bool,
        "multipleOf" => Takes::Positive,
        "maxContains" | "maxItems" | "maxLength" | "maxProperties" | "minContains" | "minItems" | "minLength"
        | "minProperties" => Takes::Count,
        "dependentRequired" => Takes::NamesMap,
        "$vocabulary" => Takes::Object,
        "dependencies" => Takes::Dependencies,
        _ => Takes::Any,
    }
}

pub(super) const TYPES: &[&str] = &["array", "boolean", "integer", "null", "number", "object", "string"];

/// One fault of a schema: where, whether it is certain, and what.
pub(super) struct Fault<'t, 'a> {
    pub(super) view: View<'t, 'a>,
    pub(super) certain: bool,
    pub(super) message: Cow<'static, str>,
}

/// Takes the faults of one schema as they are found.
type Found<'f, 't, 'a> = &'f mut dyn FnMut(Fault<'t, 'a>);

/// Goes through a schema and all it holds.
pub(super) fn check<'t, 'a>(schema: View<'t, 'a>, found: Found<'_, 't, 'a>) {
    Walk { root: schema, found, references: MOST_REFERENCES }.schema(schema, 0);
}

struct Walk<'f, 't, 'a> {
    root: View<'t, 'a>,
    found: Found<'f, 't, 'a>,
    /// How many more are followed.
    references: usize,
}

impl<'t, 'a> Walk<'_, 't, 'a> {
    fn fault(&mut self, view: View<'t, 'a>, message: impl Into<Cow<'static, str>>) {
        (self.found)(Fault { view, certain: true, message: message.into() });
    }

    fn doubt(&mut self, view: View<'t, 'a>, message: impl Into<Cow<'static, str>>) {
        (self.found)(Fault { view, certain: false, message: message.into() });
    }

    fn wrong(&mut self, view: View<'t, 'a>, wanted: &str) {
        // The vendor's own types take null for these two of a tool's schema.
        let lenient = view.kind() == Kind::Null
            && view.parent().is_some_and(|parent| parent.index() == self.root.index())
            && view.key().is_some_and(|key| key.is("properties") || key.is("required"));
        let message = format!("is {}: {wanted} is expected", name(view));
        if lenient { self.doubt(view, message) } else { self.fault(view, message) }
    }

    fn schema(&mut self, schema: View<'t, 'a>, depth: usize) {
        if schema.kind() != Kind::Object {
            if schema.kind() != Kind::Bool {
                self.wrong(schema, "a schema, which is an object or a boolean,");
            }
            return;
        }
        if depth == DEEPEST {
            return;
        }
        for (key, value) in schema.members() {
            let keyword = key.str();
            match takes(&keyword) {
                Takes::Schema if value.kind() == Kind::Array && &*keyword == "items" => {
                    self.fault(
                        value,
                        "is a list, as in older drafts: one schema is expected, and a list goes under `prefixItems`",
                    );
                }
                Takes::Schema => self.schema(value, depth + 1),
                Takes::Schemas | Takes::Dependencies | Takes::NamesMap if value.kind() != Kind::Object => {
                    self.wrong(value, "an object");
                }
                Takes::Schemas => {
                    for (name, inner) in value.members() {
                        if &*keyword == "patternProperties" {
                            self.pattern(inner, &name.str());
                        }
                        self.schema(inner, depth + 1);
                    }
                }
                Takes::Dependencies => {
                    for (_, inner) in value.members() {
                        if inner.kind() == Kind::Array { self.names(inner) } else { self.schema(inner, depth + 1) }
                    }
                }
                Takes::NamesMap => value.members().for_each(|(_, inner)| self.names(inner)),
                Takes::SchemaList if value.kind() != Kind::Array || value.len() == 0 => {
                    self.wrong(value, "a list of at least one schema");
                }
                Takes::SchemaList => value.items().for_each(|inner| self.schema(inner, depth + 1)),
                Takes::Text if value.kind() != Kind::String => self.wrong(value, "a string"),
                Takes::Text => match &*keyword {
                    "$ref" => self.reference(value),
                    "pattern" => self.pattern(value, &value.str().unwrap_or_default()),
                    _ => {}
                },
                Takes::Bool if value.kind() != Kind::Bool => self.wrong(value, "true or false"),
                Takes::Number if value.kind() == Kind::Bool => {
                    self.fault(value, "is a boolean, as in draft 4: the number of the bound itself is expected");
                }
                Takes::Number if value.kind() != Kind::Number => self.wrong(value, "a number"),
                Takes::Positive if !is_at_least(value, f64::MIN_POSITIVE) => self.wrong(value, "a number above 0"),
                Takes::Count if !(is_whole(value) && is_at_least(value, 0.0)) => self.wrong(value, "a whole number of 0 or more"),
                Takes::Names => {
                    if value.kind() == Kind::Bool {
                        self.fault(
                            value,
                            "is a boolean, as in draft 3: the names of properties are listed in `required` of the object",
                        );
                    } else {
                        self.names(value);
                    }
                }
                Takes::Type => self.type_of(value),
                Takes::List if value.kind() != Kind::Array => self.wrong(value, "a list"),
                Takes::Object if value.kind() != Kind::Object => self.wrong(value, "an object"),
                Takes::Any | Takes::Bool | Takes::Number | Takes::Positive | Takes::Count | Takes::List | Takes::Object => {}
            }
        }
    }

    fn names(&mut self, list: View<'t, 'a>) {
        /// Longer lists are not compared; this is quadratic.
        const MOST: usize = 256;
        if list.kind() != Kind::Array {
            self.wrong(list, "a list of strings");
            return;
        }
        for (number, item) in list.items().enumerate() {
            match item.str() {
                None => self.wrong(item, "a string"),
                Some(name) if number < MOST && list.items().take(number).any(|other| other.is(&name)) => {
                    self.fault(item, "is in the list twice");
                }
                Some(_) => {}
            }
        }
    }

    fn type_of(&mut self, value: View<'t, 'a>) {
        match value.kind() {
            Kind::String => self.type_name(value),
            Kind::Array if value.len() > 0 => {
                for (number, item) in value.items().enumerate() {
                    self.type_name(item);
                    if number < TYPES.len()
                        && item.str().is_some_and(|name| value.items().take(number).any(|other| other.is(&name)))
                    {
                        self.fault(item, "is in the list twice");
                    }
                }
            }
            _ => self.wrong(value, "the name of a type, or a list of them,"),
        }
    }

    fn type_name(&mut self, value: View<'t, 'a>) {
        let own = value.str();
        // Most are one of the first two.
        let is_one = |own: &str| matches!(own, "string" | "object") || TYPES.contains(&own);
        if !own.as_deref().is_some_and(is_one) {
            let own = own.filter(|own| own.len() <= 32 && own.bytes().all(|byte| byte.is_ascii_graphic()));
            let own = own.map_or_else(|| String::from(name(value)), |own| format!("`{own}`"));
            self.fault(value, format!("is {own}: a type is one of {}", TYPES.join(", ")));
        }
    }

    /// A reference within the schema leads somewhere.
    fn reference(&mut self, value: View<'t, 'a>) {
        let Some(text) = value.str() else { return };
        let Some(pointer) = text.strip_prefix("#/").filter(|pointer| !pointer.contains('%')) else { return };
        let Some(left) = self.references.checked_sub(1) else { return };
        self.references = left;
        // With an `$id` of its own, a part of a schema is a root of its own.
        if resolve(self.root, pointer).is_none() && self.root.get("$id").is_none() {
            self.doubt(value, "leads nowhere in this schema");
        }
    }

    fn pattern(&mut self, view: View<'t, 'a>, pattern: &str) {
        let key = view.kind() != Kind::String;
        let bare = pattern.trim_start_matches(['^', '(']).trim_end_matches(['$', ')']);
        if key && matches!(bare, ".*" | ".+" | "[\\s\\S]*") {
            self.doubt(view, "is under a pattern that fits every name, which has been refused: `additionalProperties` takes the schema of any name");
        } else if let Some(fault) = pattern_fault(pattern) {
            self.doubt(view, if key { format!("is under a pattern that {fault}") } else { String::from(fault) });
        }
    }
}

/// Where an RFC 6901 pointer leads, its leading slash left out.
pub(super) fn resolve<'t, 'a>(root: View<'t, 'a>, pointer: &str) -> Option<View<'t, 'a>> {
    pointer.split('/').try_fold(root, |view, step| match view.kind() {
        Kind::Array => view.items().nth(step.parse().ok()?),
        _ if step.contains('~') => view.get(&step.replace("~1", "/").replace("~0", "~")),
        _ => view.get(step),
    })
}

/// What every dialect of regular expressions refuses.
fn pattern_fault(pattern: &str) -> Option<&'static str> {
    let (mut open, mut class, mut escaped) = (0_usize, false, false);
    for (place, byte) in pattern.bytes().enumerate() {
        if core::mem::take(&mut escaped) {
            continue;
        }
        match byte {
            b'\\' => escaped = true,
            b'[' if !class => class = true,
            // A bracket that comes first in a class stands for itself in some dialects.
            b']' if class && !pattern.get(..place).is_some_and(|before| before.ends_with('[') || before.ends_with("[^")) => {
                class = false;
            }
            b'(' if !class => open += 1,
            b')' if !class => match open.checked_sub(1) {
                Some(less) => open = less,
                None => return Some("closes a group that is not open"),
            },
            _ => {}
        }
    }
    match (escaped, class, open) {
        (true, ..) => Some("ends in a backslash"),
        (_, true, _) => Some("leaves a bracket open"),
        (_, _, 1..) => Some("leaves a group open"),
        _ => None,
    }
}

fn is_at_least(value: View<'_, '_>, least: f64) -> bool {
    match value.number() {
        #[expect(clippy::cast_precision_loss, reason = "compared with 0")]
        Some(Number::Int(value)) => value as f64 >= least,
        Some(Number::Float(value)) => value >= least,
        // Its sign is not kept.
        Some(Number::Big) => true,
        None => false,
    }
}

pub(super) fn is_whole(value: View<'_, '_>) -> bool {
    match value.number() {
        Some(Number::Int(_) | Number::Big) => true,
        Some(Number::Float(value)) => value % 1.0 == 0.0,
        None => false,
    }
}

/// What a value is, in words.
pub(super) fn name(view: View<'_, '_>) -> &'static str {
    match view.kind() {
        Kind::Null => "null",
        Kind::Bool => "a boolean",
        Kind::Number => "a number",
        Kind::String => "a string",
        Kind::Array if view.len() == 0 => "an empty list",
        Kind::Array => "a list",
        Kind::Object => "an object",
        Kind::Foreign => "no JSON value",
    }
}
