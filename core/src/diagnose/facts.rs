//! What the texts in hand say, whatever their shape: one set of facts.
//!
//! Bodies, exception texts and log lines all end up here. A document inside a message inside a document is unwrapped,
//! and what the innermost says counts.

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;
use alloc::vec::Vec;

use memchr::memchr;

use super::document::{Key, Scalar, walk};
use super::{pairs, text, types};
use crate::cause::Cause;
use crate::hint::{Hint, HintSource};
use crate::number::{decimal_ms, go_duration_ms};

/// How many documents inside documents are opened.
const WRAPS: u8 = 4;
/// How many documents of one text are read: a log line may hold several.
const DOCUMENTS: usize = 8;

/// How many texts beside a message are kept.
const ASIDES: usize = 4;

/// What relays write in the place of a message: any other says more.
const HOLLOW: &[&str] = &["Provider returned error", "Upstream error", "upstream error", "provider error"];

#[derive(Clone, Debug, Default)]
#[expect(clippy::struct_excessive_bools, reason = "each is a fact of its own")]
pub(crate) struct Facts {
    pub(crate) error_type: Option<Box<str>>,
    /// `error.code`, as OpenAI and its kin write it.
    pub(crate) code: Option<Box<str>>,
    /// `error.details.error_code`.
    pub(crate) error_code: Option<Box<str>>,
    pub(crate) message: Option<String>,
    /// The message has been looked for in a text, without any status in mind: no other words of that text name a cause.
    pub(crate) searched: bool,
    pub(crate) request_id: Option<Box<str>>,
    pub(crate) status: Option<u16>,
    /// The status is what the name of an SDK's class stands for: whatever it wrapped says more.
    pub(crate) by_class: bool,
    /// The status a relay says it got from behind.
    pub(crate) original_status: Option<u16>,
    pub(crate) hint: Option<Hint>,
    /// A gateway has wrapped somebody else's error.
    pub(crate) relayed: bool,
    /// Cloudflare's own description of a fault.
    pub(crate) cloudflare: bool,
    /// `limit_source` of OpenRouter.
    pub(crate) limit_source: Option<Box<str>>,
    /// What an item of a batch, or a stream of a gateway, ended as without an error of its own.
    pub(crate) ended_as: Option<Cause>,
    /// A text inside that may hold another document.
    nested: Option<String>,
    /// What stands where a message may stand, beside the one that was taken.
    pub(crate) asides: Vec<String>,
    message_rank: u8,
    type_rank: u8,
}

impl Facts {
    /// Reads every document in `text`.
    pub(crate) fn read(text: &[u8]) -> Self {
        Self::unwrapped(text, 0)
    }

    /// The events of an answer, without the one that ends it.
    pub(crate) fn of_cut_stream() -> Self {
        Self { ended_as: Some(Cause::StreamEndedEarly), ..Self::default() }
    }

    /// Whether it says that something went wrong.
    pub(crate) fn is_error(&self) -> bool {
        self.says_why() || self.ended_as.is_some()
    }

    /// Whether it has a name, a code or words for it.
    pub(crate) fn says_why(&self) -> bool {
        self.error_type.is_some() || self.error_code.is_some() || self.message.is_some() || self.code.is_some()
    }

    /// Reads what `text` names without being a document.
    pub(crate) fn of_pairs(text: &str) -> Self {
        let mut facts = Self::default();
        pairs::walk(text, |over, key, scalar| facts.take(over, key, scalar));
        facts.opened(0)
    }

    // Recurses at most `WRAPS` deep.
    fn unwrapped(text: &[u8], depth: u8) -> Self {
        let mut facts = Self::default();
        let mut rest = text;
        for _ in 0..DOCUMENTS {
            let read = walk(rest, |over, key, scalar| facts.take(over, key, scalar));
            if read == 0 {
                break;
            }
            rest = rest.get(read..).unwrap_or_default();
        }
        facts.opened(depth)
    }

    /// With what the documents inside its texts say.
    fn opened(mut self, depth: u8) -> Self {
        if depth < WRAPS {
            let nested = self.nested.take();
            let said = self.message.as_deref().filter(|message| holds_document(message));
            // `"message": "503 {…}"`: the status is that of the document inside.
            self.status = said.and_then(text::status).map(|found| found.0).or(self.status);
            let texts = [nested.as_deref(), said];
            let inner = texts.into_iter().flatten().map(|text| Self::unwrapped(text.as_bytes(), depth + 1)).find(Self::is_error);
            if let Some(inner) = inner {
                self.adopt(inner);
            }
        }
        self
    }

    /// What the inner document says replaces what the one around it says.
    fn adopt(&mut self, inner: Self) {
        self.relayed = true;
        self.error_type = inner.error_type.or_else(|| self.error_type.take());
        self.code = inner.code.or_else(|| self.code.take());
        self.error_code = inner.error_code.or_else(|| self.error_code.take());
        self.message = inner.message.or_else(|| self.message.take());
        self.request_id = inner.request_id.or_else(|| self.request_id.take());
        self.status = inner.status.or(self.status);
        self.original_status = inner.original_status.or(self.original_status);
        self.hint = inner.hint.or(self.hint);
        self.asides.extend(inner.asides);
        self.limit_source = inner.limit_source.or_else(|| self.limit_source.take());
    }

    fn take(&mut self, over: Key, key: Key, scalar: Scalar<'_>) {
        // What a server or library repeats of the request says nothing of the failure.
        if scalar.is_null() || over == Key::Echo {
            return;
        }
        let in_error = matches!(over, Key::Error | Key::Errors);
        match key {
            Key::Type if over == Key::Result && scalar.raw == b"expired" => self.ended_as = Some(Cause::BatchItemExpired),
            Key::Type if over == Key::Result && scalar.raw == b"canceled" => self.ended_as = Some(Cause::BatchItemCanceled),
            Key::Type => self.take_type(scalar, if in_error { 2 } else { 1 }),
            Key::AwsType => self.take_type(scalar, 3),
            Key::Message => self.take_message(scalar, if in_error { 3 } else { 2 }),
            Key::Detail | Key::Details => self.take_message(scalar, 1),
            // It stands beside a message or name of the client's own, and says more.
            Key::Description => self.take_message(scalar, 4),
            Key::Title => self.take_message(scalar, 0),
            // `"error": "…"`: a name, a message, or a whole document.
            Key::Error if is_listed(scalar) => self.take_type(scalar, 1),
            Key::Error if scalar.quoted => self.take_message(scalar, if memchr(b'{', scalar.raw).is_some() { 3 } else { 2 }),
            Key::Errors if scalar.quoted => self.take_message(scalar, 2),
            Key::Code if in_error || over == Key::Other => self.take_code(scalar),
            Key::Status if !scalar.raw.first().is_some_and(u8::is_ascii_digit) => self.take_type(scalar, 1),
            // A gateway that has no other place for it.
            Key::Param => self.status = self.status.or_else(|| http_status(scalar.raw)),
            Key::Status | Key::StatusCode => self.status = http_status(scalar.raw).or(self.status),
            Key::OriginalStatus => self.original_status = http_status(scalar.raw),
            Key::ErrorCode => match http_status(scalar.raw) {
                Some(status) => self.status = Some(status),
                None => self.error_code = Some(short(scalar)),
            },
            Key::Reason if scalar.raw.contains(&b' ') => self.put_aside(scalar.text().into_owned()),
            Key::Reason if over == Key::Details || is_listed(scalar) => {
                self.code = self.code.take().or_else(|| Some(short(scalar)));
            }
            Key::RequestId => self.request_id = Some(short(scalar)),
            Key::RetryAfter => self.take_hint(decimal_ms(scalar.raw, 1_000)),
            Key::RetryDelay => self.take_hint(go_duration_ms(scalar.raw)),
            Key::LimitSource => self.limit_source = Some(short(scalar)),
            Key::Provider => self.relayed = true,
            Key::CloudflareError => self.cloudflare = scalar.raw == b"true",
            Key::Raw | Key::Body if scalar.quoted => self.nested = Some(scalar.text().into_owned()),
            Key::FinishReason if scalar.raw == b"error" => self.ended_as = Some(Cause::StreamProviderError),
            _ => {}
        }
    }

    fn take_type(&mut self, scalar: Scalar<'_>, rank: u8) {
        // The envelope's own type, results of batches, and the pages of problem documents name no error.
        let envelope = matches!(scalar.raw, b"error" | b"errored" | b"message" | b"None" | b"about:blank" | b"upstream_error");
        let plain = scalar.quoted && !scalar.raw.is_empty() && scalar.raw.len() <= 80 && !scalar.raw.contains(&b'/');
        if plain && !envelope && rank >= self.type_rank {
            self.type_rank = rank;
            self.error_type = Some(short(scalar));
        }
    }

    fn take_message(&mut self, scalar: Scalar<'_>, rank: u8) {
        let is_hollow = || self.message.as_deref().is_some_and(|message| HOLLOW.contains(&message));
        if scalar.quoted && !scalar.raw.is_empty() && (self.message.is_none() || rank > self.message_rank || is_hollow()) {
            self.message_rank = rank;
            if let Some(before) = self.message.replace(scalar.text().into_owned()) {
                self.put_aside(before);
            }
        } else if scalar.quoted && !scalar.raw.is_empty() {
            self.put_aside(scalar.text().into_owned());
        }
    }

    #[cold]
    fn put_aside(&mut self, text: String) {
        if self.asides.len() < ASIDES {
            self.asides.push(text);
        }
    }

    fn take_code(&mut self, scalar: Scalar<'_>) {
        match http_status(scalar.raw) {
            Some(status) => self.status = self.status.or(Some(status)),
            // What stands inside an inner error only counts where the outer code says nothing.
            None if scalar.quoted && self.code.as_deref().and_then(types::named).is_none() => self.code = Some(short(scalar)),
            None => {}
        }
    }

    fn take_hint(&mut self, ms: Option<u64>) {
        if let Some(ms) = ms {
            self.hint = Some(Hint::new(ms, HintSource::Body));
        }
    }
}

/// Whether a message may go on with a document: not inside a quotation, where it is what the caller sent.
fn holds_document(message: &str) -> bool {
    memchr(b'{', message.as_bytes()).and_then(|at| message.get(..at)).is_some_and(|before| !text::in_quotation(before))
}

/// Whether it is a name of an error that is listed, and no word of a sentence.
fn is_listed(scalar: Scalar<'_>) -> bool {
    let name = || core::str::from_utf8(scalar.raw).ok();
    scalar.quoted && memchr(b'_', scalar.raw).is_some() && name().and_then(types::named).is_some()
}

/// A name or an id, cut where it is too long to be one.
fn short(scalar: Scalar<'_>) -> Box<str> {
    let text = scalar.text();
    text::cut(&text, 128).to_owned().into_boxed_str()
}

fn http_status(raw: &[u8]) -> Option<u16> {
    match raw {
        [hundreds @ b'1'..=b'5', tens, ones] if tens.is_ascii_digit() && ones.is_ascii_digit() => {
            Some(u16::from(hundreds - b'0') * 100 + u16::from(tens - b'0') * 10 + u16::from(ones - b'0'))
        }
        _ => None,
    }
    .filter(|status| *status >= 400)
}
