//! What all calls of a client share.
//!
//! Nothing yet: an [`Engine`] cannot be made, so every call is passed `None`. The argument is there so that the calls'
//! signatures stay when budgets, gates, pacing and routes land.

/// The state that all calls of a client share. Cannot be made yet.
#[derive(Debug)]
#[non_exhaustive]
pub enum Engine {}

/// Which of a client's routes an attempt takes: its index, 0 the first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Route(u16);

impl Route {
    /// The index, 0 the first.
    pub const fn index(self) -> u16 {
        self.0
    }
}

/// What a successful answer says it has used: for pacing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Usage {}
