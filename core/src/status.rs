//! What an HTTP status means, as one table: the head of the reference.

use crate::cause::Cause;

/// One status.
#[derive(Clone, Copy, Debug)]
pub(crate) struct StatusRow {
    pub(crate) status: u16,
    pub(crate) cause: Cause,
    pub(crate) meaning: &'static str,
}

macro_rules! statuses {
    ($($status:literal $cause:ident $meaning:literal;)*) => {
        /// Every status with a row of its own, in order.
        pub(crate) const STATUSES: &[StatusRow] =
            &[$(StatusRow { status: $status, cause: Cause::$cause, meaning: $meaning },)*];
    };
}

statuses! {
    400 UnspecifiedBadRequest "the request is malformed or not supported";
    401 AuthenticationFailed "the credential is missing, wrong, or expired";
    402 BillingProblem "the account cannot pay for the call";
    403 PermissionDenied "the key is valid, but may not do this here";
    404 EndpointNotFound "the path, model, or deployment does not exist";
    405 MethodNotAllowed "the path does not take this method";
    406 UnspecifiedBadRequest "the answer cannot be given in the form asked for";
    407 ProxyAuthRequired "the proxy wants credentials";
    408 RequestTimeout408 "the server gave up waiting; it may have done the work";
    409 ConflictingChange "the request met another change of the same resource";
    410 UnspecifiedBadRequest "the resource is gone";
    411 UnspecifiedBadRequest "the body's length is missing";
    412 PreconditionFailed "the resource is not in the state the request expects";
    413 RequestTooLarge "the request has more bytes than the endpoint takes";
    415 UnsupportedMediaType "the body's type is not accepted";
    417 UnspecifiedBadRequest "the expectation named in the request cannot be met";
    421 UnspecifiedBadRequest "the request reached a server that does not answer for this host";
    422 UnprocessableEntity "the request is well formed and makes no sense";
    423 UnspecifiedBadRequest "the resource is locked";
    425 TooEarly "the server will not take an early request";
    426 UnspecifiedBadRequest "the server wants another protocol";
    428 UnspecifiedBadRequest "the request must say which state it expects";
    429 RateLimitedUnspecified "your own budget of requests or tokens is used up for the moment";
    431 HeadersTooLarge "the headers have more bytes than the server takes";
    451 UnspecifiedBadRequest "withheld for legal reasons";
    499 ClientClosedRequest "the caller hung up";
    500 ApiInternalError "the service failed while it handled the call";
    501 NotImplemented "the server does not know how to do this";
    502 BadGateway502 "a gateway got no good answer from the service behind it";
    503 ServiceUnavailable "the service cannot take the call right now";
    504 GatewayTimeout504 "a gateway gave up waiting; the service may have done the work";
    505 NotImplemented "the server does not speak this version of HTTP";
    520 Cloudflare520 "the service behind the edge gave an answer that makes no sense";
    521 Cloudflare521 "the service behind the edge refused the connection";
    522 Cloudflare522 "the edge could not connect to the service in time";
    523 Cloudflare523 "the edge could not reach the service";
    524 Cloudflare524 "the service behind the edge did not answer in time; it may have done the work";
    525 Cloudflare525 "the handshake between edge and service failed";
    526 Cloudflare526 "the edge does not accept the service's certificate";
    527 Cloudflare527 "the connection between edge and service failed";
    529 ApiOverloaded "the service is at capacity for everyone; it is not your limit";
    530 Cloudflare530 "the edge failed for a reason that its body names";
}

/// The row of a status.
pub(crate) fn row(status: u16) -> Option<&'static StatusRow> {
    STATUSES.binary_search_by_key(&status, |row| row.status).ok().and_then(|at| STATUSES.get(at))
}

/// The entry of the catalogue for a status of which nothing more is known; `None` for one that is no failure.
pub(crate) fn cause(status: u16) -> Option<Cause> {
    match row(status) {
        Some(row) => Some(row.cause),
        None => match status {
            400..=499 => Some(Cause::UnspecifiedBadRequest),
            500..=599 => Some(Cause::ApiInternalError),
            _ => None,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_sorted_and_success_is_no_failure() {
        assert!(STATUSES.is_sorted_by_key(|row| row.status));
        assert_eq!(cause(200), None);
        assert_eq!(cause(999), None);
        assert_eq!(cause(418), Some(Cause::UnspecifiedBadRequest));
        assert_eq!(cause(599), Some(Cause::ApiInternalError));
    }
}
