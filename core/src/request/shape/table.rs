//! What the tables of shapes are made of.
//!
//! A table is read far more often than it is written, and a bundle for browsers carries it: a field is a key, what it
//! takes, and a few bits.

use crate::request::tape::{Kind, View, same_text};

/// An object: the keys it knows.
pub(crate) struct Shape {
    pub(crate) own: &'static [Field],
    /// Fields that several shapes have in common.
    pub(crate) shared: &'static [Field],
    /// The numbers of those that must be there, as bits: they are among the first 32.
    pub(crate) required: u32,
    /// Exactly one of its keys must be there, as in AWS's unions.
    pub(crate) one: bool,
    /// Any other key was seen refused, of whatever form: elsewhere it may be newer than the table.
    pub(crate) closed: bool,
}

impl Shape {
    pub(crate) const fn of(own: &'static [Field]) -> Self {
        Self::and(own, &[])
    }

    pub(crate) const fn and(own: &'static [Field], shared: &'static [Field]) -> Self {
        Self { own, shared, required: bits(own, 0) | bits(shared, own.len()), one: false, closed: false }
    }

    pub(crate) const fn one_of(own: &'static [Field]) -> Self {
        Self { own, shared: &[], required: 0, one: true, closed: false }
    }

    /// The same shape, and nothing else may stand in it.
    pub(crate) const fn closed(self) -> Self {
        Self { closed: true, ..self }
    }

    /// The field of that key, with its number.
    #[inline]
    pub(crate) fn find(&self, key: &str) -> Option<(usize, &'static Field)> {
        let mut number = 0;
        for fields in [self.own, self.shared] {
            for field in fields {
                if same_text(field.key, key) {
                    return Some((number, field));
                }
                number += 1;
            }
        }
        None
    }

    /// Its fields, each with its number.
    pub(crate) fn fields(&self) -> impl Iterator<Item = (usize, &'static Field)> {
        self.own.iter().chain(self.shared).enumerate()
    }
}

/// Which of the fields must be there, the first one numbered `from`.
const fn bits(fields: &[Field], mut from: usize) -> u32 {
    let (mut set, mut rest) = (0, fields);
    while let [first, tail @ ..] = rest {
        if first.is_required() {
            set |= 1 << from;
        }
        from += 1;
        rest = tail;
    }
    set
}

/// One key of an object.
pub(crate) struct Field {
    pub(crate) key: &'static str,
    pub(crate) takes: Takes,
    bits: u8,
    /// The kinds of value that are right whatever they hold, as bits.
    plain: u8,
    pub(crate) beta: Beta,
}

const REQUIRED: u8 = 1;
const NULLABLE: u8 = 1 << 1;
const SENDING: u8 = 1 << 2;
const STRICT: u8 = 1 << 3;
const FLAGGED: u8 = 1 << 4;
const IN_URL: u8 = 1 << 5;

/// An optional field.
pub(crate) const fn field(key: &'static str, takes: Takes) -> Field {
    Field { key, takes, bits: 0, plain: plain(takes), beta: Beta::None }
}

/// The kinds of value that fit whatever they hold.
const fn plain(takes: Takes) -> u8 {
    match takes {
        Takes::Any => u8::MAX,
        Takes::Text | Takes::TextOr(_) | Takes::Blob => bit(Kind::String),
        Takes::Bool | Takes::BoolOr(_) => bit(Kind::Bool),
        Takes::Float => bit(Kind::Number),
        Takes::Map => bit(Kind::Object),
        _ => 0,
    }
}

const fn bit(kind: Kind) -> u8 {
    1 << kind as u8
}

/// A field that must be there.
pub(crate) const fn required(key: &'static str, takes: Takes) -> Field {
    Field { bits: REQUIRED, ..field(key, takes) }
}

/// An optional field that may be null.
pub(crate) const fn nullable(key: &'static str, takes: Takes) -> Field {
    Field { bits: NULLABLE, ..field(key, takes) }
}

impl Field {
    /// Null is as good as a value.
    pub(crate) const fn or_null(mut self) -> Self {
        self.bits |= NULLABLE;
        self
    }

    /// Null is known to be refused, though the field may be left out.
    pub(crate) const fn never_null(mut self) -> Self {
        self.bits |= STRICT;
        self
    }

    /// A count of tokens does not take it.
    pub(crate) const fn sending(mut self) -> Self {
        self.bits |= SENDING;
        self
    }

    /// Clouds take it from the address.
    pub(crate) const fn in_url(mut self) -> Self {
        self.bits |= IN_URL;
        self
    }

    /// It is known only with a flag in `anthropic-beta`.
    pub(crate) const fn beta(mut self, beta: Beta) -> Self {
        self.beta = beta;
        self.bits |= FLAGGED;
        self
    }

    /// Whether a value of that kind needs no further look.
    #[inline]
    pub(crate) const fn is_plain(&self, kind: Kind) -> bool {
        self.plain & bit(kind) != 0 && !self.is_guarded()
    }

    /// Whether it is not taken always and everywhere.
    pub(crate) const fn is_guarded(&self) -> bool {
        self.bits & (SENDING | FLAGGED | IN_URL) != 0
    }

    pub(crate) const fn is_in_url(&self) -> bool {
        self.bits & IN_URL != 0
    }

    pub(crate) const fn is_required(&self) -> bool {
        self.bits & REQUIRED != 0
    }

    pub(crate) const fn takes_null(&self) -> bool {
        self.bits & NULLABLE != 0
    }

    /// Whether a null is certain to be refused.
    pub(crate) const fn refuses_null(&self) -> bool {
        self.bits & (REQUIRED | STRICT) != 0
    }

    pub(crate) const fn is_for_sending(&self) -> bool {
        self.bits & SENDING != 0
    }
}

/// What a value may be.
#[derive(Clone, Copy)]
pub(crate) enum Takes {
    /// Anything: it is not looked into.
    Any,
    Text,
    Bool,
    Int,
    Float,
    /// An object of anything: it is not looked into.
    Map,
    /// An object whose values are all of one kind.
    MapOf(&'static Self),
    /// Bytes, or text that stands for them.
    Blob,
    /// One of some texts.
    Word(&'static &'static [&'static str]),
    Object(&'static Shape),
    List(&'static Self),
    /// An object whose shape goes by one of its keys.
    Tagged(&'static Union),
    TextOr(&'static Self),
    BoolOr(&'static Self),
    /// A list of the first, or one of the second.
    ListOr(&'static (Self, Self)),
    /// A word, or something else.
    WordOr(&'static (&'static [&'static str], Self)),
}

/// Objects told apart by one key.
pub(crate) struct Union {
    pub(crate) what: What,
    pub(crate) variants: &'static [(&'static str, &'static Shape)],
    /// The shape of an object without the tag.
    pub(crate) untagged: Option<&'static Shape>,
}

impl Union {
    /// The key that tells them apart.
    pub(crate) const fn tag(&self) -> &'static str {
        if matches!(self.what, What::Message) { "role" } else { "type" }
    }

    /// The shape of that tag.
    #[inline]
    pub(crate) fn find(&self, tag: View<'_, '_>) -> Option<&'static Shape> {
        let mut variants = self.variants.iter();
        let found = match tag.raw().filter(|_| !tag.escaped()) {
            Some(raw) => variants.find(|(own, _)| same_text(own, raw)),
            None => variants.find(|(own, _)| tag.is(own)),
        };
        found.map(|(_, shape)| *shape)
    }
}

/// What a union is a union of: an unknown tag is a fault of its own kind.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum What {
    /// A message, told by its role.
    Message,
    /// A block of a message.
    Block,
    /// A block of `system`.
    SystemBlock,
    /// A block inside a tool result.
    ResultBlock,
    Tool,
    Thinking,
    CacheControl,
    Other,
}

macro_rules! betas {
    ($($variant:ident = $($prefix:literal)|+;)*) => {
        /// Which flag a field needs; a flag's date may move.
        #[derive(Clone, Copy, PartialEq, Eq)]
        pub(crate) enum Beta {
            None,
            $($variant,)*
        }

        impl Beta {
            /// What its flags begin with; the first is the one to send.
            pub(crate) const fn flags(self) -> &'static [&'static str] {
                match self {
                    Self::None => &[],
                    $(Self::$variant => &[$($prefix),+],)*
                }
            }
        }
    };
}

// Source: `types/anthropic_beta_param.py` of the vendor's Python SDK, and the page of each feature.
betas! {
    Billing = "user-profiles-billing-";
    CacheScope = "prompt-caching-scope-";
    ClearAt = "mid-conversation-system-clear-at-";
    Compaction = "compact-";
    ContextManagement = "context-management-" | "compact-";
    FallbackCredit = "fallback-credit-";
    Fallbacks = "server-side-fallback-";
    Mcp = "mcp-client-";
    OutputFormat = "structured-outputs-";
    TaskBudget = "task-budgets-";
    ThinkingBinding = "thinking-binding-controls-";
    Threads = "message-threads-";
    ToolChanges = "mid-conversation-tool-changes-" | "inline-tools-";
    TurnOutput = "mid-conversation-output-config-";
}
