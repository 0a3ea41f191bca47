"""What a type checker must know of `wrap`, `call_with_retry` and the transports. Checked, not run."""

from __future__ import annotations

from datetime import timedelta

import anthropic
import httpx
import httpx2
import openai
from typing_extensions import assert_type

import holdoff
import holdoff.httpx
import holdoff.httpx2

assert_type(holdoff.wrap(anthropic.Anthropic()), anthropic.Anthropic)
assert_type(holdoff.wrap(anthropic.AsyncAnthropicBedrock(), holdoff.Policy()), anthropic.AsyncAnthropicBedrock)
assert_type(holdoff.wrap(openai.AsyncOpenAI(), max_attempts=3, max_elapsed=timedelta(minutes=1)), openai.AsyncOpenAI)
holdoff.wrap(anthropic.Anthropic(), on_event=lambda event: event.type, classify=lambda failure: failure.status == 418)
holdoff.wrap(anthropic.Anthropic(), max_attempts="3")  # type: ignore[arg-type]
holdoff.wrap(anthropic.Anthropic(), max_retries=3)  # type: ignore[call-arg]

holdoff.call_with_retry(anthropic.Anthropic(), max_retries=3, base_delay=0.5, max_delay=10, model="m", max_tokens=1, messages=[])
holdoff.call_with_retry(anthropic.Anthropic(), max_retries="3")  # type: ignore[arg-type]

httpx2.Client(transport=holdoff.httpx2.RetryTransport(httpx2.HTTPTransport(), max_attempts=3))
httpx2.AsyncClient(transport=holdoff.httpx2.AsyncRetryTransport())
httpx.Client(transport=holdoff.httpx.RetryTransport(policy=holdoff.Policy()))
httpx.AsyncClient(transport=holdoff.httpx.AsyncRetryTransport(max_elapsed=timedelta(minutes=1)))
httpx.Client(transport=holdoff.httpx.AsyncRetryTransport())  # type: ignore[arg-type]
