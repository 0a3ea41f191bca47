//! What libraries say when the network fails: their sentences, and the names of errors inside texts.
//!
//! These are read where no server's own words are in hand, or where a class says no more than "something failed". A
//! sentence that is short enough to be quoted counts only as a whole text's beginning.

use alloc::borrow::Cow;
use alloc::string::String;

use super::bigrams::Bigrams;
use super::text::{cut, find, has, without_head};
use super::transport::{self, TransportRow};
use crate::cause::Cause;
use crate::failure::Processed::{self, Maybe};

/// How much of a text is read.
const READ: usize = 4_096;

macro_rules! sentences {
    ($($cause:ident $processed:ident: $($words:literal)*;)*) => {
        /// In lower case; the first that stands in the text counts.
        const SENTENCES: &[(&str, Cause, Processed)] = &[$($(($words, Cause::$cause, Processed::$processed),)*)*];
    };
}

sentences! {
    // A client that was refused at the edge.
    RequestNotAllowedRegion No: "might not be available in your country";

    // Requests that the client could not write.
    CorsHeaderMissing No: "running in a browser-like environment";
    HeaderValueInvalid No: "illegal header value" "illegal header name" "invalid header value" "invalid header name" "in header value:" "invalid header field value" "invalidheadervalue" "failed to parse header value" "invalid character in header content" "detected in headers" "cannot convert argument to a bytestring" "unexpected char 0x";
    BaseUrlInvalid No: "missing an 'http://' or 'https://' protocol" "missing either an 'http://' or 'https://' protocol" "no scheme supplied" "no host supplied" "no connection adapters were found" "failed to parse url" "typeerror: invalid url" "unsupported protocol scheme" "relative url without a base" "only absolute urls are supported" "malformedurlexception" "uriformatexception" "uri must be an absolute uri" "uri with undefined scheme" "invalid uri: the format";

    // Proxies.
    ProxyAuthRequired No: "407 proxy authentication required" "proxy authentication required" "status code 407" "response code: 407" "proxy authorization required";
    ProxySchemeMismatch No: "your proxy appears to only use http and not https" "proxy url had unsupported scheme" "check_hostname requires server_hostname";
    ProxyTunnelFailed No: "unable to connect to proxy" "cannot connect to proxy" "tunnel connection failed" "proxy connect aborted" "tunneling socket could not be established" "proxyconnect tcp" "connect tunnel failed" "could not resolve proxy" "complete socks5 connection" "curl: (97)" "proxy connect failed" "unsuccessful tunnel" "tunnel error: unsuccessful" "before receiving connect response" "proxy dialer" "proxy: unknown scheme";

    // Certificates: before the connections that fail because of them.
    TlsSelfSignedChain No: "self-signed certificate in certificate chain" "self signed certificate in certificate chain" "self_signed_cert_in_chain" "self-signed certificate" "self signed certificate";
    TlsUnknownIssuer No: "unable to get local issuer certificate" "unable to get issuer certificate" "unable to verify the first certificate" "certificate signed by unknown authority" "unable to find valid certification path" "unknownissuer" "unknown issuer" "{:unknown_ca" "alert unknown ca" "alert_unknown_ca" "fatal - unknown ca" "nsurlerrordomain code=-1202" "untrustedroot" "issued by an authority that is not trusted";
    TlsCertExpired No: "certificate has expired" "certificate expired" "cert_has_expired" "certificate is expired" "nsurlerrordomain code=-1201" "certificate: expired" "certificate: certificateexpired";
    TlsCertNotYetValid No: "certificate is not yet valid" "certificate: notvalidyet";
    TlsHostnameMismatch No: "hostname mismatch" "hostname/ip does not match certificate" "does not match certificate's altnames" "doesn't match either of" "certificate is valid for" "err_tls_cert_altname_invalid" "notvalidforname";
    TlsRecordCorrupted Maybe: "bad record mac" "decryption failed or bad record";
    TlsHandshakeReset No: "before secure tls connection was established" "unexpected_eof_while_reading" "eof occurred in violation of protocol" "tls handshake eof" "handshake: eof" "remote host terminated the handshake" "connection reset during tls handshake" "ssl_error_syscall" "terminated during handshake" "tls handshake error" "unexpected eof or 0 bytes from the transport stream" "nsurlerrordomain code=-1200" "ssl_connect: connection reset" "curl: (35)" "curl error 35:" "unexpected eof during handshake";
    TlsProtocolMismatch No: "wrong_version_number" "wrong version number" "unsupported protocol version" "first record does not look like a tls handshake" "handshake failure" "handshake_failure" "alert protocol version" "alert_protocol_version" "server gave http response to https client";
    TlsVerifyFailed No: "certificate verify failed" "certificate_verify_failed" "certificate verification failed" "ssl certificate verification" "certificate validation" "could not establish trust relationship" "remote certificate is invalid" "unable to verify certificate" "certificate verification error" "curl: (60)" "curl error 60:" "invalid peer certificate" "suitable tls ca certificate bundle" "authenticationexception: authentication failed";

    // Names.
    HostnameMisconfigured No: "enotfound bedrock-runtime.undefined" ".undefined." "enotfound undefined" "host 'none'" "://none" "://undefined" "you must specify a region" "error: region is missing";
    DnsTemporaryFailure No: "eai_again" "temporary failure in name resolution" "try again (11002)" "getaddrinfo thread failed" "server misbehaving" "socketexception (11002)" "querya etimeout" "queryaaaa etimeout";
    DnsRefused No: "getaddrinfo erefused" "querya erefused" ": erefused" "query refused";
    DnsNotFound No: " enotfound" "name or service not known" "nodename nor servname provided" "no address associated with hostname" "getaddrinfo failed" "no such host" "failed to resolve" "could not resolve host" "dns error" "name resolution" "unknownhostexception" "nameresolutionerror" "no addresses found" "nxdomain" "failed host lookup" "curl: (6)" "curl error 6:" "curl exit code 6" "nsurlerrordomain code=-1003" "nsurlerrordomain code=-1006" "errno 11001" "os error 11001" "socketexception (11001)";

    // Streams that began.
    ConnectionResetMidStream Maybe: "error: aborted" "connection reset while reading response" "stream was reset" "stream error: stream id";
    IncompleteChunkedRead Maybe: "incomplete chunked read" "without sending complete message body" "connection broken: incompleteread" "incompleteread(" "response payload is not completed" "transferencodingerror" "invalidchunklength" "err_incomplete_chunked_encoding" "unexpected eof during chunk" "response ended prematurely" "transfer closed with outstanding read data" "curl: (18)" "curl error 18:";
    PrematureClose Maybe: "err_stream_premature_close" "premature close" "invalid response body while trying to fetch" "prematurely closed during response";
    GatewayTimeout504 Maybe: "upstream timed out" "function_invocation_timeout";
    StreamIdleTimeout Maybe: "stalled mid-stream" "response stalled" "stream idle timeout" "idle timeout waiting for sse" "stream timed out" "no data received for" "no chunks received" "no bytes received" "stream stalled" "stream inactivity";
    StreamEmpty Maybe: "ended without sending any chunks" "empty stream" "stream ended before any" "no events received" "ended before any complete data";
    StreamProviderError Maybe: "finish_reason: error" "finish_reason error" "finish_reason=error";
    StreamErrorUnreadable Maybe: "[object object]";
    BodyReadError Maybe: "error decoding response body" "error reading a body from connection" "request or response body error" "error while decoding chunks" "failed to read response body" "unexpected end of json input" "unterminated string in json";
    StreamEndedEarly Maybe: "stream ended without" "ended without producing a message" "without message_stop" "stream closed before" "stream disconnected before completion" "before message_stop" "stream closed unexpectedly" "closed mid-response" "stream was interrupted" "stream interrupted" "error in chunk_processor" "error in input stream" "connection closed mid" "error: terminated" "incomplete stream" "stream aborted before" "response may be incomplete" "response above may be incomplete" "stream ended before" "upstream stream ended" "stream ended with an invalid chunk" "missing finish reason";

    // Time-outs.
    ConnectTimeout No: "connect timeout" "connection timed out" "connecttimeout" "connect etimedout" "connection timeout" "timed out while connecting" "dial tcp: i/o timeout" "und_err_connect_timeout" "timed out trying to connect" "deadline has elapsed" "connect timed out" ":connect_timeout" "tls handshake timeout" "connected party did not properly respond" "winerror 10060" "os error 10060" "socketexception (10060)" "errno 110]" "errno 60]" "os error 110)" "os error 60)";
    BedrockReadTimeout Maybe: "read timeout on endpoint url";
    ClientReadTimeout Maybe: "headers timeout error" "body timeout error" "und_err_headers_timeout" "und_err_body_timeout" "read timed out" "read timeout" "readtimeout" "timeout awaiting response headers" "i/o timeout" "the read operation timed out" "reason: :timeout" "transporterror) timeout" "source: timedout" "kind: timedout";
    PoolTimeout No: "pooltimeout" "connection pool is full" "acquire operation took longer";
    ClientRequestTimeout Maybe: "request timed out" "request timeout" "{:error, :timeout}" "{:timeout, {genserver" "(exit) time out" "timed out after" "timeout exceeded" "context deadline exceeded" "operation timed out" "apitimeouterror" "timeout of " "timeout was reached" "httpclient.timeout" "the operation was aborted due to timeout" "timeout value=" "operation was canceled due to the configured httpclient.timeout" "timed out" "nsurlerrordomain code=-1001" "curl: (28)" "curl error 28:";

    // Connections.
    Http2Goaway Maybe: "goaway";
    Http2NoResponse Maybe: "http2 request did not get a response" "http/2 stream" "nghttp2_" "http2 framing layer" "curl: (92)" "curl: (16)";
    ConnectionRefused No: "econnrefused" "connection refused" "actively refused" "target machine actively refused" "connectionrefused" "winerror 10061" "os error 10061" "socketexception (10061)" "errno 111]" "errno 61]" "os error 111)" "os error 61)";
    StaleKeepaliveConnection Maybe: "server disconnected without sending a response" "remote end closed connection without response" "server disconnected" "connection closed before message completed" "incompletemessage" "remote protocol error: server disconnected" "prematurely closed before response" "empty reply from server" "curl: (52)" "header parser received no bytes" "unexpected end of stream on" "not found: limit=0";
    ConnectionReset Maybe: "econnreset" "connection reset" "connection was reset" "reset by peer" "forcibly closed by the remote host" "connectionreset" "epipe" "broken pipe" "socket hang up" "econnaborted" "connection aborted" "software in your host machine" "software in your host computer" "winerror 10054" "winerror 10053" "os error 10054" "os error 10053" "socketexception (10054)" "socketexception (10053)" "errno 104]" "errno 54]" "os error 104)" "os error 54)" "curl: (55)" "curl: (56)" "nsurlerrordomain code=-1005";
    SocketClosed Maybe: "other side closed" "socket connection was closed unexpectedly" "und_err_socket" "socket closed" "closed unexpectedly" "connection closed unexpectedly" "unexpected eof" "reason: :closed" "end of file reached" "\": eof" "connection closed before full header";
    NetworkUnreachable No: "network is unreachable" "no route to host" "enetunreach" "ehostunreach" "err_internet_disconnected" "network unreachable" "enetdown" "host is down" "err_network_changed" "appears to be offline" "not connected to the internet" "no internet connection" "nsurlerrordomain code=-1009" "nsurlerrordomain code=-1020" "winerror 10051" "winerror 10065" "os error 10051" "os error 10065" "errno 101]" "errno 113]" "errno 51]" "errno 65]" "os error 101)" "os error 113)";
    CorsBlocked No: "blocked by cors policy" "has been blocked by cors" "cors request did not succeed";
    BrowserFailedToFetch Maybe: "failed to fetch" "networkerror when attempting to fetch resource" "load failed";
    ConnectionFailed Maybe: "connection error" "fetch failed" "error sending request" "dispatch failure" "the ssl connection could not be established" "unable to connect" "failed to connect" "cannot connect" "could not connect" "connection failed" "network error" "all connection attempts failed" "client connection error" "max retries exceeded with url" "apiconnectionerror" "connection closed" "network socket disconnected" "network connection was lost" "connection lost" "lost connection" "could not open a socket" "nsurlerrordomain code=-1004" "curl: (7)" "curl error 7:" "client connection lost" "i/o error on post request" " failed, reason:";

    // A client that wants a new log-in.
    AuthenticationFailed No: "run /login" "please log in again" "please sign in again";

    // The caller's own stop.
    UserAbort No: "request was aborted" "the operation was aborted" "this operation was aborted" "operation was canceled" "request was cancelled" "request was canceled" "aborterror" "user aborted" "aborted by user" "interrupted by user" "context canceled" "cancellederror" "request cancelled" "request canceled" "nsurlerrordomain code=-999";
}

/// Words that are a sentence only where they are all there is.
const WHOLE: &[(&str, Cause, Processed)] =
    &[("terminated", Cause::StreamEndedEarly, Maybe), ("aborted", Cause::ConnectionResetMidStream, Maybe)];

/// Sentences that mean something else beside other words.
const BESIDE: &[(Cause, &str, Cause, Processed)] = &[
    // Watchdogs of clients: what they stop has timed out, although the error says "aborted".
    (Cause::UserAbort, "timed out", Cause::ClientRequestTimeout, Maybe),
    (Cause::UserAbort, "timeout", Cause::ClientRequestTimeout, Maybe),
    // A client that names every reason it can think of: the one it has met is the first.
    (Cause::RequestNotAllowedRegion, "fetch failed", Cause::ConnectionFailed, Maybe),
    (Cause::RequestNotAllowedRegion, "econnrefused", Cause::ConnectionRefused, Processed::No),
    (Cause::RequestNotAllowedRegion, "econnreset", Cause::ConnectionReset, Maybe),
    (Cause::RequestNotAllowedRegion, "enotfound", Cause::DnsNotFound, Processed::No),
    (Cause::RequestNotAllowedRegion, "etimedout", Cause::ConnectTimeout, Processed::No),
    // Go: a time-out of the resolver, `dial tcp 192.0.2.1:443: i/o timeout`, and one sentence for certificates that are too old or too new.
    (Cause::ClientReadTimeout, "dial tcp: lookup", Cause::DnsTemporaryFailure, Processed::No),
    (Cause::ClientReadTimeout, "dial tcp", Cause::ConnectTimeout, Processed::No),
    // Before its answer began, the stream of HTTP/2 was the request.
    (Cause::ConnectionResetMidStream, "post \"http", Cause::Http2NoResponse, Maybe),
    (Cause::ConnectionFailed, ": timeout", Cause::ClientReadTimeout, Maybe),
    (Cause::TlsCertExpired, " is before ", Cause::TlsCertNotYetValid, Processed::No),
];

/// The text with its line breaks, and what frames of terminals stand around them, as single spaces.
fn on_one_line(text: &str) -> Cow<'_, str> {
    if !has(text, b'\n') {
        return Cow::Borrowed(text);
    }
    let is_frame = |word: &&str| word.chars().all(|c| matches!(c, '\u{2500}'..='\u{257f}'));
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace().filter(|word| !is_frame(word)) {
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(word);
    }
    Cow::Owned(line)
}

/// What a sentence in `text` says.
pub(crate) fn said(text: &str) -> Option<(Cause, Processed)> {
    let lower = on_one_line(cut(text, READ)).to_ascii_lowercase();
    let bigrams = Bigrams::of(&lower);
    let holds = |words: &str| find(lower.as_bytes(), words.as_bytes()).is_some();
    let whole = || WHOLE.iter().find(|row| lower.trim() == row.0);
    let found = SENTENCES.iter().find(|row| bigrams.may_hold(row.0) && holds(row.0)).or_else(whole).map(|row| (row.1, row.2))?;
    let beside = BESIDE.iter().find(|row| row.0 == found.0 && holds(row.1)).map(|row| (row.2, row.3));
    Some(beside.unwrap_or(found))
}

/// The sentence that `text` begins with: for texts that carry a status which does not fit them.
pub(crate) fn begins(text: &str) -> Option<(Cause, Processed)> {
    let text = without_head(text.trim_start());
    let lower: String = cut(text, 120).to_ascii_lowercase();
    let lower = lower.strip_prefix("the ").unwrap_or(&lower);
    // `[Errno 101] Network is unreachable`
    let lower = lower.strip_prefix('[').and_then(|rest| rest.split_once("] ")).map_or(lower, |(_, rest)| rest);
    let begins = SENTENCES.iter().find(|row| row.0.len() >= 12 && lower.starts_with(row.0))?;
    // What follows may say it more exactly.
    said(text).filter(|found| found.0.kind() == begins.1.kind()).or(Some((begins.1, begins.2)))
}

/// What the names of errors and codes inside `text` say: the one that says most, the last among equals.
pub(crate) fn named(text: &str) -> Option<TransportRow> {
    let words = cut(text, READ).split(|c: char| !(c.is_ascii_alphanumeric() || c == '_'));
    // An error's name has capitals inside or underscores: ordinary words are none.
    let names =
        words.filter(|word| word.len() >= 5 && (word.contains('_') || word.bytes().filter(u8::is_ascii_uppercase).count() >= 2));
    names.filter_map(transport::named).max_by_key(|row| row.weight)
}

#[cfg(test)]
mod tests {
    use super::{SENTENCES, said};
    use crate::diagnose::{Evidence, diagnose};
    use crate::kind::ErrorKind;
    use alloc::format;

    #[test]
    fn a_server_that_repeats_a_sentence_means_its_own_status() {
        for (words, ..) in SENTENCES {
            for message in [format!("the text '{words}' is not taken"), format!("{words} is what you wrote")] {
                let body = format!(r#"{{"type":"error","error":{{"type":"invalid_request_error","message":"{message}"}}}}"#);
                let failure = diagnose(&Evidence::new().status(400).body(&body));
                assert_eq!(failure.kind, ErrorKind::InvalidRequest, "{body}");
            }
        }
    }

    #[test]
    fn each_sentence_is_found_wherever_it_stands() {
        for (words, ..) in SENTENCES {
            for text in [words.to_lowercase(), words.to_uppercase(), format!("before {words} and after")] {
                assert!(said(&text).is_some(), "{text}");
            }
        }
    }

    #[test]
    fn sentences_are_lower_case_and_none_hides_a_longer_one() {
        for (at, (words, cause, _)) in SENTENCES.iter().enumerate() {
            assert_eq!(*words, words.to_lowercase());
            let before = SENTENCES.iter().take(at).find(|row| words.contains(row.0) && row.1 != *cause);
            assert!(before.is_none(), "{words:?} is never reached: {before:?} is");
        }
    }
}
