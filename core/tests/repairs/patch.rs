//! RFC 6902 in a few lines, written apart from the core's, to hold its patches to the standard.

use serde_json::Value;

/// Applies a patch. Panics where an operation does not apply, as the standard has the whole patch fail.
pub(crate) fn apply(mut document: Value, operations: &[Value]) -> Value {
    for operation in operations {
        let path = operation["path"].as_str().unwrap();
        match operation["op"].as_str().unwrap() {
            "add" => add(&mut document, path, operation["value"].clone()),
            "remove" => _ = remove(&mut document, path),
            "replace" => *document.pointer_mut(path).unwrap_or_else(|| panic!("nothing at {path}")) = operation["value"].clone(),
            "move" => {
                let value = remove(&mut document, operation["from"].as_str().unwrap());
                add(&mut document, path, value);
            }
            other => panic!("{other} is no operation that is used"),
        }
    }
    document
}

fn place<'v>(document: &'v mut Value, path: &str) -> (&'v mut Value, String) {
    let (holder, step) = path.rsplit_once('/').unwrap_or_else(|| panic!("{path:?} has no holder"));
    let holder = document.pointer_mut(holder).unwrap_or_else(|| panic!("nothing holds {path}"));
    (holder, step.replace("~1", "/").replace("~0", "~"))
}

fn add(document: &mut Value, path: &str, value: Value) {
    match place(document, path) {
        (Value::Array(items), step) => {
            let position = if step == "-" { items.len() } else { step.parse().unwrap() };
            items.insert(position, value);
        }
        (Value::Object(map), step) => _ = map.insert(step, value),
        _ => panic!("{path} is in no container"),
    }
}

fn remove(document: &mut Value, path: &str) -> Value {
    match place(document, path) {
        (Value::Array(items), step) => items.remove(step.parse().unwrap()),
        (Value::Object(map), step) => map.remove(&step).unwrap_or_else(|| panic!("nothing at {path}")),
        _ => panic!("{path} is in no container"),
    }
}
