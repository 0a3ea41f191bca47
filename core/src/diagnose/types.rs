//! The names services give their errors: `error.type` and `error.code`, AWS exceptions, gRPC statuses.

use memchr::{memchr, memrchr};

use super::text::{cut, find_all};
use crate::cause::Cause;

/// One name.
#[derive(Clone, Copy, Debug)]
pub(crate) struct TypeRow {
    pub(crate) name: &'static str,
    /// The status it stands for where none is given, or where the one given lies.
    pub(crate) status: u16,
    pub(crate) cause: Cause,
    /// A catch-all of its family: a more specific status is right where the two differ.
    pub(crate) generic: bool,
}

macro_rules! types {
    ($($name:literal $status:literal $cause:ident $($generic:ident)?;)*) => {
        /// Every name. Compared to the letter: a name inside another text means nothing.
        pub(crate) const TYPES: &[TypeRow] = &[
            $(TypeRow { name: $name, status: $status, cause: Cause::$cause, generic: types!(@ $($generic)?) },)*
        ];
    };
    (@ generic) => { true };
    (@) => { false };
}

types! {
    // Anthropic. Source: the SDK's `types/shared/error_type.py`, and https://platform.claude.com/docs/en/api/errors.
    "overloaded_error" 529 ApiOverloaded;
    "rate_limit_error" 429 RateLimitedUnspecified;
    "api_error" 500 ApiInternalError generic;
    "invalid_request_error" 400 UnspecifiedBadRequest generic;
    "authentication_error" 401 AuthenticationFailed;
    "billing_error" 402 BillingProblem;
    "permission_error" 403 PermissionDenied;
    "not_found_error" 404 EndpointNotFound;
    "request_too_large" 413 RequestTooLarge;
    "timeout_error" 504 GatewayTimeout504 generic;
    "conflict_error" 409 ConflictingChange;
    "memory_precondition_failed_error" 412 MemoryPreconditionFailed;
    "memory_path_conflict_error" 409 MemoryPathConflict;
    "forbidden" 403 PermissionDenied;

    // OpenAI and those who speak its shapes: types and codes.
    "insufficient_quota" 429 InsufficientQuota;
    "billing_hard_limit_reached" 429 InsufficientQuota;
    "billing_not_active" 402 InsufficientQuota;
    "rate_limit_exceeded" 429 RateLimitedUnspecified;
    "requests" 429 RequestsPerMinute;
    "tokens" 429 TokensPerMinute;
    "context_length_exceeded" 400 PromptTooLong;
    "model_max_prompt_tokens_exceeded" 400 PromptTooLong;
    "budget_exceeded" 429 GatewayBudgetExceeded;
    "rate_limited" 429 RateLimitedUnspecified;
    "string_above_max_length" 400 FieldTooLong;
    "array_above_max_length" 400 FieldTooLong;
    "integer_above_max_value" 400 FieldOutOfRange;
    "unsupported_parameter" 400 ParameterUnsupportedByModel;
    "unsupported_value" 400 FieldValueUnknown;
    "unknown_parameter" 400 ExtraInputsNotPermitted;
    "missing_required_parameter" 400 FieldRequired;
    "invalid_json_schema" 400 ToolSchemaInvalid;
    "invalid_api_key" 401 InvalidApiKey;
    "invalid_input" 400 UnspecifiedBadRequest generic;
    "invalid_authentication" 401 AuthenticationFailed;
    "model_not_found" 404 ModelNotFound;
    "model_not_available" 404 ModelNotAvailable;
    "content_filter" 400 ContentFilterOutputBlocked;
    "content_policy_violation" 400 ContentFilterOutputBlocked;
    "server_error" 500 ApiInternalError generic;
    "internal_server_error" 500 ApiInternalError generic;
    "service_unavailable" 503 ServiceUnavailable;
    "service_unavailable_error" 503 ServiceUnavailable;
    "bad_gateway" 502 BadGateway502;
    "gateway_timeout" 504 GatewayTimeout504;
    "engine_overloaded" 503 ApiOverloaded;
    "model_overloaded" 503 ApiOverloaded;
    "user_weekly_rate_limited" 429 PlanUsageLimitReached;
    "model_degraded" 503 ModelTemporarilyUnavailable;
    "model_cooldown" 429 GatewayAllDeploymentsCooling;
    "oauth_org_not_allowed" 403 OauthNotAllowedForOrganization;
    "Arrearage" 400 BillingProblem;
    "engine_overloaded_error" 503 ApiOverloaded;
    "overloaded" 529 ApiOverloaded;
    "request_timeout" 408 RequestTimeout408;
    "DeploymentNotFound" 404 AzureDeploymentNotFound;

    // Amazon. Source: botocore's `bedrock-runtime` model.
    "ThrottlingException" 429 BedrockThrottling;
    "TooManyRequestsException" 429 BedrockThrottling;
    "ValidationException" 400 UnspecifiedBadRequest generic;
    "AccessDeniedException" 403 BedrockModelAccessDenied;
    "ResourceNotFoundException" 404 BedrockModelIdInvalid;
    "ConflictException" 400 UnspecifiedBadRequest;
    "InternalServerException" 500 ApiInternalError generic;
    "ModelErrorException" 424 BedrockModelError;
    "ModelNotReadyException" 429 BedrockModelNotReady;
    "ModelStreamErrorException" 424 BedrockModelStreamError;
    "ModelTimeoutException" 408 BedrockModelTimeout;
    "ServiceQuotaExceededException" 400 BedrockQuotaExceeded;
    "ServiceUnavailableException" 503 BedrockServiceUnavailable;
    "UnrecognizedClientException" 403 BedrockCredentialsInvalid;
    "InvalidSignatureException" 403 BedrockCredentialsInvalid;
    "ExpiredTokenException" 403 BedrockCredentialsInvalid;
    "ExpiredToken" 403 BedrockCredentialsInvalid;
    "InvalidClientTokenId" 403 BedrockCredentialsInvalid;
    "MissingAuthenticationTokenException" 403 BedrockCredentialsInvalid;
    "IncompleteSignatureException" 403 BedrockCredentialsInvalid;
    "SignatureDoesNotMatch" 403 BedrockCredentialsInvalid;
    "SerializationException" 400 JsonInvalidBody;
    "UnknownOperationException" 404 EndpointNotFound;
    "RequestEntityTooLargeException" 413 RequestTooLarge;
    // The members of Bedrock's event stream.
    "internalServerException" 500 ApiInternalError;
    "modelStreamErrorException" 424 BedrockModelStreamError;
    "validationException" 400 UnspecifiedBadRequest;
    "throttlingException" 429 BedrockThrottling;
    "modelTimeoutException" 408 BedrockModelTimeout;
    "serviceUnavailableException" 503 BedrockServiceUnavailable;

    // Google, in the order of their numbers, from 1 on. Source: google.rpc.Code.
    "CANCELLED" 499 ClientClosedRequest;
    "UNKNOWN" 500 ApiInternalError generic;
    "INVALID_ARGUMENT" 400 UnspecifiedBadRequest;
    "DEADLINE_EXCEEDED" 504 GatewayTimeout504;
    "NOT_FOUND" 404 VertexModelNotFound;
    "ALREADY_EXISTS" 409 ConflictingChange;
    "PERMISSION_DENIED" 403 VertexPermissionDenied;
    "RESOURCE_EXHAUSTED" 429 VertexResourceExhausted;
    "FAILED_PRECONDITION" 400 UnspecifiedBadRequest;
    "ABORTED" 409 ConflictingChange;
    "OUT_OF_RANGE" 400 UnspecifiedBadRequest;
    "UNIMPLEMENTED" 501 NotImplemented;
    "INTERNAL" 500 ApiInternalError;
    "UNAVAILABLE" 503 VertexUnavailable;
    "DATA_LOSS" 500 ApiInternalError;
    "UNAUTHENTICATED" 401 VertexCredentialsInvalid;
}

/// The row of a name. AWS writes its names as `com.amazon.coral.service#Name` and `Name:http://…`.
#[inline(never)]
pub(crate) fn named(name: &str) -> Option<&'static TypeRow> {
    let bytes = name.as_bytes();
    let start = memrchr(b'#', bytes).map_or(0, |at| at + 1);
    let bytes = bytes.get(start..).unwrap_or_default();
    let bytes = bytes.get(..memchr(b':', bytes).unwrap_or(bytes.len())).unwrap_or_default().trim_ascii();
    TYPES.iter().find(|row| row.name.as_bytes() == bytes)
}

/// The names SDKs give to classes of errors: they stand in the texts of exceptions that were logged. They say no more than
/// a status does.
const CLASSES: &[(&str, u16)] = &[
    ("BadRequestError", 400),
    ("AuthenticationError", 401),
    ("PaymentRequiredError", 402),
    ("PermissionDeniedError", 403),
    ("NotFoundError", 404),
    ("RequestTimeoutError", 408),
    ("ConflictError", 409),
    ("ContentTooLargeError", 413),
    ("RequestTooLargeError", 413),
    ("UnprocessableEntityError", 422),
    ("RateLimitError", 429),
    ("RouterRateLimitError", 429),
    ("RouterRateLimitErrorBasic", 429),
    ("InternalServerError", 500),
    ("BadGatewayError", 502),
    ("ServiceUnavailableError", 503),
    ("GatewayTimeoutError", 504),
    ("OverloadedError", 529),
    ("ContextWindowExceededError", 400),
    ("BudgetExceededError", 402),
];

/// How much of a text is searched for names.
const HEAD: usize = 2_048;

/// What stands before a status of gRPC in the texts of its libraries.
const GRPC: &[&str] = &["StatusRuntimeException: ", "StatusException: ", " StatusCode.", "ConnectError: ["];

/// What stands before its number.
const GRPC_NUMBERED: &[&str] = &["grpc_status:", "grpc-status: ", "grpc-status: \""];

/// What names that are not listed are made of, without their underscores and in lower case, and the listed name that stands
/// for the same: `PrismRateLimitedException`, `InvalidModelProviderData`, `invalid_request_body`.
const FAMILIES: &[(&str, &str)] = &[
    ("ratelimit", "rate_limit_error"),
    ("toomanyrequests", "rate_limit_error"),
    ("throttl", "rate_limit_error"),
    ("overloaded", "overloaded_error"),
    ("insufficientquota", "insufficient_quota"),
    ("insufficientcredit", "insufficient_quota"),
    ("insufficientbalance", "insufficient_quota"),
    ("quotaexceeded", "insufficient_quota"),
    ("unauthorized", "authentication_error"),
    ("unauthenticated", "authentication_error"),
    ("authenticationerror", "authentication_error"),
    ("authenticationfail", "authentication_error"),
    ("invalidapikey", "invalid_api_key"),
    ("forbidden", "permission_error"),
    ("permissiondenied", "permission_error"),
    ("accessdenied", "permission_error"),
    ("paymentrequired", "billing_error"),
    ("contextlengthexceeded", "context_length_exceeded"),
    ("contextwindowexceeded", "context_length_exceeded"),
    ("modelnotfound", "model_not_found"),
    ("resourcenotfound", "not_found_error"),
    ("serviceunavailable", "service_unavailable"),
    ("badgateway", "bad_gateway"),
    ("gatewaytimeout", "gateway_timeout"),
    ("internalserver", "api_error"),
    ("internalerror", "api_error"),
    ("badrequest", "invalid_request_error"),
    ("invalidrequest", "invalid_request_error"),
    ("unprocessableentity", "invalid_request_error"),
];

/// What a name of an error that is not listed says by the words in it.
pub(crate) fn of_family(name: &str) -> Option<&'static TypeRow> {
    family(name, usize::MAX)
}

/// What such a name says by the words it begins with: more than a 400 or 500 does, and `not_overloaded_error` says nothing.
pub(crate) fn of_leading_family(name: &str) -> Option<&'static TypeRow> {
    family(name, 0).filter(|row| !row.generic)
}

/// The family whose words begin at byte `last` of the plain name at the latest.
fn family(name: &str, last: usize) -> Option<&'static TypeRow> {
    // `LanguageModelService:RateLimitsExceeded`
    let name = name.rsplit([':', '#', '.']).next().unwrap_or(name);
    let plain = || name.bytes().filter(|byte| *byte != b'_' && *byte != b'-').map(|byte| byte.to_ascii_lowercase());
    let starts = |at: usize, words: &str| plain().skip(at).take(words.len()).eq(words.bytes());
    let places = |words: &str| 0..(plain().count() + 1).saturating_sub(words.len()).min(last.saturating_add(1));
    let within = |words: &str| places(words).any(|at| starts(at, words));
    if !(5..=64).contains(&name.len()) || !name.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'-')) {
        return None;
    }
    FAMILIES.iter().find(|row| within(row.0)).and_then(|row| named(row.1))
}

/// What a code in a document says by the words in it: more than a word of a text may, since it is a name for certain.
pub(crate) fn of_code_family(name: &str) -> Option<&'static TypeRow> {
    let ends = |words: &[&str]| words.iter().any(|word| name.ends_with(word));
    let by_shape = || match () {
        () if name.contains(' ') || name.len() < 5 => None,
        () if ends(&["NotFound", "not_found", "NOT_FOUND"]) => named("not_found_error"),
        () if name.to_ascii_lowercase().starts_with("invalid") => named("invalid_request_error"),
        () if ends(&["not_supported", "NotSupported", "_required", "unsupported"]) => named("invalid_request_error"),
        () => None,
    };
    of_grpc(name).or_else(|| of_family(name)).or_else(by_shape)
}

/// The rows of the statuses of gRPC, by number.
fn grpc() -> impl Iterator<Item = &'static TypeRow> {
    TYPES.iter().filter(|row| row.name.bytes().all(|byte| byte.is_ascii_uppercase() || byte == b'_'))
}

/// The row of a status of gRPC, as Go writes it in `rpc error: code = ResourceExhausted` and Python in
/// `StatusCode.RESOURCE_EXHAUSTED`.
fn of_grpc(name: &str) -> Option<&'static TypeRow> {
    let letters = |name: &'static str| name.bytes().filter(|byte| *byte != b'_');
    let plain = || name.bytes().filter(|byte| *byte != b'_').map(|byte| byte.to_ascii_uppercase());
    grpc().find(|row| letters(row.name).eq(plain()))
}

/// What the name that a text begins with says: `RateLimitsExceeded: …`.
pub(crate) fn of_leading_name(text: &str) -> Option<&'static TypeRow> {
    let name = text.trim_start().split_once(": ")?.0;
    // A word of a sentence has no capital inside.
    let is_name = name.bytes().filter(u8::is_ascii_uppercase).count() >= 2;
    is_name.then(|| of_grpc(name).or_else(|| of_family(name))).flatten()
}

/// The first name of an error that stands in a text as a word of its own.
pub(crate) fn mentioned(text: &str) -> Option<&'static TypeRow> {
    // Short and ordinary words of the table (`tokens`, `UNKNOWN`) mean nothing in the middle of a text, but for the place
    // where Java and Python name a status of gRPC.
    let head = cut(text, HEAD);
    let behind = |mark: &str| find_all(head, mark).next().and_then(|at| head.get(at + mark.len()..));
    let of_grpc = || {
        let called = |mark: &&str| of_grpc(behind(mark)?.split(|c: char| !(c.is_ascii_alphabetic() || c == '_')).next()?);
        let numbered = |mark: &&str| {
            let number: usize = behind(mark)?.split(|c: char| !c.is_ascii_digit()).next()?.parse().ok()?;
            grpc().nth(number.checked_sub(1)?)
        };
        GRPC.iter().find_map(called).or_else(|| GRPC_NUMBERED.iter().find_map(numbered))
    };
    words(text).filter(|word| word.ends_with("Exception") || word.contains('_')).find_map(named).or_else(of_grpc)
}

/// The status that the name of an SDK's class in a text stands for.
pub(crate) fn class_status(text: &str) -> Option<u16> {
    let listed = || words(text).find_map(|word| CLASSES.iter().find(|row| row.0 == word)).map(|row| row.1);
    let is_class = |word: &&str| word.ends_with("Error") || word.ends_with("Exception");
    listed().or_else(|| words(text).filter(is_class).find_map(of_family).map(|row| row.status))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    cut(text, HEAD).split(|c: char| !(c.is_ascii_alphanumeric() || c == '_')).filter(|word| word.len() >= 9)
}
