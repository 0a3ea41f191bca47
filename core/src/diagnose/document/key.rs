//! The names of a document that mean something.

/// Keys that mean something, and everything else.
macro_rules! keys {
    ($($variant:ident = $($name:literal)|+,)*) => {
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(crate) enum Key { Other, $($variant,)* }

        impl Key {
            /// The key that a name stands for.
            pub(crate) fn of(name: &[u8]) -> Self {
                match name {
                    $($(|$name)+ => Self::$variant,)*
                    [b'A'..=b'Z', ..] => Self::respelled(name),
                    _ if name.iter().any(|byte| matches!(byte, b'\n' | b'-')) => Self::respelled(name),
                    _ => Self::Other,
                }
            }
        }
    };
}

keys! {
    Error = b"error" | b"err",
    Errors = b"errors",
    Type = b"type" | b"errorType" | b"error_type" | b"errorName" | b"error_name" | b"exception_type" | b"exceptionType",
    AwsType = b"__type",
    Code = b"code",
    ErrorCode = b"error_code" | b"errorCode",
    Message = b"message" | b"errorMessage" | b"originalError" | b"error_message" | b"error_msg" | b"err_msg",
    Detail = b"detail" | b"msg" | b"desc" | b"description" | b"exc_value" | b"error_detail" | b"error_details",
    Description = b"errorDescription" | b"error_description",
    Details = b"details",
    Title = b"title",
    Status = b"status",
    StatusCode = b"statusCode" | b"status_code" | b"HTTPStatusCode" | b"http_status" | b"httpStatusCode" | b"httpStatus",
    OriginalStatus = b"originalStatusCode" | b"original_status_code" | b"upstream_status" | b"upstreamStatus",
    RequestId = b"request_id" | b"requestId" | b"requestID",
    RetryAfter = b"retry_after" | b"retryAfter" | b"retry_after_seconds" | b"retryAfterSeconds" | b"reset_seconds",
    RetryDelay = b"retryDelay",
    Reason = b"reason",
    Raw = b"raw",
    Provider = b"provider_name" | b"provider",
    LimitSource = b"limit_source",
    Metadata = b"metadata",
    Body = b"body" | b"responseBody" | b"response_body" | b"response" | b"payload" | b"upstream_response" | b"upstream_error" | b"raw_response" | b"error_body" | b"data",
    Param = b"param",
    Cause = b"cause",
    Result = b"result",
    CloudflareError = b"cloudflare_error",
    Retryable = b"retryable",
    Echo = b"input" | b"ctx" | b"request" | b"request_body" | b"requestBody" | b"requestBodyValues" | b"messages" | b"prompt" | b"tools",
    StopReason = b"stop_reason",
    FinishReason = b"finish_reason",
}

impl Key {
    /// The key of a name that is spelled another way: `StatusCode`, `retry-after`, or broken over two lines by a
    /// terminal, with an indent behind the break.
    fn respelled(name: &[u8]) -> Self {
        let mut plain = [0; 24];
        let mut length = 0;
        let mut indent = false;
        for byte in name {
            indent = *byte == b'\n' || indent && *byte == b' ';
            if !indent {
                let Some(place) = plain.get_mut(length) else { return Self::Other };
                *place = match byte {
                    b'-' => b'_',
                    first if length == 0 => first.to_ascii_lowercase(),
                    byte => *byte,
                };
                length += 1;
            }
        }
        // Spelled so, the name cannot lead back here.
        Self::of(plain.get(..length).unwrap_or_default())
    }
}
