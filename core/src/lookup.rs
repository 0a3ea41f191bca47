//! The reference: what a status, a type, a code, a kind or a cause means.

use alloc::vec::Vec;

use crate::cause::Cause;
use crate::diagnose::{CODES, TYPES, by_code, by_type};
use crate::kind::ErrorKind;
use crate::status;

/// What to look up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Key<'a> {
    /// An HTTP status.
    Status(u16),
    /// `error.type`, an AWS exception, a gRPC status.
    ErrorType(&'a str),
    /// `error.details.error_code`.
    ErrorCode(&'a str),
    /// A kind.
    Kind(ErrorKind),
    /// A cause.
    Cause(Cause),
}

/// What it means and what to do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct Entry {
    /// What it means, in one sentence without a full stop.
    pub meaning: &'static str,
    /// Whether the same request is worth sending again.
    pub retryable: bool,
    /// What to do, in one sentence without a full stop.
    pub action: &'static str,
    /// Where it is documented.
    pub link: Option<&'static str>,
    /// The kind of failure.
    pub kind: ErrorKind,
    /// The entry of the catalogue.
    pub cause: Cause,
}

const ERRORS_PAGE: &str = "https://platform.claude.com/docs/en/api/errors";
const RATE_LIMITS_PAGE: &str = "https://platform.claude.com/docs/en/api/rate-limits";
const STATUS_PAGE: &str = "https://status.claude.com";

/// The vendor's page on a kind.
pub(crate) const fn link(kind: ErrorKind) -> Option<&'static str> {
    match kind {
        ErrorKind::RateLimit | ErrorKind::QuotaExhausted => Some(RATE_LIMITS_PAGE),
        ErrorKind::Overloaded | ErrorKind::Internal | ErrorKind::Unavailable => Some(STATUS_PAGE),
        ErrorKind::InvalidRequest
        | ErrorKind::Authentication
        | ErrorKind::Billing
        | ErrorKind::Permission
        | ErrorKind::NotFound
        | ErrorKind::Conflict
        | ErrorKind::RequestTooLarge
        | ErrorKind::Timeout => Some(ERRORS_PAGE),
        _ => None,
    }
}

/// What `key` means and what to do about it; `None` for what is not in the tables.
///
/// ```
/// use holdoff::{Key, lookup};
///
/// let entry = lookup(Key::Status(529)).expect("a row of the table");
/// assert!(entry.retryable);
/// assert!(lookup(Key::ErrorCode("contract_spend_limit_reached")).is_some_and(|entry| !entry.retryable));
/// assert!(lookup(Key::Status(200)).is_none());
/// ```
pub fn lookup(key: Key<'_>) -> Option<Entry> {
    match key {
        Key::Status(status) => {
            let row = status::row(status);
            let cause = row.map_or_else(|| status::cause(status), |row| Some(row.cause))?;
            let kind = cause.kind();
            Some(Entry {
                meaning: row.map_or_else(|| kind.meaning(), |row| row.meaning),
                action: kind.action(),
                ..of_cause(cause)
            })
        }
        Key::ErrorType(name) => by_type(name).map(|row| of_kind_or_cause(row.cause)),
        Key::ErrorCode(code) => by_code(code).map(|row| of_cause(row.cause)),
        Key::Kind(kind) => Some(of_kind(kind)),
        Key::Cause(cause) => Some(of_cause(cause)),
    }
}

const fn of_cause(cause: Cause) -> Entry {
    let kind = cause.kind();
    Entry { meaning: cause.meaning(), retryable: cause.retryable(), action: cause.fix(), link: link(kind), kind, cause }
}

const fn of_kind(kind: ErrorKind) -> Entry {
    let cause = Cause::unspecified(kind);
    Entry { meaning: kind.meaning(), retryable: kind.retryable(), action: kind.action(), link: link(kind), kind, cause }
}

/// A type that stands for a whole kind says what the kind says.
fn of_kind_or_cause(cause: Cause) -> Entry {
    if Cause::unspecified(cause.kind()) == cause { of_kind(cause.kind()) } else { of_cause(cause) }
}

/// One line of the reference.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub struct TableRow {
    /// `status`, `kind`, `error_type`, `error_code` or `cause`.
    pub column: &'static str,
    /// The key, as [`lookup`] takes it.
    pub key: alloc::string::String,
    /// What it means and what to do.
    pub entry: Entry,
}

/// The whole reference: every status, kind, type, code and cause, in this order.
pub fn table() -> Vec<TableRow> {
    use alloc::string::ToString;
    let row = |column, key: alloc::string::String, entry: Option<Entry>| entry.map(|entry| TableRow { column, key, entry });
    let statuses =
        status::STATUSES.iter().map(|status| row("status", status.status.to_string(), lookup(Key::Status(status.status))));
    let kinds = ErrorKind::ALL.iter().map(|kind| row("kind", kind.to_string(), lookup(Key::Kind(*kind))));
    let types = TYPES.iter().map(|of| row("error_type", of.name.into(), lookup(Key::ErrorType(of.name))));
    let codes = CODES.iter().map(|of| row("error_code", of.code.into(), lookup(Key::ErrorCode(of.code))));
    let causes = Cause::ALL.iter().map(|cause| row("cause", cause.to_string(), lookup(Key::Cause(*cause))));
    statuses.chain(kinds).chain(types).chain(codes).chain(causes).flatten().collect()
}
