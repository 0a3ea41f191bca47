import { makeDiagnose, type Diagnose } from "./diagnose.js";
import { Checker, Core, type Engine, type Texts, type Validator } from "./engine.js";
import { makeRetryingFetch, type RetryingFetch } from "./fetch.js";
import { Guard } from "./guard.js";
import { makeCallWithRetry, type CallWithRetry } from "./guide.js";
import { policyClass, type PolicyConstructor } from "./policy.js";
import { makeLookup, makeTable, type Entry, type Key } from "./reference.js";
import { makeRepair, type RepairRequest } from "./repair.js";
import { makeCheckKey, makeValidate, type CheckKey, type ValidateRequest } from "./request.js";
import { makeRetry, type Retry } from "./retry.js";
import { makeWrap, type Wrap } from "./sdk.js";
import { Reader } from "./settings.js";

/** Everything, over one engine. */
export interface Holdoff {
  /** Which engine runs: `"native"` or `"wasm"`. */
  readonly backend: "native" | "wasm";
  /** How calls are retried. */
  readonly Policy: PolicyConstructor;
  /**
   * Calls a function again for as long as its failures are worth it, then throws its own error, with the story as
   * `.holdoff`.
   *
   * Errors that holdoff does not know, a `TypeError` of your own say, are thrown at once, unless `classify` says
   * otherwise. So is an error that has ended another holdoff call within the function: two loops do not multiply.
   * Everything in the function runs again, not only the call in it that failed.
   *
   * @param fn - is told the attempt's number and its signal
   * @param options - fields of the policy, hooks and a signal; or a policy
   * @throws TypeError, RangeError for options that cannot be meant; the signal's reason when it is aborted.
   * @example
   * ```ts
   * const answer = await retry(({ signal }) => client.messages.create(params, { signal }), { maxAttempts: 4 });
   * ```
   */
  readonly retry: Retry;
  /**
   * One call through an SDK client under a policy, without wrapping it first. For many calls, `wrap` it once.
   *
   * @throws the SDK's own error, with the story as `.holdoff`, when the call fails for good.
   * @example
   * ```ts
   * const message = await callWithRetry(new Anthropic(), { model, max_tokens: 1024, messages }, { maxRetries: 6 });
   * ```
   */
  readonly callWithRetry: CallWithRetry;
  /**
   * A copy of an SDK client, of the same class, that retries by a policy. The given client stays as it is.
   *
   * Takes clients of `@anthropic-ai/sdk` and `openai` and of their relatives. The SDK's own loop is off: one attempt is
   * one send. `maxRetries` has no effect; `withOptions` keeps the policy. The user's middleware runs once an attempt. A
   * stream is retried until its headers have come; what breaks after that is the caller's.
   *
   * Requests are checked before their first send, and what would be refused is logged: see {@link WrapOptions.validate}.
   *
   * @throws TypeError - not such a client.
   * @example
   * ```ts
   * const client = wrap(new Anthropic(), { maxElapsed: 120_000 });
   * ```
   */
  readonly wrap: Wrap;
  /**
   * A `fetch` that retries: for SDKs, for the Vercel AI SDK, and for plain code.
   *
   * A failed response's body is read up to 64 kB and its connection freed before the wait. The last response is handed
   * back with its body whole, the story as `.holdoff`, and `x-should-retry: false`, so that a loop above leaves it at
   * that; one that comes back for an error gets it again, and nothing is sent. A 2xx that is HTML in place of data, or small
   * JSON with an `error` and no answer, is a failure. A body that can be read once is sent once. An SDK's `timeout` is then
   * the whole call's, waits included: prefer `wrap` for SDK clients, and `attemptTimeout` here.
   *
   * @example
   * ```ts
   * const client = new Anthropic({ fetch: retryingFetch({ attemptTimeout: 60_000 }), maxRetries: 0 });
   * ```
   */
  readonly retryingFetch: RetryingFetch;
  /**
   * Says what a failed call failed of.
   *
   * @param error - an error of any SDK or HTTP library, a response, or a text such as a line of a log. Nothing is read
   * from the network: a body that has not been read yet is not looked at.
   * @param seen - evidence beside it, or in its place
   * @throws TypeError - no evidence was given.
   * @example
   * ```ts
   * diagnose(undefined, { status: 529 }).kind; // "overloaded"
   * ```
   */
  readonly diagnose: Diagnose;
  /**
   * The row of the reference for one name; undefined where it has none.
   *
   * @param key - a status as a number; a name of any column, tried in the order kind, error type, error code, cause; or
   * an object that names the column
   * @example
   * ```ts
   * lookup(529)?.retryable; // true
   * ```
   */
  readonly lookup: (key: number | string | Key) => Entry | undefined;
  /** Every row of the reference, grouped by column. */
  readonly table: () => Entry[];
  /**
   * Says everything that can be known offline to be wrong with a request, before it is sent. Never throws for it.
   *
   * @param request - the parameters as an object, which is written as JSON once; or the JSON body as a text or its bytes:
   * then findings come with line and column. What JSON cannot hold, a cycle or a BigInt, is a finding.
   * @param options - where it goes, at which endpoint, under which version
   * @throws RangeError - `target`, `endpoint` or a row of `models` is none that there is.
   * @example
   * ```ts
   * const report = validate({ model: "claude-opus-5", messages: [] });
   * report.errors.map(({ cause }) => cause); // ["missing-max-tokens", "messages-empty"]
   * ```
   */
  readonly validate: ValidateRequest;
  /**
   * Mends what can be mended in a request without guessing, and says what it did.
   *
   * System messages move into the top-level `system`, neighbours of one role become one message (both where the target or
   * model wants it), blank text and messages that say nothing are dropped, white space at the end of the assistant's last
   * text is cut, `max_tokens` is cut to the model's maximum, tool results that answer nothing or answer twice are dropped
   * and the others moved to the front, tools defined twice in the same words are dropped, cache markers are thinned to
   * four, and halves of surrogate pairs become U+FFFD. No other text is lost. What is not safe is left, and the report
   * says so.
   *
   * @param request - as for `validate`. It is never changed.
   * @throws RangeError - as for `validate`.
   * @example
   * ```ts
   * const mended = repair({ model: "claude-opus-5", max_tokens: 16, messages: [
   *   { role: "system", content: "Be brief." }, { role: "user", content: "Hi" }] });
   * mended.patch.map(({ op, path }) => `${op} ${path}`); // ["move /system", "remove /messages/0"]
   * ```
   */
  readonly repair: RepairRequest;
  /**
   * Says what is wrong with an API key, and with where it goes, before it is sent. Offline; never throws for the key.
   *
   * No finding holds any part of the key but its public beginning (`sk-ant-api03-`) and its length. A key that is sound in
   * form can still be revoked: only the server knows.
   *
   * @param key - as it was read, white space and all
   * @throws TypeError - `key` is no text: undefined means that the environment variable is not set.
   * @example
   * ```ts
   * checkKey("$ANTHROPIC_API_KEY").findings[0]?.cause; // "key-unexpanded-variable"
   * ```
   */
  readonly checkKey: CheckKey;
  /** The version of the engine and the driver. */
  readonly version: string;
}

/**
 * The driver over an engine.
 *
 * @param load - gives the engine when it is first needed
 * @param loadValidator - the same for what checks before sending
 * @param backend - which one it is
 * @param texts - the words of each cause, where the engine does not have them
 */
export function createHoldoff(
  load: () => Engine,
  loadValidator: () => Validator,
  backend: "native" | "wasm",
  version: string,
  texts?: () => Texts,
): Holdoff {
  const core = new Core(load, backend, texts);
  const checker = new Checker(loadValidator, texts);
  const Policy = policyClass(core);
  const reader = new Reader(core, Policy);
  const wrap = makeWrap(reader, new Guard(checker));
  return {
    backend,
    version,
    Policy,
    retry: makeRetry(reader),
    callWithRetry: makeCallWithRetry(wrap),
    wrap,
    retryingFetch: makeRetryingFetch(reader),
    diagnose: makeDiagnose(core),
    lookup: makeLookup(core),
    table: makeTable(core),
    validate: makeValidate(checker),
    repair: makeRepair(checker),
    checkKey: makeCheckKey(checker),
  };
}
