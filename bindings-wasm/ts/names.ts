/**
 * The class of a failure. New kinds may be added, so a `switch` needs a `default`; a kind is never renamed or removed.
 */
export type Kind =
  | "invalid_request"
  | "authentication"
  | "billing"
  | "quota_exhausted"
  | "permission"
  | "not_found"
  | "conflict"
  | "request_too_large"
  | "content_filtered"
  | "rate_limit"
  | "overloaded"
  | "internal"
  | "bad_gateway"
  | "unavailable"
  | "timeout"
  | "connection"
  | "stream_interrupted"
  | "dns"
  | "tls"
  | "proxy"
  | "cancelled"
  | "unknown";

/** How a backoff is spread: see {@link PolicyFields.jitter}. */
export type Jitter = "full" | "equal" | "decorrelated" | "none";

/** What happens to a stream that breaks after content has reached the caller. */
export type MidStream = "stop" | "restart" | "resume";

/**
 * Where a wait comes from: `"backoff"`, the policy's; `"instruction"`, what the server or a hook asked for;
 * `"estimate"`, when an empty bucket is full again.
 */
export type Source = "backoff" | "instruction" | "estimate";

/** Why a call is over. */
export type StopReason =
  | "not_retryable"
  | "attempts_exhausted"
  | "deadline_exceeded"
  | "retry_after_too_long"
  | "server_said_no"
  | "maybe_processed"
  | "committed"
  | "cancelled"
  | "budget_exhausted"
  | "circuit_open"
  | "queue_full"
  | "finished";

/** Who answered, as far as the evidence tells. */
export type Provider =
  | "unknown"
  | "anthropic"
  | "bedrock"
  | "vertex"
  | "foundry"
  | "openai-compatible"
  | "gateway"
  | "edge"
  | "network";

/**
 * Where a request goes. What one place takes another refuses: `"portable"` is what every place takes, older gateways and
 * Bedrock Converse included.
 */
export type Target = "anthropic" | "portable" | "bedrock" | "bedrock-converse" | "vertex" | "foundry";

/** What is called. */
export type Endpoint = "messages" | "count_tokens" | "batches" | "chat_completions";

/** How sure a rejection is: `"error"` is certain. */
export type Severity = "error" | "warning";

/** What `wrap` does about a request that would be refused: see {@link WrapOptions.validate}. */
export type Validate = "warn" | "error" | "off";
