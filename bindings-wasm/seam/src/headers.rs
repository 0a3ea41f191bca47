//! Which headers the core asks for, so that the driver reads no others.

/// How a header counts.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// Its value may decide.
    Value,
    /// That it is there says who answered. Its value is an id, or the time from which a wait counts.
    Presence,
    /// It may name a wait, so that no two answers are alike.
    Wait,
}

/// Names in lower case. One that ends in `-` stands for all that begin with it; the first that fits counts.
pub(crate) const ASKED: &[(&str, Role)] = &[
    ("date", Role::Presence),
    ("cf-ray", Role::Presence),
    ("server", Role::Value),
    ("x-holdoff", Role::Value),
    ("request-id", Role::Presence),
    ("retry-after", Role::Wait),
    ("content-type", Role::Value),
    ("cf-mitigated", Role::Presence),
    ("x-request-id", Role::Presence),
    ("retry-after-ms", Role::Wait),
    ("x-should-retry", Role::Value),
    ("apim-request-id", Role::Presence),
    ("x-amzn-requestid", Role::Presence),
    ("x-amzn-errortype", Role::Value),
    ("x-envoy-overloaded", Role::Presence),
    ("x-ms-retry-after-ms", Role::Wait),
    ("anthropic-ratelimit-", Role::Wait),
    ("anthropic-priority-", Role::Wait),
    ("anthropic-fast-", Role::Wait),
    ("anthropic-", Role::Presence),
    ("x-ratelimit-", Role::Wait),
    ("ratelimit-", Role::Wait),
];

impl Role {
    pub(crate) const fn as_str(self) -> &'static str {
        match self {
            Self::Value => "value",
            Self::Presence => "presence",
            Self::Wait => "wait",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::ASKED;

    /// A header that the core looks for and the driver keeps to itself would be lost without a word.
    #[test]
    fn every_header_that_the_core_looks_for_is_asked_for() {
        let source = include_str!("../../../core/src/diagnose/headers.rs");
        let push = source.split("fn push").nth(1).and_then(|rest| rest.split("fn instruction").next()).unwrap_or_default();
        let names = push.split("is(\"").skip(1).chain(push.split("name.strip_prefix(b\"").skip(1));
        let names: alloc::vec::Vec<&str> = names.filter_map(|rest| rest.split('"').next()).collect();
        assert!(names.len() >= 18, "{names:?}");
        for name in names {
            let known = |asked: &&(&str, super::Role)| asked.0 == name || asked.0.ends_with('-') && name.starts_with(asked.0);
            let whole = name.ends_with('-') && ASKED.iter().any(|asked| asked.0.starts_with(name));
            assert!(whole || ASKED.iter().any(|asked| known(&asked)), "{name} is read by the core and not asked for");
        }
    }
}
