//! The table of messages.
//!
//! A row is a cause, where its words may stand, and the words, in the language of [`pattern`](super::pattern). Among the
//! rows that begin alike the first that fits counts, so the more specific stand above. `bare`: the message begins with
//! the words. `path`: they may also follow the path of a field. `weak`: they say no more than a status would. A number is
//! the only status the row is for. `field`: the field at fault, where the words do not name it.

use super::head::Head;
use super::pattern::is_path;
use crate::cause::Cause;

/// Where the words of a row may stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    /// At the start of the message.
    Bare,
    /// There, or after the path of a field.
    Path,
}

/// One wording of one cause.
#[derive(Debug)]
pub(super) struct Row {
    pub(super) cause: Cause,
    pub(super) scope: Scope,
    /// The words only name a class of failures, as a status does: a type or code beside them says more.
    pub(super) weak: bool,
    /// The only status it is for; 0 for any.
    pub(super) status: u16,
    pub(super) pattern: &'static str,
    /// Empty where the words name the field, or none is known.
    pub(super) field: &'static str,
}

macro_rules! rows {
    (@scope bare) => { Scope::Bare };
    (@scope path) => { Scope::Path };
    (@or $default:literal) => { $default };
    (@or $default:literal $given:literal) => { $given };
    (@is) => { false };
    (@is weak) => { true };
    ($($cause:ident $scope:ident $($weak:ident)? $($status:literal)? : $pattern:literal $(field $field:literal)?;)*) => {
        /// Every row, in order of precedence.
        pub(super) const ROWS: &[Row] = &[$(Row {
            cause: Cause::$cause,
            scope: rows!(@scope $scope),
            weak: rows!(@is $($weak)?),
            status: rows!(@or 0 $($status)?),
            pattern: $pattern,
            field: rows!(@or "" $($field)?),
        },)*];
    };
}

rows! {
    // --- The model's name: whatever follows is a name, even where it reads like a message. Source: error reference of the Claude API documentation. ---
    MissingModel bare: "model: field required";
    ExtraInputsNotPermitted bare: "model: extra inputs are not permitted";
    FieldTypeWrong bare: "model: input should be";
    MissingModel bare: "model: string should have at least 1";
    FieldTooLong bare: "model: string should have at most";
    ModelNotFound bare: "model:";

    // --- The body as JSON, and its headers. Source: quoted in public bug reports. ---
    JsonLoneSurrogate path: "the request body is not valid json: *surrogate";
    JsonLoneSurrogate path: "utf-8 codec cant encode character*surrogates not allowed";
    JsonInvalidBody path: "the request body is not valid json";
    JsonInvalidBody path: "we could not parse the json body of your request";
    JsonInvalidBody path: "invalid json$";
    JsonInvalidBody path: "malformed json";
    JsonInvalidBody path: "failed to parse the request body as json";
    VersionHeaderMissing bare: "anthropic-version: header is required";
    VersionHeaderMissing bare: "anthropic-version header is required" field "anthropic-version";
    VersionHeaderInvalid bare: "anthropic-version:";
    BodyVersionMissing bare: "anthropic_version: field required";
    BodyVersionInvalid bare: "anthropic_version: input should";
    BodyVersionInvalid bare: "invalid api version" field "anthropic_version";
    BetaHeaderInvalid bare: "unexpected value(s)" field "anthropic-beta";
    BetaHeaderInvalid bare: "invalid beta flag" field "anthropic-beta";
    BetaHeaderInvalid bare: "anthropic-beta:";
    BetaHeaderMissing path: "? blocks require anthropic-beta:";
    HeaderValueInvalid bare: "invalid request header value";
    UnsupportedMediaType bare weak: "unsupported media type" field "content-type";

    // --- Model, length and max_tokens. Source: error reference and model pages of the Claude API documentation. ---
    MissingMaxTokens bare: "max_tokens: field required";
    MissingMaxTokens bare: "missing required parameter: max_tokens" field "max_tokens";
    MissingMaxTokens bare: "malformed input request*required key [max_tokens] not found" field "max_tokens";
    BedrockExtraneousKey bare: "malformed input request*required key [max_tokens_to_sample] not found*extraneous key [@]";
    MissingMaxTokens bare: "malformed input request*required key [max_tokens_to_sample] not found" field "max_tokens";
    MissingModel bare: "missing required parameter: model" field "model";
    MissingModel bare: "you must provide a model parameter" field "model";
    MissingModel bare: "no models provided" field "model";
    MissingMessages bare: "messages: field required";
    MissingMessages bare: "missing required parameter: messages" field "messages";
    MissingMessages bare: "malformed input request*required key [messages] not found" field "messages";
    MaxTokensAboveModel bare: "max_tokens: # > ^";
    MaxTokensAboveModel bare: "max_tokens*maximum allowed number of output tokens" field "max_tokens";
    MaxTokensAboveModel bare: "max_tokens is too large: #|*at most ^" field "max_tokens";
    MaxTokensAboveModel bare: "max_tokens must be less than or equal to" field "max_tokens";
    MaxTokensAboveModel bare: "the maximum tokens you requested exceed~ the model limit|*of ^" field "max_tokens";
    MaxTokensAboveModel bare: "invalid max_tokens value" field "max_tokens";
    MaxTokensAboveModel bare: "range of max_tokens should be" field "max_tokens";
    MaxTokensInvalid bare: "max_tokens: input should be";
    MaxTokensInvalid bare: "max_tokens: must be";
    MaxTokensInvalid bare: "? validation error* detected: value*at inferenceconfig.maxtokens failed to satisfy" field "inferenceConfig.maxTokens";
    PromptTooLong path: "prompt is too long|: # tokens > ^ maximum";
    PromptTooLong path: "prompt too long";
    PromptTooLong path: "the prompt is too long|: #";
    PromptTooLong bare: "capability_rejected: prompt_too_long";
    PromptTooLong bare: "this request exceeds claudes context limit";
    PromptTooLong path: "input is too long";
    PromptTooLong path: "too many total text bytes|: # > ^";
    PromptTooLong path: "your input exceeds the context window";
    PromptTooLong path: "the input token count (#) exceeds the maximum number of tokens allowed (^)";
    PromptTooLong path: "the request exceeds the available context size";
    PromptTooLong path: "context_length_exceeded";
    PromptTooLong path: "context length exceeded";
    PromptTooLong path: "range of input length should be";
    PromptTooLong path: "conversation too long";
    PromptTooLong path: "context limit reached";
    PromptTooLong path: "context window exceeded|: # tokens exceeds the limit of ^";
    PromptTooLong path: "prompt token count of # exceeds the limit of ^";
    InputPlusMaxTokensOverContext path: "input length and max_tokens exceed context limit|: # + # > ^" field "max_tokens";
    InputPlusMaxTokensOverContext path: "this models maximum context length is ^ tokens*you requested|*# tokens" field "max_tokens";
    InputPlusMaxTokensOverContext path: "this endpoints maximum context length is ^ tokens*you requested|*# tokens" field "max_tokens";
    PromptTooLong path: "this models maximum context length is ^ tokens*resulted in # tokens";
    PromptTooLong path: "this models maximum context length";
    PromptTooLong path: "this endpoints maximum context length";
    StreamingRequired path: "streaming is required for operations" field "max_tokens";
    StreamingRequired path: "streaming is strongly recommended for operations" field "max_tokens";
    RequestTooLarge bare: "request exceeds the maximum size";
    RequestTooLarge bare: "request too large$";
    RequestTooLarge bare: "request entity too large";
    RequestTooLarge bare: "payload too large";
    RequestTooLarge bare: "request body too large";
    RequestTooLarge bare: "request body is too large";
    RequestTooLarge bare: "the request body is too large";
    RequestTooLarge bare: "request size exceeds";
    RequestTooLarge bare: "request_too_large";
    RequestTooLarge bare: "value at body failed to satisfy constraint: member must have length less";

    // --- Messages and system. Source: error reference of the Claude API documentation and public bug reports. ---
    MessagesEmpty bare: "messages must have at least one element" field "messages";
    MessagesEmpty bare: "invalid message bedrock requires at least one non-system message" field "messages";
    MessagesEmpty path: "at least one message is required" field "messages";
    MessagesEmpty bare: "messages: list should have at least 1 item";
    MessagesEmpty bare: "invalid messages: empty array" field "messages";
    MessagesEmpty bare: "invalid prompt: messages must not be empty" field "messages";
    MessagesEmpty bare: "messages must not be empty" field "messages";
    MessagesEmpty bare: "messages cannot be empty" field "messages";
    MessagesEmpty bare: "messages array must not be empty" field "messages";
    MessagesEmpty bare: "[] is too short - messages" field "messages";
    RolesNotAlternating path: "roles must alternate between" field "messages";
    RolesNotAlternating path: "a conversation must alternate between user and assistant" field "messages";
    RolesNotAlternating path: "conversation roles must alternate" field "messages";
    RolesNotAlternating path: "after the optional system message, conversation roles must alternate" field "messages";
    FirstMessageNotUser path: "first message must use the user role" field "messages";
    FirstMessageNotUser path: "a conversation must start with a user message" field "messages";
    SystemRoleInMessages path: "unexpected role system" field "messages";
    MessageRoleUnknown path: "unexpected role" field "messages";
    SystemRoleInMessages path: "role system is not supported" field "messages";
    SystemRoleInMessages bare: "messages~role: input should be user";
    SystemRoleInMessages path: "this model doesnt support system messages" field "messages";
    SystemRoleInMessages bare: "? validation error* detected: value system at messages~role failed to satisfy" field "messages";
    SystemRoleInMessages bare: "invalid value: system. supported values are" field "messages";
    SystemRoleInMessages path: "invalid role: system" field "messages";
    SystemRoleInMessages bare: "failed to parse request: unknown variant system, expected user" field "messages";
    SystemRoleInMessages bare: "failed to deserialize the json body into the target type: messages~role: unknown variant" field "messages";
    ContentBlockTypeUnknown bare: "failed to deserialize the json body into the target type: messages~: unknown variant" field "messages";
    FieldTypeWrong bare: "failed to deserialize the json body into the target type";
    MessageRoleUnknown bare: "? is not one of * - messages~role";
    SystemTurnMisplaced path: "role system must follow";
    SystemTurnMisplaced path: "role system must precede";
    SystemTurnMisplaced path: "use the top-level system parameter for the initial system prompt";
    SystemBlockNotText path: "role system supports text";
    SystemBlockNotText bare: "system~type: input should be text";
    EmptyTextBlock path: "text content blocks must be non-empty";
    EmptyTextBlock path: "text content blocks must contain non-empty text";
    EmptyTextBlock path: "the text field in the contentblock object at @ is blank";
    EmptyTextBlock bare: "messages~text: string should have at least 1";
    WhitespaceOnlyTextBlock path: "text content blocks must contain non-whitespace text";
    WhitespaceOnlyTextBlock path: "system text blocks must contain non-whitespace text";
    EmptyMessageContent path: "all messages must have non-empty content";
    EmptyMessageContent path: "user messages must have non-empty content";
    EmptyMessageContent path: "assistant messages must have non-empty content";
    EmptyMessageContent path: "system content must contain at least one block";
    EmptyMessageContent path: "the content field in the message object at @ is empty";
    EmptyMessageContent bare: "messages~content: list should have at least 1 item";
    EmptyMessageContent bare: "messages~content: string should have at least 1";
    TrailingWhitespaceAssistant path: "final assistant content cannot end with trailing whitespace" field "messages";
    PrefillWithOutputFormat path: "your api request included an assistant message in the final position*when using output format";
    PrefillNotSupported path: "your api request included an assistant message in the final position";
    PrefillNotSupported path: "this model does not support assistant message prefill";
    PrefillNotSupported path: "this model does not support assistant prefill";
    PrefillNotSupported path: "assistant message prefill is not supported";
    PrefillNotSupported path: "assistant prefill is not supported";
    PrefillNotSupported path: "prefilling assistant messages is not supported";
    PrefillNotSupported path: "pre-filling the assistant response is not supported";
    PrefillNotSupported path: "the conversation must end with a user message";
    PrefillNotSupported path: "requests cannot contain assistant role in the final position";
    PrefillNotSupported path: "conversation must end with a user message";
    CacheControlTypeUnknown bare: "messages~cache_control: input tag";
    CacheControlTypeUnknown bare: "system~cache_control: input tag";
    CacheControlTypeUnknown bare: "tools~cache_control: input tag";
    FieldValueUnknown bare: "messages~source: input tag";
    ToolResultContentUnsupported bare: "messages~result.content~: input tag";
    ContentBlockTypeUnknown bare: "messages~: input tag";
    ContentBlockTypeUnknown bare: "messages~: unable to extract tag";
    ContentBlockTypeUnknown bare: "messages~.type: input should be";
    ContentBlockTypeUnknown bare: "messages~.type: invalid literal value";
    ContentBlockTypeUnknown bare: "request.messages~.type: invalid literal value";
    ContentBlockTypeUnknown bare: "system~: input tag";
    ContentBlockTypeUnknown path: "@ specified in the request are not valid";
    ContentBlockTypeUnknown path: "unsupported content block type";
    DocumentInAssistantTurn path: "document blocks are not permitted within assistant turns";
    ContentBlockTypeUnknown path: "? blocks are not permitted within assistant turns";
    ContentBlockTypeUnknown path: "invalid content type. ? is only supported by";
    ContentFilterOutputBlocked bare: "output blocked by content filter";
    ContentFilterOutputBlocked bare: "output blocked by content filtering policy";
    ContentFilterOutputBlocked bare: "claude code cant respond to this";
    ContentFilterOutputBlocked bare: "claude code is unable to respond to this request, which appears to violate";
    ContentFilterInputBlocked bare: "the response was filtered due to the prompt triggering";
    ContentFilterInputBlocked bare: "? requires moderation";
    ContentFilterInputBlocked bare: "input blocked by content filtering policy";
    StopSequenceWhitespace path: "each stop sequence must contain non-whitespace" field "stop_sequences";
    StopSequenceWhitespace bare: "stop_sequences~: string should have at least 1";
    MetadataUserIdTooLong bare: "metadata.user_id: string should have at most";
    MetadataUserIdPersonal bare: "metadata.user_id: user_id appears to contain";

    // --- Sampling. Source: error reference of the Claude API documentation and public bug reports. ---
    ThinkingTemperatureConflict path: "temperature may only be set to 1 when thinking" field "temperature";
    ThinkingTemperatureConflict path: "temperature must be 1 when thinking" field "temperature";
    ThinkingTemperatureConflict path: "temperature is not supported when thinking is enabled" field "temperature";
    ThinkingTemperatureConflict path: "thinking is not compatible with temperature" field "temperature";
    ThinkingTopPConflict path: "top_p must be greater than or equal to 0.95" field "top_p";
    ThinkingTopPConflict path: "top_p must be unset when thinking" field "top_p";
    ThinkingTopKConflict path: "top_k must be unset when thinking" field "top_k";
    SamplingTemperatureTopPConflict path: "temperature and top_p cannot both be specified" field "temperature";
    SamplingParamDeprecated path: "temperature*deprecated for this model" field "temperature";
    SamplingParamDeprecated path: "@ is deprecated for this model";
    SamplingParamDeprecated path: "temperature is not supported" field "temperature";
    SamplingParamDeprecated path: "top_p is not supported" field "top_p";
    SamplingParamDeprecated path: "top_k is not supported" field "top_k";
    SamplingNotInVersion bare: "temperature: extra inputs are not permitted";
    SamplingNotInVersion bare: "top_p: extra inputs are not permitted";
    SamplingNotInVersion bare: "top_k: extra inputs are not permitted";
    TemperatureOutOfRange bare: "temperature: range";
    TemperatureOutOfRange bare: "temperature: input should be";
    TemperatureOutOfRange bare: "? validation error* detected: value*at inferenceconfig.temperature failed to satisfy" field "inferenceConfig.temperature";
    TemperatureOutOfRange bare: "value*at inferenceconfig.temperature failed to satisfy" field "inferenceConfig.temperature";
    TopPOutOfRange path: "top_p cannot be set to" field "top_p";
    TemperatureOutOfRange path: "temperature cannot be set to" field "temperature";
    TopPOutOfRange bare: "top_p: range";
    TopPOutOfRange bare: "top_p: input should be";
    TopKInvalid bare: "top_k: input should be";

    // --- Tool calls and results. Source: error reference of the Claude API documentation and public bug reports. ---
    OrphanToolUse path: "tool_use ids were found without";
    OrphanToolUse path: "the following tool_use ids were not found in tool_result blocks";
    OrphanToolUse bare: "due to tool use concurrency issues";
    OrphanToolUse path: "messages containing tool_use blocks must be followed by";
    OrphanToolUse path: "expected toolresult blocks at @ for the following ids";
    OrphanToolUse path: "an assistant message with tool_calls must be followed by";
    OrphanToolUse path: "each tool_use block must have a corresponding tool_result";
    OrphanToolUse path: "did not find ? tool_result block~";
    OrphanToolUse path: "no tool output found for function call";
    OrphanToolUse path: "please ensure that the number of function response parts is equal";
    OrphanToolUse path: "not the same number of function calls and responses";
    OrphanToolResult path: "no tool call found for function call output";
    OrphanToolResult path: "unexpected tool_use_id found in tool_result blocks";
    OrphanToolResult path: "the number of toolresult blocks at @ exceeds";
    OrphanToolResult path: "invalid parameter: messages with role tool must be a response";
    OrphanToolResult path: "messages with role tool must be a response";
    OrphanToolResult path: "tool_result block(s) provided when previous message does not contain any tool_use";
    OrphanToolResult path: "each tool_result block must have a corresponding tool_use";
    OrphanServerToolResult path: "unexpected tool_use_id found in ? blocks";
    OrphanServerToolUse path: "? tool use with id * was found without a corresponding";
    EncryptedContentInvalid path: "invalid encrypted_content in ? block";
    EncryptedContentInvalid path: "invalid encrypted_index in ? block";
    EncryptedContentInvalid path: "failed to decrypt web search result content";
    ToolResultDuplicate path: "each tool_use must have a single result";
    ToolUseOutsideAssistant path: "tool_use blocks can only be in assistant messages";
    ToolResultOutsideUser path: "tool_result blocks can only be in user messages";
    ToolUseIdDuplicate path: "tool_use ids must be unique";
    ToolUseIdDuplicate path: "the tooluse blocks at @ contain duplicate ids";
    ToolResultDuplicate path: "the toolresult blocks at @ contain duplicate ids";
    ToolUseIdInvalid bare: "messages~id: string should";
    ToolUseIdInvalid bare: "? validation error* detected: value*at messages~tooluseid failed to satisfy";
    ToolUseIdInvalid bare: "tool call id was ? but must be" field "messages";
    ToolUseInputNotObject bare: "messages~input: input should be";
    ToolUseInputNotObject bare: "messages~input: field required";
    FieldTypeWrong path: "the format of the value at *.json is invalid. provide a json object";
    ToolUseInputNotObject path: "the format of the value at @ is invalid. provide a json object";
    ToolResultErrorEmpty path: "the content field at @ cannot be empty when status value is error";
    ToolResultErrorNotText path: "all content must be type text if is_error is true";
    ToolResultErrorEmpty path: "content cannot be empty if is_error is true";
    ToolResultContentUnsupported path: "tool definitions/code execution functions cannot be mixed with other content";
    FieldTypeWrong path: "found a ?, but tool_result content must either be";
    ToolsMissing path: "the toolconfig field must be defined when using tooluse" field "tools";
    ToolsMissing path: "requests which include tool_use or tool_result blocks must define tools" field "tools";
    ToolsMissing path: "? doesnt support tool calling without tools" field "tools";

    // --- Tool definitions. Source: error reference of the Claude API documentation and public bug reports. ---
    ToolSchemaTopLevelCombinator path: "input_schema does not support oneof";
    ToolPropertyKeyInvalid path: "property keys should match pattern";
    OutputSchemaAdditionalProperties path: "for object type, additionalproperties must be";
    OutputSchemaAdditionalProperties path: "for object type, additionalproperties: true is not supported";
    OutputSchemaAdditionalProperties path: "invalid schema for*additionalproperties is required to be supplied";
    SchemaKeywordUnsupported path: "for ? type, propert~";
    SchemaKeywordUnsupported path: "unsupported regex feature";
    SchemaTooComplex path: "schema is too complex";
    SchemaTooComplex path: "schemas contains too many";
    SchemaTooComplex path: "the compiled grammar is too large";
    SchemaTooComplex path: "compiled grammar is too large";
    SchemaKeywordUnsupported path: "circular reference detected in schema definitions";
    ToolSchemaInvalid path: "invalid schema: reference to non-existent definition";
    SchemaTooComplex path: "grammar compilation timed out";
    ToolSchemaInvalid path: "json schema is invalid";
    ToolSchemaInvalid path: "invalid schema for function" field "tools";
    ToolSchemaInvalid bare: "invalid request: tools.function.parameters";
    ToolSchemaInvalid path: "the value at @ must be one of the following: object";
    ToolSchemaMissing bare: "tools~input_schema: field required";
    ToolSchemaInvalid bare: "tools~input_schema~: input should be";
    ToolSchemaInvalid bare: "tools~input_schema~: field required";
    OutputFormatInvalid path: "invalid schema for response_format" field "output_config.format";
    ToolNameInvalid bare: "tools~name: string should";
    ToolNameInvalid bare: "invalid tools~name:" field "tools";
    ToolNameInvalid bare: "? does not match * - tools~name" field "tools";
    ToolNameInvalid bare: "? validation error* detected: value*at toolconfig~name failed to satisfy" field "tools";
    ToolNameInvalid bare: "? validation error* detected: value*at messages~tooluse.name failed to satisfy" field "messages";
    FieldRequired bare: "tools~name: field required";
    FieldTypeWrong bare: "tools~name: input should be a valid";
    ServerToolNameMismatch bare: "tools~name: input should be";
    ToolNameDuplicate path: "tool names must be unique" field "tools";
    ToolNameDuplicate path: "the tool * is already defined at toolconfig.tools" field "tools";
    ToolNameDuplicate path: "duplicate function declaration found" field "tools";
    ToolOpenaiShape bare: "tools~: input tag function found";
    ToolTypeUnknown bare: "tools~: input tag";
    ToolTypeUnknown bare: "tools~.type: input should be";
    ToolTypeUnsupportedByModel path: "? does not support tool types" field "tools";
    ToolsAllDeferred path: "at least one tool must have defer_loading" field "tools";
    ToolsAllDeferred path: "all tools have defer_loading set" field "tools";
    ToolDeferredWithCacheControl path: "tool ? cannot have both defer_loading" field "tools";
    ToolDeferredWithCacheControl path: "tool ? cannot both defer_loading" field "tools";
    ToolReferenceUnresolved path: "tool reference ? not found in available tools";
    ToolReferenceUnresolved path: "tool reference not found in available tools";
    ToolChangeOutsideSystemTurn path: "tool_addition/tool_removal blocks are only permitted within role: system";
    ParameterUnsupportedByModel path: "tool_addition/tool_removal is not supported on this model";
    StrictToolsTooMany path: "too many strict tools| (#). the maximum number of strict tools supported is ^" field "tools";
    ToolDomainsConflict path: "only one of allowed_domains or blocked_domains may be set" field "tools";
    ToolDomainInvalid path: "ip addresses are not supported; provide a plain hostname" field "tools";
    FieldTooShort path: "empty list of domains is ambiguous";
    AdvisorModelTooWeak path: "? cannot be used as an advisor when the request model" field "tools";
    ToolChoiceWithoutTools path: "tool_choice~ may only be specified while providing tools" field "tool_choice";
    ToolChoiceWithoutTools path: "tool_choice is only allowed when tools are specified" field "tool_choice";
    ToolChoiceUnknownTool path: "tool * not found in provided tools" field "tool_choice";
    ToolChoiceNotObject bare: "tool_choice: input should be";
    ToolChoiceForcedUnsupported bare: "tool_choice: type ? and ? are not supported";
    ToolChoiceForcedUnsupported bare: "tool_choice: type ? is not supported";
    ThinkingForcedToolChoice path: "thinking may not be enabled when tool_choice forces tool use" field "tool_choice";
    McpServerAuthInvalid path: "invalid authorization token for mcp server" field "mcp_servers";
    McpServerAuthInvalid path: "authentication error while communicating with mcp server" field "mcp_servers";
    McpServerUnreachable path: "connection error while communicating with mcp server" field "mcp_servers";
    McpServerUnreachable path: "failed to connect to mcp server" field "mcp_servers";
    McpServerUnreachable bare: "mcp_servers~ ?: error while communicating with mcp server" field "mcp_servers";
    McpServerUnreferenced path: "mcp server ? is defined but not referenced by any mcp_toolset" field "mcp_servers";
    McpServerUnreferenced path: "mcp_servers*declared but no mcp_toolset" field "mcp_servers";
    McpToolsetServerUnknown path: "mcp_toolset references*no matching entry in mcp_servers" field "tools";
    McpToolsetServerUnknown path: "references server ? which is not defined in mcp_servers" field "tools";
    McpServerDuplicate path: "duplicate entry for server ?; each mcp server may have at most one mcp_toolset" field "tools";

    // --- Caching. Source: live answers quoted in public test suites and bug reports. ---
    CacheControlTooMany path: "a maximum of ^ blocks with cache_control may be provided|. found #";
    CacheControlEmptyText path: "cache_control cannot be set for empty text blocks";
    CacheControlTtlOrder path: "a ttl=? cache_control block must not come after";
    CacheControlTtlOrder path: "top-level cache_control has ttl";
    CacheControlTtlUnknown bare: "messages~ttl: input should be";
    CacheControlTtlUnknown bare: "system~ttl: input should be";
    CacheControlTtlUnknown bare: "tools~ttl: input should be";

    // --- Thinking and effort. Source: error reference of the Claude API documentation and public bug reports. ---
    ThinkingBudgetNotBelowMaxTokens path: "max_tokens must be greater than thinking.budget_tokens" field "max_tokens";
    ThinkingBudgetNotBelowMaxTokens path: "max_tokens must be greater than budget_tokens" field "max_tokens";
    ThinkingBudgetTooSmall bare: "thinking~budget_tokens: input should be";
    ThinkingBudgetMissing bare: "thinking~budget_tokens: field required";
    ThinkingBlockMissingFirst path: "expected thinking or redacted*thinking, but found";
    ThinkingBlockMissingFirst path: "when thinking is enabled, a final assistant message must start with a thinking block";
    ThinkingBlockModified path: "thinking or redacted_thinking blocks in the latest assistant message cannot be modified";
    ThinkingBlockLast path: "the final block in an assistant message cannot be thinking";
    ThinkingSignatureInvalid path: "invalid signature in ~thinking block";
    ThinkingSignatureInvalid path: "invalid data in redacted_thinking block";
    ThinkingSignatureMissing bare: "messages~signature: field required";
    ThinkingSignatureMissing bare: "thinking.signature: field required";
    ThinkingDisabledButBlockPresent path: "when thinking is disabled, an assistant message in the final position cannot contain";
    ThinkingTypeEnabledUnsupported path: "thinking.type.enabled is not supported" field "thinking.type";
    ThinkingTypeEnabledUnsupported bare: "thinking: input tag enabled found";
    ThinkingTypeDisabledUnsupported path: "thinking.type.disabled is not supported" field "thinking.type";
    AdaptiveThinkingUnsupported path: "adaptive thinking is not supported" field "thinking.type";
    AdaptiveThinkingUnsupported path: "thinking.type.adaptive is not supported" field "thinking.type";
    AdaptiveThinkingUnsupported bare: "thinking: input tag adaptive found";
    ThinkingTypeUnsupported path: "thinking.type.~ is not supported" field "thinking.type";
    ThinkingTypeUnsupported bare: "thinking: input tag";
    ThinkingDisplayWithDisabled bare: "thinking.disabled.display: extra inputs are not permitted";
    ThinkingUnsupported path: "this model does not support thinking" field "thinking";
    ThinkingUnsupported bare: "? does not support thinking" field "thinking";
    ThinkingSignatureInvalid path: "each thinking block must contain thinking";
    ThinkingSignatureInvalid bare: "your session is forging thinking signature";
    ThinkingUnsupported path: "extended thinking is not supported" field "thinking";
    EffortUnsupported path: "this model does not support the effort parameter" field "output_config.effort";
    EffortLevelUnsupported path: "this model does not support effort level" field "output_config.effort";
    EffortWithThinkingDisabled path: "output_config.effort ? is not supported when thinking is disabled" field "output_config.effort";
    EffortWithThinkingDisabled path: "effort ? is not supported when thinking is disabled" field "output_config.effort";
    EffortWithThinkingDisabled path: "effort ? isnt available with thinking turned off" field "output_config.effort";

    // --- Images, documents and files. Source: vision and PDF pages of the Claude API documentation, and public bug reports. ---
    ImageTooLargeBytes path: "image exceeds ? mb maximum|: # bytes > ^ bytes";
    ImageTooLargeBytes path: "image was too large";
    ImageTooLargeBytes bare: "image base64 size*exceeds api limit";
    ImageDimensionsManyImage bare: "an image in the conversation exceeds the dimension limit for many-image requests";
    ImageDimensionsManyImage path: "at least one of the image dimensions exceed*many-image requests";
    ImageDimensionsTooLarge path: "at least one of the image dimensions exceed";
    ImageUnprocessable path: "could not process image";
    ImageMediaTypeUnsupported bare: "? validation error* detected: value*at messages~image.format failed to satisfy" field "messages";
    DocumentMediaTypeUnsupported bare: "? validation error* detected: value*at messages~document.format failed to satisfy" field "messages";
    DocumentMediaTypeUnsupported path: "unsupported document format. only txt and pdf formats are supported when citations are enabled";
    ImageUnprocessable path: "image cannot be empty";
    ImageUnprocessable path: "an image in the conversation could not be processed";
    ImageUnprocessable path: "unable to download the file";
    ImageUnprocessable path: "this url is disallowed by the websites robots.txt";
    ImageUnprocessable path: "invalid image data";
    ImageMediaTypeMismatch path: "the image was specified using the ? media type";
    ImageMediaTypeMismatch path: "image does not match the provided media type";
    DocumentMediaTypeUnsupported bare: "messages~media_type: input should be application/pdf";
    DocumentMediaTypeUnsupported bare: "messages~media_type: input should be text/plain";
    ImageMediaTypeUnsupported bare: "messages~media_type: input should be";
    ImageMediaTypeUnsupported path: "unsupported image";
    ImageMediaTypeUnsupported path: "image format ? not supported";
    ImageMediaTypeUnsupported path: "you uploaded an unsupported image";
    ImageBase64Invalid path: "input should be a valid base64";
    ImageBase64Invalid path: "invalid base64 data";
    ImagesTooMany path: "too many images and documents|: # + # > ^";
    ImagesTooMany path: "too many images$";
    SourceUrlNotHttps path: "only https urls are supported";
    SourceUrlUnsupported path: "url sources are not supported";
    PdfTooManyPages path: "a maximum of ^ pdf pages may be provided|. found #";
    PdfTooManyPages path: "pdf too large";
    PdfPasswordProtected path: "the pdf specified is password protected";
    PdfPasswordProtected path: "pdf is password-protected";
    PdfPasswordProtected path: "pdf is password protected";
    PdfInvalid path: "the pdf specified was not valid";
    PdfInvalid path: "the pdf file was not valid";
    PdfInvalid path: "could not process pdf";
    CitationsPartlyEnabled path: "citations must be enabled on all or none";
    FileNotFound path: "file not found";
    BatchCustomIdInvalid bare: "requests~custom_id: string should";
    DuplicateBatchCustomId bare: "requests~custom_id: *unique";
    DuplicateBatchCustomId path: "duplicate custom_id" field "requests";
    BatchEmpty bare: "requests: list should have at least 1 item";
    BatchTooManyRequests bare: "requests: list should have at most";

    // --- Skills, budgets and context management. Source: answers of the API recorded in public test suites. ---
    SkillsWithoutCodeExecution bare: "skills beta requires the code_execution tool" field "tools";
    ContainerTooManySkills bare: "container~skills: list should have at most";
    TaskBudgetTooSmall bare: "output_config.task_budget.total: input should be greater";
    CompactionTriggerTooSmall bare: "context_management~trigger.value: input should be greater than or equal to 50000";
    CompactionTriggerTooSmall path: "trigger.value must be at least ^";
    ParametersConflict path: "clear_thinking_20251015 strategy requires thinking to be enabled" field "context_management";
    DeprecatedField path: "this field is deprecated. use";

    // --- Any field. Source: wordings of pydantic 2 in the API's answers, and the OpenAI API's error guide. ---
    ParameterUnsupportedByModel bare: "unsupported parameter: @";
    ParameterUnsupportedByModel bare: "unsupported value: @ does not support";
    ParameterUnsupportedByModel path: "this model doesnt support the @ field";
    SamplingParamDeprecated path: "? does not support the temperature parameter" field "temperature";
    SamplingParamDeprecated path: "? does not support the top_p parameter" field "top_p";
    SamplingParamDeprecated path: "? does not support the top_k parameter" field "top_k";
    SamplingParamDeprecated path: "model ? does not support the temperature parameter" field "temperature";
    SamplingParamDeprecated path: "model ? does not support the top_p parameter" field "top_p";
    SamplingParamDeprecated path: "model ? does not support the top_k parameter" field "top_k";
    ParameterUnsupportedByModel path: "this model does not support the @ parameter";
    ParameterUnsupportedByModel path: "model ? does not support the @ parameter";
    SpeedUnsupportedByModel path: "? does not support the speed parameter" field "speed";
    InferenceGeoUnsupportedByModel path: "? does not support inference_geo" field "inference_geo";
    ParameterUnsupportedByModel path: "? does not support the ? context management strategy" field "context_management";
    ParameterUnsupportedByModel path: "? does not support pdf input" field "messages";
    ParameterUnsupportedByModel path: "? does not support image input" field "messages";
    ParameterUnsupportedByModel path: "this model doesnt support tool use" field "tools";
    ParameterUnsupportedByModel path: "you invoked an unsupported model or your request did not allow prompt caching" field "cachePoint";
    ExtraInputsNotPermitted path: "extra inputs are not permitted";
    ExtraInputsNotPermitted bare: "unrecognized request argument supplied: @";
    ExtraInputsNotPermitted bare: "unrecognized request arguments supplied";
    ExtraInputsNotPermitted bare: "unknown parameter: @";
    ExtraInputsNotPermitted bare: "json: unknown field @";
    ExtraInputsNotPermitted bare: "invalid request body: json: unknown field @";
    ExtraInputsNotPermitted bare: "additional properties are not allowed (@ was unexpected)";
    ExtraInputsNotPermitted bare: "invalid json payload received. unknown name @";
    FieldRequired bare: "missing required parameter: @";
    FieldRequired bare: "missing required arguments";
    FieldRequired path: "field required";
    FieldRequired path: "unable to extract tag using discriminator";
    FieldRequired bare: "value*at @ failed to satisfy constraint: member must not be null";
    FieldTooLong bare: "value*at @ failed to satisfy constraint: member must have length less than or equal to ^";
    FieldTooShort bare: "value*at @ failed to satisfy constraint: member must have length greater";
    FieldValueUnknown bare: "value*at @ failed to satisfy constraint: member must satisfy enum value set";
    FieldPatternMismatch bare: "value*at @ failed to satisfy constraint: member must satisfy regular expression pattern";
    FieldOutOfRange bare: "value*at @ failed to satisfy constraint: member must have value";
    UnspecifiedBadRequest bare: "value*at @ failed to satisfy constraint";
    FieldRequired bare: "this api key is not scoped to a workspace" field "anthropic-workspace-id";
    FieldTypeWrong bare: "invalid type for @";
    FieldTypeWrong path: "input should be a valid";
    FieldTypeWrong path: "input should be an object";
    FieldTypeWrong path: "input does not match the expected shape";
    FieldOutOfRange path: "input should be greater than";
    FieldOutOfRange path: "input should be less than";
    FieldValueUnknown path: "input should be";
    FieldValueUnknown path: "input tag";
    FieldValueUnknown path: "must be one of";
    FieldValueUnknown bare: "invalid value: * supported values are";
    FieldTooLong path: "string should have at most";
    FieldTooLong path: "list should have at most";
    FieldTooLong bare: "invalid @: string too long|. expected a string with maximum length ^, but got a string with length #";
    FieldTooLong bare: "invalid @: array too long|. expected an array with maximum length ^, but got an array with length #";
    FieldTooShort path: "string should have at least";
    FieldTooShort path: "list should have at least";
    FieldPatternMismatch path: "string should match pattern";
    FieldPatternMismatch path: "the document file name can only contain";
    OutputFormatInvalid bare: "output_format~:";
    OutputFormatInvalid bare: "output_config.format~:";
    UnspecifiedBadRequest bare weak: "bad request";
    UnspecifiedBadRequest bare weak: "invalid request format to";
    UnspecifiedBadRequest bare weak: "invalid request body";
    UnspecifiedBadRequest bare weak: "invalid request data";
    UnspecifiedBadRequest bare weak: "request contains an invalid argument";
    BedrockExtraneousKey bare: "parameter validation failed: unknown parameter in input: @";
    BedrockExtraneousKey bare: "parameter validation failed: unknown parameter in *: @";
    FieldRequired bare: "parameter validation failed: missing required parameter in input: @";
    FieldRequired bare: "parameter validation failed: missing required parameter in *: @";
    EmptyTextBlock bare: "parameter validation failed: invalid length for parameter *.text, value: 0";
    FieldTooShort bare: "parameter validation failed: invalid length for parameter *, value: 0";
    FieldTypeWrong bare: "parameter validation failed: invalid type for parameter @";
    UnspecifiedBadRequest bare weak: "parameter validation failed";

    // --- Models and endpoints. Source: error reference of the Claude API documentation and public bug reports. ---
    ModelNotFound bare: "the model ? does not exist" field "model";
    ModelNotFound bare: "the requested model*is not supported" field "model";
    ModelNotFound bare: "model ? not found" field "model";
    ModelNotFound bare: "model not found" field "model";
    ModelNotFound bare: "模型不存在" field "model";
    ModelNotFound bare: "model not exist" field "model";
    ModelNotFound bare: "unknown model" field "model";
    ModelNotFound bare: "invalid model$" field "model";
    ModelNotFound path: "invalid model name passed in" field "model";
    ModelNotFound bare: "? is not a valid model id" field "model";
    ModelNotFound bare: "llm provider not provided" field "model";
    ModelNotFound bare 404: "claude-?$" field "model";
    ModelNotFound bare: "theres an issue with the selected model" field "model";
    ModelNotAvailable bare: "claude*is not available$" field "model";
    ModelNotAvailable bare: "model ? is retired" field "model";
    ModelNotAvailable bare: "the model ? is not available" field "model";
    ModelNotAvailable bare: "model ? is not available" field "model";
    ModelNotAvailable bare: "this model is not available" field "model";
    ModelNotFound bare: "models/~ is not found for api version" field "model";
    ModelNotAvailable bare: "claude*is not available for" field "model";
    ModelNotAvailable bare: "claude*is not available with" field "model";
    EndpointNotFound bare weak: "not found$";
    EndpointNotFound bare weak: "page not found";
    EndpointNotFound bare: "the requested resource could not be found";
    EndpointNotFound bare: "the resource you are requesting could not be found";
    EndpointNotFound bare: "the requested url was not found";
    EndpointNotFound bare: "cannot post /";
    EndpointNotFound bare: "invalid url (post";
    EndpointNotFound bare: "unknown request url";
    EndpointNotFound bare: "no route matched with those values";
    EndpointNotFound bare: "the requested operation is not recognized by the service";
    EndpointNotFound bare: "requested api is currently not supported";
    EndpointNotFound bare weak: "resource not found";
    MethodNotAllowed bare weak: "method not allowed";

    // --- Credentials. Source: error reference of the Claude API documentation and public bug reports. ---
    InvalidApiKey bare: "invalid x-api-key" field "x-api-key";
    MissingApiKey bare: "x-api-key header is required" field "x-api-key";
    MissingApiKey bare: "could not resolve authentication method";
    MissingApiKey bare: "you didnt provide an api key";
    MissingApiKey bare: "no api key pass~";
    MissingApiKey bare: "no api key provided";
    MissingApiKey bare: "missing api key";
    MissingApiKey bare: "missing ? api key";
    MissingApiKey bare: "? api key is missing";
    MissingApiKey bare: "? api key is required";
    MissingApiKey bare: "? api key is not set";
    MissingApiKey bare: "? api key not set";
    MissingApiKey bare: "? api key not found";
    MissingApiKey bare: "? api key not configured";
    MissingApiKey bare: "api key is missing";
    MissingApiKey bare: "api key is required";
    MissingApiKey bare: "api key not found$";
    MissingApiKey bare: "the api_key client option must be set";
    MissingApiKey bare: "the anthropic_api_key environment variable is missing";
    MissingApiKey bare: "missing authentication header";
    MissingApiKey bare: "missing authorization header";
    MissingApiKey bare: "missing or invalid authorization header";
    BedrockCredentialsInvalid bare 403: "authorization header is missing";
    MissingApiKey bare: "authorization header is missing";
    MissingApiKey bare: "no auth credentials found";
    MissingApiKey bare: "no cookie auth credentials found";
    MissingApiKey bare: "not logged in";
    BedrockCredentialsInvalid bare: "invalid api key format: must start with pre-defined prefix";
    InvalidApiKey bare: "invalid api key";
    InvalidApiKey bare: "invalid or missing api key";
    InvalidApiKey bare: "invalid api-key";
    InvalidApiKey bare: "api key is invalid";
    InvalidApiKey bare: "the api key is invalid";
    InvalidApiKey bare weak: "invalid credentials";
    InvalidApiKey bare: "invalid_api_key";
    InvalidApiKey bare: "incorrect api key provided";
    InvalidApiKey bare: "api key not valid";
    InvalidApiKey bare: "your api key has expired";
    InvalidApiKey bare: "invalid proxy server token passed";
    GatewayBudgetExceeded bare: "authentication error, exceeded~";
    GatewayBudgetExceeded bare: "authentication error, budget has been exceeded";
    InvalidApiKey bare: "authentication error,";
    InvalidApiKey bare: "authentication fails";
    InvalidApiKey bare 401: "user not found";
    InvalidApiKey bare 401: "invalid token$";
    InvalidApiKey bare: "无效的令牌";
    InvalidApiKey bare: "身份验证失败";
    InvalidApiKey bare: "该令牌状态不可用";
    InvalidBearerToken bare: "the bearer token included in the request is invalid";
    InvalidBearerToken bare: "invalid bearer token" field "authorization";
    InvalidBearerToken bare: "invalid oauth token" field "authorization";
    InvalidBearerToken bare: "oauth access token is invalid" field "authorization";
    InvalidBearerToken bare: "invalid authentication credentials" field "authorization";
    InvalidBearerToken bare: "unauthorized. access token is missing, invalid" field "authorization";
    OauthTokenExpired bare: "oauth token has expired";
    OauthTokenExpired bare: "oauth access token has expired";
    OauthTokenExpired bare: "oauth token is expired";
    OauthTokenExpired bare: "access token expired";
    OauthTokenExpired bare: "the access token has expired";
    OauthTokenExpired bare: "令牌已过期";
    OauthTokenExpired bare: "session expired. please run /login";
    OauthTokenExpired bare: "login expired";
    OauthTokenExpired bare: "oauth session expired";
    OauthTokenExpired bare: "invalid_grant";
    OauthTokenRevoked bare: "oauth token has been revoked";
    OauthTokenRevoked bare: "oauth token revoked";
    OauthNotSupported bare: "oauth authentication is currently not supported";
    OauthNotSupported bare: "oauth authentication is not supported";
    OauthNotAllowedForOrganization bare: "oauth authentication is currently not allowed for this organization";
    OauthNotAllowedForOrganization bare: "your organization has disabled claude subscription access";
    OauthScopeMissing bare: "oauth token does not meet scope requirement";
    OauthScopeMissing bare: "oauth token lacks required scope~";
    OauthScopeMissing bare: "? ? requires a full-scope login token";
    OauthCredentialRestricted bare: "this credential is only authorized for use with claude code";
    CorsHeaderMissing bare: "cors requests must set" field "anthropic-dangerous-direct-browser-access";
    CorsNotAllowedForOrganization bare: "cors requests are not allowed";
    CorsBlocked bare: "access to * has been blocked by cors policy";
    VertexCredentialsInvalid bare: "request had invalid authentication credentials";
    VertexCredentialsInvalid bare: "request is missing required authentication credential";
    VertexCredentialsInvalid bare: "could not load the default credentials";
    VertexCredentialsInvalid bare: "your default credentials were not found";
    VertexCredentialsInvalid bare: "reauthentication is needed";
    InvalidApiKey bare: "access denied due to invalid subscription key";
    MissingApiKey bare: "access denied due to missing subscription key";
    AzureCredentialsInvalid bare: "defaultazurecredential failed to retrieve a token";
    AzureCredentialsInvalid bare: "token tenant ? does not match resource tenant";
    AzureCredentialsInvalid bare: "aadsts~:";
    BedrockCredentialsInvalid bare: "the security token included in the request is";
    BedrockCredentialsInvalid bare: "the request signature we calculated does not match";
    BedrockCredentialsInvalid bare: "signature expired";
    BedrockCredentialsInvalid bare: "bearer token has expired";
    BedrockCredentialsInvalid bare: "authentication failed: please make sure your api key is valid";
    BedrockCredentialsInvalid bare: "missing authentication token";
    BedrockCredentialsInvalid bare: "unable to locate credentials";
    BedrockCredentialsInvalid bare: "could not load credentials from any providers";
    BedrockCredentialsInvalid bare: "unable to load credentials from any";
    BedrockCredentialsInvalid bare: "the sso session associated with this profile";
    BedrockCredentialsInvalid bare: "error when retrieving token from sso";

    // --- Permission and account. Source: error reference of the Claude API documentation and public bug reports. ---
    RequestNotAllowedRegion bare: "request not allowed$";
    RequestNotAllowedRegion bare: "access to anthropic models is not allowed from unsupported";
    RequestNotAllowedRegion bare: "country, region, or territory not supported";
    RequestNotAllowedRegion bare: "the model is not available in your region";
    RequestNotAllowedRegion bare: "this model provider doesnt serve your region";
    RequestNotAllowedRegion bare: "access to anthropic models is not available in your region";
    RequestNotAllowedRegion bare: "model not available this model provider doesnt serve your region";
    PermissionDenied bare: "your api key does not have permission";
    PermissionDenied bare: "we are unable to serve your request";
    PermissionDenied bare: "your organization does not have access";
    PermissionDenied bare: "fast mode is not enabled for your organization" field "speed";
    PermissionDenied bare: "inference_geo is not supported for this organization" field "inference_geo";
    PermissionDenied bare weak: "access forbidden";
    PermissionDenied bare: "无权访问";
    PermissionDenied bare: "用户已被封禁";
    PermissionDenied bare: "the principal*lacks the required data action";
    PermissionDenied bare: "access denied due to virtual network/firewall rules";
    PermissionDenied bare: "your account does not have access";
    AuthenticationFailed bare weak: "unauthorized$";
    PermissionDenied bare weak: "forbidden$";
    PermissionDenied bare: "principal does not have access to api/operation";
    PermissionDenied bare: "public access is disabled";
    OrganizationDisabled bare: "this organization has been disabled";
    OrganizationDisabled bare: "your organization has been disabled";
    OrganizationDisabled bare: "this service has been disabled in this account";
    OrganizationDisabled bare: "your anthropic_api_key belongs to a disabled organization";
    OrganizationDisabled bare: "your account has been disabled";
    LongContextBetaUnavailable bare: "the long context beta is" field "anthropic-beta";
    AwsIdentityFederationDisabled bare: "outbound web identity federation is disabled";
    VertexPermissionDenied bare: "permission ? denied on resource";
    VertexPermissionDenied bare: "permission denied on resource";
    VertexPermissionDenied bare: "the caller does not have permission";
    VertexPermissionDenied bare: "? ai api has not been used in project";
    VertexPermissionDenied bare: "? platform api has not been used in project";
    VertexPermissionDenied bare: "project ? is not allowed to use publisher model" field "model";
    VertexPermissionDenied bare: "organization policy constraint";
    BedrockModelAccessDenied bare: "you dont have access to the model" field "modelId";
    BedrockModelAccessDenied bare: "user*is not authorized to perform: bedrock";
    BedrockModelAccessDenied bare: "your account is not authorized to invoke this api";
    BedrockModelAccessDenied bare: "access to this model is not available";
    BedrockModelAccessDenied bare: "operation not allowed";
    BillingProblem bare: "model access is denied due to invalid_payment_instrument";
    BillingProblem bare: "access denied, please make sure your account is in good standing";
    BillingProblem bare: "this api method requires billing to be enabled";
    BedrockModelAccessDenied bare: "model access is denied";
    BedrockUseCaseFormMissing bare: "model use case details have not been submitted";
    GatewayModelNotAllowed bare: "? not allowed to access model" field "model";

    // --- Money and allowances. Source: error reference and rate-limit pages of the Claude API documentation, and public bug reports. ---
    CreditBalanceTooLow bare: "your credit balance is too low";
    CreditBalanceTooLow bare: "credit balance is too low";
    CreditBalanceTooLow bare: "credit balance too low";
    CreditBalanceTooLow bare: "you are out of credits";
    CreditBalanceTooLow bare: "youre out of credits";
    UsageLimitReached bare: "you have reached your specified*api usage limits";
    UsageLimitReached bare: "you have reached your api usage limits";
    InsufficientQuota bare: "you exceeded your current quota";
    InsufficientQuota bare: "insufficient_quota";
    InsufficientQuota bare: "free allocated quota exceeded";
    InsufficientQuota bare: "billing hard limit has been reached";
    InsufficientQuota bare: "your account is not active, please check your billing";
    GatewayBalanceExhausted bare: "this request requires more credits|, or fewer max_tokens. you requested up to # tokens, but can only afford ^" field "max_tokens";
    GatewayBalanceExhausted bare: "insufficient credits";
    GatewayBalanceExhausted bare: "insufficient balance";
    GatewayBalanceExhausted bare: "insufficient funds";
    GatewayBalanceExhausted bare: "you have no credits remaining";
    GatewayBalanceExhausted bare: "insufficient account balance";
    GatewayBalanceExhausted bare: "余额不足";
    GatewayBalanceExhausted bare: "用户余额不足";
    GatewayBalanceExhausted bare: "prompt tokens limit exceeded|: # > ^";
    GatewayBalanceExhausted bare: "insufficient user quota";
    GatewayBalanceExhausted bare: "user quota is not enough";
    GatewayBalanceExhausted bare: "token quota is not enough";
    GatewayBalanceExhausted bare: "pre-consume token quota failed";
    GatewayBalanceExhausted bare: "your account*insufficient balance";
    GatewayBalanceExhausted bare: "用户额度不足";
    GatewayBalanceExhausted bare: "预扣费额度失败";
    GatewayBalanceExhausted bare: "该令牌额度已用尽";
    GatewayBudgetExceeded bare: "budget has been exceeded";
    GatewayBudgetExceeded bare: "exceededbudget";
    GatewayBudgetExceeded bare: "exceeded budget for";
    GatewayBudgetExceeded bare: "no deployments available - crossed budget";
    GatewayBudgetExceeded bare: "? over budget";
    GatewayBudgetExceeded bare: "key limit exceeded";
    LongContextNeedsExtraUsage bare: "extra usage is required for";
    ExtraUsageExhausted bare: "usage credits are required for fast mode" field "speed";
    LongContextNeedsExtraUsage bare: "usage credits are required for";
    LongContextNeedsExtraUsage bare: "usage credits required for";
    LongContextNeedsExtraUsage bare: "extra usage required for";
    ExtraUsageExhausted bare: "youre out of extra usage";
    ExtraUsageExhausted bare: "you are out of extra usage";
    ExtraUsageExhausted bare: "out of extra usage";
    ThirdPartyNeedsExtraUsage bare: "third-party apps now draw from";
    ThirdPartyNeedsExtraUsage bare: "third party apps now draw from";
    PlanUsageLimitReached bare: "maximum * reached for this month";
    PlanUsageLimitReached bare: "claude ai usage limit reached";
    PlanUsageLimitReached bare: "claude usage limit reached";
    PlanUsageLimitReached bare: "youve hit your*limit";
    PlanUsageLimitReached bare: "you have hit your*limit";
    PlanUsageLimitReached bare: "youve reached your usage limit";
    PlanUsageLimitReached bare: "usage limit reached";
    PlanUsageLimitReached bare: "5-hour limit reached";
    PlanUsageLimitReached bare: "session limit reached";
    PlanUsageLimitReached bare: "weekly limit reached";
    PlanUsageLimitReached bare: "opus weekly limit reached";
    PlanUsageLimitReached bare: "opus usage limit reached";
    PlanUsageLimitReached bare: "claude opus limit reached";
    PlanUsageLimitReached bare: "limit reached · resets";
    TokensPerDay bare: "number of*tokens has exceeded your daily rate limit";
    RequestsPerDay bare: "number of requests has exceeded your daily rate limit";
    TokensPerDay bare: "rate limit reached for*on tokens per day|*limit ^, used #, requested #";
    RequestsPerDay bare: "rate limit reached for*on requests per day|*limit ^, used #, requested #";
    BedrockTokensPerDay bare: "too many tokens per day";
    GatewayFreeDailyCap bare: "rate limit exceeded: free-models-per-day";
    AzureDayLongBackoff bare: "requests to the*have exceeded*retry after 86400 seconds";
    AllowanceUsedUp bare: "out of call volume quota";

    // --- Rate limits. Source: rate-limit page of the Claude API documentation and public bug reports. ---
    RampLimitExceeded bare: "this request would exceed*maximum usage increase rate";
    InputTokensPerMinute bare: "this request would exceed*input tokens per minute";
    OutputTokensPerMinute bare: "this request would exceed*output tokens per minute";
    RequestsPerMinute bare: "this request would exceed*requests per minute";
    TokensPerMinute bare: "this request would exceed*tokens per minute";
    ConcurrentConnections bare: "this request would exceed*concurrent connections";
    AccountRateLimit bare: "this request would exceed your accounts rate limit";
    RateLimitedUnspecified bare: "this request would exceed*rate limit";
    TokensPerMinute bare: "number of*tokens has exceeded your per-minute rate limit";
    RequestsPerMinute bare: "number of requests has exceeded your per-minute rate limit";
    ConcurrentConnections bare: "number of concurrent connections has exceeded";
    ConcurrentConnections bare: "number of concurrent connections*exceeds your rate limit";
    ServerSideThrottle bare: "server is temporarily limiting requests";
    ServerSideThrottle bare: "the server is temporarily limiting requests";
    ServerSideThrottle bare: "rate limited$";
    RequestLargerThanLimit bare: "request too large for|*limit ^, requested #";
    TokensPerMinute bare: "rate limit reached for*on tokens per min|*limit ^, used #, requested #";
    RequestsPerMinute bare: "rate limit reached for*on requests per min|*limit ^, used #, requested #";
    TokensPerMinute bare: "requests to the*have exceeded token rate limit";
    RequestsPerMinute bare: "requests to the*have exceeded call rate limit";
    BedrockTokensPerMinute bare: "too many tokens, please wait";
    BedrockRequestsPerMinute bare: "too many requests, please wait";
    BedrockThrottling bare: "rate exceeded$";
    BedrockThrottling bare: "model is getting throttled";
    BedrockThrottling bare: "your request rate is too high";
    BedrockThrottling bare: "your request was denied due to exceeding the account quotas";
    VertexModelQuota bare: "quota exceeded for aiplatform";
    VertexModelQuota bare: "online prediction request quota exceeded";
    VertexResourceExhausted bare: "resource exhausted";
    VertexResourceExhausted bare: "resource has been exhausted";
    VertexResourceExhausted bare: "quota exceeded for quota metric";
    GatewayUpstreamThrottle bare: "? is temporarily rate-limited upstream";
    GatewayUpstreamThrottle bare: "upstream rate limit exceeded";
    GatewayUpstreamThrottle bare 429: "provider returned error";
    GatewayAllDeploymentsCooling bare: "no deployments available";
    GatewayAllDeploymentsCooling bare: "no healthy deployment~";
    GatewayAllDeploymentsCooling bare: "there are no healthy deployments";
    GatewayAllDeploymentsCooling bare: "all # active accounts cooling down";
    GatewayAllDeploymentsCooling bare: "all # active accounts rate limited";
    GatewayAllDeploymentsCooling bare: "all credentials for model ? are cooling down";
    GatewayRateLimit bare weak: "rate limit exceeded: ?";
    GatewayRateLimit bare: "deployment over user-defined ratelimit";
    GatewayRateLimit bare: "max parallel request limit reached";
    GatewayRateLimit bare: "crossed tpm / rpm";
    GatewayRateLimit bare weak: "rate limit exceeded for ?";
    RateLimitedUnspecified bare weak: "rate limit exceeded";
    RateLimitedUnspecified bare weak: "rate limit reached";
    RateLimitedUnspecified bare weak: "rate limit is exceeded";
    RateLimitedUnspecified bare weak: "too many requests";
    RateLimitedUnspecified bare: "were currently processing too many requests";
    RateLimitedUnspecified bare: "you have been rate limited";
    RateLimitedUnspecified bare: "youve been rate limited";
    RateLimitedUnspecified bare: "请求过于频繁";
    RateLimitedUnspecified bare: "您的账户已达到速率限制";
    RateLimitedUnspecified bare: "allocated quota exceeded";
    RateLimitedUnspecified bare: "requests rate limit exceeded";
    RateLimitedUnspecified bare: "sorry, youve hit a rate limit";
    RateLimitedUnspecified bare: "sorry, your request was speed limited";
    ConcurrentConnections bare: "concurrency limit exceeded";
    ConcurrentConnections bare: "too many concurrent requests";
    ConcurrentConnections bare: "too many pending requests";
    RateLimitedUnspecified bare weak: "request was throttled";
    RateLimitedUnspecified bare weak: "? rate limit exceeded";
    RateLimitedUnspecified bare weak: "? rate limit reached";

    // --- The service's own trouble. Source: error reference of the Claude API documentation and public bug reports. ---
    ApiOverloaded bare: "overloaded$";
    ApiOverloaded bare: "the server is overloaded";
    ApiOverloaded bare: "the service is overloaded";
    ApiOverloaded bare: "our servers are currently overloaded";
    ApiOverloaded bare: "the server is currently overloaded";
    ApiOverloaded bare: "the engine is currently overloaded";
    ApiOverloaded bare: "that model is currently overloaded";
    ApiOverloaded bare: "this model is currently overloaded";
    ApiOverloaded bare: "? is currently overloaded";
    ApiOverloaded bare: "the model is overloaded";
    ApiOverloaded bare: "selected model is at capacity";
    ApiOverloaded bare: "anthropics api*overloaded";
    ApiOverloaded bare: "the model is currently overloaded";
    ApiOverloaded bare: "the service is currently overloaded";
    ApiOverloaded bare: "the service may be temporarily overloaded";
    ApiOverloaded bare: "server is overloaded";
    ApiOverloaded bare: "server is busy";
    ApiOverloaded bare: "server overloaded";
    ApiOverloaded bare: "model overloaded";
    ApiOverloaded bare: "this model is currently experiencing high demand";
    ApiOverloaded bare: "the model is currently experiencing high demand";
    ApiOverloaded bare: "当前模型负载较高";
    ApiOverloaded bare: "该模型当前访问量过大";
    ApiOverloaded bare: "? is experiencing high load";
    ApiOverloaded bare: "the model youve selected is experiencing a high volume of traffic";
    ApiOverloaded bare: "sorry, the upstream model provider*high demand";
    ApiOverloaded bare: "were experiencing high demand for";
    AzurePeakLoad bare: "the system is currently experiencing high demand";
    GatewayAtCapacity bare: "worker local total request limit reached| (#/^)";
    GatewayAtCapacity bare: "当前分组上游负载已饱和";
    GatewayNoChannel bare: "no available channel for";
    GatewayNoChannel bare: "当前分组*无可用渠道";
    GatewayNoChannel bare: "分组*无可用渠道";
    GatewayNoEndpointForModel bare: "no endpoints available that support";
    GatewayNoEndpointForModel bare: "no endpoints found that support cache control" field "cache_control";
    GatewayNoEndpointForModel bare: "no endpoints found that support tool use" field "tools";
    GatewayNoEndpointForModel bare: "no endpoints found that support";
    GatewayNoEndpointForModel bare: "no endpoints available matching";
    GatewayNoEndpointForModel bare: "no endpoints found" field "model";
    GatewayNoEndpointForModel bare: "no allowed providers are available" field "model";
    GatewayNoEndpointForModel bare: "no available ? accounts support the requested model" field "model";
    GatewayUnsupportedParam bare: "? does not support parameters: {@";
    GatewayUnsupportedParam bare: "? does not support parameters: [@";
    GatewayUnsupportedParam bare: "? does not support parameters";
    ApiInternalError bare weak: "internal server error";
    ApiInternalError bare weak: "an internal server error occurred";
    ApiInternalError bare weak: "internal error encountered";
    ApiInternalError bare weak: "the server had an error";
    ApiInternalError bare weak: "an error occurred while processing your request";
    ApiInternalError bare weak: "an internal error occurred";
    ApiInternalError bare: "encountered an unexpected error when processing the request, please try again";
    GatewayInternalError bare: "internal network failure";
    ApiInternalError bare: "an unexpected error has occurred internal to";
    BedrockModelStreamError bare: "the system encountered an unexpected error during processing";
    BedrockServiceUnavailable bare: "bedrock is unable to process your request";
    BedrockModelTimeout bare: "model has timed out in processing the request";
    BedrockServiceUnavailable bare: "bedrock runtime is unable to process your request";
    BedrockServiceUnavailable bare: "too many connections, please wait";
    BedrockModelNotReady bare: "model is not ready";
    BedrockModelNotReady bare: "the model is not ready";
    VertexUnavailable bare: "the service is currently unavailable";
    VertexUnavailable bare: "visibility check was unavailable";
    VertexUnavailable bare weak: "prediction failed$";
    ModelTemporarilyUnavailable bare: "the selected model is temporarily unavailable";
    ModelTemporarilyUnavailable bare: "the model is temporarily unavailable";
    ModelTemporarilyUnavailable bare: "this model is temporarily unavailable";
    ModelTemporarilyUnavailable bare: "were having trouble connecting to the model provider";
    ModelTemporarilyUnavailable bare: "model provider is currently unavailable";
    ModelTemporarilyUnavailable bare: "? is temporarily unavailable";
    ServiceUnavailable bare weak: "the service is temporarily unavailable";
    ServiceUnavailable bare weak: "service temporarily unavailable";
    ServiceUnavailable bare: "upstream service temporarily unavailable";
    ServiceUnavailable bare weak: "service unavailable";
    ServiceUnavailable bare: "no healthy upstream";
    GatewayNoChannel bare: "no available accounts: this group only allows";
    ServiceUnavailable bare: "no available accounts";
    ServiceUnavailable bare: "auth_unavailable: no auth available";
    EnvoyUpstreamOverflow bare: "upstream connect error or disconnect/reset before headers*overflow";
    EnvoyUpstreamReset bare: "upstream connect error or disconnect/reset before headers";
    GatewayTimeout504 bare: "upstream request timeout";
    GatewayTimeout504 bare weak: "gateway time-out";
    GatewayTimeout504 bare weak: "gateway timeout";
    GatewayTimeout504 bare: "deadline expired before operation could complete";
    GatewayTimeout504 bare weak: "deadline exceeded";
    RequestTimedOut bare: "request timed out or interrupted";
    RequestTimedOut bare: "timed out generating response";
    BadGateway502 bare weak: "bad gateway";
    BadGateway502 bare weak: "upstream request failed";
    BadGateway502 bare: "all upstreams failed";
    Cloudflare502 bare: "cloudflare encountered an error processing this request";
    Cloudflare502 bare: "error code: 502";
    Cloudflare520 bare: "error code: 520";
    Cloudflare521 bare: "error code: 521";
    Cloudflare522 bare: "error code: 522";
    Cloudflare523 bare: "error code: 523";
    Cloudflare524 bare: "error code: 524";
    Cloudflare504 bare: "error code: 504";
    CloudflareOriginDns bare: "error code: 1016";
    RateLimitedUnspecified bare: "error code: 1015";
    RequestNotAllowedRegion bare: "error code: 1009";
    CloudflareChallenge bare: "error code: 1010";
    CloudflareChallenge bare: "error code: 1020";
    Cloudflare530 bare: "error code: 10~";

    // --- Clouds. Source: Amazon Bedrock, Google Cloud and Azure answers quoted in public bug reports. ---
    BedrockOnDemandUnsupported bare: "invocation of model id ? with on-demand throughput isnt supported" field "modelId";
    BedrockOnDemandUnsupported bare: "the provided model doesnt support on-demand throughput" field "modelId";
    BedrockModelIdInvalid bare: "the provided model identifier is invalid" field "modelId";
    BedrockModelIdInvalid bare: "this action doesnt support the model that you provided" field "modelId";
    BedrockModelIdInvalid bare: "could not resolve the foundation model from" field "modelId";
    BedrockModelIdInvalid bare: "? validation error* detected: value*at modelid failed to satisfy" field "modelId";
    BedrockModelLegacy bare: "access denied. this model is marked by provider as legacy" field "modelId";
    BedrockModelLegacy bare: "this model is marked by provider as legacy" field "modelId";
    BedrockModelLegacy bare: "this model version has reached the end of its life" field "modelId";
    BedrockExtraneousKey bare: "malformed input request*extraneous key [@]";
    BedrockMalformedInput bare: "malformed input request";
    VertexModelNotFound bare: "publisher model *not found" field "model";
    VertexModelNotFound bare: "publisher model *is not servable" field "model";
    VertexModelNotFound bare weak: "requested entity was not found";
    AzureDeploymentNotFound bare: "the api deployment for this resource does not exist" field "model";
}

/// Buckets of rows: by the first byte (26 letters, digits, other ASCII, and what is beyond it), those that begin with a
/// name, and those that begin with the path of a field.
const BUCKETS: usize = 31;
const DIGIT: usize = 26;
const OTHER: usize = 27;
const BEYOND: usize = 28;
const NAME: usize = 29;
const FIELD: usize = 30;

const fn bucket_of_byte(first: u8) -> usize {
    match first {
        b'a'..=b'z' => (first - b'a') as usize,
        b'A'..=b'Z' => (first - b'A') as usize,
        b'0'..=b'9' => DIGIT,
        0x80.. => BEYOND,
        _ => OTHER,
    }
}

/// The bucket of a pattern, and where the words begin that its head is made of.
#[expect(clippy::indexing_slicing, reason = "runs at compile time")]
const fn place(pattern: &[u8]) -> (usize, usize) {
    if matches!(pattern[0], b'?' | b'@') {
        return (NAME, 2);
    }
    let mut at = 0;
    while at < pattern.len() && (is_path(pattern[at]) || pattern[at] == b'~') && pattern[at] != b'*' {
        at += 1;
    }
    if at < pattern.len() && pattern[at] == b':' {
        let words = if at + 2 < pattern.len() { at + 2 } else { pattern.len() };
        return (FIELD, words);
    }
    // The first byte is known from the bucket.
    (bucket_of_byte(pattern[0]), 1)
}

/// The last byte of the path that a pattern begins with; 0 where there is none, or where it may be any.
#[expect(clippy::indexing_slicing, reason = "runs at compile time")]
const fn path_end(pattern: &[u8], words: usize) -> u8 {
    // The words follow a colon and a space.
    let colon = if words == pattern.len() && pattern[words - 1] == b':' { words - 1 } else { words - 2 };
    let last = pattern[colon - 1];
    if last.is_ascii_alphabetic() { last } else { 0 }
}

/// For each row the last byte of the path that it begins with.
static PATH_ENDS: [u8; ROWS.len()] = path_ends();

#[expect(clippy::indexing_slicing, reason = "runs at compile time")]
const fn path_ends() -> [u8; ROWS.len()] {
    let mut ends = [0; ROWS.len()];
    let mut row = 0;
    while row < ROWS.len() {
        let pattern = ROWS[row].pattern.as_bytes();
        let (bucket, words) = place(pattern);
        if bucket == FIELD {
            ends[row] = path_end(pattern, words);
        }
        row += 1;
    }
    ends
}

/// The rows by bucket, in the order of the table. A message is compared with all rows of its buckets; the heads let most
/// of them be passed over at the cost of one comparison.
struct Index {
    order: [u16; ROWS.len()],
    heads: [u64; ROWS.len()],
    starts: [u16; BUCKETS + 1],
}

static INDEX: Index = Index::new();

impl Index {
    #[expect(clippy::indexing_slicing, clippy::cast_possible_truncation, reason = "runs at compile time")]
    const fn new() -> Self {
        let mut index = Self { order: [0; ROWS.len()], heads: [0; ROWS.len()], starts: [0; BUCKETS + 1] };
        let mut next = 0;
        let mut bucket = 0;
        while bucket < BUCKETS {
            index.starts[bucket] = next as u16;
            let mut row = 0;
            while row < ROWS.len() {
                let pattern = ROWS[row].pattern.as_bytes();
                let (place, words) = place(pattern);
                if place == bucket {
                    index.order[next] = row as u16;
                    index.heads[next] = Head::of_pattern(pattern, words);
                    next += 1;
                }
                row += 1;
            }
            bucket += 1;
        }
        index.starts[BUCKETS] = next as u16;
        index
    }

    /// The rows of one bucket that may fit a text of that head, with their places in the table.
    fn rows(&self, bucket: usize, head: Head) -> impl Iterator<Item = (usize, &'static Row)> {
        let bound = |at: usize| self.starts.get(at).map_or(0, |start| usize::from(*start));
        let range = bound(bucket)..bound(bucket + 1);
        let heads = self.heads.get(range.clone()).unwrap_or_default().iter();
        let order = self.order.get(range).unwrap_or_default().iter();
        heads.zip(order).filter(move |(pattern, _)| head.may_fit(**pattern)).filter_map(|(_, at)| {
            let at = usize::from(*at);
            ROWS.get(at).map(|row| (at, row))
        })
    }
}

/// The rows that may fit the start of `text`, in order of precedence.
pub(super) fn beginning(text: &str) -> impl Iterator<Item = (usize, &'static Row)> {
    let bytes = text.as_bytes();
    let bucket = bytes.first().map_or(OTHER, |first| bucket_of_byte(*first));
    INDEX.rows(bucket, Head::of_text(bytes, 1))
}

/// The rows that begin with a name and may fit the start of `text`, in order of precedence.
pub(super) fn beginning_with_name(text: &str) -> impl Iterator<Item = (usize, &'static Row)> {
    INDEX.rows(NAME, Head::behind_name(text.as_bytes()))
}

/// The rows that begin with the path of a field and may fit `path` and `words`, the text behind it, in order of
/// precedence. An empty path is one that is not known.
pub(super) fn of_field(path: &str, words: &str) -> impl Iterator<Item = (usize, &'static Row)> {
    let end = path.as_bytes().last().map(u8::to_ascii_lowercase);
    let may_end = move |row: usize| PATH_ENDS.get(row).is_none_or(|wanted| *wanted == 0 || end.is_none_or(|end| end == *wanted));
    INDEX.rows(FIELD, Head::of_text(words.as_bytes(), 0)).filter(move |(row, _)| may_end(*row))
}

#[cfg(test)]
mod tests {
    use super::ROWS;

    #[test]
    fn patterns_are_written_as_they_are_matched() {
        for row in ROWS {
            let plain = !row.pattern.chars().any(|it| it.is_ascii_uppercase() || matches!(it, '`' | '"' | '\'' | '\u{2019}'));
            assert!(plain, "lower case and no quotes: {}", row.pattern);
            assert!(!row.pattern.contains("  "), "{}", row.pattern);
        }
    }
}
