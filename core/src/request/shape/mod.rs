//! The shape of a request: which keys there may be, which must, and what their values may be.
//!
//! [`messages`], [`tools`], [`results`], [`converse`] and [`chat`] say it as data, [`walk`] compares a request with it,
//! [`known`] tells a misspelt key and another API's from one that is newer than the tables.

mod chat;
mod converse;
mod hints;
mod known;
mod messages;
mod results;
mod table;
#[cfg(test)]
mod tests;
mod tools;
mod walk;

pub(crate) use known::{Unknown, unknown_at_the_top};
pub(crate) use walk::{Fault, faults};
