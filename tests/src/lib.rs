//! The README's Rust examples, as tests.

#[doc = include_str!("../../README.md")]
#[cfg(doctest)]
pub struct Readme;
