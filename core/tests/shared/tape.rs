//! A JSON value as the tape of an object: what a binding does with its language's objects.

use holdoff::request::{Builder, Foreign, Tape};
use serde_json::Value;

/// The tape of a request. `{"$foreign": name}` is a value that JSON cannot hold; a key that begins with `$foreign ` is one.
pub(crate) fn tape(value: &Value) -> Tape<'_> {
    let mut builder = Builder::new();
    write(value, &mut builder);
    builder.finish()
}

fn write<'a>(value: &'a Value, builder: &mut Builder<'a>) {
    match value {
        Value::Null => builder.null(),
        Value::Bool(value) => builder.bool(*value),
        Value::Number(number) => match (number.as_i64(), number.as_f64()) {
            (Some(value), _) => builder.int(value),
            (None, Some(value)) if number.is_f64() => builder.float(value),
            _ => builder.big_int(),
        },
        Value::String(text) => builder.string(text),
        Value::Array(items) => {
            builder.begin_array();
            for item in items {
                write(item, builder);
            }
            builder.end_array();
        }
        Value::Object(map) if map.len() == 1 && map.contains_key("$foreign") => builder.foreign(foreign(&map["$foreign"])),
        Value::Object(map) => {
            builder.begin_object();
            for (key, value) in map {
                match key.strip_prefix("$foreign ") {
                    Some(name) => builder.foreign_key(foreign(&Value::from(name))),
                    None => builder.key(key),
                }
                write(value, builder);
            }
            builder.end_object();
        }
    }
}

fn foreign(name: &Value) -> Foreign {
    match name.as_str().unwrap() {
        "non_finite" => Foreign::NonFinite,
        "lone_surrogate" => Foreign::LoneSurrogate,
        "non_string_key" => Foreign::NonStringKey,
        "bytes" => Foreign::Bytes,
        "set" => Foreign::Set,
        "date_time" => Foreign::DateTime,
        "cycle" => Foreign::Cycle,
        "too_deep" => Foreign::TooDeep,
        "other" => Foreign::Other,
        other => panic!("{other} is nothing foreign"),
    }
}
