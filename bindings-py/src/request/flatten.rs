//! Python's objects, flattened: first the objects are walked and their strings held, then the strings are borrowed.
//!
//! In two passes, since a tape borrows its strings, and a string is only safe to borrow while somebody holds it.

use holdoff::request::{Builder, Foreign, Tape};
use pyo3::CastIntoError;
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMemoryView, PySet, PyString, PyTuple,
};

enum Event<'py> {
    Null,
    Bool(bool),
    Int(i64),
    BigInt,
    Float(f64),
    Text(Bound<'py, PyString>),
    Foreign(Foreign),
    BeginArray,
    EndArray,
    BeginObject,
    EndObject,
    Key(Bound<'py, PyString>),
    ForeignKey(Foreign),
}

/// How deep objects are walked; the tape says what is too deep.
const DEPTH: usize = 1_026;

/// The objects of a request, in the order in which JSON would be written.
pub(super) struct Flat<'py> {
    events: Vec<Event<'py>>,
}

impl<'py> Flat<'py> {
    pub(super) fn new(request: &Bound<'py, PyAny>) -> Self {
        let mut walk = Walk { events: Vec::with_capacity(1_024), members: Vec::with_capacity(64), open: Vec::with_capacity(16) };
        walk.value(request.clone());
        Self { events: walk.events }
    }

    /// The texts and keys that have no UTF-8, in order, each half of a surrogate pair replaced.
    pub(super) fn replaced(&self) -> Vec<String> {
        let texts = self.events.iter().filter_map(|event| match event {
            Event::Text(text) | Event::Key(text) if text.to_str().is_err() => Some(text),
            _ => None,
        });
        texts.map(replaced).collect()
    }

    pub(super) fn tape(&self) -> Tape<'_> {
        let mut builder = Builder::with_capacity(self.events.len());
        for event in &self.events {
            match event {
                Event::Null => builder.null(),
                Event::Bool(value) => builder.bool(*value),
                Event::Int(value) => builder.int(*value),
                Event::BigInt => builder.big_int(),
                Event::Float(value) => builder.float(*value),
                Event::Foreign(what) => builder.foreign(*what),
                Event::BeginArray => _ = builder.begin_array(),
                Event::EndArray => builder.end_array(),
                Event::BeginObject => _ = builder.begin_object(),
                Event::EndObject => builder.end_object(),
                Event::ForeignKey(what) => builder.foreign_key(*what),
                // Only half of a surrogate pair has no UTF-8.
                Event::Text(text) => match text.to_str() {
                    Ok(text) => builder.string(text),
                    Err(_) => builder.foreign(Foreign::LoneSurrogate),
                },
                Event::Key(key) => match key.to_str() {
                    Ok(key) => builder.key(key),
                    Err(_) => builder.foreign_key(Foreign::LoneSurrogate),
                },
            }
        }
        builder.finish()
    }
}

struct Walk<'py> {
    events: Vec<Event<'py>>,
    /// Members of the dicts that are being walked which are still to come, the next one last.
    members: Vec<(Bound<'py, PyAny>, Bound<'py, PyAny>)>,
    /// The containers that are being walked, by address: one that comes again holds itself.
    open: Vec<usize>,
}

impl<'py> Walk<'py> {
    // Recurses at most `DEPTH` deep.
    fn value(&mut self, value: Bound<'py, PyAny>) {
        // JSON's own types first, by one comparison each: nearly every value is of one of them, and what looks for
        // subclasses calls the interpreter.
        let value = match exact::<PyString>(value) {
            Ok(text) => return self.events.push(Event::Text(text)),
            Err(value) => value,
        };
        if let Some(dict) = exact_ref::<PyDict>(&value) {
            self.inside(&value, |walk| walk.dict(dict));
        } else if let Some(list) = exact_ref::<PyList>(&value) {
            self.inside(&value, |walk| walk.array(list.iter()));
        } else if value.is_none() {
            self.events.push(Event::Null);
        } else if let Some(number) = exact_ref::<PyInt>(&value) {
            self.int(number);
        } else if let Some(flag) = exact_ref::<PyBool>(&value) {
            self.events.push(Event::Bool(flag.is_true()));
        } else {
            self.subclass(&value);
        }
    }

    fn subclass(&mut self, value: &Bound<'py, PyAny>) {
        if let Ok(text) = value.cast::<PyString>() {
            self.events.push(Event::Text(text.clone()));
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.inside(value, |walk| walk.dict(dict));
        } else if let Ok(list) = value.cast::<PyList>() {
            self.inside(value, |walk| walk.array(list.iter()));
        } else if let Ok(number) = value.cast::<PyInt>() {
            self.int(number);
        } else if let Ok(number) = value.cast::<PyFloat>() {
            self.events.push(Event::Float(number.extract().unwrap_or(f64::NAN)));
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.inside(value, |walk| walk.array(tuple.iter()));
        } else {
            self.other(value);
        }
    }

    fn int(&mut self, number: &Bound<'py, PyInt>) {
        self.events.push(number.extract().map_or(Event::BigInt, Event::Int));
    }

    fn inside(&mut self, container: &Bound<'py, PyAny>, walk: impl FnOnce(&mut Self)) {
        let address = container.as_ptr() as usize;
        if self.open.len() >= DEPTH {
            self.events.push(Event::Foreign(Foreign::TooDeep));
        } else if self.open.contains(&address) {
            self.events.push(Event::Foreign(Foreign::Cycle));
        } else {
            self.open.push(address);
            walk(self);
            self.open.pop();
        }
    }

    fn dict(&mut self, dict: &Bound<'py, PyDict>) {
        self.events.push(Event::BeginObject);
        // All of them first: a model's own code, run while it is dumped, may change the dict.
        let outer = self.members.len();
        self.members.extend(dict.iter());
        if let Some(members) = self.members.get_mut(outer..) {
            members.reverse();
        }
        while self.members.len() > outer
            && let Some((key, value)) = self.members.pop()
        {
            let key = exact::<PyString>(key).or_else(|key| key.cast_into().map_err(drop));
            self.events.push(key.map_or(Event::ForeignKey(Foreign::NonStringKey), Event::Key));
            self.value(value);
        }
        self.events.push(Event::EndObject);
    }

    fn array(&mut self, items: impl Iterator<Item = Bound<'py, PyAny>>) {
        self.events.push(Event::BeginArray);
        for item in items {
            self.value(item);
        }
        self.events.push(Event::EndArray);
    }

    /// What is neither of JSON's own: a model of pydantic is what it dumps, as the SDKs send it.
    fn other(&mut self, value: &Bound<'py, PyAny>) {
        if let Some(dumped) = dumped(value) {
            return self.inside(value, |walk| walk.value(dumped));
        }
        let is_bytes = || {
            value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>() || value.is_instance_of::<PyMemoryView>()
        };
        let is_set = || value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>();
        self.events.push(Event::Foreign(if is_bytes() {
            Foreign::Bytes
        } else if is_set() {
            Foreign::Set
        } else if is_date(value) {
            Foreign::DateTime
        } else {
            Foreign::Other
        }));
    }
}

/// The text with U+FFFD for each half of a surrogate pair that stands alone; two that belong together are one character.
fn replaced(text: &Bound<'_, PyString>) -> String {
    let py = text.py();
    let encoded = text.call_method1(intern!(py, "encode"), ("utf-16-le", "surrogatepass"));
    let decoded = encoded.and_then(|bytes| bytes.call_method1(intern!(py, "decode"), ("utf-16-le", "replace")));
    decoded.and_then(|text| text.extract()).unwrap_or_default()
}

/// The value, where it is of that very type. A cast that fails makes an error; this does not.
fn exact<T: PyTypeInfo>(value: Bound<'_, PyAny>) -> Result<Bound<'_, T>, Bound<'_, PyAny>> {
    if value.is_exact_instance_of::<T>() { value.cast_into_exact().map_err(CastIntoError::into_inner) } else { Err(value) }
}

fn exact_ref<'v, 'py, T: PyTypeInfo>(value: &'v Bound<'py, PyAny>) -> Option<&'v Bound<'py, T>> {
    if value.is_exact_instance_of::<T>() { value.cast_exact().ok() } else { None }
}

/// What `model_dump` gives, without what was never set.
pub(super) fn dumped<'py>(value: &Bound<'py, PyAny>) -> Option<Bound<'py, PyAny>> {
    let py = value.py();
    // A class that has it is no instance of one.
    if value.is_instance_of::<pyo3::types::PyType>() {
        return None;
    }
    let dump = value.getattr_opt(intern!(py, "model_dump")).ok().flatten()?;
    let options = PyDict::new(py);
    for name in ["exclude_unset", "by_alias"] {
        options.set_item(name, true).ok()?;
    }
    options.set_item("mode", "json").ok()?;
    dump.call((), Some(&options)).ok()
}

/// By its class's module: `datetime` is not in the stable ABI.
fn is_date(value: &Bound<'_, PyAny>) -> bool {
    value.get_type().module().is_ok_and(|module| module == "datetime")
}
