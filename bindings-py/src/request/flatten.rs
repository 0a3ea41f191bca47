//! Python's objects as a tape, in one walk.
//!
//! A tape borrows its strings, and a string is only safe to borrow while somebody holds it: so all that is met is held
//! first, in slots that never move.

use std::mem;

use holdoff::request::{Builder, Foreign, Tape};
use pyo3::intern;
use pyo3::prelude::*;
use pyo3::type_object::PyTypeInfo;
use pyo3::types::{
    PyBool, PyByteArray, PyBytes, PyDict, PyFloat, PyFrozenSet, PyInt, PyList, PyMemoryView, PySet, PyString, PyTuple,
};

/// How deep objects are walked; the tape says what is too deep.
const DEPTH: usize = 1_026;

/// So many keys and values are held before more slots are made.
const SLOTS: usize = 256;

/// The nodes of a chat of some turns; a tape grows.
const NODES: usize = 1_024;

type Slot<'py> = Option<Bound<'py, PyAny>>;

/// What holds the objects of a request for as long as its tape is read. Slots are handed out from the front; where they
/// are used up, a list of more is hung on, twice as long at least, so that the chain stays short.
pub(super) struct Held<'py> {
    slots: Box<[Slot<'py>]>,
    more: Option<Box<Self>>,
}

impl Held<'_> {
    pub(super) fn new() -> Self {
        Self::with_slots(SLOTS)
    }

    fn with_slots(count: usize) -> Self {
        Self { slots: std::iter::repeat_with(|| None).take(count).collect(), more: None }
    }
}

/// A request's objects, as JSON would be written.
pub(super) struct Flat<'h, 'py> {
    pub(super) tape: Tape<'h>,
    /// The texts and keys that have no UTF-8, in order.
    lone: Vec<&'h Bound<'py, PyString>>,
}

impl<'h, 'py> Flat<'h, 'py> {
    pub(super) fn new(request: &'h Bound<'py, PyAny>, held: &'h mut Held<'py>) -> Self {
        let mut walk = Walk {
            builder: Builder::with_capacity(NODES),
            next: 2 * held.slots.len(),
            free: &mut held.slots,
            more: Some(&mut held.more),
            open: Vec::with_capacity(16),
            lone: Vec::new(),
        };
        walk.value(request);
        Self { tape: walk.builder.finish(), lone: walk.lone }
    }

    /// The texts and keys that have no UTF-8, in order, each half of a surrogate pair replaced.
    pub(super) fn replaced(&self) -> Vec<String> {
        self.lone.iter().map(|text| replaced(text)).collect()
    }
}

struct Walk<'h, 'py> {
    builder: Builder<'h>,
    /// The slots that are not used, and where more can be hung on: so many, the next time.
    free: &'h mut [Slot<'py>],
    more: Option<&'h mut Option<Box<Held<'py>>>>,
    next: usize,
    /// The containers that are being walked, by address: one that comes again holds itself.
    open: Vec<usize>,
    lone: Vec<&'h Bound<'py, PyString>>,
}

impl<'h, 'py> Walk<'h, 'py> {
    /// Slots for what is in a container: all of it is held before any of it is walked, since a model's own code, run while
    /// it is dumped, may change the container.
    fn slots(&mut self, count: usize) -> &'h mut [Slot<'py>] {
        if count > self.free.len()
            && let Some(more) = self.more.take()
        {
            let count = self.next.max(count);
            let held = more.insert(Box::new(Held::with_slots(count)));
            (self.free, self.more, self.next) = (&mut held.slots, Some(&mut held.more), 2 * count);
        }
        let (slots, free) = mem::take(&mut self.free).split_at_mut(count);
        self.free = free;
        slots
    }

    // Recurses at most `DEPTH` deep.
    fn value(&mut self, value: &'h Bound<'py, PyAny>) {
        // JSON's own types first, by one comparison each: nearly every value is of one of them, and what looks for
        // subclasses calls the interpreter.
        if let Some(text) = exact::<PyString>(value) {
            self.text(text);
        } else if let Some(dict) = exact::<PyDict>(value) {
            self.inside(value, |walk| walk.dict(dict));
        } else if let Some(list) = exact::<PyList>(value) {
            self.inside(value, |walk| walk.array(list.len(), list.iter()));
        } else if value.is_none() {
            self.builder.null();
        } else if let Some(number) = exact::<PyInt>(value) {
            self.int(number);
        } else if let Some(flag) = exact::<PyBool>(value) {
            self.builder.bool(flag.is_true());
        } else {
            self.subclass(value);
        }
    }

    fn subclass(&mut self, value: &'h Bound<'py, PyAny>) {
        if let Ok(text) = value.cast::<PyString>() {
            self.text(text);
        } else if let Ok(dict) = value.cast::<PyDict>() {
            self.inside(value, |walk| walk.dict(dict));
        } else if let Ok(list) = value.cast::<PyList>() {
            self.inside(value, |walk| walk.array(list.len(), list.iter()));
        } else if let Ok(number) = value.cast::<PyInt>() {
            self.int(number);
        } else if let Ok(number) = value.cast::<PyFloat>() {
            self.builder.float(number.extract().unwrap_or(f64::NAN));
        } else if let Ok(tuple) = value.cast::<PyTuple>() {
            self.inside(value, |walk| walk.array(tuple.len(), tuple.iter()));
        } else {
            self.other(value);
        }
    }

    fn text(&mut self, text: &'h Bound<'py, PyString>) {
        if let Ok(text) = text.to_str() {
            self.builder.string(text);
        } else {
            self.lone.push(text);
            self.builder.foreign(Foreign::LoneSurrogate);
        }
    }

    fn int(&mut self, number: &Bound<'py, PyInt>) {
        match number.extract() {
            Ok(number) => self.builder.int(number),
            Err(_) => self.builder.big_int(),
        }
    }

    fn inside(&mut self, container: &Bound<'py, PyAny>, walk: impl FnOnce(&mut Self)) {
        let address = container.as_ptr() as usize;
        if self.open.len() >= DEPTH {
            self.builder.foreign(Foreign::TooDeep);
        } else if self.open.contains(&address) {
            self.builder.foreign(Foreign::Cycle);
        } else {
            self.open.push(address);
            walk(self);
            self.open.pop();
        }
    }

    fn dict(&mut self, dict: &Bound<'py, PyDict>) {
        self.builder.begin_object();
        let (slots, _) = self.slots(2 * dict.len()).as_chunks_mut();
        for (slot, (key, value)) in slots.iter_mut().zip(dict.iter()) {
            *slot = [Some(key), Some(value)];
        }
        for member in &*slots {
            let [Some(key), Some(value)] = member else { break };
            self.key(key);
            self.value(value);
        }
        self.builder.end_object();
    }

    fn key(&mut self, key: &'h Bound<'py, PyAny>) {
        let Some(text) = exact::<PyString>(key).or_else(|| key.cast::<PyString>().ok()) else {
            return self.builder.foreign_key(Foreign::NonStringKey);
        };
        // Only half of a surrogate pair has no UTF-8.
        if let Ok(text) = text.to_str() {
            self.builder.key(text);
        } else {
            self.lone.push(text);
            self.builder.foreign_key(Foreign::LoneSurrogate);
        }
    }

    fn array(&mut self, count: usize, items: impl Iterator<Item = Bound<'py, PyAny>>) {
        self.builder.begin_array();
        let slots = self.slots(count);
        for (slot, item) in slots.iter_mut().zip(items) {
            *slot = Some(item);
        }
        for item in slots.iter().map_while(Option::as_ref) {
            self.value(item);
        }
        self.builder.end_array();
    }

    /// What is neither of JSON's own: a model of pydantic is what it dumps, as the SDKs send it.
    fn other(&mut self, value: &'h Bound<'py, PyAny>) {
        if let Some(dumped) = dumped(value) {
            return self.inside(value, |walk| {
                if let Some(slot) = walk.slots(1).first_mut() {
                    walk.value(slot.insert(dumped));
                }
            });
        }
        let is_bytes = || {
            value.is_instance_of::<PyBytes>() || value.is_instance_of::<PyByteArray>() || value.is_instance_of::<PyMemoryView>()
        };
        let is_set = || value.is_instance_of::<PySet>() || value.is_instance_of::<PyFrozenSet>();
        self.builder.foreign(if is_bytes() {
            Foreign::Bytes
        } else if is_set() {
            Foreign::Set
        } else if is_date(value) {
            Foreign::DateTime
        } else {
            Foreign::Other
        });
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
fn exact<'v, 'py, T: PyTypeInfo>(value: &'v Bound<'py, PyAny>) -> Option<&'v Bound<'py, T>> {
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
