//! The words of clients that put failures into their own words.
//!
//! They count where nothing else says anything: neither a status, nor a name, nor a sentence that is known.

use alloc::string::String;

use super::bigrams::Bigrams;
use super::text::{cut, find_all, find_by, in_quotation};
use crate::cause::Cause;

/// How much of a text is read.
const READ: usize = 400;
/// How far apart the two halves of a row may stand, in bytes.
const GAP: usize = 48;

macro_rules! words {
    ($($cause:ident: $($words:literal)*;)*) => {
        /// In lower case. Between two halves, which two full stops part, other words may stand. Of those that stand in a text
        /// the first counts, since what follows is advice; where two begin at one place, the upper one.
        const WORDS: &[(&str, Cause)] = &[$($(($words, Cause::$cause),)*)*];
    };
}

words! {
    GatewayBalanceExhausted: "out of credits" "no credits" "all your credits" "more credits" "add credits" "enough credits" "credits .. exhausted" "insufficient credit" "insufficient balance" "insufficient funds" "out of funds" "run out of credit";
    CreditBalanceTooLow: "credit balance is too low" "credit balance too low";
    BillingProblem: "payment required" "payment method" "billing details";
    InsufficientQuota: "quota exceeded" "exceeded your current quota" "quota .. exhausted";
    PlanUsageLimitReached: "usage limit" "limit reached" "hit your limit" "message limit" "daily limit" "weekly limit" "monthly limit";
    GatewayAllDeploymentsCooling: "in cooldown";
    RequestsPerMinute: "requests per minute";
    TokensPerMinute: "tokens per minute";
    RateLimitedUnspecified: "rate limit" "rate_limit" "rate-limit" "ratelimit" "too many requests" "too quickly" "slow down" "throttled";
    ApiOverloaded: "overloaded" "over capacity" "at capacity" "high demand" "high volume of traffic" "high traffic" "high load" "heavy load";
    PromptTooLong: "context limit" "context length" "context window" "context size" "prompt is too long" "too many tokens" "conversation .. too long" "input .. too long" "token limit exceeded";
    ImageTooLargeBytes: "image too large" "image is too large";
    RequestTooLarge: "request too large" "request is too large" "payload too large";
    ContentFilterOutputBlocked: "content policy" "content filter" "safeguards flagged" "usage policy" "flagged as";
    InvalidApiKey: "invalid api key" "incorrect api key" "api key is invalid" "api key is not valid" "api key .. rejected" "api key .. revoked";
    MissingApiKey: "anthropic_api_key .. is required" "api key is missing" "api key is required" "no api key" "api key not found";
    OauthTokenExpired: "token has expired" "token expired" "session expired" "session has expired";
    AuthenticationFailed: "unauthorized" "authentication failed" "authentication required" "failed to authenticate" "not authenticated" "login required" "claude login" "please authenticate" "token refresh failed" "refresh oauth token";
    RequestNotAllowedRegion: "not available in this country" "not available in your country" "not available in your region" "not supported in your country" "not supported in your region" "serve your region";
    PermissionDenied: "permission denied" "access denied" "forbidden" "not have permission" "not authorized";
    ModelNotFound: "model not found" "model .. could not be found" "model .. does not exist" "no such model" "unknown model";
    StreamEndedEarly: "stream ended" "stream closed" "stream .. interrupted" "was cut off" "closed while streaming" "response .. incomplete";
    ConnectionFailed: "network request failed" "could not reach" "unable to reach" "connection .. dropped" "connectivity issue";
    BadGateway502: "bad gateway";
    ServiceUnavailable: "service unavailable" "temporarily unavailable" "currently unavailable" "temporarily down" "for maintenance" "under maintenance" "experiencing issues";
    ApiInternalError: "internal server error" "internal error" "[internal]" "server error" "error occurred on the server";
    UnspecifiedBadRequest: "invalid request" "bad request" "validation failed" "invalid parameter";
    EndpointNotFound: "not found";
}

/// What words of a client's own say, where no sentence is known.
pub(crate) fn said(text: &str) -> Option<Cause> {
    let lower: String = cut(text, READ).to_ascii_lowercase();
    // Behind the path of a field stands what the caller sent.
    if ["messages.", "tools.", "system.", "metadata.", "requests."].iter().any(|field| lower.starts_with(field)) {
        return None;
    }
    let bigrams = Bigrams::of(&lower);
    let places = WORDS.iter().filter_map(|(words, cause)| Some((place(&lower, &bigrams, words)?, *cause)));
    // `Server error: …`: what a colon follows is a lead-in.
    let is_lead_in = |at: usize| lower.get(at..).is_some_and(|rest| rest.split(' ').take(3).any(|word| word.ends_with(':')));
    let own = places.filter(|(at, _)| !lower.get(..*at).is_some_and(|before| in_quotation(before) && !is_introduced(before)));
    own.min_by_key(|(at, _)| (is_lead_in(*at), *at)).map(|(_, cause)| cause)
}

/// Words behind which a person quotes a client: `it says "…"`.
const INTRODUCE: [&str; 9] = [" says", " said", " saying", " shows", " reads", " with", " a", " of", " error"];

/// Whether the quotation that is open at the end is of a failure.
fn is_introduced(before: &str) -> bool {
    let opened = before.rsplit_once(['"', '\'']).map(|(head, _)| head.trim_end_matches([' ', ':']));
    opened.is_some_and(|head| INTRODUCE.iter().any(|words| head.ends_with(words)))
}

/// Where a row stands in a text in lower case.
fn place(text: &str, bigrams: &Bigrams, words: &str) -> Option<usize> {
    const APART: &str = " .. ";
    // Most rows are passed over by their first two letters.
    if !bigrams.may_hold(cut(words, 2)) {
        return None;
    }
    let halves = find_by(words, b'.', APART).and_then(|at| Some((words.get(..at)?, words.get(at + APART.len()..)?)));
    let (first, second) = halves.unwrap_or((words, ""));
    if !bigrams.may_hold(first) {
        return None;
    }
    find_all(text, first).find(|at| {
        let behind = text.get(at + first.len()..).unwrap_or_default();
        cut(behind, GAP).contains(second)
    })
}

#[cfg(test)]
mod tests {
    use super::{WORDS, said};

    #[test]
    fn words_are_lower_case_and_each_is_reached() {
        for (words, cause) in WORDS {
            assert_eq!(*words, words.to_lowercase());
            assert_eq!(said(&words.replace(" .. ", " it has ")), Some(*cause), "{words}");
        }
    }

    #[test]
    fn halves_stand_near_each_other() {
        let far = "x".repeat(60);
        assert!(said("The model you asked for does not exist").is_some());
        assert_eq!(said(&["the model ", &far, " does not exist"].concat()), None);
        assert_eq!(said("could not parse \"please slow down\""), None);
    }
}
