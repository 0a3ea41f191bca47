//! The rows of the catalogue of causes. Append only: a slug is never renamed or removed.

use super::causes;

causes! {
    // --- What is said when nothing more is known than the kind ---
    UnspecifiedBadRequest = "unspecified-bad-request", InvalidRequest, ByKind,
        looks: "Invalid request data", means: "the request was refused without a reason", fix: "validate the request, then halve it until the part that is refused is found; do not send it again as it is";
    AuthenticationFailed = "authentication-failed", Authentication, ByKind,
        looks: "", means: "the credential was not accepted", fix: "check which key is sent, in which header, and to which base URL";
    BillingProblem = "billing-problem", Billing, ByKind,
        looks: "", means: "the account cannot pay for the call", fix: "see the billing page of the account that owns the key";
    AllowanceUsedUp = "allowance-used-up", QuotaExhausted, ByKind,
        looks: "", means: "a day's or a plan window's allowance is used up", fix: "wait for its reset, or use another credential";
    PermissionDenied = "permission-denied", Permission, ByKind,
        looks: "Your API key does not have permission to use the specified resource.", means: "the key may not do this", fix: "grant the access the message names, or use a key that has it";
    EndpointNotFound = "endpoint-not-found", NotFound, ByKind,
        looks: "Not Found", means: "nothing answers at this path", fix: "correct the base URL and path: the client adds `/v1/messages` itself";
    ConflictingChange = "conflicting-change", Conflict, ByKind,
        looks: "", means: "the resource was changed by someone else at the same time", fix: "send it again once the other change has settled";
    RequestTooLarge = "request-too-large", RequestTooLarge, ByKind,
        looks: "Request exceeds the maximum size", means: "the body has more bytes than the endpoint takes", fix: "shrink or drop images and documents, use the Files API, cut history";
    ContentFilterOutputBlocked = "content-filter-output-blocked", ContentFiltered, ByKind,
        looks: "Output blocked by content filtering policy", means: "the output was stopped by the content filter", fix: "change the request; ask for a smaller or more original text";
    RateLimitedUnspecified = "rate-limited-unspecified", RateLimit, ByKind,
        looks: "rate limited", means: "a limit was met; which one was not said", fix: "obey the wait if one is given, else back off";
    ApiOverloaded = "api-overloaded", Overloaded, ByKind,
        looks: "Overloaded", means: "the service is at capacity for everyone", fix: "back off with jitter, then use other capacity; move work that is not urgent to batches";
    ApiInternalError = "api-internal-error", Internal, ByKind,
        looks: "Internal server error", means: "the service failed while it handled the call", fix: "send it again with backoff; keep the request id if it lasts";
    BadGateway502 = "bad-gateway-502", BadGateway, ByKind,
        looks: "502 Bad Gateway", means: "a gateway got no good answer from behind", fix: "send it again with backoff";
    ServiceUnavailable = "service-unavailable", Unavailable, ByKind,
        looks: "503 Service Unavailable", means: "the service cannot take the call right now", fix: "send it again with backoff";
    RequestTimedOut = "request-timed-out", Timeout, ByKind,
        looks: "Request timed out.", means: "no answer came in time", fix: "stream long outputs, raise the time-out, then send it again";
    ConnectionFailed = "connection-failed", Connection, ByKind,
        looks: "Connection error.", means: "no connection, for a reason that was not said", fix: "send it again with backoff, and log the underlying error";
    StreamEndedEarly = "stream-ended-early", StreamInterrupted, ByKind,
        looks: "terminated", means: "the stream ended without its last event", fix: "treat the answer as failed and send it again; never run a tool call that was cut off";
    DnsNotFound = "dns-not-found", Dns, ByKind,
        looks: "getaddrinfo ENOTFOUND api.anthropic.com", means: "the host name was not found", fix: "check the network and the base URL";
    TlsVerifyFailed = "tls-verify-failed", Tls, ByKind,
        looks: "certificate verify failed", means: "the server's certificate could not be verified", fix: "trust the certificate authority in the path, or correct the clock";
    ProxyRefused = "proxy-refused", Proxy, ByKind,
        looks: "", means: "the proxy refused to pass the call on", fix: "check the proxy's address and credentials";
    UserAbort = "user-abort", Cancelled, ByKind,
        looks: "Request was aborted.", means: "the caller stopped the call", fix: "nothing to do";
    Unrecognized = "unrecognized", Unknown, ByKind,
        looks: "", means: "the evidence fits nothing known", fix: "read the message; report it if it should have been known";

    // --- The request: JSON and headers ---
    JsonInvalidBody = "json-invalid-body", InvalidRequest, ByKind,
        looks: "The request body is not valid JSON: unexpected character: line 1 column 8 (char 7)", means: "the body is not valid JSON: a stray comma or quote, a raw control character, or an end that is missing", fix: "write the body with a JSON encoder instead of putting strings together";
    JsonLoneSurrogate = "json-lone-surrogate", InvalidRequest, ByKind,
        looks: "The request body is not valid JSON: no low surrogate in string: line 1 column 5 (char 4)", means: "a string holds half of a surrogate pair, often an emoji cut in two", fix: "cut strings by code point, or replace lone surrogates before encoding";
    JsonDuplicateKey = "json-duplicate-key", InvalidRequest, ByKind,
        looks: "", means: "an object has the same key twice, of which only the last counts", fix: "remove one of them";
    BodyNotObject = "body-not-object", InvalidRequest, ByKind,
        looks: "", means: "the body is JSON, but not an object", fix: "send one object with model, messages and max_tokens";
    VersionHeaderMissing = "version-header-missing", InvalidRequest, ByKind,
        looks: "anthropic-version: header is required", means: "the `anthropic-version` header is absent", fix: "send `anthropic-version: 2023-06-01`, or the newer version the code is written for";
    VersionHeaderInvalid = "version-header-invalid", InvalidRequest, ByKind,
        looks: "anthropic-version: \"2023-06-01, 2023-06-01\" is not a valid version", means: "the `anthropic-version` header holds no known version", fix: "send one known version, once";
    BetaHeaderInvalid = "beta-header-invalid", InvalidRequest, ByKind,
        looks: "Unexpected value(s) `x` for the `anthropic-beta` header", means: "the `anthropic-beta` header names a flag this platform does not know", fix: "remove that flag from `anthropic-beta`";
    BetaHeaderMissing = "beta-header-missing", InvalidRequest, ByKind,
        looks: "messages.1.content.1: `tool_addition` blocks require anthropic-beta: inline-tools-2026-09-15", means: "a field or tool is used that needs a flag in `anthropic-beta`", fix: "send the flag, or remove the field";
    HeaderValueInvalid = "header-value-invalid", InvalidRequest, ByKind,
        looks: "Invalid request header value", means: "a header's value holds a character that headers cannot carry", fix: "remove line breaks and other characters beyond Latin-1 from the value";
    BodyVersionMissing = "body-version-missing", InvalidRequest, ByKind,
        looks: "anthropic_version: Field required", means: "the body lacks `anthropic_version`, which Bedrock and Vertex want", fix: "add `anthropic_version` to the body, or use the platform's client";
    BodyVersionInvalid = "body-version-invalid", InvalidRequest, ByKind,
        looks: "Invalid API version", means: "the body's `anthropic_version` is not one the platform takes", fix: "send the value of the platform: `bedrock-2023-05-31` or `vertex-2023-10-16`";

    // --- The request: fields of any kind ---
    ExtraInputsNotPermitted = "extra-inputs-not-permitted", InvalidRequest, ByKind,
        looks: "response_format: Extra inputs are not permitted", means: "a field is present that this endpoint, version or platform does not know", fix: "remove the named field, or send the beta header it needs";
    FieldRequired = "field-required", InvalidRequest, ByKind,
        looks: "tools.0.name: Field required", means: "a field that must be there is absent", fix: "add the named field";
    FieldTypeWrong = "field-type-wrong", InvalidRequest, ByKind,
        looks: "system: Input should be a valid list", means: "a field has a value of the wrong type", fix: "send the type the message names";
    FieldValueUnknown = "field-value-unknown", InvalidRequest, ByKind,
        looks: "service_tier: Input should be 'auto' or 'standard_only'", means: "a field has a value that is not one of its choices", fix: "use one of the values the message lists";
    FieldOutOfRange = "field-out-of-range", InvalidRequest, ByKind,
        looks: "Input should be greater than or equal to 0", means: "a number lies outside its range", fix: "bring it into the range the message names";
    FieldTooLong = "field-too-long", InvalidRequest, ByKind,
        looks: "String should have at most 256 characters", means: "a string or list is longer than allowed", fix: "shorten it to the length the message names";
    FieldTooShort = "field-too-short", InvalidRequest, ByKind,
        looks: "String should have at least 1 character", means: "a string or list is shorter than allowed", fix: "fill it, or leave the field out";
    FieldPatternMismatch = "field-pattern-mismatch", InvalidRequest, ByKind,
        looks: "String should match pattern '^[a-z]+$'", means: "a string does not match its pattern", fix: "use only the characters and length the pattern allows";
    ParameterUnsupportedByModel = "parameter-unsupported-by-model", InvalidRequest, ByKind,
        looks: "Unsupported parameter: 'max_tokens' is not supported with this model.", means: "the model does not take this parameter or value", fix: "remove the parameter, or use the one the message names";
    ParametersConflict = "parameters-conflict", InvalidRequest, ByKind,
        looks: "`clear_thinking_20251015` strategy requires `thinking` to be enabled or adaptive", means: "two fields exclude each other", fix: "send only one of them";
    DeprecatedField = "deprecated-field", InvalidRequest, ByKind,
        looks: "output_format: This field is deprecated. Use 'output_config.format' instead.", means: "another field has replaced this one", fix: "use the field that replaced it";

    // --- The request: model and length ---
    MissingModel = "missing-model", InvalidRequest, ByKind,
        looks: "model: Field required", means: "`model` is absent or empty", fix: "set `model`";
    ModelNotFound = "model-not-found", NotFound, ByKind,
        looks: "model: claude-sonet-5", means: "no model of this name is served here: misspelt, with a space or prefix, retired, or of another platform", fix: "use a model id that this account's list of models has";
    ModelNotAvailable = "model-not-available", NotFound, ByKind,
        looks: "Claude Fable 5 is not available. Please use Opus 4.8.", means: "the model exists, but is not served to this account now", fix: "use the model the message names, or ask for access";
    ModelDeprecated = "model-deprecated", NotFound, ByKind,
        looks: "", means: "the model is to be retired on a set date", fix: "move to a current model before that date";
    MissingMaxTokens = "missing-max-tokens", InvalidRequest, ByKind,
        looks: "max_tokens: Field required", means: "`max_tokens` is absent", fix: "set `max_tokens`";
    MaxTokensInvalid = "max-tokens-invalid", InvalidRequest, ByKind,
        looks: "max_tokens: Input should be greater than or equal to 1", means: "`max_tokens` is not a whole number of at least 1", fix: "set `max_tokens` to a whole number of at least 1";
    MaxTokensZeroNotAllowed = "max-tokens-zero-not-allowed", InvalidRequest, ByKind,
        looks: "", means: "`max_tokens` is 0, which only a plain request that warms the cache may have", fix: "set `max_tokens` to at least 1, or drop stream, thinking, output format and forced tool choice";
    MaxTokensAboveModel = "max-tokens-above-model", InvalidRequest, ByKind,
        looks: "max_tokens: 128001 > 128000, which is the maximum allowed number of output tokens for claude-opus-5", means: "`max_tokens` is above what the model can put out", fix: "lower `max_tokens` to the limit the message names";
    PromptTooLong = "prompt-too-long", InvalidRequest, ByKind,
        looks: "prompt is too long: 212164 tokens > 199999 maximum", means: "the prompt does not fit the model's context window", fix: "shorten or compact the conversation, drop large tool results, or use a model with a larger window";
    InputPlusMaxTokensOverContext = "input-plus-max-tokens-over-context", InvalidRequest, ByKind,
        looks: "input length and `max_tokens` exceed context limit: 188240 + 21333 > 200000", means: "the prompt and `max_tokens` together do not fit the context window", fix: "lower `max_tokens` to the window less the prompt, or shorten the prompt";
    StreamingRequired = "streaming-required", InvalidRequest, ByKind,
        looks: "Streaming is required for operations that may take longer than 10 minutes", means: "the call may take longer than a plain answer may", fix: "stream the answer, lower `max_tokens`, or set a time-out of your own";

    // --- The request: messages and system ---
    MissingMessages = "missing-messages", InvalidRequest, ByKind,
        looks: "messages: Field required", means: "`messages` is absent", fix: "set `messages` to a list with at least one user message";
    MessagesEmpty = "messages-empty", InvalidRequest, ByKind,
        looks: "messages: at least one message is required", means: "`messages` is an empty list", fix: "send at least one user message";
    MessagesTooMany = "messages-too-many", InvalidRequest, ByKind,
        looks: "", means: "there are more than 100,000 messages", fix: "drop or summarise the oldest messages";
    MessageRoleUnknown = "message-role-unknown", InvalidRequest, ByKind,
        looks: "messages.0.role: Input should be 'user' or 'assistant'", means: "a message has a role the API does not know", fix: "use user or assistant; tool results go into a user message";
    RolesNotAlternating = "roles-not-alternating", InvalidRequest, ByKind,
        looks: "messages: roles must alternate between \"user\" and \"assistant\"", means: "two neighbouring messages have the same role, which this platform does not take", fix: "merge neighbouring messages of one role";
    FirstMessageNotUser = "first-message-not-user", InvalidRequest, ByKind,
        looks: "messages: first message must use the \"user\" role", means: "the first message is not from the user", fix: "start the list with a user message";
    SystemRoleInMessages = "system-role-in-messages", InvalidRequest, ByKind,
        looks: "messages: Unexpected role \"system\"", means: "a message has a role this model or platform does not take, mostly system", fix: "move the text to the top-level `system`; messages are from user or assistant";
    SystemTurnMisplaced = "system-turn-misplaced", InvalidRequest, ByKind,
        looks: "messages.1: role 'system' must precede an 'assistant' message or end the array", means: "a system message stands where the model does not take one", fix: "put it straight after a user message, and last or before an assistant message";
    SystemTurnIgnored = "system-turn-ignored", InvalidRequest, ByKind,
        looks: "", means: "this model takes system messages without an error and ignores them", fix: "move the text to the top-level `system`";
    SystemBlockNotText = "system-block-not-text", InvalidRequest, ByKind,
        looks: "system.0.type: Input should be 'text'", means: "`system`, or a system message, holds something other than text", fix: "send `system` as a string or as a list of text blocks";
    EmptyTextBlock = "empty-text-block", InvalidRequest, ByKind,
        looks: "messages: text content blocks must be non-empty", means: "a text block is empty", fix: "drop the empty block, or put text into it";
    WhitespaceOnlyTextBlock = "whitespace-only-text-block", InvalidRequest, ByKind,
        looks: "messages: text content blocks must contain non-whitespace text", means: "a text block holds only white space", fix: "drop the block, or put text into it";
    EmptyMessageContent = "empty-message-content", InvalidRequest, ByKind,
        looks: "messages.1: all messages must have non-empty content", means: "a message other than a last one of the assistant has no content", fix: "drop the message, or give it content";
    TrailingWhitespaceAssistant = "trailing-whitespace-assistant", InvalidRequest, ByKind,
        looks: "messages: final assistant content cannot end with trailing whitespace", means: "the last message is from the assistant and ends in white space", fix: "trim the end of its text";
    PrefillNotSupported = "prefill-not-supported", InvalidRequest, ByKind,
        looks: "This model does not support assistant message prefill.", means: "the last message is from the assistant, and the model does not continue it", fix: "end with a user message; ask for a format with `output_config.format` or in words";
    PrefillWithThinking = "prefill-with-thinking", InvalidRequest, ByKind,
        looks: "", means: "the last message is from the assistant while thinking is on", fix: "end with a user message, or turn thinking off";
    PrefillWithOutputFormat = "prefill-with-output-format", InvalidRequest, ByKind,
        looks: "Your API request included an `assistant` message in the final position, which would pre-fill the `assistant` response. When using output format, pre-filling the `assistant` response is not supported.", means: "the last message is from the assistant while an output format is set", fix: "end with a user message, or drop the format";
    ContentBlockTypeUnknown = "content-block-type-unknown", InvalidRequest, ByKind,
        looks: "messages.0.content.0: Input tag 'image_url' found using 'type' does not match any of the expected tags", means: "a content block has a type that is not known at this place", fix: "convert it to a block the API knows: text, image, document, tool_use or tool_result";
    DocumentInAssistantTurn = "document-in-assistant-turn", InvalidRequest, ByKind,
        looks: "messages.1.content: 'document' blocks are not permitted within assistant turns.", means: "a document stands directly in an assistant message, which this API version does not take", fix: "move the document to a user message";
    CitationsOnUserText = "citations-on-user-text", InvalidRequest, ByKind,
        looks: "", means: "a user's text block carries citations, which this API version does not take", fix: "remove `citations` from text blocks of user messages";
    ToolChangeOutsideSystemTurn = "tool-change-outside-system-turn", InvalidRequest, ByKind,
        looks: "messages.0.content: 'tool_addition'/'tool_removal' blocks are only permitted within role: \"system\" messages", means: "a change of the tools stands outside a system message", fix: "move the block into a system message";
    StopSequenceWhitespace = "stop-sequence-whitespace", InvalidRequest, ByKind,
        looks: "stop_sequences: each stop sequence must contain non-whitespace", means: "a stop sequence is empty or only white space", fix: "drop that stop sequence";
    MetadataUserIdTooLong = "metadata-user-id-too-long", InvalidRequest, ByKind,
        looks: "", means: "`metadata.user_id` is longer than 256 characters", fix: "send a shorter id, such as a hash";
    TaskBudgetTooSmall = "task-budget-too-small", InvalidRequest, ByKind,
        looks: "output_config.task_budget.total: Input should be greater than or equal to 20000", means: "the task budget is below 20,000 tokens", fix: "raise it to at least 20,000";
    ContainerTooManySkills = "container-too-many-skills", InvalidRequest, ByKind,
        looks: "container.skills: List should have at most 20 items after validation, not 21", means: "the container has more than 20 skills", fix: "send at most 20";
    SpeedUnsupportedByModel = "speed-unsupported-by-model", InvalidRequest, ByKind,
        looks: "'claude-opus-4-7' does not support the `speed` parameter.", means: "the model has no fast mode", fix: "remove `speed`, or use a model that has it";
    InferenceGeoUnsupportedByModel = "inference-geo-unsupported-by-model", InvalidRequest, ByKind,
        looks: "'claude-haiku-4-5-20251001' does not support inference_geo.", means: "the model does not take `inference_geo`", fix: "remove `inference_geo`";
    ContextManagementOrder = "context-management-order", InvalidRequest, ByKind,
        looks: "", means: "the edit that clears thinking is not the first", fix: "put `clear_thinking_20251015` first";
    CompactionTriggerTooSmall = "compaction-trigger-too-small", InvalidRequest, ByKind,
        looks: "context_management.edits.0.trigger.value: Input should be greater than or equal to 50000", means: "the trigger of compaction is below 50,000 tokens", fix: "raise it to at least 50,000";

    // --- The request: sampling ---
    TemperatureOutOfRange = "temperature-out-of-range", InvalidRequest, ByKind,
        looks: "temperature: range: 0..1", means: "`temperature` is not between 0 and 1", fix: "send a value from 0 to 1";
    TopPOutOfRange = "top-p-out-of-range", InvalidRequest, ByKind,
        looks: "top_p: Input should be less than or equal to 1", means: "`top_p` is not between 0 and 1", fix: "send a value from 0 to 1, or leave it out";
    TopKInvalid = "top-k-invalid", InvalidRequest, ByKind,
        looks: "top_k: Input should be greater than or equal to 0", means: "`top_k` is not a whole number of at least 0", fix: "send a whole number, or leave it out";
    SamplingTemperatureTopPConflict = "sampling-temperature-top-p-conflict", InvalidRequest, ByKind,
        looks: "`temperature` and `top_p` cannot both be specified for this model.", means: "the model takes only one of `temperature` and `top_p`", fix: "send only one of them";
    SamplingParamDeprecated = "sampling-param-deprecated", InvalidRequest, ByKind,
        looks: "`temperature` is deprecated for this model.", means: "the model no longer takes this sampling parameter", fix: "remove the parameter";
    SamplingNotInVersion = "sampling-not-in-version", InvalidRequest, ByKind,
        looks: "temperature: Extra inputs are not permitted", means: "from version 2026-10-21 on the API takes no `temperature`, `top_p` or `top_k`", fix: "remove them, or send `anthropic-version: 2023-06-01`";

    // --- The request: tools ---
    OrphanToolUse = "orphan-tool-use", InvalidRequest, ByKind,
        looks: "messages.3: `tool_use` ids were found without `tool_result` blocks immediately after: toolu_1", means: "a tool call has no result in the next user message", fix: "answer every tool_use in the very next user message, a stopped tool with an error result";
    OrphanToolResult = "orphan-tool-result", InvalidRequest, ByKind,
        looks: "messages.0.content.0: unexpected `tool_use_id` found in `tool_result` blocks: toolu_1", means: "a tool result answers no tool call of the message before", fix: "drop the result, or restore its tool_use; trim history in pairs";
    OrphanServerToolUse = "orphan-server-tool-use", InvalidRequest, ByKind,
        looks: "`web_search` tool use with id `srvtoolu_1` was found without a corresponding `web_search_tool_result` block", means: "a server tool's call has no result in the same turn", fix: "keep server_tool_use and its result together, or drop both";
    OrphanServerToolResult = "orphan-server-tool-result", InvalidRequest, ByKind,
        looks: "unexpected `tool_use_id` found in `advisor_tool_result` blocks: srvtoolu_1", means: "a server tool's result has no call before it in the same turn", fix: "keep server_tool_use and its result together, or drop both";
    ToolResultDuplicate = "tool-result-duplicate", InvalidRequest, ByKind,
        looks: "each tool_use must have a single result. Found multiple `tool_result` blocks with id: toolu_1", means: "a tool call has more than one result", fix: "keep one result for each call";
    ToolResultNotFirst = "tool-result-not-first", InvalidRequest, ByKind,
        looks: "", means: "something stands before the tool results of a user message", fix: "put the tool results first and the text after them";
    ToolUseOutsideAssistant = "tool-use-outside-assistant", InvalidRequest, ByKind,
        looks: "messages.0: `tool_use` blocks can only be in `assistant` messages", means: "a tool call stands in a message that is not the assistant's", fix: "move it to an assistant message";
    ToolResultOutsideUser = "tool-result-outside-user", InvalidRequest, ByKind,
        looks: "messages.1: `tool_result` blocks can only be in `user` messages", means: "a tool result stands in a message that is not the user's", fix: "move it to the next user message";
    ToolUseIdDuplicate = "tool-use-id-duplicate", InvalidRequest, ByKind,
        looks: "messages: `tool_use` ids must be unique", means: "two tool calls have the same id", fix: "make the ids unique and change the results with them";
    ToolUseIdInvalid = "tool-use-id-invalid", InvalidRequest, ByKind,
        looks: "messages.1.content.0.tool_use.id: String should match pattern '^[a-zA-Z0-9_-]+$'", means: "a tool call's id is empty or has characters that are not allowed", fix: "rewrite the id in the call and in its result with letters, digits, _ and - only";
    ToolUseInputNotObject = "tool-use-input-not-object", InvalidRequest, ByKind,
        looks: "messages.1.content.0.tool_use.input: Input should be a valid dictionary", means: "a tool call's input is not an object", fix: "send an object, `{}` when there are no arguments";
    ToolResultErrorEmpty = "tool-result-error-empty", InvalidRequest, ByKind,
        looks: "The content field at messages.4.content.0.toolResult cannot be empty when status value is error.", means: "a tool result that says error has no content", fix: "put the error's text into the result";
    ToolResultErrorNotText = "tool-result-error-not-text", InvalidRequest, ByKind,
        looks: "all content must be type `text` if `is_error` is true", means: "a tool result that says error has something other than text", fix: "send the error as text";
    ToolResultContentUnsupported = "tool-result-content-unsupported", InvalidRequest, ByKind,
        looks: "messages.2.content.0.tool_result.content.0: Input tag 'tool_reference' found using 'type' does not match any of the expected tags: 'document', 'image', 'search_result', 'text'", means: "a tool result holds a block that results do not take, or mixes search results with others", fix: "send text, images, documents or only search results";
    ToolsMissing = "tools-missing", InvalidRequest, ByKind,
        looks: "The toolConfig field must be defined when using toolUse and toolResult content blocks.", means: "the history has tool calls, but the request defines no tools, which this platform wants", fix: "send the tool definitions again";
    ToolNameInvalid = "tool-name-invalid", InvalidRequest, ByKind,
        looks: "tools.0.custom.name: String should match pattern '^[a-zA-Z0-9_-]{1,128}$'", means: "a tool's name has other characters than letters, digits, _ and -, or is too long", fix: "rename the tool";
    ToolNameDuplicate = "tool-name-duplicate", InvalidRequest, ByKind,
        looks: "tools: Tool names must be unique.", means: "two tools have the same name", fix: "drop or rename one of them";
    ToolOpenaiShape = "tool-openai-shape", InvalidRequest, ByKind,
        looks: "tools.0: Input tag 'function' found using 'type' does not match any of the expected tags", means: "a tool has the shape of another vendor, with its definition under `function`", fix: "send name, description and input_schema at the tool's top";
    ToolSchemaMissing = "tool-schema-missing", InvalidRequest, ByKind,
        looks: "tools.0.custom.input_schema: Field required", means: "a tool has no `input_schema`", fix: "add one; `{\"type\":\"object\"}` takes no arguments";
    ToolSchemaInvalid = "tool-schema-invalid", InvalidRequest, ByKind,
        looks: "tools.0.custom.input_schema: JSON schema is invalid. It must match JSON Schema draft 2020-12", means: "a tool's schema is not a valid JSON Schema (draft 2020-12) of type object", fix: "correct the schema of the tool the message numbers";
    ToolSchemaTopLevelCombinator = "tool-schema-top-level-combinator", InvalidRequest, ByKind,
        looks: "input_schema does not support oneOf, allOf, or anyOf at the top level", means: "a tool's schema has oneOf, allOf or anyOf at its top", fix: "make the top a plain object and move the choice into a property";
    ToolPropertyKeyInvalid = "tool-property-key-invalid", InvalidRequest, ByKind,
        looks: "Property keys should match pattern '^[a-zA-Z0-9_.-]{1,64}$'", means: "a property of a tool's schema has a name that is not allowed", fix: "rename it: at most 64 letters, digits, _ . and -";
    ToolInputExampleInvalid = "tool-input-example-invalid", InvalidRequest, ByKind,
        looks: "", means: "an example of a tool's input does not fit its schema", fix: "correct the example or the schema";
    ToolTypeUnknown = "tool-type-unknown", InvalidRequest, ByKind,
        looks: "tools.0: Input tag 'shell' found using 'type' does not match any of the expected tags", means: "a tool has a type the API does not know", fix: "use `custom`, or a server tool's type with its date";
    ToolTypeUnsupportedByModel = "tool-type-unsupported-by-model", InvalidRequest, ByKind,
        looks: "'claude-fable-5' does not support tool types: computer_20250124.", means: "the model does not have this built-in tool or this version of it", fix: "use the version the message names, or another model";
    ServerToolNameMismatch = "server-tool-name-mismatch", InvalidRequest, ByKind,
        looks: "tools.0.bash_20250124.name: Input should be 'bash'", means: "a built-in tool does not have the name its type asks for", fix: "use the name that belongs to the type";
    ToolsAllDeferred = "tools-all-deferred", InvalidRequest, ByKind,
        looks: "At least one tool must have defer_loading=false.", means: "every tool is loaded later", fix: "leave at least one tool without `defer_loading`";
    ToolsTooManyDeferred = "tools-too-many-deferred", InvalidRequest, ByKind,
        looks: "", means: "more than 10,000 tools are loaded later", fix: "send fewer tools";
    ToolDeferredWithCacheControl = "tool-deferred-with-cache-control", InvalidRequest, ByKind,
        looks: "Tool 'get_weather' cannot have both defer_loading=true and cache_control set.", means: "a tool that is loaded later carries `cache_control`", fix: "remove one of the two";
    StrictToolsTooMany = "strict-tools-too-many", InvalidRequest, ByKind,
        looks: "Too many strict tools (22). The maximum number of strict tools supported is 20.", means: "more tools are strict than the API takes", fix: "set `strict` on at most 20 tools";
    SchemaTooComplex = "schema-too-complex", InvalidRequest, ByKind,
        looks: "Schema is too complex for compilation.", means: "the strict schemas together are too complex", fix: "use fewer optional fields and unions, or fewer strict tools";
    SchemaKeywordUnsupported = "schema-keyword-unsupported", InvalidRequest, ByKind,
        looks: "Unsupported regex feature in pattern field", means: "a strict schema uses a keyword or a regular expression the API does not take", fix: "remove it and check the value in your own code";
    OutputSchemaAdditionalProperties = "output-schema-additional-properties", InvalidRequest, ByKind,
        looks: "For 'object' type, 'additionalProperties' must be explicitly set to false", means: "an object of a strict schema allows further properties", fix: "set `additionalProperties` to false on every object";
    OutputFormatInvalid = "output-format-invalid", InvalidRequest, ByKind,
        looks: "", means: "`output_config.format` is not a JSON schema format", fix: "send `{\"type\":\"json_schema\",\"schema\":…}`";
    ToolDomainsConflict = "tool-domains-conflict", InvalidRequest, ByKind,
        looks: "Only one of allowed_domains or blocked_domains may be set.", means: "a web tool has both allowed and blocked domains", fix: "send only one of the two lists";
    ToolDomainInvalid = "tool-domain-invalid", InvalidRequest, ByKind,
        looks: "allowed_domains.0: IP addresses are not supported; provide a plain hostname like \"example.com\"", means: "a web tool's domain has a scheme or is not a domain", fix: "send the bare domain";
    ToolChoiceWithoutTools = "tool-choice-without-tools", InvalidRequest, ByKind,
        looks: "tool_choice may only be specified while providing tools", means: "`tool_choice` is set, but there are no tools", fix: "send tools, or remove `tool_choice`";
    ToolChoiceUnknownTool = "tool-choice-unknown-tool", InvalidRequest, ByKind,
        looks: "Tool 'x' not found in provided tools", means: "`tool_choice` names a tool that is not in the list", fix: "use the name of a tool that is sent";
    ToolChoiceNotObject = "tool-choice-not-object", InvalidRequest, ByKind,
        looks: "tool_choice: Input should be a valid dictionary", means: "`tool_choice` is not an object", fix: "send an object such as `{\"type\":\"auto\"}`";
    ToolChoiceForcedUnsupported = "tool-choice-forced-unsupported", InvalidRequest, ByKind,
        looks: "tool_choice: type \"tool\" and \"any\" are not supported for this model.", means: "the model cannot be forced to call a tool", fix: "use `{\"type\":\"auto\"}` and ask for the tool in words";
    McpServerAuthInvalid = "mcp-server-auth-invalid", InvalidRequest, ByKind,
        looks: "Invalid authorization token for MCP server 'x'.", means: "the remote MCP server did not accept its token", fix: "get a new token for that MCP server";
    McpServerUnreachable = "mcp-server-unreachable", InvalidRequest, ByKind,
        looks: "Connection error while communicating with MCP server", means: "the remote MCP server could not be used", fix: "check the MCP server's address and that it answers from the internet";
    McpServerUnreferenced = "mcp-server-unreferenced", InvalidRequest, ByKind,
        looks: "MCP server 'docs' is defined but not referenced by any `mcp_toolset` in `tools`.", means: "an MCP server is defined, but no toolset uses it", fix: "add an `mcp_toolset` for it, or remove it";
    McpToolsetServerUnknown = "mcp-toolset-server-unknown", InvalidRequest, ByKind,
        looks: "mcp_toolset references [docs] but no matching entry in mcp_servers", means: "a toolset names an MCP server that is not defined", fix: "define the server under `mcp_servers`";
    McpServerDuplicate = "mcp-server-duplicate", InvalidRequest, ByKind,
        looks: "duplicate entry for server \"docs\"; each MCP server may have at most one mcp_toolset", means: "two MCP servers or toolsets have the same name", fix: "make the names unique";
    McpServerUrlNotHttps = "mcp-server-url-not-https", InvalidRequest, ByKind,
        looks: "", means: "an MCP server's address does not start with https", fix: "use an https address";
    AdvisorModelTooWeak = "advisor-model-too-weak", InvalidRequest, ByKind,
        looks: "tools.9.model: 'claude-opus-4-8' cannot be used as an advisor when the request model is 'claude-fable-5'.", means: "the advisor's model is weaker than the main one", fix: "use an advisor at least as capable as the main model";

    // --- The request: caching ---
    CacheControlTooMany = "cache-control-too-many", InvalidRequest, ByKind,
        looks: "A maximum of 4 blocks with cache_control may be provided. Found 5.", means: "more than 4 cache markers are set, over tools, system and messages together", fix: "keep at most 4; a top-level one counts too";
    CacheControlEmptyText = "cache-control-empty-text", InvalidRequest, ByKind,
        looks: "system.0: cache_control cannot be set for empty text blocks", means: "a cache marker stands on an empty text block", fix: "move it to a block with text";
    CacheControlTtlOrder = "cache-control-ttl-order", InvalidRequest, ByKind,
        looks: "a ttl='1h' cache_control block must not come after a ttl='5m' cache_control block", means: "a marker of 1 hour comes after one of 5 minutes, in the order tools, system, messages", fix: "put the markers of 1 hour first, or use one ttl everywhere";
    CacheControlTypeUnknown = "cache-control-type-unknown", InvalidRequest, ByKind,
        looks: "", means: "a cache marker's type is not ephemeral", fix: "send `{\"type\":\"ephemeral\"}`";
    CacheControlTtlUnknown = "cache-control-ttl-unknown", InvalidRequest, ByKind,
        looks: "cache_control.ephemeral.ttl: Input should be '5m' or '1h'", means: "a cache marker's ttl is neither 5m nor 1h", fix: "use 5m or 1h";
    CacheControlBelowMinimum = "cache-control-below-minimum", InvalidRequest, ByKind,
        looks: "", means: "the part before a cache marker is too short to be cached, so it is not", fix: "remove the marker, or move it to a later block";

    // --- The request: thinking and effort ---
    ThinkingBudgetNotBelowMaxTokens = "thinking-budget-not-below-max-tokens", InvalidRequest, ByKind,
        looks: "`max_tokens` must be greater than `thinking.budget_tokens`", means: "the thinking budget is not smaller than `max_tokens`", fix: "raise `max_tokens`, or lower the budget";
    ThinkingBudgetTooSmall = "thinking-budget-too-small", InvalidRequest, ByKind,
        looks: "thinking.enabled.budget_tokens: Input should be greater than or equal to 1024", means: "the thinking budget is below 1024 tokens", fix: "set it to at least 1024";
    ThinkingBudgetMissing = "thinking-budget-missing", InvalidRequest, ByKind,
        looks: "thinking.enabled.budget_tokens: Field required", means: "thinking is enabled without a budget", fix: "set `budget_tokens`, or use adaptive thinking";
    ThinkingTemperatureConflict = "thinking-temperature-conflict", InvalidRequest, ByKind,
        looks: "`temperature` may only be set to 1 when thinking is enabled or in adaptive mode.", means: "`temperature` is not 1 while thinking is on", fix: "remove `temperature`, or set it to 1";
    ThinkingTopPConflict = "thinking-top-p-conflict", InvalidRequest, ByKind,
        looks: "`top_p` must be greater than or equal to 0.95 or unset when thinking is enabled", means: "`top_p` is below 0.95 while thinking is on", fix: "remove `top_p`";
    ThinkingTopKConflict = "thinking-top-k-conflict", InvalidRequest, ByKind,
        looks: "`top_k` must be unset when thinking is enabled.", means: "`top_k` is set while thinking is on", fix: "remove `top_k`";
    ThinkingForcedToolChoice = "thinking-forced-tool-choice", InvalidRequest, ByKind,
        looks: "Thinking may not be enabled when tool_choice forces tool use.", means: "a tool is forced while thinking is on", fix: "use `tool_choice` auto or none, or turn thinking off";
    ThinkingBlockMissingFirst = "thinking-block-missing-first", InvalidRequest, ByKind,
        looks: "Expected `thinking` or `redacted_thinking`, but found `tool_use`.", means: "a running tool turn does not start with its thinking block", fix: "send the thinking blocks back unchanged before the tool_use, or turn thinking off for the turn";
    ThinkingBlockModified = "thinking-block-modified", InvalidRequest, ByKind,
        looks: "`thinking` or `redacted_thinking` blocks in the latest assistant message cannot be modified.", means: "thinking blocks of the last assistant turn are not as they were returned", fix: "send them back byte for byte and in order, or drop the turn";
    ThinkingSignatureInvalid = "thinking-signature-invalid", InvalidRequest, ByKind,
        looks: "messages.1.content.0: Invalid `signature` in `thinking` block", means: "a thinking block's signature does not verify: edited, or of another model, account or platform", fix: "drop thinking blocks that came from elsewhere, or start a new turn";
    ThinkingSignatureMissing = "thinking-signature-missing", InvalidRequest, ByKind,
        looks: "messages.1.content.0.thinking.signature: Field required", means: "a thinking block has no signature", fix: "keep the signature of the answer, from `signature_delta` when streaming, and send it back";
    ThinkingDisabledButBlockPresent = "thinking-disabled-but-block-present", InvalidRequest, ByKind,
        looks: "When thinking is disabled, an `assistant` message in the final position cannot contain `thinking`.", means: "the last assistant message holds thinking while thinking is off", fix: "turn thinking on, or strip the thinking blocks";
    ThinkingTypeEnabledUnsupported = "thinking-type-enabled-unsupported", InvalidRequest, ByKind,
        looks: "\"thinking.type.enabled\" is not supported for this model.", means: "the model takes no thinking budget, only adaptive thinking", fix: "send `{\"type\":\"adaptive\"}` and steer with `output_config.effort`";
    ThinkingTypeDisabledUnsupported = "thinking-type-disabled-unsupported", InvalidRequest, ByKind,
        looks: "\"thinking.type.disabled\" is not supported for this model.", means: "thinking cannot be turned off on this model, or not at this effort", fix: "leave `thinking` out, lower the effort, or use what the message names";
    ThinkingTypeUnsupported = "thinking-type-unsupported", InvalidRequest, ByKind,
        looks: "\"thinking.type.between_tools\" is not supported for this model.", means: "the model does not take this type of thinking", fix: "use a type the model takes";
    AdaptiveThinkingUnsupported = "adaptive-thinking-unsupported", InvalidRequest, ByKind,
        looks: "adaptive thinking is not supported on this model", means: "the model does not take adaptive thinking", fix: "send `{\"type\":\"enabled\",\"budget_tokens\":…}`";
    ThinkingUnsupported = "thinking-unsupported", InvalidRequest, ByKind,
        looks: "This model does not support thinking.", means: "the model does not think", fix: "remove `thinking`";
    ThinkingDisplayWithDisabled = "thinking-display-with-disabled", InvalidRequest, ByKind,
        looks: "thinking.disabled.display: Extra inputs are not permitted", means: "`thinking.display` is set while thinking is off", fix: "remove `display`";
    EffortUnsupported = "effort-unsupported", InvalidRequest, ByKind,
        looks: "This model does not support the effort parameter.", means: "the model does not take `output_config.effort`", fix: "remove `output_config.effort`";
    EffortLevelUnsupported = "effort-level-unsupported", InvalidRequest, ByKind,
        looks: "This model does not support effort level 'xhigh'. Supported levels: high, low, max, medium.", means: "the model does not have this level of effort", fix: "use a level the message names";
    EffortWithThinkingDisabled = "effort-with-thinking-disabled", InvalidRequest, ByKind,
        looks: "output_config.effort 'max' is not supported when thinking is disabled on this model.", means: "this level of effort needs thinking", fix: "lower the effort to high, or turn thinking on";

    // --- The request: images and documents ---
    ImageTooLargeBytes = "image-too-large-bytes", InvalidRequest, ByKind,
        looks: "image exceeds 10 MB maximum: 11174516 bytes > 10485760 bytes", means: "an image's base64 text is longer than the platform takes", fix: "scale the image down or compress it more";
    ImageDimensionsTooLarge = "image-dimensions-too-large", InvalidRequest, ByKind,
        looks: "At least one of the image dimensions exceed max allowed size: 8000 pixels", means: "an image's side is longer than the limit", fix: "scale it so that neither side exceeds the limit the message names";
    ImageDimensionsManyImage = "image-dimensions-many-image", InvalidRequest, ByKind,
        looks: "exceed max allowed size for many-image requests: 2000 pixels", means: "there are more than 20 images, and one has a side over 2000 pixels", fix: "scale the images below 2000 pixels, or drop old ones";
    ImageUnprocessable = "image-unprocessable", InvalidRequest, ByKind,
        looks: "Could not process image", means: "an image's bytes are damaged, empty, or no image, or its address gave nothing usable", fix: "check the bytes, write the image again as PNG or JPEG, and take the bad one out of the history";
    ImageBase64Invalid = "image-base64-invalid", InvalidRequest, ByKind,
        looks: "messages.0.content.0.image.source.base64.data: Input should be a valid base64", means: "the data is not plain base64", fix: "encode the bytes as base64, without line breaks";
    ImageDataUrlPrefix = "image-data-url-prefix", InvalidRequest, ByKind,
        looks: "", means: "the base64 data begins with a `data:` address", fix: "send only what stands after the comma";
    ImageMediaTypeMismatch = "image-media-type-mismatch", InvalidRequest, ByKind,
        looks: "The image was specified using the image/png media type, but the image appears to be a image/jpeg image", means: "`media_type` does not fit the image's bytes", fix: "set `media_type` from the first bytes of the data";
    ImageMediaTypeUnsupported = "image-media-type-unsupported", InvalidRequest, ByKind,
        looks: "image.source.base64.media_type: Input should be 'image/jpeg', 'image/png', 'image/gif' or 'image/webp'", means: "the image's type is not one of JPEG, PNG, GIF and WebP", fix: "convert the image, or correct the label (`image/jpg` is `image/jpeg`)";
    ImagesTooMany = "images-too-many", InvalidRequest, ByKind,
        looks: "too many images and documents: 601 + 0 > 600", means: "there are more images and documents than the model takes", fix: "drop old images, or split the request";
    SourceUrlNotHttps = "source-url-not-https", InvalidRequest, ByKind,
        looks: "", means: "the address of an image or document does not start with https", fix: "use an https address, or send the bytes as base64";
    DocumentMediaTypeUnsupported = "document-media-type-unsupported", InvalidRequest, ByKind,
        looks: "document.source.base64.media_type: Input should be 'application/pdf'", means: "a base64 document is not a PDF", fix: "send text as a text source; base64 is only for PDF";
    PdfTooManyPages = "pdf-too-many-pages", InvalidRequest, ByKind,
        looks: "A maximum of 100 PDF pages may be provided.", means: "the PDFs have more pages than the model takes", fix: "split the PDF, or send its text";
    PdfPasswordProtected = "pdf-password-protected", InvalidRequest, ByKind,
        looks: "The PDF specified is password protected.", means: "the PDF is encrypted", fix: "remove the password";
    PdfInvalid = "pdf-invalid", InvalidRequest, ByKind,
        looks: "The PDF specified was not valid.", means: "the bytes are not a valid PDF", fix: "check that the file starts with `%PDF-` and opens, then export it again";
    CitationsPartlyEnabled = "citations-partly-enabled", InvalidRequest, ByKind,
        looks: "citations must be enabled on all or none of the documents", means: "some documents have citations on and some off", fix: "turn citations on for all or for none";
    CitationsWithOutputFormat = "citations-with-output-format", InvalidRequest, ByKind,
        looks: "", means: "citations and an output format are both asked for", fix: "drop one of the two";
    FileNotFound = "file-not-found", NotFound, ByKind,
        looks: "File not found: file_1", means: "no file of this id exists in the workspace", fix: "upload the file again, with the same workspace's key";

    // --- The request: batches ---
    BatchEmpty = "batch-empty", InvalidRequest, ByKind,
        looks: "", means: "the batch has no requests", fix: "send at least one";
    BatchTooManyRequests = "batch-too-many-requests", InvalidRequest, ByKind,
        looks: "", means: "the batch has more than 100,000 requests", fix: "split the batch";
    BatchCustomIdInvalid = "batch-custom-id-invalid", InvalidRequest, ByKind,
        looks: "requests.449.custom_id: String should match pattern '^[a-zA-Z0-9_-]{1,64}$'", means: "a batch item's `custom_id` is longer than 64 or has characters that are not allowed", fix: "use at most 64 letters, digits, _ and -";
    DuplicateBatchCustomId = "duplicate-batch-custom-id", InvalidRequest, ByKind,
        looks: "", means: "two items of a batch have the same `custom_id`", fix: "make every `custom_id` unique";
    BatchParamNotAllowed = "batch-param-not-allowed", InvalidRequest, ByKind,
        looks: "", means: "a batch item has a field that batches do not take, such as `stream`", fix: "remove the field from `params`";
    BatchItemExpired = "batch-item-expired", Timeout, Yes, effect None,
        looks: "{\"result\":{\"type\":\"expired\"}}", means: "the batch ended after 24 hours before this item was run, and it was not billed", fix: "send the item again in a new batch";
    BatchItemCanceled = "batch-item-canceled", Cancelled, Yes, effect None,
        looks: "{\"result\":{\"type\":\"canceled\"}}", means: "the batch was cancelled before this item was run, and it was not billed", fix: "send the item again if it is still wanted";

    // --- Credentials: what is sent ---
    InvalidApiKey = "invalid-api-key", Authentication, ByKind,
        looks: "invalid x-api-key", means: "the key is wrong, revoked, or of another service", fix: "use a live key of this service; check which variable it is read from";
    MissingApiKey = "missing-api-key", Authentication, ByKind,
        looks: "x-api-key header is required", means: "no credential was sent", fix: "set the key, and send it as `x-api-key` or `Authorization: Bearer`";
    InvalidBearerToken = "invalid-bearer-token", Authentication, ByKind,
        looks: "Invalid bearer token", means: "the bearer token was not accepted", fix: "log in again, or use a new token";
    OauthTokenExpired = "oauth-token-expired", Authentication, ByKind,
        looks: "OAuth token has expired. Please obtain a new token or refresh your existing token.", means: "the access token has expired", fix: "refresh the token, then send the request once more";
    OauthTokenRevoked = "oauth-token-revoked", Authentication, ByKind,
        looks: "OAuth token has been revoked. Please obtain a new token.", means: "the access token has been revoked", fix: "log in again";
    OauthNotSupported = "oauth-not-supported", Authentication, ByKind,
        looks: "OAuth authentication is currently not supported.", means: "an OAuth token was sent where only API keys are taken, or without its beta header", fix: "use an API key, or send the beta header of OAuth";
    OauthNotAllowedForOrganization = "oauth-not-allowed-for-organization", Permission, ByKind,
        looks: "OAuth authentication is currently not allowed for this organization.", means: "the organisation does not allow OAuth tokens", fix: "use an API key, or ask the organisation's admin";
    OauthScopeMissing = "oauth-scope-missing", Permission, ByKind,
        looks: "OAuth token does not meet scope requirement user:profile", means: "the token lacks the scope this endpoint needs", fix: "log in again with that scope, or use an API key";
    OauthCredentialRestricted = "oauth-credential-restricted", Permission, ByKind,
        looks: "This credential is only authorized for use with Claude Code and cannot be used for other API requests.", means: "the token is only for Claude Code", fix: "use an API key";
    CorsHeaderMissing = "cors-header-missing", InvalidRequest, ByKind,
        looks: "CORS requests must set 'anthropic-dangerous-direct-browser-access' header", means: "a browser called without the header that allows it", fix: "call from a server, or set the header if showing the key is acceptable";
    CorsNotAllowedForOrganization = "cors-not-allowed-for-organization", Permission, ByKind,
        looks: "CORS requests are not allowed for this Organization because of its settings.", means: "the organisation's settings forbid calls from browsers", fix: "call from a server";
    CorsBlocked = "cors-blocked", Permission, ByKind,
        looks: "has been blocked by CORS policy", means: "the browser did not let the call through", fix: "call from a server, or set the header for browser access";
    KeyEmpty = "key-empty", Authentication, ByKind,
        looks: "", means: "the key is an empty string", fix: "set the environment variable the program reads";
    KeyHasWhitespace = "key-has-whitespace", Authentication, ByKind,
        looks: "", means: "the key has white space or a line break in or around it", fix: "trim the key; look for a line break at the end of the file or variable";
    KeyHasQuotes = "key-has-quotes", Authentication, ByKind,
        looks: "", means: "quotes are part of the key", fix: "remove the quotes from the variable or file";
    KeyHasBearerPrefix = "key-has-bearer-prefix", Authentication, ByKind,
        looks: "", means: "the key begins with `Bearer`", fix: "pass the bare key: the client adds `Bearer` itself";
    KeyHasVariableName = "key-has-variable-name", Authentication, ByKind,
        looks: "", means: "the key begins with the name of its variable or header", fix: "keep only what stands after the `=` or `:`";
    KeyUnexpandedVariable = "key-unexpanded-variable", Authentication, ByKind,
        looks: "", means: "the key is the name of a variable that nothing put in", fix: "let the shell or the configuration put the variable's value in";
    KeyPlaceholder = "key-placeholder", Authentication, ByKind,
        looks: "", means: "the key is a placeholder from an example", fix: "put a real key in its place";
    KeyMasked = "key-masked", Authentication, ByKind,
        looks: "", means: "the key is a shortened display of a key, with dots or stars in it", fix: "copy the whole key; the console shows it only once";
    KeyNotAscii = "key-not-ascii", Authentication, ByKind,
        looks: "", means: "the key has characters that no key has", fix: "copy the key again, as plain text";
    KeyTruncated = "key-truncated", Authentication, ByKind,
        looks: "", means: "the key is shorter than keys of its kind", fix: "copy the whole key";
    KeyOfOtherVendor = "key-of-other-vendor", Authentication, ByKind,
        looks: "", means: "the key has the form of another vendor's", fix: "use a key of the service the base URL names";
    KeyForOtherBaseUrl = "key-for-other-base-url", Authentication, ByKind,
        looks: "", means: "the key belongs to another host than the base URL", fix: "set the base URL the key belongs to, or use a key of this host";
    KeyIsAdminKey = "key-is-admin-key", Authentication, ByKind,
        looks: "", means: "the key is an admin key, which the Messages API does not take", fix: "use an ordinary API key";
    KeyIsRefreshToken = "key-is-refresh-token", Authentication, ByKind,
        looks: "", means: "the key is a refresh token, which is only for getting access tokens", fix: "use the access token, and keep the refresh token secret";
    KeyIsSessionToken = "key-is-session-token", Authentication, ByKind,
        looks: "", means: "the key is a web session's, not the API's", fix: "create an API key in the console";
    KeyIsComplianceKey = "key-is-compliance-key", Authentication, ByKind,
        looks: "", means: "the key is for the compliance API", fix: "use an ordinary API key";
    KeyIsOauthToken = "key-is-oauth-token", Authentication, ByKind,
        looks: "", means: "the key is an OAuth token, which needs its own header", fix: "send it as `Authorization: Bearer` with its beta header, or use an API key";
    KeyIsIdentifier = "key-is-identifier", Authentication, ByKind,
        looks: "", means: "the key is the id of something else, such as a request or a workspace", fix: "use the key, not the id";
    KeyInWrongHeader = "key-in-wrong-header", Authentication, ByKind,
        looks: "", means: "the key is sent in a header this service does not read it from", fix: "send API keys as `x-api-key` or `Authorization: Bearer`, tokens as `Authorization: Bearer`";
    TwoCredentialsSent = "two-credentials-sent", Authentication, ByKind,
        looks: "", means: "two different credentials are sent at once", fix: "send only one";
    BaseUrlEndsInV1 = "base-url-ends-in-v1", NotFound, ByKind,
        looks: "", means: "the base URL ends in `/v1`, and the client adds `/v1` again", fix: "remove `/v1` from the base URL";
    BaseUrlHasEndpointPath = "base-url-has-endpoint-path", NotFound, ByKind,
        looks: "", means: "the base URL holds the endpoint's path, which the client adds itself", fix: "keep only the scheme and host";
    BaseUrlNotHttps = "base-url-not-https", InvalidRequest, ByKind,
        looks: "", means: "the base URL is not https, so the key travels unprotected", fix: "use https, except on your own machine";
    BaseUrlInvalid = "base-url-invalid", InvalidRequest, ByKind,
        looks: "", means: "the base URL is empty or is no URL", fix: "set it to a full address such as `https://api.anthropic.com`, or leave it out";
    KeyTooLong = "key-too-long", Authentication, ByKind,
        looks: "", means: "the key is longer than keys of its kind", fix: "copy the key alone, and once";
    KeyIsNullText = "key-is-null-text", Authentication, ByKind,
        looks: "", means: "the key is a word such as `None` or `undefined`, which stands for nothing", fix: "set the variable, and check it before it is made a text";
    KeyIsNotAKey = "key-is-not-a-key", Authentication, ByKind,
        looks: "", means: "the key is something else: an address, a file's path, a document, a model's name", fix: "pass the key itself";

    // --- Permission and account ---
    RequestNotAllowedRegion = "request-not-allowed-region", Permission, ByKind,
        looks: "{\"error\":{\"type\":\"forbidden\",\"message\":\"Request not allowed\"}}", means: "the edge refused the call: an unsupported country, or an address it does not trust", fix: "send from a supported country over another network path";
    CloudflareChallenge = "cloudflare-challenge", Permission, ByKind,
        looks: "Just a moment...", means: "the edge wants a browser to prove itself", fix: "send over another network path";
    OrganizationDisabled = "organization-disabled", Permission, ByKind,
        looks: "This organization has been disabled.", means: "the organisation of this key is disabled", fix: "check whether an old key in the environment shadows the good one, then use another account or contact support";
    LongContextBetaUnavailable = "long-context-beta-unavailable", Permission, ByKind,
        looks: "The long context beta is not yet available for this subscription.", means: "the account does not have the 1M context window", fix: "drop the 1M beta or model suffix, or change the plan";
    AwsIdentityFederationDisabled = "aws-identity-federation-disabled", Permission, ByKind,
        looks: "Outbound web identity federation is disabled for your account", means: "the AWS account does not allow web identity federation to the outside", fix: "turn on outbound web identity federation in the AWS account";
    VertexPermissionDenied = "vertex-permission-denied", Permission, ByKind,
        looks: "Permission 'aiplatform.endpoints.predict' denied on resource", means: "the Google account lacks the right to call the model", fix: "grant it the Vertex AI user role in that project";
    VertexCredentialsInvalid = "vertex-credentials-invalid", Authentication, ByKind,
        looks: "Request had invalid authentication credentials.", means: "Google did not accept the access token", fix: "log in again, or refresh the service account's token";
    AzureCredentialsInvalid = "azure-credentials-invalid", Authentication, ByKind,
        looks: "DefaultAzureCredential failed to retrieve a token from the included credentials.", means: "Azure's directory gave no token, or one of another tenant", fix: "log in to the tenant of the resource, or set up its credential on this machine";
    BedrockModelAccessDenied = "bedrock-model-access-denied", Permission, ByKind,
        looks: "You don't have access to the model with the specified model ID.", means: "the AWS account or role has no access to this model in this region", fix: "request access to the model in that region, or correct the role's policy";
    BedrockUseCaseFormMissing = "bedrock-use-case-form-missing", Permission, ByKind,
        looks: "Model use case details have not been submitted for this account.", means: "the form about the use case was not filed for this AWS account", fix: "file the form in the Bedrock console and wait about 15 minutes";
    BedrockCredentialsInvalid = "bedrock-credentials-invalid", Authentication, ByKind,
        looks: "The security token included in the request is expired", means: "the AWS credentials are wrong or have expired", fix: "refresh the AWS credentials, and check the clock";
    GatewayModelNotAllowed = "gateway-model-not-allowed", Permission, ByKind,
        looks: "key not allowed to access model. This key can only access models=['x']", means: "the gateway's key or team may not use this model", fix: "use a model the message lists, or have the gateway's operator allow it";
    ContentFilterInputBlocked = "content-filter-input-blocked", ContentFiltered, ByKind,
        looks: "The response was filtered due to the prompt triggering the content management policy", means: "the prompt was stopped by a content filter", fix: "change the prompt";

    // --- Billing and quota ---
    CreditBalanceTooLow = "credit-balance-too-low", Billing, ByKind,
        looks: "Your credit balance is too low to access the Anthropic API.", means: "the prepaid credit is used up", fix: "buy credit on the billing page, or use another key";
    UsageLimitReached = "usage-limit-reached", Billing, ByKind,
        looks: "You have reached your specified API usage limits. You will regain access on 2026-01-01 at 00:00 UTC.", means: "a monthly limit on spending is reached, your own or your tier's", fix: "raise the limit in the console, or wait for the date the message names";
    ContractSpendLimitReached = "contract-spend-limit-reached", Billing, ByKind,
        looks: "", means: "the spend limit of the organisation's contract is reached", fix: "ask your account manager to raise it";
    InsufficientQuota = "insufficient-quota", Billing, ByKind,
        looks: "You exceeded your current quota, please check your plan and billing details.", means: "the account has no paid quota left", fix: "pay or raise the quota on the billing page";
    GatewayBalanceExhausted = "gateway-balance-exhausted", Billing, ByKind,
        looks: "This request requires more credits, or fewer max_tokens.", means: "the gateway's account has too little credit for the call", fix: "top up the gateway's account, or lower `max_tokens`";
    GatewayBudgetExceeded = "gateway-budget-exceeded", Billing, ByKind,
        looks: "Budget has been exceeded! Current cost: 26.1, Max budget: 0.25", means: "the budget the gateway's operator set is used up", fix: "have the budget raised, or wait for its next window";
    LongContextNeedsExtraUsage = "long-context-needs-extra-usage", Billing, ByKind,
        looks: "Extra usage is required for long context requests.", means: "the plan pays long context only from extra usage", fix: "drop the 1M beta or model suffix and compact the conversation, or turn on extra usage";
    ExtraUsageExhausted = "extra-usage-exhausted", Billing, ByKind,
        looks: "You're out of extra usage.", means: "the extra usage that was bought is used up", fix: "add extra usage, or drop the feature that needs it";
    ThirdPartyNeedsExtraUsage = "third-party-needs-extra-usage", Billing, ByKind,
        looks: "Third-party apps now draw from your extra usage, not your plan limits.", means: "a plan's token used by another application is paid from extra usage", fix: "turn on extra usage, or use an API key";
    PlanUsageLimitReached = "plan-usage-limit-reached", QuotaExhausted, ByKind,
        looks: "Claude AI usage limit reached|1760000400", means: "the plan's window of 5 hours or a week is used up", fix: "wait for the reset that is named, or use another credential";
    TokensPerDay = "tokens-per-day", QuotaExhausted, ByKind,
        looks: "Number of request tokens has exceeded your daily rate limit", means: "the tokens of the day are used up", fix: "wait for the next day, or ask for a higher limit";
    RequestsPerDay = "requests-per-day", QuotaExhausted, ByKind,
        looks: "Number of requests has exceeded your daily rate limit", means: "the requests of the day are used up", fix: "wait for the next day, or ask for a higher limit";
    BedrockTokensPerDay = "bedrock-tokens-per-day", QuotaExhausted, ByKind,
        looks: "Too many tokens per day, please wait before trying again.", means: "Bedrock's tokens of the day are used up", fix: "wait for the next day, use another region, or ask for a higher quota";
    BedrockQuotaExceeded = "bedrock-quota-exceeded", QuotaExhausted, ByKind,
        looks: "ServiceQuotaExceededException", means: "a quota of the AWS account is reached", fix: "ask AWS for a higher quota, or use another region";
    GatewayFreeDailyCap = "gateway-free-daily-cap", QuotaExhausted, ByKind,
        looks: "Rate limit exceeded: free-models-per-day.", means: "the gateway's free requests of the day are used up", fix: "wait for the next day, or add credit";
    AzureDayLongBackoff = "azure-day-long-backoff", QuotaExhausted, ByKind,
        looks: "Please retry after 86400 seconds.", means: "Azure asks to wait a day, which mostly means that the deployment's limit is too small for the call", fix: "raise the deployment's tokens per minute, or shrink the call";

    // --- Not found: endpoints and platforms ---
    GatewayNoEndpointForModel = "gateway-no-endpoint-for-model", NotFound, ByKind,
        looks: "No endpoints found for x/y:free.", means: "the gateway has no provider for this model or feature", fix: "choose another model, or drop the feature the message names";
    GatewayNoChannel = "gateway-no-channel", Unavailable, No,
        looks: "No available channel for model x under group default", means: "the relay has no channel for this model in your group", fix: "change the model or the group, or ask the relay's operator";
    GatewayUnsupportedParam = "gateway-unsupported-param", InvalidRequest, ByKind,
        looks: "anthropic does not support parameters: {'parallel_tool_calls': False}", means: "the gateway does not pass this parameter on to the provider", fix: "drop the parameter, or tell the gateway to drop it";
    BedrockOnDemandUnsupported = "bedrock-on-demand-unsupported", InvalidRequest, ByKind,
        looks: "Invocation of model ID x with on-demand throughput isn't supported.", means: "this Bedrock model is only served through an inference profile", fix: "use the profile's id (`us.`, `eu.` or `global.` before the model's id) or its ARN";
    BedrockModelIdInvalid = "bedrock-model-id-invalid", NotFound, ByKind,
        looks: "The provided model identifier is invalid.", means: "Bedrock does not know this model id in this region", fix: "use the Bedrock id of the model or profile in that region";
    BedrockModelLegacy = "bedrock-model-legacy", NotFound, ByKind,
        looks: "This Model is marked by provider as Legacy", means: "the model is no longer served to this account", fix: "move to an active model";
    BedrockExtraneousKey = "bedrock-extraneous-key", InvalidRequest, ByKind,
        looks: "Malformed input request: #: extraneous key [stream] is not permitted", means: "the body has a key that Bedrock does not take", fix: "remove the named keys from the body";
    BedrockMalformedInput = "bedrock-malformed-input", InvalidRequest, ByKind,
        looks: "Malformed input request: #: required key [messages] not found, please reformat your input and try again.", means: "the body does not fit what Bedrock wants of this model", fix: "correct the field the message names";
    VertexModelNotFound = "vertex-model-not-found", NotFound, ByKind,
        looks: "Publisher Model `projects/p/locations/us-east5/publishers/anthropic/models/x` was not found", means: "the model's id, publisher or region is wrong on Vertex, or the model is not enabled in the project", fix: "use publisher anthropic with the right id and region, and enable the model";
    AzureDeploymentNotFound = "azure-deployment-not-found", NotFound, ByKind,
        looks: "The API deployment for this resource does not exist.", means: "Azure has no deployment of this name", fix: "use the deployment's name as the model; wait 5 minutes if it is new";

    // --- Rate limits ---
    InputTokensPerMinute = "input-tokens-per-minute", RateLimit, ByKind,
        looks: "This request would exceed your organization's rate limit of 30,000 input tokens per minute", means: "the input tokens of the minute are used up", fix: "wait as told, then send less at a time; cache the parts that repeat";
    OutputTokensPerMinute = "output-tokens-per-minute", RateLimit, ByKind,
        looks: "This request would exceed your organization's rate limit of 8,000 output tokens per minute", means: "the output tokens of the minute are used up", fix: "wait as told, then run fewer calls at a time";
    TokensPerMinute = "tokens-per-minute", RateLimit, ByKind,
        looks: "Number of request tokens has exceeded your per-minute rate limit", means: "the tokens of the minute are used up", fix: "wait as told, then send less at a time";
    RequestsPerMinute = "requests-per-minute", RateLimit, ByKind,
        looks: "Number of requests has exceeded your per-minute rate limit", means: "the requests of the minute are used up", fix: "wait as told, then send fewer at a time";
    ConcurrentConnections = "concurrent-connections", RateLimit, ByKind,
        looks: "Number of concurrent connections has exceeded your rate limit.", means: "too many calls are running at once", fix: "run fewer calls at a time";
    AccountRateLimit = "account-rate-limit", RateLimit, ByKind,
        looks: "This request would exceed your account's rate limit. Please try again later.", means: "a limit of the account is met; whether a throttle or a plan's cap is not said", fix: "wait as the headers tell, else back off and try few times";
    ServerSideThrottle = "server-side-throttle", RateLimit, ByKind,
        looks: "Server is temporarily limiting requests (not your usage limit)", means: "the service slows calls down; it is not your limit", fix: "back off with jitter and run fewer calls at a time";
    RampLimitExceeded = "ramp-limit-exceeded", RateLimit, ByKind,
        looks: "This request would exceed your organization's maximum usage increase rate", means: "usage grew faster than allowed", fix: "wait as told, then raise the load step by step";
    RequestLargerThanLimit = "request-larger-than-limit", RateLimit, No,
        looks: "Request too large for gpt-4o on tokens per min (TPM): Limit 30000, Requested 30601.", means: "one call is larger than the whole limit, so no wait helps", fix: "shrink the request, or raise the limit";
    BedrockThrottling = "bedrock-throttling", RateLimit, ByKind,
        looks: "ThrottlingException", means: "Bedrock slows calls down; which limit was met is not said", fix: "back off with jitter";
    BedrockTokensPerMinute = "bedrock-tokens-per-minute", RateLimit, ByKind,
        looks: "Too many tokens, please wait before trying again.", means: "Bedrock's tokens of the minute are used up", fix: "back off with long jitter, lower `max_tokens`, and check that the quota is not near zero";
    BedrockRequestsPerMinute = "bedrock-requests-per-minute", RateLimit, ByKind,
        looks: "Too many requests, please wait before trying again.", means: "Bedrock's requests of the minute are used up", fix: "back off and queue the calls";
    VertexModelQuota = "vertex-model-quota", RateLimit, ByKind,
        looks: "Quota exceeded for aiplatform.googleapis.com/online_prediction_requests_per_base_model", means: "Vertex's quota for this model is used up, or is zero", fix: "back off; if the very first call fails, ask for a higher quota";
    VertexResourceExhausted = "vertex-resource-exhausted", RateLimit, ByKind,
        looks: "Resource exhausted. Please try again later.", means: "Vertex has no room for the call right now", fix: "back off with jitter, or use another region";
    GatewayUpstreamThrottle = "gateway-upstream-throttle", RateLimit, ByKind,
        looks: "x/y is temporarily rate-limited upstream. Please retry shortly", means: "the gateway's provider slows it down", fix: "back off for a short while, use another provider, or add your own key";
    GatewayAllDeploymentsCooling = "gateway-all-deployments-cooling", RateLimit, ByKind,
        looks: "No deployments available for selected model, Try again in 60 seconds.", means: "all of the gateway's deployments of the model are pausing", fix: "wait as told; an empty cooldown list means that none is set up";
    GatewayRateLimit = "gateway-rate-limit", RateLimit, ByKind,
        looks: "Rate limit exceeded: limit_rpm/x/y", means: "a limit of the gateway itself is met", fix: "wait as told, then send fewer at a time";

    // --- Overloaded ---
    StreamOverloaded = "stream-overloaded", Overloaded, ByKind,
        looks: "event: error, overloaded_error", means: "the service ran out of capacity while it answered", fix: "discard the partial answer and send it again with backoff";
    WrappedOverload = "wrapped-overload", Overloaded, ByKind,
        looks: "InternalServerError: AnthropicException - Overloaded", means: "a gateway passed an overload on under another status", fix: "back off with jitter, then use other capacity";
    AzurePeakLoad = "azure-peak-load", Overloaded, ByKind,
        looks: "The system is currently experiencing high demand and cannot process your request.", means: "Azure is at capacity", fix: "wait as told, or move to provisioned throughput";
    GatewayAtCapacity = "gateway-at-capacity", Overloaded, ByKind,
        looks: "Worker local total request limit reached (33/32)", means: "the gateway or its worker has all the calls it takes", fix: "back off with jitter and run fewer calls at a time";

    // --- Internal ---
    StreamInternalError = "stream-internal-error", Internal, ByKind,
        looks: "event: error, api_error", means: "the service failed while it answered", fix: "discard the partial answer and send it again";
    GatewayInternalError = "gateway-internal-error", Internal, ByKind,
        looks: "500 of a relay", means: "the gateway itself failed", fix: "send it again with backoff, and tell the gateway's operator if it lasts";
    BedrockModelError = "bedrock-model-error", Internal, ByKind,
        looks: "ModelErrorException", means: "the model failed behind Bedrock", fix: "send it again once or twice";
    BedrockModelStreamError = "bedrock-model-stream-error", Internal, ByKind,
        looks: "ModelStreamErrorException: The system encountered an unexpected error during processing.", means: "the model failed while Bedrock streamed its answer", fix: "send it again once or twice, and check that the prompt is not too long";
    NotImplemented = "not-implemented", InvalidRequest, ByKind,
        looks: "501 Not Implemented", means: "the server does not have what was asked for", fix: "check the base URL and the method";

    // --- Unavailable ---
    EnvoyUpstreamReset = "envoy-upstream-reset", Unavailable, ByKind,
        looks: "upstream connect error or disconnect/reset before headers. reset reason: connection termination", means: "a proxy lost its connection to the service behind it", fix: "send it again with backoff";
    EnvoyUpstreamOverflow = "envoy-upstream-overflow", Unavailable, ByKind,
        looks: "upstream connect error or disconnect/reset before headers. reset reason: overflow", means: "a proxy has too many calls waiting for the service behind it", fix: "back off longer and run fewer calls at a time";
    BedrockServiceUnavailable = "bedrock-service-unavailable", Unavailable, ByKind,
        looks: "Bedrock is unable to process your request.", means: "Bedrock cannot take the call right now", fix: "send it again with backoff, or use another region";
    BedrockModelNotReady = "bedrock-model-not-ready", Unavailable, ByKind,
        looks: "Model is not ready for inference.", means: "Bedrock is still loading the model", fix: "send it again with backoff";
    VertexUnavailable = "vertex-unavailable", Unavailable, ByKind,
        looks: "The service is currently unavailable.", means: "Vertex cannot take the call right now", fix: "send it again with backoff, or use another region";
    ModelTemporarilyUnavailable = "model-temporarily-unavailable", Unavailable, ByKind,
        looks: "The model is temporarily unavailable", means: "the model cannot take calls right now", fix: "send it again with backoff, or use another model";
    TooEarly = "too-early", Unavailable, ByKind,
        looks: "425 Too Early", means: "the server does not take a request this early in the connection", fix: "send it again";

    // --- Gateways between ---
    Nginx502 = "nginx-502", BadGateway, ByKind,
        looks: "502 Bad Gateway (nginx)", means: "an nginx got no good answer from behind", fix: "send it again, and check your own proxy if it lasts";
    Cloudflare502 = "cloudflare-502", BadGateway, ByKind,
        looks: "error code: 502", means: "Cloudflare got no good answer from the service", fix: "send it again with backoff";
    Cloudflare520 = "cloudflare-520", BadGateway, ByKind,
        looks: "520: Web server is returning an unknown error", means: "the service's answer to Cloudflare made no sense", fix: "send it again with backoff";
    Cloudflare521 = "cloudflare-521", BadGateway, ByKind,
        looks: "521: Web server is down", means: "the service refused Cloudflare's connection", fix: "send it again with backoff";
    Cloudflare522 = "cloudflare-522", BadGateway, ByKind,
        looks: "Error 522: Connection timed out", means: "Cloudflare could not connect to the service in time", fix: "wait as the answer tells, then send it again";
    Cloudflare523 = "cloudflare-523", BadGateway, ByKind,
        looks: "523: Origin is unreachable", means: "Cloudflare could not reach the service", fix: "send it again with backoff";
    Cloudflare524 = "cloudflare-524", BadGateway, ByKind,
        looks: "524: A timeout occurred", means: "the service was silent for longer than Cloudflare waits, and may have done the work", fix: "stream the answer, or go around the relay, then send it again";
    Cloudflare525 = "cloudflare-525", Tls, ByKind,
        looks: "525: SSL handshake failed", means: "Cloudflare and the service could not agree on TLS", fix: "tell the host's operator; try again later";
    Cloudflare526 = "cloudflare-526", Tls, ByKind,
        looks: "526: Invalid SSL certificate", means: "Cloudflare does not accept the service's certificate", fix: "tell the host's operator";
    Cloudflare527 = "cloudflare-527", BadGateway, ByKind,
        looks: "527: Railgun Listener to Origin Error", means: "Cloudflare's connection to the service broke", fix: "send it again with backoff";
    Cloudflare530 = "cloudflare-530", BadGateway, ByKind,
        looks: "error code: 1033", means: "Cloudflare could not serve the host, for the reason its 1xxx code says", fix: "send it again with backoff; tell the host's operator if it lasts";
    CloudflareOriginDns = "cloudflare-origin-dns", Dns, No,
        looks: "error code: 1016", means: "Cloudflare cannot resolve the host behind it", fix: "check the base URL, and tell the host's operator";
    EmptyAnswer = "empty-answer", BadGateway, ByKind,
        looks: "", means: "the answer is empty where a body belongs", fix: "send it again; check the proxies in the path if it lasts";
    LoginPageInsteadOfAnswer = "login-page-instead-of-answer", Proxy, ByKind,
        looks: "200 text/html", means: "a web page came instead of the API's answer: a login, a portal or a filter", fix: "log in to the network, or correct the base URL";

    // --- Other statuses ---
    MethodNotAllowed = "method-not-allowed", InvalidRequest, ByKind,
        looks: "Method Not Allowed", means: "the path does not take this method", fix: "send a POST, and check the path and redirects";
    UnsupportedMediaType = "unsupported-media-type", InvalidRequest, ByKind,
        looks: "415 Unsupported Media Type", means: "the server does not take this `content-type`", fix: "send `content-type: application/json`";
    UnprocessableEntity = "unprocessable-entity", InvalidRequest, ByKind,
        looks: "422 Unprocessable Entity", means: "a gateway found the body invalid", fix: "correct the field the answer names";
    HeadersTooLarge = "headers-too-large", InvalidRequest, ByKind,
        looks: "431 Request Header Fields Too Large", means: "the headers are larger than the server takes", fix: "send fewer or shorter headers and cookies";
    PreconditionFailed = "precondition-failed", Conflict, No,
        looks: "412 Precondition Failed", means: "the resource is not in the state the request asks for", fix: "read it again, then decide";
    MemoryPreconditionFailed = "memory-precondition-failed", Conflict, No,
        looks: "memory_precondition_failed_error", means: "the memory was changed since it was read", fix: "read the memory again and make the change anew";
    MemoryPathConflict = "memory-path-conflict", Conflict, No,
        looks: "memory_path_conflict_error", means: "something already stands at this path of the memory", fix: "use another path, or change what is there";
    ClientClosedRequest = "client-closed-request", Cancelled, ByKind,
        looks: "499", means: "the caller closed the connection before the answer", fix: "nothing to do, unless a time-out of your own closed it";
    ProxyBodyTooLarge = "proxy-body-too-large", RequestTooLarge, ByKind,
        looks: "413 Request Entity Too Large (nginx)", means: "a proxy in the path takes no body of this size", fix: "raise the proxy's limit (`client_max_body_size`), or shrink the body";

    // --- Time-outs ---
    ClientRequestTimeout = "client-request-timeout", Timeout, ByKind,
        looks: "Request timed out.", means: "the client's own limit for the whole call ran out", fix: "stream the answer or raise the time-out, then send it again";
    ClientReadTimeout = "client-read-timeout", Timeout, ByKind,
        looks: "The read operation timed out", means: "no byte came within the client's limit of silence", fix: "stream the answer or raise the read time-out, then send it again";
    ClientWriteTimeout = "client-write-timeout", Timeout, ByKind,
        looks: "The write operation timed out", means: "the request could not be sent within the client's limit", fix: "send a smaller body, or raise the write time-out";
    PoolTimeout = "pool-timeout", Timeout, Yes, effect None,
        looks: "PoolTimeout", means: "no connection of the client's pool came free, so nothing was sent", fix: "run fewer calls at a time, or allow more connections";
    ConnectTimeout = "connect-timeout", Timeout, Yes, effect None,
        looks: "Connect Timeout Error", means: "no connection came up in time, so nothing was sent", fix: "send it again; check the network, proxy and base URL if it lasts";
    RequestTimeout408 = "request-timeout-408", Timeout, ByKind,
        looks: "408 Request Timeout", means: "the server gave up on the request", fix: "send it again";
    GatewayTimeout504 = "gateway-timeout-504", Timeout, ByKind,
        looks: "504 Gateway Timeout", means: "the answer took longer than a gateway waits, and the work may have been done", fix: "stream the answer, or use batches for long work";
    Cloudflare504 = "cloudflare-504", Timeout, ByKind,
        looks: "504: Gateway time-out", means: "Cloudflare got no answer in time", fix: "stream or shrink the call, then send it again";
    BedrockReadTimeout = "bedrock-read-timeout", Timeout, ByKind,
        looks: "Read timeout on endpoint URL", means: "the AWS client's read time-out ran out", fix: "raise `read_timeout` or stream: the same call would run into it again";
    BedrockModelTimeout = "bedrock-model-timeout", Timeout, ByKind,
        looks: "ModelTimeoutException", means: "the model took longer than Bedrock waits", fix: "send a smaller request, or stream it";

    // --- Connections ---
    ConnectionReset = "connection-reset", Connection, ByKind,
        looks: "read ECONNRESET", means: "the other side reset the connection", fix: "send it again on a new connection";
    ConnectionRefused = "connection-refused", Connection, Yes, effect None,
        looks: "connect ECONNREFUSED 127.0.0.1:4000", means: "nothing listens at this address", fix: "check that the proxy or server runs, and the base URL's port";
    NetworkUnreachable = "network-unreachable", Connection, Yes, effect None,
        looks: "connect EHOSTUNREACH", means: "there is no way to the host", fix: "check the network and VPN";
    SocketClosed = "socket-closed", Connection, ByKind,
        looks: "The socket connection was closed unexpectedly.", means: "the other side closed the connection", fix: "send it again on a new connection";
    StaleKeepaliveConnection = "stale-keepalive-connection", Connection, ByKind,
        looks: "Server disconnected without sending a response.", means: "a kept connection had been closed by the server", fix: "send it again at once; shorten the client's keep-alive if it is frequent";
    Http2Goaway = "http2-goaway", Connection, ByKind,
        looks: "GOAWAY received", means: "the server ends this HTTP/2 connection", fix: "send it again at once on a new connection";
    Http2NoResponse = "http2-no-response", Connection, ByKind,
        looks: "Error: http2 request did not get a response", means: "an HTTP/2 request got no answer", fix: "send it again";
    TlsHandshakeReset = "tls-handshake-reset", Connection, Yes, effect None,
        looks: "Client network socket disconnected before secure TLS connection was established", means: "the connection broke during the TLS handshake", fix: "send it again a few times, then check proxy and firewall";
    TlsRecordCorrupted = "tls-record-corrupted", Connection, ByKind,
        looks: "remote error: tls: bad record MAC", means: "bytes were damaged on the way", fix: "send it again; check network gear if it repeats";
    BrowserFailedToFetch = "browser-failed-to-fetch", Connection, ByKind,
        looks: "TypeError: Failed to fetch", means: "the browser could not make the call and does not say why", fix: "look for a CORS message in the console first, then send it again";

    // --- Streams that broke ---
    IncompleteChunkedRead = "incomplete-chunked-read", StreamInterrupted, ByKind,
        looks: "peer closed connection without sending complete message body (incomplete chunked read)", means: "the body ended before its end", fix: "discard the partial answer and send it again";
    StreamIdleTimeout = "stream-idle-timeout", StreamInterrupted, ByKind,
        looks: "stream idle timeout", means: "the stream fell silent for too long", fix: "stop it and send it again; look for a proxy that holds bytes back";
    PrematureClose = "premature-close", StreamInterrupted, ByKind,
        looks: "ERR_STREAM_PREMATURE_CLOSE", means: "the connection was closed in the middle of the answer", fix: "send it again; update the HTTP library if it is frequent";
    BodyReadError = "body-read-error", StreamInterrupted, ByKind,
        looks: "error decoding response body", means: "the answer's body could not be read or decoded", fix: "send it again once or twice";
    StreamEmpty = "stream-empty", StreamInterrupted, ByKind,
        looks: "request ended without sending any chunks", means: "the stream ended without any event", fix: "send it again; check that the gateway speaks server-sent events";
    ConnectionResetMidStream = "connection-reset-mid-stream", StreamInterrupted, ByKind,
        looks: "aborted, ECONNRESET", means: "the connection was reset in the middle of the answer", fix: "send it again; look for a fixed idle limit in the path";
    StreamProviderError = "stream-provider-error", StreamInterrupted, ByKind,
        looks: "finish_reason: error", means: "the gateway's provider failed while it answered", fix: "send it again, or use another provider";
    StreamErrorUnreadable = "stream-error-unreadable", StreamInterrupted, ByKind,
        looks: "[object Object]", means: "an error came inside the stream that the client could not show", fix: "send it again, and update the SDK";

    // --- Names ---
    DnsTemporaryFailure = "dns-temporary-failure", Dns, ByKind,
        looks: "getaddrinfo EAI_AGAIN api.anthropic.com", means: "the host's name could not be looked up right now", fix: "send it again a few times; check the resolver";
    DnsRefused = "dns-refused", Dns, ByKind,
        looks: "getaddrinfo EREFUSED", means: "the resolver refused to look the name up", fix: "correct the resolver";
    HostnameMisconfigured = "hostname-misconfigured", Dns, No,
        looks: "getaddrinfo ENOTFOUND bedrock-runtime.undefined.amazonaws.com", means: "the host's name was put together from an unset value", fix: "set the region or host it is made from";

    // --- TLS and proxies ---
    TlsSelfSignedChain = "tls-self-signed-chain", Tls, ByKind,
        looks: "self signed certificate in certificate chain", means: "something in the path signs with its own certificate authority", fix: "trust that authority (`NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`)";
    TlsUnknownIssuer = "tls-unknown-issuer", Tls, ByKind,
        looks: "unable to get local issuer certificate", means: "the certificate's issuer is not known here", fix: "trust the authority, or update the certificate bundle";
    TlsCertExpired = "tls-cert-expired", Tls, ByKind,
        looks: "certificate has expired", means: "the certificate has expired, or the clock is wrong", fix: "check the clock, then the certificate";
    TlsCertNotYetValid = "tls-cert-not-yet-valid", Tls, ByKind,
        looks: "certificate is not yet valid", means: "the certificate is not valid yet, or the clock is wrong", fix: "check the clock";
    TlsHostnameMismatch = "tls-hostname-mismatch", Tls, ByKind,
        looks: "Hostname/IP does not match certificate's altnames", means: "the certificate is for another host", fix: "check the base URL and any proxy in between";
    TlsProtocolMismatch = "tls-protocol-mismatch", Tls, ByKind,
        looks: "wrong version number", means: "the other side does not speak TLS, or no version both know", fix: "check the scheme and port of the base URL and proxy";
    ProxyAuthRequired = "proxy-auth-required", Proxy, ByKind,
        looks: "407 Proxy Authentication Required", means: "the proxy wants a user and password", fix: "put the proxy's credentials into its address";
    ProxyTunnelFailed = "proxy-tunnel-failed", Proxy, ByKind,
        looks: "Tunnel connection failed: 403 Forbidden", means: "the proxy did not open a tunnel to the host", fix: "check the proxy's address and whether it allows the host";
    ProxySchemeMismatch = "proxy-scheme-mismatch", Proxy, ByKind,
        looks: "", means: "the proxy is addressed with https, but speaks plain http", fix: "write the proxy's address with http";

    // --- The API's error codes ---
    AlreadyMember = "already-member", InvalidRequest, ByKind,
        looks: "", means: "the email address belongs to a member already", fix: "nothing to do, unless the address is wrong";
    AvailableToolsLimitExceeded = "available-tools-limit-exceeded", InvalidRequest, ByKind,
        looks: "", means: "after some message more tools, or larger ones, are available than allowed", fix: "make fewer or smaller tools available";
    BundleAttachmentNotSupported = "bundle-attachment-not-supported", InvalidRequest, ByKind,
        looks: "", means: "the bundle has an attachment that the API cannot edit", fix: "change its instructions in claude.ai";
    BundleOnCall = "bundle-on-call", Permission, ByKind,
        looks: "", means: "the bundle's instructions are managed in claude.ai only", fix: "change them in claude.ai";
    CannotInviteEmailsWithUnverifiedDomains = "cannot-invite-emails-with-unverified-domains", Permission, ByKind,
        looks: "", means: "the address's domain is not verified by the parent organisation", fix: "verify the domain, or invite another address";
    CannotRemoveLastMember = "cannot-remove-last-member", InvalidRequest, ByKind,
        looks: "", means: "the user is the organisation's only member", fix: "add another member first";
    CannotSignOutPrimaryOwner = "cannot-sign-out-primary-owner", Permission, ByKind,
        looks: "", means: "nobody can sign out the primary owner through the API", fix: "leave the primary owner out";
    CannotSignOutSelf = "cannot-sign-out-self", InvalidRequest, ByKind,
        looks: "", means: "the credential belongs to the member who was to be signed out", fix: "use another credential, or leave this member out";
    ClaudeCodeKeyCreatorNotMember = "claude-code-key-creator-not-member", Permission, ByKind,
        looks: "", means: "whoever created this Claude Code key has left the organisation or its workspace", fix: "create a new key as a current member";
    ClaudeCodeVersionTooOld = "claude-code-version-too-old", InvalidRequest, ByKind,
        looks: "", means: "the model or the organisation wants a newer Claude Code", fix: "update Claude Code";
    CmekFeatureUnsupported = "cmek-feature-unsupported", InvalidRequest, ByKind,
        looks: "", means: "the stored settings document can be neither read nor replaced", fix: "contact support, or delete the settings if they are not needed";
    CmekKeyDisabled = "cmek-key-disabled", Permission, ByKind,
        looks: "", means: "the workspace's own encryption key is disabled or revoked", fix: "enable the key again in your key service";
    CmekKeyNetworkBlocked = "cmek-key-network-blocked", Permission, ByKind,
        looks: "", means: "the key service's network rules kept the API away from the encryption key", fix: "let the API through in the key service's network rules";
    CompactionBlockAmbiguous = "compaction-block-ambiguous", InvalidRequest, ByKind,
        looks: "", means: "there is more than one compaction block with content", fix: "send only the block that came last";
    CompactionBlockMisplaced = "compaction-block-misplaced", InvalidRequest, ByKind,
        looks: "", means: "the compaction block is not the conversation's first block, or is in a system message", fix: "put it first";
    CompactionContentMismatch = "compaction-content-mismatch", InvalidRequest, ByKind,
        looks: "", means: "the compaction block's content was changed", fix: "send the block back as it was returned";
    CompactionIncompleteTurn = "compaction-incomplete-turn", InvalidRequest, ByKind,
        looks: "", means: "the conversation to compact ends in an unfinished assistant turn", fix: "finish the turn first, with its tool results";
    CompactionNothingToSummarize = "compaction-nothing-to-summarize", InvalidRequest, ByKind,
        looks: "", means: "there is nothing to compact", fix: "send messages with content";
    CompactionSignatureInvalid = "compaction-signature-invalid", InvalidRequest, ByKind,
        looks: "", means: "the compaction block's signature does not verify", fix: "send the block back as it was returned";
    CompactionTooManyToolReferences = "compaction-too-many-tool-references", InvalidRequest, ByKind,
        looks: "", means: "the conversation refers to more tools than a compaction block can hold", fix: "use fewer tools, or start a new conversation";
    CompactionToolChangesMismatch = "compaction-tool-changes-mismatch", InvalidRequest, ByKind,
        looks: "", means: "the compaction block's tool changes are not as they were returned", fix: "send the block back as it was returned";
    EmailDomainNotAllowed = "email-domain-not-allowed", Permission, ByKind,
        looks: "", means: "the organisation does not allow invites to this address's domain", fix: "add the domain to the allowed list, or invite another address";
    EnvironmentArchived = "environment-archived", InvalidRequest, ByKind,
        looks: "", means: "the environment is archived and cannot be changed", fix: "use another environment";
    ExternalKeyInWorkspacePolicy = "external-key-in-workspace-policy", InvalidRequest, ByKind,
        looks: "", means: "the workspace policy lists this external key, so it cannot be changed or deleted", fix: "take it off the policy first";
    ExternalKeyValidationFailed = "external-key-validation-failed", InvalidRequest, ByKind,
        looks: "", means: "the external key did not pass its check", fix: "correct what the message names in your key service";
    ExternalKeyValidationTimedOut = "external-key-validation-timed-out", Timeout, Yes, effect None,
        looks: "", means: "the check of the external key did not finish in time, and nothing was changed", fix: "wait a moment, then send it again";
    FileNotDownloadable = "file-not-downloadable", InvalidRequest, ByKind,
        looks: "", means: "only files that a tool made can be downloaded", fix: "keep your own copy of what you upload";
    InvalidConfigTypeChange = "invalid-config-type-change", InvalidRequest, ByKind,
        looks: "", means: "an environment's `config.type` cannot change", fix: "create a new environment";
    InvalidMetadata = "invalid-metadata", InvalidRequest, ByKind,
        looks: "", means: "`metadata` has too many keys, a key or value that is too long, or a reserved key", fix: "correct the keys the message names";
    InviteAlreadyExists = "invite-already-exists", InvalidRequest, ByKind,
        looks: "", means: "the address has an open invite already", fix: "wait for its answer, or delete the old invite";
    KeyProfileMismatch = "key-profile-mismatch", InvalidRequest, ByKind,
        looks: "", means: "the external key and the workspace would not have the same user profile", fix: "give both the same profile, or none";
    OrgApiKeyLimitExceeded = "org-api-key-limit-exceeded", InvalidRequest, ByKind,
        looks: "", means: "the organisation has all the active API keys it may have", fix: "delete keys that are not used";
    OrgMemberLimitExceeded = "org-member-limit-exceeded", InvalidRequest, ByKind,
        looks: "", means: "the organisation has all the members it may have, open invites included", fix: "remove members or invites, or ask for a higher limit";
    OrganizationNotEnrolledInBeta = "organization-not-enrolled-in-beta", Permission, ByKind,
        looks: "", means: "the organisation does not have the beta that the endpoint needs", fix: "ask for the beta the message names";
    OrganizationOnHold = "organization-on-hold", Permission, ByKind,
        looks: "", means: "the organisation was disabled for reasons of trust and safety", fix: "appeal at the address in the answer's details";
    OrganizationTypeNotSupported = "organization-type-not-supported", Permission, ByKind,
        looks: "", means: "the endpoint does not serve organisations of this type", fix: "use an organisation of the type the endpoint's page names";
    ParentOrganizationRequired = "parent-organization-required", Permission, ByKind,
        looks: "", means: "the endpoint serves only organisations that have a parent organisation", fix: "join the organisation to a parent first";
    RbacGroupGrantsOwnerAccess = "rbac-group-grants-owner-access", Permission, ByKind,
        looks: "", means: "the group grants owner access, so the API does not change it", fix: "make the change in the organisation's admin settings";
    RbacGroupOrderLimitExceeded = "rbac-group-order-limit-exceeded", InvalidRequest, ByKind,
        looks: "", means: "the order of groups has all the groups it may have", fix: "delete another group's settings first";
    RbacGroupOwnerAccessUnconfirmed = "rbac-group-owner-access-unconfirmed", Permission, ByKind,
        looks: "", means: "whether the group grants owner access could not be found out, so nothing was changed", fix: "make the change in the organisation's admin settings";
    RequestBodyEncodingInvalid = "request-body-encoding-invalid", InvalidRequest, ByKind,
        looks: "", means: "the body is not what its `content-encoding` says", fix: "compress the body as the header says, or drop the header";
    RequestBodyEncodingUnsupported = "request-body-encoding-unsupported", InvalidRequest, ByKind,
        looks: "", means: "the API does not take this `content-encoding`", fix: "send the body uncompressed, or with an encoding the API takes";
    RequestBodyTimeout = "request-body-timeout", Timeout, Yes, effect None,
        looks: "", means: "the body did not arrive in time, and nothing was done", fix: "send it again, smaller or over a faster connection";
    ScanFailed = "scan-failed", InvalidRequest, ByKind,
        looks: "", means: "the plugin version did not pass its content scan", fix: "correct the plugin and upload a new version";
    SettingsDocumentLimitExceeded = "settings-document-limit-exceeded", InvalidRequest, ByKind,
        looks: "", means: "the organisation has all the settings documents it may have", fix: "remove documents that are not used";
    SettingsHistoryLimitExceeded = "settings-history-limit-exceeded", InvalidRequest, ByKind,
        looks: "", means: "the organisation has stored all the versions of settings it may have", fix: "contact support: nothing else lowers the count";
    SlackChannelSetUpSettingsRefused = "slack-channel-set-up-settings-refused", InvalidRequest, ByKind, effect Done,
        looks: "", means: "the channel was set up, but its settings were refused", fix: "correct the settings and change the channel; do not set it up again";
    StorageQuotaExceeded = "storage-quota-exceeded", QuotaExhausted, ByKind,
        looks: "", means: "the organisation's file storage is full", fix: "delete files, then upload again";
    ThreadAlreadyContinued = "thread-already-continued", InvalidRequest, ByKind,
        looks: "", means: "the response was continued before, which can happen only once", fix: "continue from the thread's newest response";
    ThreadContinueInFlight = "thread-continue-in-flight", InvalidRequest, No,
        looks: "", means: "another request is still continuing from the same message", fix: "wait for it and continue from its response, or send the whole conversation as a new thread";
    ThreadFingerprintMismatch = "thread-fingerprint-mismatch", InvalidRequest, ByKind,
        looks: "", means: "a field that must stay the same in a thread was changed", fix: "send the stored values, or the whole conversation as a new thread";
    ThreadUnsupportedRequest = "thread-unsupported-request", InvalidRequest, ByKind,
        looks: "", means: "the request has a field or setting that threads do not take", fix: "send the whole conversation without `thread`, or drop the field";
    ToolReferenceUnresolved = "tool-reference-unresolved", InvalidRequest, ByKind,
        looks: "Tool reference 'get_weather' not found in available tools", means: "a tool or MCP server is referred to that is not defined at that point", fix: "define it before it is referred to";
    UnsupportedCharset = "unsupported-charset", InvalidRequest, ByKind,
        looks: "", means: "the `content-type` names a character set the API does not take", fix: "send UTF-8 and name no other charset";
    UserProfileNotFound = "user-profile-not-found", NotFound, ByKind,
        looks: "", means: "the user profile does not exist or is no longer active", fix: "use an active profile";
    UserProfileRequired = "user-profile-required", InvalidRequest, ByKind,
        looks: "", means: "the user's profile is to be billed, but none is named", fix: "send the `anthropic-user-profile-id` header";
    WorkspaceApiKeyLimitExceeded = "workspace-api-key-limit-exceeded", InvalidRequest, ByKind,
        looks: "", means: "the workspace has all the active API keys it may have", fix: "delete keys that are not used";
    WorkspaceMemberLimitExceeded = "workspace-member-limit-exceeded", InvalidRequest, ByKind,
        looks: "", means: "the workspace has all the members it may have", fix: "remove members, or ask for a higher limit";
    WorkspacePolicyViolation = "workspace-policy-violation", Permission, ByKind,
        looks: "", means: "the request breaks the organisation's workspace policy", fix: "change the request, or have an admin change the policy";
    LinkedOrganizationBillingUnavailable = "linked-organization-billing-unavailable", Billing, ByKind,
        looks: "", means: "the organisation linked to the user profile cannot be billed", fix: "have that organisation put its account in order";
    LinkedOrganizationSpendLimitReached = "linked-organization-spend-limit-reached", Billing, ByKind,
        looks: "", means: "the organisation linked to the user profile has no credit left or has met its spend limit", fix: "have that organisation add credit or raise its limit";
    ApiKeyScopeMissing = "api-key-scope-missing", Permission, ByKind,
        looks: "", means: "the key lacks the scope this call needs", fix: "use a key with that scope";
    CannotSignOutManagedMember = "cannot-sign-out-managed-member", Permission, ByKind,
        looks: "", means: "this credential cannot sign out a managed member", fix: "use a credential the message names";
    CannotSignOutMembershipAdmin = "cannot-sign-out-membership-admin", Permission, ByKind,
        looks: "", means: "the credential's owner may not sign out membership admins", fix: "use a credential that may";
    CannotSignOutOwner = "cannot-sign-out-owner", Permission, ByKind,
        looks: "", means: "this credential cannot sign out an owner", fix: "use a key with the scope for members";
    CannotSignOutPrivilegedMember = "cannot-sign-out-privileged-member", Permission, ByKind,
        looks: "", means: "this OAuth token cannot sign out a member with these roles", fix: "use a credential that may";
    ClaudeTagWritesNotEnabled = "claude-tag-writes-not-enabled", Permission, ByKind,
        looks: "", means: "the organisation may not make changes through the Claude Tag API", fix: "have it enabled for the organisation";
    ComplianceConfigurationRestricted = "compliance-configuration-restricted", Permission, ByKind,
        looks: "", means: "the organisation's compliance settings let Claude Tag store nothing new", fix: "change the compliance settings";
    EnvironmentCreateDisabled = "environment-create-disabled", Permission, ByKind,
        looks: "", means: "this organisation cannot create environments", fix: "use one that exists, or contact support";
    EnvironmentUpdateDisabled = "environment-update-disabled", Permission, ByKind,
        looks: "", means: "this organisation cannot change environments", fix: "use it as it is, or contact support";
    OrganizationLevelScopedApiKeyRequired = "organization-level-scoped-api-key-required", Permission, ByKind,
        looks: "", means: "the credential is not a scoped key of the whole organisation", fix: "use a scoped key bound to the organisation";
    SandboxEgressRestricted = "sandbox-egress-restricted", Permission, ByKind,
        looks: "", means: "the call came from a sandbox whose network is restricted", fix: "send it from outside, or from a sandbox with full network access";
    SpendLimitsAdminApiWritesNotEnabled = "spend-limits-admin-api-writes-not-enabled", Permission, ByKind,
        looks: "", means: "the organisation cannot manage spend limits with an admin credential", fix: "manage them in the console";
    UserProfileBillingNotAuthorized = "user-profile-billing-not-authorized", Permission, ByKind,
        looks: "", means: "the customer behind the user profile has not agreed to be billed, or no longer does", fix: "have the customer authorise billing";
    UserProfileNotBillable = "user-profile-not-billable", Billing, ByKind,
        looks: "", means: "the user profile cannot be billed", fix: "bill another profile, or your own account";
    EnvironmentNotFound = "environment-not-found", NotFound, ByKind,
        looks: "", means: "the organisation has no environment of this id", fix: "use the id of one it has";
    FileExpired = "file-expired", NotFound, ByKind,
        looks: "", means: "the file's time has run out, and its content is gone", fix: "upload the file again";
    RbacGroupManagedSettingsNotFound = "rbac-group-managed-settings-not-found", NotFound, ByKind,
        looks: "", means: "the group has no managed settings", fix: "create them first";
    RbacGroupNotFound = "rbac-group-not-found", NotFound, ByKind,
        looks: "", means: "the organisation has no group of this id", fix: "use the id of one it has";
    RbacRoleNotFound = "rbac-role-not-found", NotFound, ByKind,
        looks: "", means: "there is no role of this id", fix: "use the id of one there is";
    SlackChannelSetUpEnvironmentNotFound = "slack-channel-set-up-environment-not-found", NotFound, ByKind, effect Done,
        looks: "", means: "the channel was set up, but the environment of its settings does not exist", fix: "change the channel to an environment that exists; do not set it up again";
    ThreadNotFound = "thread-not-found", NotFound, ByKind,
        looks: "", means: "the thread of this message is gone", fix: "send the whole conversation as a new thread";
    ConcurrentMembershipChange = "concurrent-membership-change", Conflict, ByKind,
        looks: "", means: "another change of the organisation's members is running", fix: "send it again once the other is done";
    ExternalKeyChanged = "external-key-changed", Conflict, ByKind,
        looks: "", means: "the external key changed while it was checked", fix: "send it again";
    PluginNameTaken = "plugin-name-taken", Conflict, No,
        looks: "", means: "the marketplace has a plugin of this name", fix: "choose another name";
    ScanPending = "scan-pending", Conflict, ByKind,
        looks: "", means: "the plugin version is still being scanned", fix: "send it again once the scan is done";
    SkillNameTaken = "skill-name-taken", Conflict, No,
        looks: "", means: "the organisation has a skill of this name", fix: "choose another name";
    SkillReadBlockedUndecryptable = "skill-read-blocked-undecryptable", Conflict, No,
        looks: "", means: "a skill cannot be decrypted with the workspace's key as it is", fix: "put the encryption key in order, or drop the skill";
    SlackChannelSetUpSettingsConflict = "slack-channel-set-up-settings-conflict", Conflict, No, effect Done,
        looks: "", means: "the channel was set up, then something else changed or removed it, and no settings were stored", fix: "look at the channel, then change its settings; do not set it up again";
    HeartbeatPreconditionFailed = "heartbeat-precondition-failed", Conflict, No,
        looks: "", means: "another worker may hold the lease", fix: "stop, and take the lease anew";
    RequestBodyTooLargeAfterDecoding = "request-body-too-large-after-decoding", RequestTooLarge, ByKind,
        looks: "", means: "the body is too large once it is decompressed", fix: "shrink the content: compression does not help";
    CmekContextUnavailable = "cmek-context-unavailable", Unavailable, ByKind,
        looks: "", means: "the workspace's encryption settings could not be read", fix: "send it again in a few minutes";
    CmekKeyUnreachable = "cmek-key-unreachable", Unavailable, ByKind,
        looks: "", means: "the workspace's encryption key could not be reached", fix: "send it again; check your key service if it lasts";
    RegistrationPending = "registration-pending", Unavailable, No, effect Done,
        looks: "", means: "the plugin version is stored, but not usable yet", fix: "do not send it again: wait for the stored version";
    CompactionUnavailable = "compaction-unavailable", Overloaded, ByKind,
        looks: "", means: "the conversation could not be compacted right now", fix: "send it again with backoff";

    // --- Found before sending: shapes ---
    ValueNotJson = "value-not-json", InvalidRequest, ByKind,
        looks: "", means: "a value or key has no form in JSON: bytes, a date, a set, an object of the program, or a container that holds itself", fix: "turn it into text, a number, a list or an object first; bytes become base64 text";
    IntegerNotExact = "integer-not-exact", InvalidRequest, ByKind,
        looks: "", means: "a whole number has more than 64 bits, and is read as a fraction that lacks its last digits", fix: "send it as a string";

    // --- Blocks of earlier answers ---
    ThinkingBlockLast = "thinking-block-last", InvalidRequest, ByKind,
        looks: "messages.1: The final block in an assistant message cannot be `thinking`.", means: "an assistant message ends in a thinking block", fix: "keep what came after it, or drop the block";
    EncryptedContentInvalid = "encrypted-content-invalid", InvalidRequest, ByKind,
        looks: "messages.3.content.0: Invalid `encrypted_content` in `search_result` block", means: "the encrypted part of a web search result was changed, left empty, or is of another account", fix: "send results back as they came, or drop them from the history";

    // --- Fields whose text is looked into ---
    MetadataUserIdPersonal = "metadata-user-id-personal", InvalidRequest, ByKind,
        looks: "metadata.user_id: user_id appears to contain an email address.", means: "`metadata.user_id` tells who the user is", fix: "send an id that tells nothing, such as a hash of the address";

    // --- What goes together ---
    SkillsWithoutCodeExecution = "skills-without-code-execution", InvalidRequest, ByKind,
        looks: "Skills beta requires the code_execution tool to be included in the request.", means: "the request has skills or their beta flag, and no code execution tool", fix: "add the code execution tool, or leave the flag and the skills out";

    // --- What a platform does not take ---
    SourceUrlUnsupported = "source-url-unsupported", InvalidRequest, ByKind,
        looks: "messages.0.content.1.image.source.base64.data: URL sources are not supported", means: "the platform fetches no images and documents from addresses", fix: "fetch the file, and send its bytes as a source of type `base64`";
}
