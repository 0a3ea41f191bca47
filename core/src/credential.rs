//! What can be known about a credential before it is sent: is it one, is it whole, and does it belong where it goes?
//!
//! No finding holds any part of a key but its public beginning, such as `sk-ant-api03-`, and its length. The base URL and the
//! header are never repeated either: keys get into them too.

use alloc::format;
use alloc::string::String;
use core::fmt;

use crate::cause::Cause;
use crate::request::{Finding, Report, Severity};

mod base_url;
mod form;
mod lookalike;
mod place;
mod wrapping;

use form::Form;

/// Where a key goes.
#[derive(Clone, Copy, Default)]
pub struct KeyContext<'a> {
    /// The base URL of the client; `None` where it is left to the SDK, which then calls `https://api.anthropic.com`.
    pub base_url: Option<&'a str>,
    /// The name of the header it travels in, such as `x-api-key` or `Authorization`; `None` where that is not known.
    pub header: Option<&'a str>,
}

/// Says whether the fields are set, not what they hold: a key pasted into the wrong field stays out of logs.
impl fmt::Debug for KeyContext<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let set = |field: Option<&str>| if field.is_some() { "set" } else { "not set" };
        write!(f, "KeyContext {{ base_url: {}, header: {} }}", set(self.base_url), set(self.header))
    }
}

/// What was found, each cause once.
#[derive(Default)]
struct Findings(Report);

impl Findings {
    fn error(&mut self, cause: Cause, message: impl Into<String>) {
        self.add(Severity::Error, cause, message.into());
    }

    fn warning(&mut self, cause: Cause, message: impl Into<String>) {
        self.add(Severity::Warning, cause, message.into());
    }

    fn add(&mut self, severity: Severity, cause: Cause, message: String) {
        if !self.has(cause) {
            self.0.findings.push(Finding::new(cause, severity, message));
        }
    }

    fn has(&self, cause: Cause) -> bool {
        self.0.findings.iter().any(|finding| finding.cause == cause)
    }
}

/// What is wrong with a key and with where it goes. Its findings have no path.
///
/// A key that is sound in form can still be revoked: only the server knows.
///
/// ```
/// use holdoff::credential::{KeyContext, check_key};
/// use holdoff::Cause;
///
/// let context = KeyContext { base_url: Some("https://api.anthropic.com/v1"), header: Some("x-api-key") };
/// let causes: Vec<Cause> = check_key("\"sk-ant-api03-…\"\n", &context).findings.iter().map(|finding| finding.cause).collect();
/// assert_eq!(causes, [Cause::BaseUrlEndsInV1, Cause::KeyHasWhitespace, Cause::KeyHasQuotes, Cause::KeyMasked]);
/// ```
pub fn check_key(key: &str, context: &KeyContext<'_>) -> Report {
    let mut found = Findings::default();
    let place = base_url::check(context.base_url, &mut found);
    let bare = wrapping::strip(key, &mut found);
    if bare.is_empty() {
        found.error(
            Cause::KeyEmpty,
            format!("the key is empty{}", if key.is_empty() { "" } else { " but for what stands around it" }),
        );
        return found.0;
    }
    if lookalike::check(bare, &mut found) {
        return found.0;
    }
    let form = Form::of(bare);
    place::check(form, place, context.header, &mut found);
    length(bare, form, &mut found);
    found.0
}

/// A key as logs may hold it: its public beginning and its length.
///
/// ```
/// use holdoff::credential::shown;
///
/// let key = format!("sk-ant-api03-{}", "x".repeat(95));
/// assert_eq!(shown(&key), "sk-ant-api03-… (108 characters)");
/// assert_eq!(shown("open sesame"), "… (11 characters)");
/// ```
pub fn shown(key: &str) -> String {
    let prefix = Form::of(key).map_or("", |form| form.prefix);
    format!("{prefix}… ({} characters)", key.chars().count())
}

/// Keys of one form have one length; a finding is a warning, since lengths may change.
fn length(key: &str, form: Option<&Form>, found: &mut Findings) {
    // What stands inside and does not belong there counts too: the length says nothing then.
    if found.has(Cause::KeyHasWhitespace) || found.has(Cause::KeyNotAscii) {
        return;
    }
    let Some((form, expected)) = form.and_then(|form| Some((form, form.length?))) else { return };
    let length = key.len();
    let prefix = form.prefix;
    if key.matches(prefix).count() > 1 {
        found.error(Cause::KeyTooLong, format!("the key holds `{prefix}` more than once: two keys, or one pasted twice"));
    } else if length < expected {
        let message = format!("the key has {length} characters; keys that begin with `{prefix}` have {expected}");
        found.warning(Cause::KeyTruncated, message);
    } else if length > expected {
        let message = format!("the key has {length} characters; keys that begin with `{prefix}` have {expected}");
        found.warning(Cause::KeyTooLong, message);
    }
}

#[cfg(test)]
mod tests;
