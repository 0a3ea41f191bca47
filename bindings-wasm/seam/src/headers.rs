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
