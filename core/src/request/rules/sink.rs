//! Where a rule's function puts what it found.

use alloc::borrow::Cow;
use alloc::string::String;

use crate::cause::Cause;
use crate::request::report::{Finding, Report, Severity};
use crate::request::shape::Fault;
use crate::request::tape::{Trail, View, push_key};

/// Takes the findings of one rule. The rule's row gives them their cause and severity.
///
/// Its functions are cold: most requests have no fault, and what leads to one is built small.
pub(crate) struct Sink<'s> {
    cause: Cause,
    severity: Severity,
    report: &'s mut Report,
    trail: &'s mut Trail,
}

impl<'s> Sink<'s> {
    /// The trail is where places were last counted to, by whichever rule.
    pub(crate) fn new(cause: Cause, severity: Severity, report: &'s mut Report, trail: &'s mut Trail) -> Self {
        Self { cause, severity, report, trail }
    }

    /// How sure a rejection is at this request's target.
    pub(crate) const fn severity(&self) -> Severity {
        self.severity
    }

    /// A fault at this value. The message is the fact and what was expected, in lower case.
    #[cold]
    pub(crate) fn at(&mut self, view: View<'_, '_>, message: impl Into<String>) -> Found<'_> {
        self.put(view, None, message.into(), self.severity)
    }

    /// The same, but never more than a warning.
    #[cold]
    pub(crate) fn maybe_at(&mut self, view: View<'_, '_>, message: impl Into<String>) -> Found<'_> {
        self.put(view, None, message.into(), Severity::Warning)
    }

    /// The first where a rejection is certain, else the second of the two.
    #[cold]
    pub(crate) fn judge(&mut self, certain: bool, view: View<'_, '_>, message: impl Into<String>) -> Found<'_> {
        if certain { self.at(view, message) } else { self.maybe_at(view, message) }
    }

    /// A fault at a member that this object lacks.
    #[cold]
    pub(crate) fn missing(&mut self, view: View<'_, '_>, key: &str, message: impl Into<String>) -> Found<'_> {
        self.put(view, Some(key), message.into(), self.severity)
    }

    /// What the comparison with the shapes found.
    pub(crate) fn fault(&mut self, fault: &Fault<'_, '_>) {
        let severity = if fault.certain { self.severity } else { Severity::Warning };
        let found = self.put(fault.view, fault.lacks, fault.message.clone(), severity);
        if let Some(fix) = &fault.fix {
            found.fix(fix.clone());
        }
    }

    #[cold]
    #[inline(never)]
    fn put(&mut self, view: View<'_, '_>, key: Option<&str>, message: String, severity: Severity) -> Found<'_> {
        if self.report.findings.len() >= Report::MOST {
            self.report.omitted += 1;
            let last = self.report.findings.last();
            // Warnings alone must not hide that there is an error.
            if severity == Severity::Warning || last.is_none_or(|last| last.severity == Severity::Error) {
                return Found { finding: None };
            }
            self.report.findings.pop();
        }
        let (mut path, mut pointer) = view.place(self.trail);
        if let Some(key) = key {
            push_key(&mut path, &mut pointer, key);
        }
        self.report.findings.push(Finding {
            cause: self.cause,
            severity,
            path,
            pointer,
            message,
            fix: Cow::Borrowed(self.cause.fix()),
            line: None,
            column: None,
            offset: view.span().map(|span| span.start),
            excerpt: None,
        });
        Found { finding: self.report.findings.last_mut() }
    }
}

/// A finding that was just put down, to say more about.
pub(crate) struct Found<'s> {
    finding: Option<&'s mut Finding>,
}

impl Found<'_> {
    /// It is in a header: no place of the body is at fault.
    pub(crate) fn in_header(mut self) -> Self {
        if let Some(finding) = &mut self.finding {
            finding.offset = None;
        }
        self
    }

    /// A fix that fits better than the cause's own.
    #[cold]
    pub(crate) fn fix(self, fix: impl Into<Cow<'static, str>>) {
        if let Some(finding) = self.finding {
            finding.fix = fix.into();
        }
    }
}
