// Only type-checked: what compiles must, and what does not must not.
import Anthropic from "@anthropic-ai/sdk";
import OpenAI, { AzureOpenAI } from "openai";
import * as wasm from "@holdoff/wasm";
import { backoff } from "@holdoff/wasm/schedule";
import { init } from "@holdoff/wasm/slim";
import { testing, type World } from "holdoff/testing";
import {
  type Event,
  type Failure,
  Finding,
  InvalidRequest,
  type Kind,
  type Operation,
  Policy,
  Repair,
  Report,
  type Severity,
  type Story,
  type Target,
  type Verdict,
  backend,
  callWithRetry,
  checkKey,
  diagnose,
  lookup,
  repair,
  retry,
  retryingFetch,
  storyOf,
  table,
  validate,
  wrap,
} from "holdoff";

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false;
const is = <_ extends true>(): void => undefined;

// --- retry keeps the function's result ---
const number = await retry(() => 7);
is<Same<typeof number, number>>();
const text = await retry(async ({ attempt, signal }) => `${attempt} ${signal?.aborted}`, { maxAttempts: 3, signal: AbortSignal.timeout(1) });
is<Same<typeof text, string>>();
await retry(() => 1, new Policy());
await retry(() => 1, { policy: { maxAttempts: 2 }, jitter: "equal", maxRetryAfter: null });
// @ts-expect-error - not a field
await retry(() => 1, { maxRetries: 3 });
// @ts-expect-error - not a jitter
await retry(() => 1, { jitter: "half" });
// @ts-expect-error - not a function
await retry(7);

// --- hooks ---
await retry(() => 1, {
  onEvent(event: Event) {
    if (event.type === "wait") {
      is<Same<typeof event.delay, number>>();
      is<Same<typeof event.source, "backoff" | "instruction" | "estimate">>();
    } else if (event.type === "stop") is<Same<typeof event.retryAt, number | undefined>>();
    // @ts-expect-error - only a wait has one
    else void event.delay;
  },
  classify: (failure, error): Verdict => (failure.kind === "billing" ? false : error instanceof TypeError ? 500 : undefined),
});
// @ts-expect-error - a text is no verdict
await retry(() => 1, { classify: () => "no" });

// --- clients keep their class, and results their type ---
const client = wrap(new Anthropic(), { maxElapsed: 120_000 });
is<Same<typeof client, Anthropic>>();
is<Same<ReturnType<typeof wrap<AzureOpenAI>>, AzureOpenAI>>();
const request = { model: "m", max_tokens: 1, messages: [{ role: "user" as const, content: "Hello" }] };
const message = await callWithRetry(client, request, { maxRetries: 6, baseDelay: 1_000, maxDelay: 60_000 });
message satisfies Anthropic.Message;
is<Same<typeof message.type, "message">>();
const stream = await callWithRetry(client, { ...request, stream: true });
for await (const event of stream) is<Same<typeof event, Anthropic.RawMessageStreamEvent>>();
const chat = await callWithRetry(new OpenAI(), { model: "m", messages: [{ role: "user", content: "Hello" }] });
is<Same<typeof chat, OpenAI.Chat.ChatCompletion & { _request_id?: string | null }>>();
// @ts-expect-error - max_tokens is missing
await callWithRetry(client, { model: "m", messages: [] });
// @ts-expect-error - the policy's own names belong to retry and wrap
await callWithRetry(client, request, { initialDelay: 1 });

// --- fetch ---
const fetcher: typeof fetch = retryingFetch({ fetch, attemptTimeout: 60_000 });
new Anthropic({ fetch: fetcher, maxRetries: 0 });
new OpenAI({ fetch: fetcher, maxRetries: 0 });
// @ts-expect-error - not a fetch
retryingFetch({ fetch: 7 });

// --- diagnosis ---
const failure: Failure = diagnose(new Error("x"), { status: 529, headers: new Headers(), body: {}, now: Date.now() });
is<Same<typeof failure.kind, Kind>>();
is<Same<typeof failure.retryAfter, number | undefined>>();
diagnose(undefined, { headers: [["retry-after", "3"]] });
// @ts-expect-error - read-only
failure.kind = "tls";
const story: Story | undefined = storyOf(failure);
is<Same<NonNullable<typeof story>["waits"], readonly number[]>>();

// --- reference ---
lookup(529)?.retryable satisfies boolean | undefined;
lookup({ errorCode: "x" });
// @ts-expect-error - not a column
lookup({ code: "x" });
table()[0]?.column satisfies "status" | "kind" | "error_type" | "error_code" | "cause" | undefined;

// --- checks before sending ---
const report: Report = validate(request, { target: "vertex", endpoint: "count_tokens", betas: new Set(["x"]), headers: { a: "b" }, models: [{ id: "x" }] });
validate("{}");
validate(new Uint8Array(), { headers: new Headers() });
// @ts-expect-error - not a request
validate(7);
// @ts-expect-error - not a target
validate({}, { target: "aws" });
for (const finding of report) {
  is<Same<typeof finding, Finding>>();
  is<Same<typeof finding.severity, Severity>>();
  is<Same<typeof finding.line, number | undefined>>();
  // @ts-expect-error - read-only
  finding.path = "x";
}
const mended: Repair<typeof request> = repair(request, { answerMissingTools: true });
is<Same<typeof mended.request, typeof request>>();
is<Same<typeof mended.patch, readonly Operation[]>>();
const step = mended.patch[0] as Operation;
if (step.op === "move") is<Same<typeof step.from, string>>();
// @ts-expect-error - what is removed has no value
else if (step.op === "remove") void step.value;
is<Same<ReturnType<typeof repair<Uint8Array>>["request"], Uint8Array>>();
checkKey("x", { baseUrl: "https://api.anthropic.com", header: "x-api-key" }).ok satisfies boolean;
// @ts-expect-error - a variable may not be set
checkKey(process.env["ANTHROPIC_API_KEY"]);
const target: Target = "portable";
void target;
wrap(new Anthropic(), { validate: "error", maxAttempts: 2 });
// @ts-expect-error - not a mode
wrap(new Anthropic(), { validate: "raise" });
// @ts-expect-error - nothing is checked there
await retry(() => 1, { validate: "off" });
(await client.messages.create(request).catch((error: unknown) => (error instanceof InvalidRequest ? error.report : undefined))) satisfies unknown;
is<Same<InvalidRequest["report"], Report>>();

// --- policies ---
const policy: Policy = new Policy({ attemptsByKind: { dns: 3 }, retryKinds: ["timeout"], seed: 7 });
// @ts-expect-error - a policy does not change
policy.maxAttempts = 3;
is<Same<ReturnType<typeof policy.replace>, Policy>>();

// --- the rest ---
is<Same<typeof backend, "native" | "wasm">>();
const world: World = testing({ attempts: 2 });
world.restore();
[...backoff({ jitter: "none" })] satisfies number[];
await init("/holdoff.wasm");
// One driver: what one package makes the other takes.
await wasm.retry(() => 1, { policy });
