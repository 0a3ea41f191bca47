//! What a policy chooses from: jitter, what may be sent again, sets of kinds.

use core::fmt;

use crate::kind::ErrorKind;

/// How a backoff is spread, in the words of the AWS article.
///
/// Source: <https://aws.amazon.com/blogs/architecture/exponential-backoff-and-jitter/>.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Jitter {
    /// Anything from nothing to the backoff. The default: least work for the server, no waves.
    #[default]
    Full,
    /// Half the backoff, and anything up to the other half.
    Equal,
    /// Anything from `initial_delay` to three times the last delay.
    Decorrelated,
    /// The backoff itself. Callers that fail together come back together: for tests and single callers.
    None,
}

/// Whether a request that the server may have carried out already is sent again.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ResendAmbiguous {
    /// Never.
    No,
    /// Where it only costs money: inference calls without remote tools. Never a batch or another `POST` with effects.
    #[default]
    Yes,
    /// Always, effects or not.
    Always,
}

/// What happens to a stream that breaks after content has reached the caller.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum MidStream {
    /// The call stops as `committed`: nothing is said twice.
    #[default]
    Stop,
    /// The call is sent again from the start; the caller discards what it has.
    Restart,
    /// The call is sent again so that it goes on where it broke.
    Resume,
}

macro_rules! wire_names {
    ($type:ident, $expected:literal: $($variant:ident = $name:literal),*) => {
        impl $type {
            /// The name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name),* }
            }

            /// The value of that name; `None` for another name.
            pub fn from_wire(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }

            /// The names there are, as an error says them.
            pub const EXPECTED: &'static str = $expected;
        }
    };
}

wire_names!(Jitter, "`full`, `equal`, `decorrelated` or `none`": Full = "full", Equal = "equal", Decorrelated = "decorrelated", None = "none");
wire_names!(ResendAmbiguous, "true, false or `always`": No = "false", Yes = "true", Always = "always");
wire_names!(MidStream, "`stop`, `restart` or `resume`": Stop = "stop", Restart = "restart", Resume = "resume");

/// A set of kinds.
#[derive(Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Kinds(u32);

impl Kinds {
    /// No kind.
    pub const NONE: Self = Self(0);

    /// Whether `kind` is in the set.
    pub const fn contains(self, kind: ErrorKind) -> bool {
        self.0 & (1 << kind as u32) != 0
    }

    /// The set with `kind` in it.
    #[must_use]
    pub const fn with(self, kind: ErrorKind) -> Self {
        Self(self.0 | (1 << kind as u32))
    }

    /// The kinds of the set, in the order of the table.
    pub fn iter(self) -> impl Iterator<Item = ErrorKind> {
        ErrorKind::ALL.iter().copied().filter(move |kind| self.contains(*kind))
    }
}

impl FromIterator<ErrorKind> for Kinds {
    fn from_iter<I: IntoIterator<Item = ErrorKind>>(kinds: I) -> Self {
        kinds.into_iter().fold(Self::NONE, Self::with)
    }
}

impl fmt::Debug for Kinds {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_set().entries(self.iter()).finish()
    }
}
