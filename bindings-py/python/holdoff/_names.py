"""The closed sets of names, as types."""

from typing import Literal

Kind = Literal[
    "invalid_request",
    "authentication",
    "billing",
    "quota_exhausted",
    "permission",
    "not_found",
    "conflict",
    "request_too_large",
    "content_filtered",
    "rate_limit",
    "overloaded",
    "internal",
    "bad_gateway",
    "unavailable",
    "timeout",
    "connection",
    "stream_interrupted",
    "dns",
    "tls",
    "proxy",
    "cancelled",
    "unknown",
]
"""The class of a failure."""

StopReason = Literal[
    "not_retryable",
    "attempts_exhausted",
    "deadline_exceeded",
    "retry_after_too_long",
    "server_said_no",
    "maybe_processed",
    "committed",
    "cancelled",
    "budget_exhausted",
    "circuit_open",
    "queue_full",
    "finished",
]
"""Why a call ended."""

Source = Literal["backoff", "instruction", "estimate"]
"""Where a wait comes from: the policy, what the server (or a hook) asked for, or when an empty bucket is full again."""

Jitter = Literal["full", "equal", "decorrelated", "none"]
"""How a backoff is spread."""

MidStream = Literal["stop", "restart", "resume"]
"""What happens when a stream breaks after content has reached the caller."""

Target = Literal["anthropic", "portable", "bedrock", "bedrock-converse", "vertex", "foundry"]
"""Where a request goes. `portable` is what every place takes."""

Endpoint = Literal["messages", "count_tokens", "batches", "chat_completions"]
"""What is called."""

Validate = Literal["warn", "error", "off"]
"""What a wrapped client does about a request that would be refused: log it and send it, raise, or not look."""

Severity = Literal["error", "warning"]
"""How sure a rejection is: it will be refused, or it may be."""
