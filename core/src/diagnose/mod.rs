//! From evidence to a diagnosis.
//!
//! Readers turn each shape of evidence into facts: [`headers`], [`facts`] (documents of every dialect, through
//! [`document`]), [`text`]. None of them decides. Then tables are asked in the order of their authority: structured
//! codes, money, the error's type, the status, the transport, the text.

mod bigrams;
mod codes;
mod document;
mod evidence;
mod facts;
mod gather;
mod headers;
mod judge;
mod loose;
mod messages;
mod page;
mod pairs;
mod printable;
mod provider;
mod redact;
mod replay;
mod report;
mod sentences;
mod text;
mod traceback;
mod transport;
mod types;
mod wait;

use alloc::boxed::Box;

use crate::cause::Cause;
use crate::failure::Failure;

pub(crate) use codes::{CODES, by_code};
pub use evidence::Evidence;
pub(crate) use printable::printable;
pub(crate) use types::{TYPES, named as by_type};

/// What went wrong, from whatever the caller has in hand.
///
/// Never fails and never panics: evidence that fits nothing gives `unknown`. Takes time linear in the evidence.
///
/// ```
/// use holdoff::{Evidence, diagnose};
///
/// let failure = diagnose(&Evidence::new().status(529));
/// assert_eq!(failure.kind.as_str(), "overloaded");
/// assert!(failure.retryable);
/// ```
pub fn diagnose(evidence: &Evidence<'_>) -> Failure {
    if evidence.cancelled {
        return Failure { status: evidence.status, ..Failure::new(Cause::UserAbort) };
    }
    let errors = evidence.text.and_then(traceback::without_frames);
    // Beyond the stack: most evidence holds no traceback.
    let shorter = errors.as_deref().map(|errors| Box::new(evidence.clone().text(errors)));
    let evidence = shorter.as_deref().unwrap_or(evidence);
    let facts = gather::gather(evidence);
    let verdict = judge::judge(evidence, &facts);
    report::report(evidence, facts, verdict)
}
