//! The verdict with everything that goes along with it: hints, what the server has done, what sending it twice would do.

use super::evidence::Evidence;
use super::facts::Facts;
use super::judge::Verdict;
use super::provider::provider;
use super::{messages, redact, replay, wait};
use crate::cause::{Cause, Effect};
use crate::failure::{Failure, Processed};
use crate::kind::ErrorKind;

/// Waits beyond this are not "worth sending again": a person decides.
const SOON_MS: u64 = 600_000;

/// The verdict with everything that goes along with it.
#[expect(clippy::inline_always, reason = "facts and verdict are large, and moved nowhere this way")]
#[inline(always)]
pub(super) fn report(evidence: &Evidence<'_>, facts: Facts, verdict: Verdict) -> Failure {
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
        message: facts
            .message
            .map(|said| redact::secrets(if cause == Cause::HeaderValueInvalid { redact::header_value(&said) } else { said })),
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
