//! What can be wrong with a text that should be JSON.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use super::place::{Places, line_around};
use crate::cause::Cause;

/// Gives the kinds of faults their enum and their rows: what each says, where `{}` stands for the detail.
macro_rules! faults {
    ($($variant:ident = $cause:ident, $words:literal;)*) => {
        /// What is wrong with a text that should be JSON.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
        #[non_exhaustive]
        pub enum FaultKind {
            $(#[doc = concat!("\"", $words, "\".")] $variant,)*
        }

        impl FaultKind {
            /// The entry of the catalogue of causes.
            pub const fn cause(self) -> Cause {
                match self {
                    $(Self::$variant => Cause::$cause,)*
                }
            }

            const fn words(self) -> &'static str {
                match self {
                    $(Self::$variant => $words,)*
                }
            }
        }
    };
}

faults! {
    // The body as a whole.
    Empty = JsonInvalidBody, "the body is empty; send a JSON object";
    TooLong = JsonInvalidBody, "the body is longer than 4 GiB; no endpoint takes as much";
    Compressed = JsonInvalidBody, "the body is compressed with gzip; check it before it is compressed";
    ByteOrderMark = JsonInvalidBody, "the body begins with a byte order mark, which is refused; write UTF-8 without one";
    Utf16 = JsonInvalidBody, "the body is UTF-16, not UTF-8; encode the text as UTF-8";
    Utf8 = JsonInvalidBody, "byte {} is not UTF-8; encode the text as UTF-8";
    Markup = JsonInvalidBody, "the body is HTML or XML, not JSON; send a JSON object";
    Form = JsonInvalidBody, "the body is form data, not JSON; send a JSON object, with `content-type: application/json`";
    NotJson = JsonInvalidBody, "the body is not JSON: it begins with {}; send a JSON object";
    TrailingData = JsonInvalidBody, "text after the end of the JSON value; {}";
    TooDeep = JsonInvalidBody, "arrays and objects stand more than 1024 deep in one another, which is refused; flatten the value";

    // Ends that are missing, or of something else.
    UnclosedString = JsonInvalidBody, "the text ends inside the string that begins at {}; it was cut, or a closing quote is missing";
    UnclosedArray = JsonInvalidBody, "the text ends inside the array that begins at {}; it was cut, or a `]` is missing";
    UnclosedObject = JsonInvalidBody, "the text ends inside the object that begins at {}; it was cut, or a `}` is missing";
    Unfinished = JsonInvalidBody, "the text ends inside a value; it was cut";
    ArrayEnd = JsonInvalidBody, "`}` where the array that begins at {} needs `]`; close what was opened last first";
    ObjectEnd = JsonInvalidBody, "`]` where the object that begins at {} needs `}`; close what was opened last first";

    // Between values.
    TrailingComma = JsonInvalidBody, "a comma before {}; remove the comma";
    MissingComma = JsonInvalidBody, "a comma is missing between two values; add it here";
    MissingColon = JsonInvalidBody, "a key needs `:` and a value after it; {}";
    MissingValue = JsonInvalidBody, "a value is missing before {}; add it, or remove what announces it";
    MissingKey = JsonInvalidBody, "a key is missing before {}; add it, or remove what is before it";
    Comment = JsonInvalidBody, "a comment, which JSON does not have; remove it";
    Unexpected = JsonInvalidBody, "{} has no place here; expected {}";

    // Words and numbers.
    UnquotedKey = JsonInvalidBody, "a key without quotes; write it in double quotes";
    UnquotedWord = JsonInvalidBody, "a word without quotes; write strings in double quotes";
    Literal = JsonInvalidBody, "`{}` is not JSON; write `{}`";
    NonFinite = JsonInvalidBody, "`{}` is no number of JSON; leave the field out, or write null";
    Undefined = JsonInvalidBody, "`undefined` is not JSON; leave the field out, or write null";
    Number = JsonInvalidBody, "a number {}";

    // Strings.
    SingleQuote = JsonInvalidBody, "single quotes; JSON takes double quotes, as a JSON encoder writes them";
    CurlyQuote = JsonInvalidBody, "typographic quotes; JSON takes straight double quotes";
    EscapedTwice = JsonInvalidBody, "a backslash before a quote that is not inside a string: the text was escaped twice; encode once";
    UnescapedQuote = JsonInvalidBody, "a quote inside a string ends the string here; write it as \\\" inside strings";
    ControlCharacter = JsonInvalidBody, "a raw {} inside a string; write it as {}";
    Escape = JsonInvalidBody, "{} is no escape of JSON; {}";
    HighSurrogate = JsonLoneSurrogate, "{} is the first half of a surrogate pair without its second half; cut strings by code point, or replace it";
    LowSurrogate = JsonLoneSurrogate, "{} is the second half of a surrogate pair without its first half; cut strings by code point, or replace it";
    SurrogateBytes = JsonLoneSurrogate, "half of a surrogate pair, written as if it were a character; cut strings by code point, or replace it";
}

/// One thing that is wrong with a text that should be JSON, and where.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// What it is.
    pub kind: FaultKind,
    /// Where, in bytes from 0. At most the length of the text: what is missing at the end is missing there.
    pub offset: usize,
    /// Where, in lines from 1.
    pub line: usize,
    /// Where, in characters from 1.
    pub column: usize,
    /// The line around it: at most 81 characters, with `…` for what is cut and pictures for control characters. It is part
    /// of the request, and may hold what should not be shown.
    pub line_text: String,
    /// How many characters of [`line_text`](Self::line_text) stand before the place.
    pub mark: usize,
    /// What is wrong and what to do, in lower case. Holds nothing of the request but single characters and known words.
    pub words: String,
    /// The node of the tape: a string with half of a surrogate pair, or the container whose key has one. `None` for what
    /// stops the reading, since there is no tape.
    pub(crate) node: Option<u32>,
}

impl Fault {
    /// The entry of the catalogue of causes.
    pub const fn cause(&self) -> Cause {
        self.kind.cause()
    }
}

/// Leaves the line out: a request holds prompts.
impl fmt::Debug for Fault {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter
            .debug_struct("Fault")
            .field("kind", &self.kind)
            .field("offset", &self.offset)
            .field("line", &self.line)
            .field("column", &self.column)
            .field("words", &self.words)
            .finish_non_exhaustive()
    }
}

/// What fills the places in a kind's words.
pub(super) type Details = [Cow<'static, str>; 2];

/// A fault as it is met: its line is counted when all are known.
#[derive(Debug)]
pub(super) struct Met {
    pub(super) kind: FaultKind,
    pub(super) offset: usize,
    pub(super) details: Details,
    /// Where what is unclosed begins: the first detail.
    pub(super) opened: Option<usize>,
    pub(super) node: Option<u32>,
}

impl Met {
    pub(super) const fn new(kind: FaultKind, offset: usize) -> Self {
        Self { kind, offset, details: [Cow::Borrowed(""), Cow::Borrowed("")], opened: None, node: None }
    }

    pub(super) fn with(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.details[0] = detail.into();
        self
    }

    pub(super) fn and(mut self, detail: impl Into<Cow<'static, str>>) -> Self {
        self.details[1] = detail.into();
        self
    }
}

/// The faults, with their places and words.
pub(super) fn told(text: &[u8], met: Vec<Met>) -> Vec<Fault> {
    let mut places = Places::new(text);
    let tell = |mut met: Met| {
        let place = places.at(met.offset);
        if let Some(opened) = met.opened {
            // From the start: what is unclosed may begin before the last place.
            let opened = Places::new(text).at(opened);
            met.details[0] = alloc::format!("line {}, column {}", opened.line, opened.column).into();
        }
        let mut words = String::new();
        let mut details = met.details.iter();
        for (index, part) in met.kind.words().split("{}").enumerate() {
            if index > 0 {
                words.push_str(details.next().map_or("", |detail| detail));
            }
            words.push_str(part);
        }
        let (line_text, mark) = line_around(text, met.offset);
        Fault {
            kind: met.kind,
            offset: met.offset,
            line: place.line,
            column: place.column,
            line_text,
            mark,
            words,
            node: met.node,
        }
    };
    met.into_iter().map(tell).collect()
}
