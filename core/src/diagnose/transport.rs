//! Failures without an answer: what the classes and codes of the libraries mean.
//!
//! A library wraps what it caught in an error of its own, so several names are in hand: the outermost says least. Each
//! row carries how much it says, and the one that says most counts; among equals the innermost.

use crate::cause::Cause;
use crate::failure::Processed::{self, Maybe, No};

/// One name: the last part of a class, or an error code.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TransportRow {
    pub(crate) name: &'static str,
    pub(crate) cause: Cause,
    /// Whether the request may have arrived.
    pub(crate) processed: Processed,
    /// How much the name says: 1 "something failed", 2 a phase, 3 a reason.
    pub(crate) weight: u8,
}

macro_rules! names {
    ($($weight:literal $cause:ident $processed:ident: $($name:literal)*;)*) => {
        /// Every name that is known.
        pub(crate) const NAMES: &[TransportRow] = &[
            $($(TransportRow { name: $name, cause: Cause::$cause, processed: $processed, weight: $weight },)*)*
        ];
    };
}

names! {
    // The caller's own stop. `asyncio.CancelledError` and DOM's `AbortError` are; `aborted` with a reset is not.
    4 UserAbort No: "CancelledError" "Cancelled" "KeyboardInterrupt" "APIUserAbortError" "AbortError" "ABORT_ERR" "ERR_CANCELED" "CanceledError";

    // Requests that the client could not write: nothing was sent, and the next one would be the same.
    4 HeaderValueInvalid No: "InvalidHeader" "InvalidHeaderValue" "InvalidHeaderName" "ERR_INVALID_CHAR";
    4 BaseUrlInvalid No: "UnsupportedProtocol" "InvalidURL" "MissingSchema" "InvalidSchema" "LocationParseError" "URLSchemeUnknown" "InvalidUrlClientError" "NonHttpUrlClientError" "ERR_INVALID_URL" "MalformedURLException" "UriFormatException";

    // Time-outs, by phase.
    3 ConnectTimeout No: "ConnectTimeout" "ConnectTimeoutError" "ConnectionTimeoutError" "UND_ERR_CONNECT_TIMEOUT" "HttpConnectTimeoutException" "OpenTimeout" "ERR_CONNECTION_TIMED_OUT";
    3 PoolTimeout No: "PoolTimeout" "EmptyPoolError";
    3 ClientReadTimeout Maybe: "ReadTimeout" "ReadTimeoutError" "UND_ERR_HEADERS_TIMEOUT" "UND_ERR_BODY_TIMEOUT" "HttpTimeoutException" "ReadTimeoutException" "SocketTimeoutError" "ESOCKETTIMEDOUT";
    3 ClientWriteTimeout Maybe: "WriteTimeout";
    // Java's is for every phase.
    2 ClientReadTimeout Maybe: "SocketTimeoutException";
    2 ClientRequestTimeout Maybe: "APITimeoutError" "APIConnectionTimeoutError" "ServerTimeoutError" "Timeout" "TimeoutError" "TimeoutException" "TooSlowError" "InterruptedIOException" "HttpRequestTimeoutException" "TaskCanceledException" "ApiCallTimeoutException" "ApiCallAttemptTimeoutException" "DeadlineExceeded" "ERR_TIMED_OUT";
    3 ConnectTimeout No: "ETIMEDOUT";

    // Certificates and handshakes.
    4 TlsVerifyFailed No: "SSLCertVerificationError" "CertificateError" "CertificateVerifyError" "ClientConnectorCertificateError" "ERR_TLS_CERT_ALTNAME_INVALID" "UNABLE_TO_VERIFY_LEAF_SIGNATURE" "CERTIFICATE_VERIFY_FAILED" "SSLHandshakeException";
    4 TlsSelfSignedChain No: "SELF_SIGNED_CERT_IN_CHAIN" "DEPTH_ZERO_SELF_SIGNED_CERT";
    4 TlsUnknownIssuer No: "UNABLE_TO_GET_ISSUER_CERT_LOCALLY" "UNABLE_TO_GET_ISSUER_CERT" "ERR_CERT_AUTHORITY_INVALID";
    4 TlsHostnameMismatch No: "ERR_CERT_COMMON_NAME_INVALID" "SSLPeerUnverifiedException";
    4 TlsProtocolMismatch No: "ERR_SSL_PROTOCOL_ERROR" "ERR_SSL_VERSION_OR_CIPHER_MISMATCH";
    4 TlsCertExpired No: "CERT_HAS_EXPIRED" "ERR_CERT_DATE_INVALID";
    4 TlsCertNotYetValid No: "CERT_NOT_YET_VALID";
    4 TlsHandshakeReset No: "SSLEOFError" "SSLZeroReturnError";
    2 TlsVerifyFailed No: "SSLError" "ClientConnectorSSLError" "ClientSSLError";

    // Names of hosts.
    2 DnsNotFound No: "ENOTFOUND" "EAI_NONAME" "EAI_NODATA" "UnknownHostException" "WSAHOST_NOT_FOUND" "ERR_NAME_NOT_RESOLVED";
    4 DnsTemporaryFailure No: "EAI_AGAIN" "WSATRY_AGAIN";
    4 DnsRefused No: "EREFUSED";
    3 DnsNotFound No: "gaierror" "NameResolutionError" "ClientConnectorDNSError" "EAI_FAIL" "EAI_FAMILY" "EAI_SERVICE";

    // Proxies.
    5 ProxyTunnelFailed No: "ProxyError" "ProxySchemeUnknown" "ClientHttpProxyError" "ClientProxyConnectionError" "ProxyConnectionError" "UnsupportedProxyScheme" "ERR_PROXY_CONNECTION_FAILED" "ERR_TUNNEL_CONNECTION_FAILED";
    3 ProxySchemeMismatch No: "InvalidProxyURL";

    // Connections.
    4 ConnectionRefused No: "ECONNREFUSED" "ConnectionRefusedError" "WSAECONNREFUSED" "ERR_CONNECTION_REFUSED";
    4 ConnectionReset Maybe: "ECONNRESET" "ConnectionResetError" "ConnectionAbortedError" "ECONNABORTED" "EPIPE" "BrokenPipeError" "WSAECONNRESET" "WSAECONNABORTED" "ClientConnectionResetError" "ERR_CONNECTION_RESET" "ERR_CONNECTION_ABORTED";
    4 NetworkUnreachable No: "EHOSTUNREACH" "ENETUNREACH" "ENETDOWN" "EHOSTDOWN" "EADDRNOTAVAIL" "NoRouteToHostException" "WSAENETUNREACH" "WSAEHOSTUNREACH" "ERR_ADDRESS_UNREACHABLE" "ERR_NETWORK_CHANGED" "ERR_NETWORK_IO_SUSPENDED";
    4 SocketClosed Maybe: "UND_ERR_SOCKET" "ConnectionClosed" "ERR_CONNECTION_CLOSED" "EOFException" "EOFError";
    3 StaleKeepaliveConnection Maybe: "ServerDisconnectedError" "RemoteDisconnected" "BadStatusLine" "NoHttpResponseException" "PrematureCloseException" "ERR_EMPTY_RESPONSE";
    3 ConnectionFailed No: "ConnectError" "NewConnectionError" "ClientConnectorError" "ClientConnectionError" "ClientOSError" "EndpointConnectionError" "UnixClientConnectorError" "ConnectionClosedError";
    2 ConnectionFailed Maybe: "ReadError" "ReadException" "WriteError" "NetworkError" "CloseError" "RemoteProtocolError" "LocalProtocolError" "ProtocolError" "TransportError" "ConnectionError" "MaxRetryError" "ClientError" "HTTPException" "RequestError" "HTTPClientError" "ECONNECTION" "ConnectException" "ResourceAccessException" "FailedToOpenSocket" "ERR_NETWORK";
    1 ConnectionFailed Maybe: "APIConnectionError" "RequestException" "HTTPError" "OSError";

    // Answers that began.
    4 IncompleteChunkedRead Maybe: "ChunkedEncodingError" "IncompleteRead" "ClientPayloadError" "TransferEncodingError" "ContentLengthError" "InvalidChunkLength" "ResponseStreamingError" "ERR_INCOMPLETE_CHUNKED_ENCODING";
    4 PrematureClose Maybe: "ERR_STREAM_PREMATURE_CLOSE";
    3 BodyReadError Maybe: "StreamError" "DecodingError" "StreamClosed" "StreamConsumed" "ContentDecodingError" "DecodeError";
    4 Http2Goaway Maybe: "ERR_HTTP2_GOAWAY_SESSION" "ConnectionTerminated" "ConnectionShutdownException";
    4 Http2NoResponse Maybe: "ERR_HTTP2_STREAM_ERROR" "ERR_HTTP2_STREAM_CANCEL" "ERR_HTTP2_SESSION_ERROR" "ERR_HTTP2_PROTOCOL_ERROR" "ERR_QUIC_PROTOCOL_ERROR" "StreamReset";
}

/// Classes whose names mean more in one library than in the rest.
const IN_MODULE: &[(&str, &str, Cause, Processed)] = &[
    // botocore's `ConnectionClosedError` comes after the request was written.
    ("botocore", "ConnectionClosedError", Cause::StaleKeepaliveConnection, Maybe),
    ("botocore", "ReadTimeoutError", Cause::BedrockReadTimeout, Maybe),
    ("requests", "ConnectTimeout", Cause::ConnectTimeout, No),
];

/// What a chain of classes, one a line and outermost first, says.
pub(crate) fn by_classes(classes: &str) -> Option<TransportRow> {
    let mut best: Option<TransportRow> = None;
    for line in classes.lines() {
        let (path, code) = line.split_once(':').map_or((line, None), |(path, code)| (path, Some(code)));
        let (module, class) = path.rsplit_once('.').unwrap_or(("", path));
        let special = IN_MODULE.iter().find(|row| row.1 == class && module.starts_with(row.0)).map(|row| TransportRow {
            name: row.1,
            cause: row.2,
            processed: row.3,
            weight: 4,
        });
        for row in [special, named(class), code.and_then(named)].into_iter().flatten() {
            // A library ends an attempt that takes too long by cancelling it: below a time-out it is no caller's stop.
            if row.cause == Cause::UserAbort && best.is_some_and(|best| best.cause != Cause::UserAbort) {
                continue;
            }
            if best.is_none_or(|best| row.weight >= best.weight) {
                best = Some(row);
            }
        }
    }
    best
}

/// The row of a class or code.
pub(crate) fn named(name: &str) -> Option<TransportRow> {
    NAMES.iter().find(|row| row.name == name).copied()
}
