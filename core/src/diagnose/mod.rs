//! From evidence to a diagnosis.
//!
//! Readers turn each shape of evidence into facts: [`headers`], [`facts`] (documents of every dialect, through
//! [`document`]), [`text`]. None of them decides. Then tables are asked in the order of their authority: structured
//! codes, money, the error's type, the status, the transport, the text.

mod codes;
mod document;
mod evidence;
mod facts;
mod headers;
mod messages;
mod redact;
mod replay;
mod sentences;
mod text;
mod transport;
mod types;
mod wait;

use alloc::borrow::ToOwned;
use alloc::boxed::Box;
use alloc::string::String;

use crate::cause::{Cause, Effect};
use crate::failure::{Failure, Processed};
use crate::kind::ErrorKind;
use crate::provider::Provider;
use crate::status;

pub(crate) use codes::{CODES, by_code};
pub use evidence::Evidence;
use facts::Facts;
use headers::{Content, Headers, clue};
use messages::Found;
use transport::TransportRow;
pub(crate) use types::{TYPES, named as by_type};

/// Waits beyond this are not "worth sending again": a person decides.
const SOON_MS: u64 = 600_000;

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
    let facts = gather(evidence);
    let verdict = judge(evidence, &facts);
    report(evidence, facts, verdict)
}

/// Everything the texts say.
fn gather(evidence: &Evidence<'_>) -> Facts {
    let mut facts =
        evidence.body.filter(|body| !body.is_empty()).map(|body| of_body(body, &evidence.headers)).unwrap_or_default();
    // What an exception of unknown make says is its own affair; what a known one says is the server's or the library's.
    if !facts.is_error()
        && let Some(said) = evidence.text.filter(|_| trusted(evidence))
    {
        let request_id = facts.request_id.take();
        facts = of_text(said);
        facts.request_id = facts.request_id.take().or(request_id);
    }
    if let Some(message) = facts.message.take() {
        let (words, name) = text::unwrapped(&message);
        // A status that says otherwise makes the name an echo of what the caller sent.
        if let Some(row) = name.filter(|row| evidence.status.is_none_or(|status| status == row.status || status < 400)) {
            facts.error_type = facts.error_type.take().or_else(|| Some(row.name.into()));
        }
        let whole = words.len() == message.len() || messages::recognize(&message, messages::Given::of_status(None)).is_some();
        facts.message = Some(if whole { message } else { words.to_owned() });
    }
    facts
}

/// Whether the text may be read for more than a refinement.
fn trusted(evidence: &Evidence<'_>) -> bool {
    evidence.status.is_some() || evidence.classes.is_none_or(|classes| transport::by_classes(classes).is_some())
}

fn of_body(body: &[u8], headers: &Headers<'_>) -> Facts {
    if headers.content == Content::Html || text::is_html(body) {
        return of_page(body);
    }
    let facts = Facts::read(body);
    match core::str::from_utf8(body) {
        Ok(plain) if !facts.is_error() => of_text(plain),
        _ => facts,
    }
}

fn of_page(page: &[u8]) -> Facts {
    let mut facts = Facts::default();
    let title = text::of_html(page);
    facts.message = title.map(ToOwned::to_owned);
    facts.status = title.and_then(text::status).map(|found| found.0);
    facts.cloudflare = text::find(page.get(..page.len().min(16_384)).unwrap_or_default(), b"cloudflare").is_some();
    facts
}

/// A text for people: a log line, what an exception says, several lines of a terminal.
fn of_text(said: &str) -> Facts {
    let status = text::status(said).map(|found| found.0);
    let mut facts = if said.contains("\\\n") {
        // A terminal has broken a line inside an escape.
        Facts::read(said.replace("\\\n", "\\").as_bytes())
    } else {
        Facts::read(said.as_bytes())
    };
    if !facts.is_error() {
        // A document whose quotes were escaped once more, or that came through an address.
        let disguised =
            if said.contains("{\\\"") { Some(said.replace("\\\"", "\"").into_bytes()) } else { text::percent_decoded(said) };
        facts = disguised.map(|plain| Facts::read(&plain)).filter(Facts::is_error).unwrap_or(facts);
    }
    if !facts.is_error()
        && let Some(at) = text::find(said.as_bytes(), b"<html").or_else(|| text::find(said.as_bytes(), b"<!doctype html"))
    {
        facts = of_page(said.as_bytes().get(at..).unwrap_or_default());
    }
    if !facts.is_error() {
        let given = messages::Given::of_status(status);
        let known = text::beginnings(said).find(|words| messages::recognize(text::unwrapped(words).0, given).is_some());
        let words = known.unwrap_or_else(|| text::without_head(said));
        facts.message = Some(text::cut(words, 2_000).to_owned());
        facts.error_type = facts.error_type.take().or_else(|| types::mentioned(said).map(|row| row.name.into()));
    }
    facts.status = facts.status.or(status).or_else(|| types::class_status(said));
    facts
}

/// What the tables say, and what goes with it.
#[derive(Clone, Debug)]
struct Verdict {
    cause: Cause,
    status: Option<u16>,
    processed: Processed,
    /// A structured code named it: no header overrules that.
    by_code: bool,
    field: Option<Box<str>>,
    actual: Option<u64>,
    limit: Option<u64>,
}

impl Verdict {
    const fn new(cause: Cause, status: Option<u16>, processed: Processed) -> Self {
        Self { cause, status, processed, by_code: false, field: None, actual: None, limit: None }
    }
}

fn judge(evidence: &Evidence<'_>, facts: &Facts) -> Verdict {
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
    let page = headers.content == Content::Html || evidence.body.is_some_and(text::is_html);
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
        // A catch-all type says less than a status of its own.
        let by_status = status.filter(|_| row.generic).filter(|status| *status != row.status).and_then(status::cause);
        let by_status = by_status.filter(|cause| cause.kind() != ErrorKind::InvalidRequest || row.status == 400);
        return refined(by_status.unwrap_or(row.cause));
    }
    if let Some(status) = status.filter(|_| transport.is_none() || evidence.status.is_some()) {
        // A log's "401 The socket connection was closed" is no matter of keys.
        let lie = evidence.status.is_none() && evidence.body.is_none();
        return match lie.then(|| sentences::begins(message)).flatten() {
            Some((cause, processed)) => Verdict::new(cause, Some(status), processed),
            None => refined(by_status(status, evidence, facts)),
        };
    }
    if let Some(found) = found.filter(|_| transport.is_none()) {
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
    let html = evidence.headers.content == Content::Html || evidence.body.is_some_and(text::is_html);
    match status {
        403 if clues & clue::CHALLENGE != 0 || facts.message.as_deref() == Some("Just a moment...") => Cause::CloudflareChallenge,
        413 if html => Cause::ProxyBodyTooLarge,
        502 if cloudflare => Cause::Cloudflare502,
        502 if html => Cause::Nginx502,
        504 if cloudflare => Cause::Cloudflare504,
        _ => status::cause(status).unwrap_or(Cause::Unrecognized),
    }
}

/// A success status over something that is no answer.
fn disguised(evidence: &Evidence<'_>) -> Cause {
    match evidence.headers.content {
        Content::Html => Cause::LoginPageInsteadOfAnswer,
        _ if evidence.body.is_some_and(text::is_html) => Cause::LoginPageInsteadOfAnswer,
        _ => Cause::EmptyAnswer,
    }
}

/// No answer: the library's class, refined by its sentence; or the text alone.
fn by_transport(evidence: &Evidence<'_>, facts: &Facts, class: Option<TransportRow>) -> Verdict {
    let said = evidence.text.or(facts.message.as_deref()).unwrap_or_default();
    let (cause, processed) = if let Some(row) = class {
        let reason_known = row.weight >= 4 && !matches!(row.cause, Cause::TlsVerifyFailed | Cause::ProxyTunnelFailed);
        let refined = if reason_known { None } else { sentences::said(said) };
        // A sentence may name the reason for a phase, not replace it by another phase.
        let finer = |cause: Cause| {
            matches!(cause.kind(), ErrorKind::Tls | ErrorKind::Dns | ErrorKind::Proxy | ErrorKind::StreamInterrupted)
                || matches!(cause, Cause::TlsRecordCorrupted | Cause::TlsHandshakeReset)
                || (row.cause.kind() == ErrorKind::Connection
                    && cause.kind() == ErrorKind::Connection
                    && cause != Cause::ConnectionFailed)
        };
        refined.filter(|(cause, _)| finer(*cause)).unwrap_or((row.cause, row.processed))
    } else if evidence.classes.is_some() {
        (Cause::Unrecognized, Processed::No)
    } else {
        let code = facts.code.as_deref().and_then(transport::named);
        let named = code.or_else(|| sentences::named(said));
        let specific = named.filter(|row| row.weight >= 3).map(|row| (row.cause, row.processed));
        let loose = || named.map(|row| (row.cause, row.processed));
        specific.or_else(|| sentences::said(said)).or_else(loose).unwrap_or((Cause::Unrecognized, Processed::No))
    };
    let cause = match cause.kind() {
        ErrorKind::Connection if evidence.committed => Cause::ConnectionResetMidStream,
        ErrorKind::Timeout if evidence.committed => Cause::StreamIdleTimeout,
        _ => cause,
    };
    Verdict::new(cause, None, processed)
}

/// The verdict with everything that goes along with it.
fn report(evidence: &Evidence<'_>, facts: Facts, verdict: Verdict) -> Failure {
    let headers = &evidence.headers;
    let Verdict { cause, status, processed, .. } = verdict;
    let kind = cause.kind();
    let said =
        || facts.message.as_deref().filter(|_| may_name_a_wait(cause)).and_then(|said| wait::asked_for(said, evidence.wall_ms));
    let estimate = || headers.empty_bucket(evidence.wall_ms).filter(|_| kind == ErrorKind::RateLimit);
    let hint = headers.instruction(evidence.wall_ms).or(facts.hint).or_else(said).or_else(estimate);
    let mut retryable = cause.retryable();
    if headers.should_retry == Some(true) && may_be_overruled(kind) && !verdict.by_code {
        retryable = true;
    }
    let forbidden = headers.should_retry == Some(false);
    let soon = hint.is_none_or(|hint| !hint.is_instruction() || hint.delay_ms <= SOON_MS);
    let field = verdict.field.or_else(|| facts.message.as_deref().and_then(messages::field_of).map(Into::into));
    let processed = match cause.row().effect {
        Effect::None => Processed::No,
        Effect::Done => Processed::Yes,
        Effect::ByEvidence if processed == Processed::No && answer_was_lost(kind, status) => Processed::Maybe,
        Effect::ByEvidence => processed,
    };
    Failure {
        kind,
        cause,
        retryable: retryable && soon && !forbidden,
        after_hint: retryable,
        forbidden,
        status: status.or(evidence.status),
        provider: provider(evidence, &facts),
        request_id: headers.request_id.and_then(|id| core::str::from_utf8(id).ok()).map(Into::into).or(facts.request_id),
        error_type: facts.error_type,
        error_code: facts.error_code.or(facts.code),
        message: facts.message.map(|message| redact::secrets(&message)),
        field,
        actual: verdict.actual,
        limit: verdict.limit,
        hint,
        retry_at_ms: hint.map(|hint| evidence.wall_ms.saturating_add(hint.delay_ms)),
        processed,
        replay: replay::of(evidence.method, evidence.url, evidence.remote_tools),
        inner_attempts: headers.holdoff.and_then(inner_attempts),
    }
}

/// Whether a wait in the server's words is meant for the caller: not where the fault is the request's.
const fn may_name_a_wait(cause: Cause) -> bool {
    cause.retryable() || matches!(cause.kind(), ErrorKind::Billing | ErrorKind::QuotaExhausted)
}

/// What `x-should-retry: true` has no say in: the caller's stop, money, quota, credentials, and size.
const fn may_be_overruled(kind: ErrorKind) -> bool {
    !matches!(
        kind,
        ErrorKind::Cancelled
            | ErrorKind::Billing
            | ErrorKind::QuotaExhausted
            | ErrorKind::Authentication
            | ErrorKind::RequestTooLarge
    )
}

/// Whether the server may have done the work although it, or a gateway, answered with a failure.
const fn answer_was_lost(kind: ErrorKind, status: Option<u16>) -> bool {
    match kind {
        ErrorKind::StreamInterrupted => true,
        ErrorKind::Timeout => status.is_some(),
        ErrorKind::BadGateway => matches!(status, Some(524)),
        _ => false,
    }
}

/// `attempts=6;reason=attempts_exhausted`, written by our own transports when they silence an outer loop.
fn inner_attempts(value: &[u8]) -> Option<u32> {
    let value = core::str::from_utf8(value).ok()?;
    value.split(';').find_map(|part| part.trim().strip_prefix("attempts="))?.parse().ok()
}

/// Whose host a URL names.
const HOSTS: &[(&str, Provider)] = &[
    ("anthropic.com", Provider::Anthropic),
    ("amazonaws.com", Provider::Bedrock),
    (".api.aws", Provider::Bedrock),
    ("googleapis.com", Provider::Vertex),
    ("azure.com", Provider::Foundry),
    ("openrouter.ai", Provider::Gateway),
];

fn host(url: &str) -> Option<Provider> {
    // A URL without its scheme says as much: `//api.anthropic.com/v1/messages`.
    let (_, rest) = url.split_once("//")?;
    let host = rest.split(['/', ':', '?']).next()?;
    HOSTS.iter().find(|row| host.ends_with(row.0)).map(|row| row.1)
}

fn provider(evidence: &Evidence<'_>, facts: &Facts) -> Provider {
    let clues = evidence.headers.clues;
    let host = evidence.url.and_then(host);
    let name = facts.error_type.as_deref().unwrap_or_default();
    let is_grpc = || name.len() > 3 && name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_');
    if clues & clue::AWS != 0 || name.ends_with("Exception") || host == Some(Provider::Bedrock) {
        Provider::Bedrock
    } else if host == Some(Provider::Vertex) || is_grpc() {
        Provider::Vertex
    } else if clues & clue::AZURE != 0 || host == Some(Provider::Foundry) {
        Provider::Foundry
    } else if facts.relayed || host == Some(Provider::Gateway) {
        Provider::Gateway
    } else if clues & clue::ANTHROPIC != 0
        || host == Some(Provider::Anthropic)
        || facts.request_id.as_deref().is_some_and(|id| id.starts_with("req_"))
    {
        Provider::Anthropic
    } else if facts.code.is_some() || clues & clue::OPENAI_STYLE != 0 {
        Provider::OpenaiCompatible
    } else if facts.cloudflare || clues & (clue::CLOUDFLARE | clue::ENVOY) != 0 || evidence.body.is_some_and(text::is_html) {
        Provider::Edge
    } else if evidence.status.is_none() && evidence.classes.is_some() {
        Provider::Network
    } else {
        Provider::Unknown
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_host_tells_the_provider_and_a_path_does_not() {
        assert_eq!(host("https://api.anthropic.com/v1/messages"), Some(Provider::Anthropic));
        assert_eq!(host("//bedrock-runtime.us-east-1.amazonaws.com:443/model/m/invoke"), Some(Provider::Bedrock));
        assert_eq!(host("http://localhost/openrouter.ai"), None);
        assert_eq!(host("/v1/messages"), None);
    }
}
