//! Enumerations that go by names on the wire: value, name and documentation are one row.

/// An enumeration, its values and their names on the wire.
///
/// A row is `/// what it is` and `Variant = "name"`, or `Variant = "name", "what it means"`: then the text is the
/// documentation, and `meaning` returns it.
macro_rules! wire_names {
    ($(#[$meta:meta])* $type:ident { $($(#[$of:meta])* $variant:ident = $name:literal, $meaning:literal;)* }) => {
        $crate::names::wire_names! {
            $(#[$meta])*
            $type { $($(#[$of])* #[doc = concat!("`", $name, "`: ", $meaning, ".")] $variant = $name;)* }
        }

        impl $type {
            /// What it means to a person, without a full stop.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }
        }

        impl core::fmt::Display for $type {
            fn fmt(&self, f: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
                f.write_str(self.as_str())
            }
        }
    };
    ($(#[$meta:meta])* $type:ident { $($(#[$of:meta])* $variant:ident = $name:literal;)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum $type {
            $($(#[$of])* $variant,)*
        }

        impl $type {
            /// Every value, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name on the wire.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The value of that name; `None` for another name.
            pub fn from_wire(name: &str) -> Option<Self> {
                match name { $($name => Some(Self::$variant),)* _ => None }
            }
        }
    };
}
pub(crate) use wire_names;
