//! One entry of `tools`, its members looked up once.

use super::tape::{Kind, View};

/// An entry of `tools`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool<'t, 'a> {
    pub(crate) view: View<'t, 'a>,
    /// Whether it is the caller's own: it has no type, or the type `custom`.
    pub(crate) custom: bool,
    pub(crate) name: Option<View<'t, 'a>>,
    /// Its `type`.
    pub(crate) kind: Option<View<'t, 'a>>,
    /// The `input_schema` of one of the caller's own, where it is an object.
    pub(crate) schema: Option<View<'t, 'a>>,
    /// Its `cache_control`, where it is an object.
    pub(crate) marker: Option<View<'t, 'a>>,
    /// `strict` is true.
    pub(crate) strict: bool,
    /// `defer_loading` is true.
    pub(crate) deferred: bool,
}

impl<'t, 'a> Tool<'t, 'a> {
    pub(crate) fn read(view: View<'t, 'a>) -> Self {
        let (mut name, mut kind, mut schema, mut marker, mut strict, mut deferred) = (None, None, None, None, None, None);
        for (key, value) in view.members() {
            match &*key.str() {
                "name" => name = Some(value),
                "input_schema" => schema = Some(value),
                "type" => kind = Some(value),
                "cache_control" => marker = Some(value),
                "strict" => strict = value.bool(),
                "defer_loading" => deferred = value.bool(),
                _ => {}
            }
        }
        let object = |view: &View<'t, 'a>| view.kind() == Kind::Object;
        let custom = object(&view) && kind.is_none_or(|kind| kind.kind() == Kind::Null || kind.is("custom"));
        Self {
            view,
            custom,
            name,
            kind,
            schema: schema.filter(|schema| custom && object(schema)),
            marker: marker.filter(object),
            strict: strict == Some(true),
            deferred: deferred == Some(true),
        }
    }

    /// Any other member.
    pub(crate) fn get(&self, key: &str) -> Option<View<'t, 'a>> {
        self.view.get(key)
    }

    /// Whether its type begins so, as that of a built-in tool's family does.
    pub(crate) fn is_of(&self, family: &str) -> bool {
        self.kind.and_then(View::str).is_some_and(|kind| kind.starts_with(family))
    }

    /// Whether it stands for several tools, whose names are not in the request.
    pub(crate) fn is_toolset(&self) -> bool {
        self.kind.and_then(View::str).is_some_and(|kind| kind.contains("toolset"))
    }
}
