//! What is wrong with a policy, in words.

use alloc::borrow::Cow;
use alloc::string::String;
use core::fmt;

/// A setting that cannot be meant. Names the field, what it got, and what it needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PolicyError {
    field: Cow<'static, str>,
    got: Said,
    needs: Said,
}

/// A part of an error, put into words when they are read: a program that only asks whether there is one carries no
/// code for them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Said {
    Text(Cow<'static, str>),
    Number(u64),
    Ms(u64),
    /// The bits of a float.
    Factor(u64),
    /// At least the first backoff, which is this.
    AboveInitial(u64),
}

impl From<&'static str> for Said {
    fn from(text: &'static str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Said {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl fmt::Display for Said {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(text),
            Self::Number(number) => write!(f, "{number}"),
            Self::Ms(ms) => write!(f, "{ms} ms"),
            Self::Factor(bits) => factor(f, f64::from_bits(*bits)),
            Self::AboveInitial(ms) => write!(f, "at least initial_delay, which is {ms} ms"),
        }
    }
}

/// To three places, and not `{}`: printing floats to the last digit is a twentieth of a wasm module.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "`as` saturates")]
fn factor(f: &mut fmt::Formatter<'_>, factor: f64) -> fmt::Result {
    if !factor.is_finite() {
        return f.write_str(if factor.is_nan() { "NaN" } else { "infinity" });
    }
    let thousandths = (factor.abs() * 1_000.0) as u64;
    let sign = if factor < 0.0 { "-" } else { "" };
    write!(f, "{sign}{}", thousandths / 1_000)?;
    match thousandths % 1_000 {
        0 => Ok(()),
        tenths if tenths.is_multiple_of(100) => write!(f, ".{}", tenths / 100),
        hundredths if hundredths.is_multiple_of(10) => write!(f, ".{:02}", hundredths / 10),
        rest => write!(f, ".{rest:03}"),
    }
}

impl PolicyError {
    pub(crate) fn new(field: impl Into<Cow<'static, str>>, got: impl Into<Said>, needs: impl Into<Said>) -> Self {
        Self { field: field.into(), got: got.into(), needs: needs.into() }
    }

    /// The field's name, such as `"max_delay"`.
    pub fn field(&self) -> &str {
        &self.field
    }
}

impl fmt::Display for PolicyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` must be {}: got {}", self.field, self.needs, self.got)
    }
}

impl core::error::Error for PolicyError {}
