import { makeDiagnose, type Diagnose } from "./diagnose.js";
import { Core, type Engine, type Texts } from "./engine.js";
import { makeRetryingFetch, type RetryingFetch } from "./fetch.js";
import { makeCallWithRetry, type CallWithRetry } from "./guide.js";
import { policyClass, type PolicyConstructor } from "./policy.js";
import { makeLookup, makeTable, type Entry, type Key } from "./reference.js";
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
   * that. A body that can be read once is sent once. An SDK's `timeout` is then the whole call's, waits included: prefer
   * `wrap` for SDK clients, and `attemptTimeout` here.
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
  /** The version of the engine and the driver. */
  readonly version: string;
}

/**
 * The driver over an engine.
 *
 * @param load - gives the engine when it is first needed
 * @param backend - which one it is
 * @param texts - the words of each cause, where the engine does not have them
 */
export function createHoldoff(load: () => Engine, backend: "native" | "wasm", version: string, texts?: () => Texts): Holdoff {
  const core = new Core(load, backend, texts);
  const Policy = policyClass(core);
  const reader = new Reader(core, Policy);
  const wrap = makeWrap(reader);
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
  };
}
