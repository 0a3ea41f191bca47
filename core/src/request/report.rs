//! What a check found: one finding for each place that is wrong, with its cause and its fix.

use alloc::borrow::Cow;
use alloc::string::String;
use alloc::vec::Vec;
use core::fmt;

use crate::cause::Cause;

/// How sure a rejection is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Severity {
    /// It may be refused, or do something other than meant: this depends on what cannot be known offline.
    Warning,
    /// It will be refused.
    Error,
}

impl Severity {
    /// The name on the wire: `warning` or `error`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

impl fmt::Display for Severity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// One thing that is wrong, where, and what to do about it.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Finding {
    /// The entry of the catalogue: the same one that the server's answer would be diagnosed as.
    pub cause: Cause,
    /// How sure a rejection is.
    pub severity: Severity,
    /// The place as the server writes it (`messages.0.content.1.text`); empty for the whole request.
    pub path: String,
    /// The place as an RFC 6901 pointer (`/messages/0/content/1/text`); empty for the whole request.
    pub pointer: String,
    /// The fact, and what was expected. Never holds a credential or a text of the conversation.
    pub message: String,
    /// What to do.
    pub fix: Cow<'static, str>,
    /// Line in the JSON text, 1 the first; `None` where the request was not a text.
    pub line: Option<u32>,
    /// Column in characters, 1 the first.
    pub column: Option<u32>,
    /// Bytes before it.
    pub offset: Option<usize>,
    /// The line it stands on, cut around it; for faults of the JSON text alone.
    pub excerpt: Option<String>,
}

impl Finding {
    /// A finding about the whole.
    pub(crate) fn new(cause: Cause, severity: Severity, message: String) -> Self {
        Self {
            cause,
            severity,
            path: String::new(),
            pointer: String::new(),
            message,
            fix: Cow::Borrowed(cause.fix()),
            line: None,
            column: None,
            offset: None,
            excerpt: None,
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}[{}]: ", self.severity, self.cause.as_str())?;
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)
    }
}

/// All that a check found, in the order of the request.
///
/// Its [`Display`](fmt::Display) is a text for a person: each finding with its place and its fix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Report {
    /// Errors and warnings, those of one place together.
    pub findings: Vec<Finding>,
    /// How many more there were than the [`MOST`](Self::MOST) that are kept.
    pub omitted: usize,
}

impl Report {
    /// So many findings are kept; a batch of 100,000 wrong items would fill the memory with the rest.
    pub const MOST: usize = 1_000;

    /// Whether nothing is certain to be refused.
    pub fn ok(&self) -> bool {
        self.errors().next().is_none()
    }

    /// What will be refused.
    pub fn errors(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Error)
    }

    /// What may be.
    pub fn warnings(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|finding| finding.severity == Severity::Warning)
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.findings.is_empty() {
            return f.write_str("nothing found");
        }
        for finding in &self.findings {
            writeln!(f, "{finding}")?;
            if let (Some(line), Some(column)) = (finding.line, finding.column) {
                writeln!(f, "  at line {line}, column {column}")?;
            }
            if let Some(excerpt) = &finding.excerpt {
                writeln!(f, "  | {excerpt}")?;
            }
            writeln!(f, "  fix: {}", finding.fix)?;
        }
        let (errors, warnings) = (self.errors().count(), self.warnings().count());
        write!(f, "{}, {}", counted(errors, "error"), counted(warnings, "warning"))?;
        match self.omitted {
            0 => Ok(()),
            more => write!(f, ", and {more} more"),
        }
    }
}

fn counted(count: usize, what: &str) -> impl fmt::Display {
    fmt::from_fn(move |f| write!(f, "{count} {what}{}", if count == 1 { "" } else { "s" }))
}
