//! The classes of failure, as one table.
//!
//! Everything that is said about a kind — its name on the wire, whether it is worth sending again, whose fault it is,
//! what it means and what to do — stands in the table below. Enum, names, documentation and the reference page come
//! from it.

use core::fmt;

/// Whose fault a failure is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Fault {
    /// The caller's request, credential, account or configuration: sending it again changes nothing.
    Caller,
    /// The network between the caller and the service.
    Network,
    /// The service, or a gateway in front of it.
    Service,
    /// Nobody can tell from the evidence.
    Unclear,
}

impl Fault {
    /// The word for it in explanations, such as `"the service"`.
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Caller => "yours",
            Self::Network => "the network's",
            Self::Service => "the service's",
            Self::Unclear => "unclear",
        }
    }
}

macro_rules! kinds {
    ($($variant:ident = $wire:literal, retry: $retry:literal, fault: $fault:ident, $meaning:literal, $action:literal;)*) => {
        /// The class of a failure.
        ///
        /// [`as_str`](Self::as_str) is the name on every wire: the same in Rust, Python and TypeScript. New kinds may
        /// be added, so a `match` needs a default arm; a kind is never renamed or removed.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
        #[non_exhaustive]
        #[repr(u8)]
        pub enum ErrorKind {
            $(#[doc = concat!("`", $wire, "`: ", $meaning, ". ", $action, ".")] $variant,)*
        }

        impl ErrorKind {
            /// Every kind, in the order of the table.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name on the wire, such as `"rate_limit"`.
            pub const fn as_str(self) -> &'static str {
                match self { $(Self::$variant => $wire,)* }
            }

            /// Whether a failure of this kind is worth sending again, where its cause does not say otherwise.
            pub const fn retryable(self) -> bool {
                match self { $(Self::$variant => $retry,)* }
            }

            /// Whose fault a failure of this kind is.
            pub const fn fault(self) -> Fault {
                match self { $(Self::$variant => Fault::$fault,)* }
            }

            /// What it is, in one sentence without a full stop.
            pub const fn meaning(self) -> &'static str {
                match self { $(Self::$variant => $meaning,)* }
            }

            /// What to do about it, in one sentence without a full stop.
            pub const fn action(self) -> &'static str {
                match self { $(Self::$variant => $action,)* }
            }

            /// The kind of that name on the wire; `None` for a name that is not in the table.
            pub fn from_wire(name: &str) -> Option<Self> {
                match name { $($wire => Some(Self::$variant),)* _ => None }
            }
        }
    };
}

kinds! {
    InvalidRequest = "invalid_request", retry: false, fault: Caller,
        "the request is malformed, unsupported, or too long for the context",
        "fix the request: the server's message names the field";
    Authentication = "authentication", retry: false, fault: Caller,
        "the credential is missing, wrong, or expired",
        "check that the key is sent, in the right header, to the right base URL, without stray whitespace";
    Billing = "billing", retry: false, fault: Caller,
        "the account cannot pay for the call: no credit, or a spend limit is reached",
        "add credit or raise the limit; waiting a few minutes does not help";
    QuotaExhausted = "quota_exhausted", retry: false, fault: Caller,
        "the allowance of a day or of a plan window is used up",
        "wait for the reset, or use another credential";
    Permission = "permission", retry: false, fault: Caller,
        "the key is valid, but may not do this here",
        "the message names the restriction: model access, workspace, organisation, or region";
    NotFound = "not_found", retry: false, fault: Caller,
        "the path, model, or deployment does not exist",
        "check the model id and the base URL";
    Conflict = "conflict", retry: true, fault: Unclear,
        "the request met another change of the same resource",
        "send it again once the other change has settled";
    RequestTooLarge = "request_too_large", retry: false, fault: Caller,
        "the request has more bytes than the endpoint takes",
        "shrink images, documents, or history, or upload files once and refer to them";
    ContentFiltered = "content_filtered", retry: false, fault: Caller,
        "the output was blocked by a content policy",
        "change the request; the same one is likely to be blocked again";
    RateLimit = "rate_limit", retry: true, fault: Caller,
        "your own budget of requests or tokens is used up for the moment",
        "wait as long as `retry-after` says, then send fewer at a time";
    Overloaded = "overloaded", retry: true, fault: Service,
        "the service is at capacity for everyone; it is not your limit",
        "back off with jitter, lower concurrency, move work that is not urgent to batches or other capacity";
    Internal = "internal", retry: true, fault: Service,
        "the service failed while it handled the call",
        "send it again with backoff; if it lasts for minutes, see the status page and the payload's size";
    BadGateway = "bad_gateway", retry: true, fault: Network,
        "a gateway or relay got no good answer from the service behind it",
        "send it again with backoff; check your own proxy if it lasts";
    Unavailable = "unavailable", retry: true, fault: Service,
        "the service cannot take the call right now",
        "send it again with backoff; if it lasts for minutes, see the status page";
    Timeout = "timeout", retry: true, fault: Unclear,
        "no answer came in time; the server may have done, and billed, the work",
        "send it again, stream long outputs, and raise the time-out if it repeats";
    Connection = "connection", retry: true, fault: Network,
        "the connection was refused, reset, or closed before an answer",
        "send it again on a new connection";
    StreamInterrupted = "stream_interrupted", retry: true, fault: Network,
        "the answer began, and broke off before its end",
        "discard the partial answer and send it again, unless it has been used already";
    Dns = "dns", retry: true, fault: Network,
        "the host name could not be resolved",
        "check the network and the base URL's host";
    Tls = "tls", retry: false, fault: Caller,
        "the server's certificate was not accepted",
        "trust the right certificate authority, or correct the clock or the base URL";
    Proxy = "proxy", retry: false, fault: Caller,
        "the proxy refused to pass the call on",
        "check the proxy's address, scheme, and credentials";
    Cancelled = "cancelled", retry: false, fault: Caller,
        "the caller stopped the call",
        "nothing to do: it was stopped on purpose";
    Unknown = "unknown", retry: false, fault: Unclear,
        "the evidence fits nothing known",
        "read the message; report it if it should have been known";
}

impl fmt::Display for ErrorKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}
