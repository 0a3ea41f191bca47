//! From facts to a cause: the tables, asked in the order of their authority.

use alloc::boxed::Box;
use alloc::string::String;

use super::codes::by_code;
use super::evidence::Evidence;
use super::facts::Facts;
use super::headers::{Content, clue};
use super::messages::Found;
use super::transport::TransportRow;
use super::types::named as by_type;
use super::{loose, messages, page, sentences, text, transport, types};
use crate::cause::Cause;
use crate::failure::Processed;
use crate::kind::ErrorKind;
use crate::status;

/// What the tables say, and what goes with it.
#[derive(Clone, Debug)]
pub(super) struct Verdict {
    pub(super) cause: Cause,
    pub(super) status: Option<u16>,
    pub(super) processed: Processed,
    /// A structured code named it: no header overrules that.
    pub(super) by_code: bool,
    pub(super) field: Option<Box<str>>,
    pub(super) actual: Option<u64>,
    pub(super) limit: Option<u64>,
}

impl Verdict {
    const fn new(cause: Cause, status: Option<u16>, processed: Processed) -> Self {
        Self { cause, status, processed, by_code: false, field: None, actual: None, limit: None }
    }
}

pub(super) fn judge(evidence: &Evidence<'_>, facts: &Facts) -> Verdict {
    let verdict = by_tables(evidence, facts);
    let in_stream = evidence.status.is_some_and(|status| (200..300).contains(&status));
    let told = evidence.status.or(facts.status);
    let cause = match verdict.cause {
        Cause::ApiOverloaded if in_stream => Cause::StreamOverloaded,
        Cause::ApiInternalError if in_stream => Cause::StreamInternalError,
        // 529 is its own status, and 503 that of those who do not know it.
        Cause::ApiOverloaded if told.is_some_and(|told| !matches!(told, 503 | 529)) => Cause::WrappedOverload,
        cause => cause,
    };
    Verdict { cause, ..verdict }
}

fn by_tables(evidence: &Evidence<'_>, facts: &Facts) -> Verdict {
    let headers = &evidence.headers;
    let aws = headers.aws_error_type.and_then(|name| core::str::from_utf8(name).ok());
    let by_name = [facts.code.as_deref(), aws, facts.error_type.as_deref()].into_iter().flatten().find_map(by_type);
    // A success status over an error is a lie, and a redirect says nothing.
    let told = evidence.status.filter(|status| *status >= 400).or(facts.status);
    // A 424 goes by the status it carries.
    let carried = facts.original_status.filter(|_| told.is_none_or(|told| told == 424));
    let status = carried.or(told).or_else(|| by_name.map(|row| row.status));
    let with = |cause| Verdict::new(cause, status, Processed::No);

    if let Some(row) = facts.error_code.as_deref().and_then(by_code) {
        return Verdict { by_code: true, ..Verdict::new(row.cause, told.or(Some(row.status)), Processed::No) };
    }
    if let Some(cause) = facts.ended_as.filter(|_| !facts.says_why()) {
        let processed = if cause.kind() == ErrorKind::StreamInterrupted { Processed::Maybe } else { Processed::No };
        return Verdict { processed, ..with(cause) };
    }
    if headers.plan_window_rejected() && status == Some(429) {
        return with(Cause::PlanUsageLimitReached);
    }
    let transport = evidence.classes.and_then(transport::by_classes);
    // Without an answer the words are the library's own, and its class says more.
    if transport.is_some() && evidence.body.is_none() && status.is_none() && evidence.status.is_none() {
        return by_transport(evidence, facts, transport);
    }
    let message = facts.message.as_deref().unwrap_or_default();
    // News of money and allowances does not come with a success.
    let money = evidence.status.is_none_or(|status| status >= 400) || by_name.is_some();
    let given = messages::Given::of_status(status);
    let given = messages::Given { money_allowed: given.money_allowed && money, ..given };
    let found = if message.is_empty() { None } else { messages::recognize(message, given) };
    let as_found = |found: Found<'_>| {
        let field = found.field.map(|path| path.split_whitespace().collect::<String>().into());
        Verdict { field, actual: found.actual, limit: found.limit, ..with(found.cause) }
    };
    let page = headers.content == Content::Html || evidence.body.is_some_and(page::is_html);
    if let Some(found) = found.filter(|found| !found.weak && !page) {
        return as_found(found);
    }
    if let Some(cause) = carried.and_then(status::cause) {
        return with(cause);
    }
    // Words that only name a class of failures refine what type or status say, and do not replace it.
    let refined = |cause: Cause| {
        let unspecified = |cause: Cause| Cause::unspecified(cause.kind()) == cause;
        let finer = found.filter(|found| found.cause.kind() == cause.kind() && (unspecified(cause) || !unspecified(found.cause)));
        finer.filter(|_| !page || unspecified(cause)).map_or_else(|| with(cause), as_found)
    };
    if let Some(row) = by_name {
        // A code that is not listed says more than a type that stands for a whole class of faults.
        if let Some(code) = facts.code.as_deref().filter(|_| row.generic).and_then(types::of_leading_family) {
            return refined(code.cause);
        }
        // A catch-all type says less than a status of its own.
        let by_status = status.filter(|_| row.generic).filter(|status| *status != row.status).and_then(status::cause);
        let by_status = by_status.filter(|cause| cause.kind() != ErrorKind::InvalidRequest || row.status == 400);
        return refined(by_status.unwrap_or(row.cause));
    }
    // A name that is not listed may still say more than the status that stands for every fault of its side.
    let called = || [facts.code.as_deref(), facts.error_type.as_deref()].into_iter().flatten();
    if let Some(row) =
        status.filter(|status| matches!(status, 400 | 500)).and_then(|_| called().find_map(types::of_leading_family))
    {
        return refined(row.cause);
    }
    if let Some(status) = status.filter(|_| transport.is_none() || evidence.status.is_some()) {
        // A log's "401 The socket connection was closed" is no matter of keys.
        let lie = evidence.status.is_none() && evidence.body.is_none();
        // A proxy that opens no tunnel has a status of its own.
        let of_proxy = || {
            let named = evidence.text.and_then(sentences::named).map(|row| (row.cause, row.processed));
            named.or_else(|| evidence.text.and_then(sentences::said)).filter(|found| found.0.kind() == ErrorKind::Proxy)
        };
        let met = |at: usize| message.get(at..).and_then(text::status).is_some_and(|found| found.0 == status);
        let said_outright = |words: &&str| !message.split(*words).next().is_some_and(text::in_quotation);
        let sentence = || match status {
            407 => evidence.text.and_then(sentences::said).filter(|found| found.0.kind() == ErrorKind::Proxy),
            _ if facts.by_class => text::beginnings(message).filter(said_outright).find_map(sentences::begins).or_else(of_proxy),
            // `Failed to connect: … status code 503`: what stands behind the sentence is what it met.
            _ if text::find_all(message, "status code ").any(met) => of_proxy(),
            _ => sentences::begins(message).or_else(of_proxy),
        };
        return match lie.then(sentence).flatten() {
            Some((cause, processed)) => Verdict::new(cause, Some(status), processed),
            None => refined(by_status(status, evidence, facts)),
        };
    }
    // Words that only name a class of failures may be part of what a library says.
    let of_library = || evidence.text.and_then(sentences::named).is_some_and(|row| row.weight >= 4);
    if let Some(found) = found.filter(|found| transport.is_none() && !(found.weak && of_library())) {
        return as_found(found);
    }
    if evidence.status.is_some_and(|status| status < 300) && (headers.any || evidence.body.is_some()) {
        return with(if facts.error_type.is_some() { Cause::Unrecognized } else { disguised(evidence) });
    }
    by_transport(evidence, facts, transport)
}

/// A status, refined by who answered.
fn by_status(status: u16, evidence: &Evidence<'_>, facts: &Facts) -> Cause {
    let clues = evidence.headers.clues;
    let cloudflare = facts.cloudflare || clues & clue::CLOUDFLARE != 0;
    let html = evidence.headers.content == Content::Html || evidence.body.is_some_and(page::is_html);
    match status {
        403 if clues & clue::CHALLENGE != 0 || facts.message.as_deref().is_some_and(is_challenge) => Cause::CloudflareChallenge,
        413 if html => Cause::ProxyBodyTooLarge,
        502 if cloudflare => Cause::Cloudflare502,
        502 if html => Cause::Nginx502,
        504 if cloudflare => Cause::Cloudflare504,
        _ => status::cause(status).unwrap_or(Cause::Unrecognized),
    }
}

/// Whether it is the title of a page that wants a person to look at it.
fn is_challenge(title: &str) -> bool {
    matches!(title, "Just a moment..." | "Attention Required! | Cloudflare")
}

/// A success status over something that is no answer.
fn disguised(evidence: &Evidence<'_>) -> Cause {
    match evidence.headers.content {
        Content::Html => Cause::LoginPageInsteadOfAnswer,
        _ if evidence.body.is_some_and(page::is_html) => Cause::LoginPageInsteadOfAnswer,
        _ => Cause::EmptyAnswer,
    }
}

/// No answer: the library's class, refined by its sentence; or the text alone.
fn by_transport(evidence: &Evidence<'_>, facts: &Facts, class: Option<TransportRow>) -> Verdict {
    let said = evidence.text.or(facts.message.as_deref()).unwrap_or_default();
    let (cause, processed) = if let Some(row) = class {
        refined(row, said)
    } else if evidence.classes.is_some() {
        (Cause::Unrecognized, Processed::No)
    } else {
        let code = facts.code.as_deref().and_then(transport::named);
        let named = code.or_else(|| sentences::named(said));
        let specific = named.filter(|row| row.weight >= 3).map(|row| refined(row, said));
        let loose = || named.map(|row| (row.cause, row.processed));
        let by_family = || {
            let given = [facts.code.as_deref(), facts.error_type.as_deref()];
            given.into_iter().flatten().find_map(types::of_code_family).map(|row| (row.cause, Processed::No))
        };
        let own = evidence.text.filter(|_| evidence.body.is_none() && evidence.status.is_none());
        let by_loose = || {
            let named = own.and_then(types::of_leading_name).map(|row| row.cause);
            own.and_then(loose::said).or(named).map(|cause| (cause, Processed::No))
        };
        let known = specific.or_else(|| sentences::said(said)).or_else(loose).or_else(by_family);
        // Words that only name a class say less than a status beside them.
        let by_words = if known.is_none() { by_loose() } else { None };
        let of_class = by_words.is_none_or(|(cause, _)| Cause::unspecified(cause.kind()) == cause);
        if let Some(status) = own.filter(|_| known.is_none() && of_class).and_then(text::mentioned) {
            return Verdict::new(by_status(status, evidence, facts), Some(status), Processed::No);
        }
        let known = known.or(by_words);
        known.unwrap_or((Cause::Unrecognized, Processed::No))
    };
    let cause = match cause.kind() {
        ErrorKind::Connection if evidence.committed => Cause::ConnectionResetMidStream,
        ErrorKind::Timeout if evidence.committed => Cause::StreamIdleTimeout,
        _ => cause,
    };
    Verdict::new(cause, None, processed)
}

/// What a name says, or the sentence beside it where that says more.
fn refined(row: TransportRow, said: &str) -> (Cause, Processed) {
    let phase_only = row.weight < 4 || matches!(row.cause, Cause::TlsVerifyFailed | Cause::ProxyTunnelFailed);
    // A reset may have met the answer rather than the request.
    if !phase_only && row.cause != Cause::ConnectionReset {
        return (row.cause, row.processed);
    }
    // A sentence may name the reason for a phase, not replace it by another phase.
    let finer = |cause: Cause| match cause.kind() {
        ErrorKind::StreamInterrupted => row.cause.kind() != ErrorKind::Timeout || cause == Cause::StreamIdleTimeout,
        // What the client could not write, it did not send.
        ErrorKind::Tls | ErrorKind::Dns | ErrorKind::Proxy | ErrorKind::InvalidRequest => phase_only,
        ErrorKind::Timeout => match cause {
            Cause::ConnectTimeout => row.weight < 3,
            Cause::BedrockReadTimeout => row.cause == Cause::ClientReadTimeout,
            _ => false,
        },
        ErrorKind::Connection => {
            let of_handshake = matches!(cause, Cause::TlsRecordCorrupted | Cause::TlsHandshakeReset);
            let of_connection = row.cause.kind() == ErrorKind::Connection && cause != Cause::ConnectionFailed;
            phase_only && (of_handshake || of_connection)
        }
        _ => false,
    };
    sentences::said(said).filter(|(cause, _)| finer(*cause)).unwrap_or((row.cause, row.processed))
}
