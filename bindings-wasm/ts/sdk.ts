/**
 * The seat in the vendors' SDKs, which share a shape: everything goes through `client.makeRequest(options, …)`, which
 * holds their retry loop. The seat is that method of the one wrapped client. It runs the original once per attempt with
 * no retries left, so each attempt has its own controller, timer, middleware and typed error; it reads what is no stream
 * inside the attempt, so that a body that breaks off is a failed attempt too.
 */

import { FAILED, GENUINE, holdsFailure, remoteTools, suspicion } from "./answer.js";
import { Limit, clock } from "./clock.js";
import type { Verdict } from "./events.js";
import { makeRetryingFetch } from "./fetch.js";
import type { Asked, Guard, Sender } from "./guard.js";
import type { Validate } from "./names.js";
import { shown } from "./policy.js";
import { type About, Run } from "./run.js";
import type { Options, Reader, Settings } from "./settings.js";
import { attach, storyOf } from "./story.js";

/** The policy's fields, hooks and signal, and what is done about requests. */
export interface WrapOptions extends Options {
  /**
   * What to do about a request that would be refused, checked before its first send against where the client sends, its
   * version and betas. `"warn"` logs each cause once a process, by `console.warn`, and sends it all the same; `"error"`
   * throws {@link InvalidRequest} where a rejection is certain; `"off"` does not look.
   *
   * @defaultValue "warn"
   */
  validate?: Validate | undefined;
}

/** `wrap`, as {@link createHoldoff} makes it. */
export type Wrap = <Client extends object>(client: Client, options?: WrapOptions) => Client;

interface RequestOptions {
  method?: string;
  path?: string;
  body?: unknown;
  stream?: boolean;
  timeout?: number;
  signal?: AbortSignal | null;
  maxRetries?: number;
  __binaryResponse?: boolean;
  __metadata?: Record<string, unknown>;
}

interface Answer {
  response: Response;
  options: RequestOptions;
}

type MakeRequest = (options: RequestOptions | Promise<RequestOptions>, left: number | null, retryOf?: string, span?: unknown) => Promise<Answer>;

interface Client extends Sender {
  timeout: number;
  makeRequest?: MakeRequest;
  withOptions(options: object): Client;
  makeStatusError?(status: number, error: unknown, message: string | undefined, headers: Headers): Error;
  fetch?: typeof globalThis.fetch;
  apiVersion?: string;
  deploymentName?: string;
  constructor: ErrorClasses;
}

interface ErrorClasses {
  prototype: Client;
  APIUserAbortError?: new () => Error;
  APIConnectionTimeoutError?: new () => Error;
  APIConnectionError?: new () => Error;
}

/** The SDK's classes for what was no answer, the finest first: minifiers take the names, so the classes are asked. */
const CLASSES = ["APIUserAbortError", "APIConnectionTimeoutError", "APIConnectionError"] as const;

/** How a client was wrapped. */
interface Seat {
  readonly settings: Settings;
  readonly validate: Validate;
  /** What sends, where the seat is the client's `fetch`. */
  readonly fetch?: typeof fetch | undefined;
}

const seats = new WeakMap<object, Seat>();

/** `wrap` over these options, with the guard that checks requests, where there is one. */
export function makeWrap(reader: Reader, guard?: Guard): Wrap {
  return (client, options) => {
    const given = client as unknown as Client;
    if (typeof client !== "object" || client === null || typeof given.withOptions !== "function") {
      throw new TypeError(
        `\`client\` must be a client of @anthropic-ai/sdk or openai: got ${named(client)}; ` +
          "use retry for functions and retryingFetch for other HTTP clients",
      );
    }
    const old = seats.get(client);
    if (old !== undefined && options === undefined) return client;
    const { validate, rest } = apart(options);
    const settings = reader.read(rest, true, optedIn, old?.settings);
    const mode = validate === undefined ? (old?.validate ?? "warn") : modeOf(validate, guard);
    return seat(given, { settings, validate: mode, fetch: old?.fetch }, reader, guard, {}) as unknown as typeof client;
  };
}

/** `validate`, and what is the reader's. */
function apart(options: WrapOptions | undefined): { validate?: unknown; rest: Options | undefined } {
  // A policy stays the policy that it is.
  if (typeof options !== "object" || options === null || !("validate" in options)) return { rest: options };
  const { validate, ...rest } = options;
  return { validate, rest };
}

function modeOf(value: unknown, guard: Guard | undefined): Validate {
  if (guard !== undefined) return guard.mode(value);
  if (value === "off") return value;
  throw new TypeError("`validate`: this entry does not check requests; `wrap` of @holdoff/wasm does");
}

function named(value: unknown): string {
  const name = typeof value === "function" ? value.name : "";
  return name === "" ? shown(value) : `the class ${name}`;
}

/** A copy of the client by the SDK's own `withOptions`, with a seat in it. */
function seat(client: Client, own: Seat, reader: Reader, guard: Guard | undefined, options: object): Client {
  const { settings, validate } = own;
  const { prototype } = client.constructor;
  // Azure's client forgets these two when it copies itself.
  const { apiVersion, deploymentName: deployment } = client;
  const azure = apiVersion === undefined ? {} : { apiVersion, deployment };
  const copy = prototype.withOptions.call(client, { ...azure, ...options, maxRetries: 0 });
  const send = prototype.makeRequest ?? copy.makeRequest;
  if (typeof send === "function") {
    copy.makeRequest = async (given, left, retryOf, span) => {
      // The SDK comes back by itself after it has refreshed a token: that is not a call of its own.
      if (retryOf !== undefined) return send.call(copy, given, left, retryOf, span);
      const options = await given;
      const checked = guard?.check(validate, copy, options as Asked);
      if (checked !== undefined) await checked;
      return new Call(copy, send, settings, options, span).run();
    };
  } else {
    // An SDK of another shape: its `fetch` retries, and its own time-out is the whole call's.
    const { policy, signal, onEvent, classify, unref } = settings;
    const plain = own.fetch ?? client.fetch;
    const fetch = makeRetryingFetch(reader)({ policy, signal, onEvent, classify, unref, fetch: plain });
    const copy = prototype.withOptions.call(client, { fetch, ...options, maxRetries: 0 });
    seats.set(copy, { ...own, fetch: plain });
    return copy;
  }
  copy.withOptions = (changes) => seat(copy, own, reader, guard, changes);
  seats.set(copy, own);
  return copy;
}

/** Whether a middleware asked for another attempt, by the SDK's `RetryableError` in the chain of causes. */
function optedIn(error: unknown): Verdict {
  const seen = new Set<unknown>();
  for (let item = error; item instanceof Error && !seen.has(item); item = item.cause) {
    if (item.name === "RetryableError") return true;
    seen.add(item);
  }
  return undefined;
}

/** One call through the seat. */
class Call {
  readonly #client: Client;
  readonly #send: MakeRequest;
  readonly #settings: Settings;
  readonly #options: RequestOptions;
  readonly #span: unknown;
  readonly #signal: AbortSignal | undefined;
  readonly #about: About;
  #refreshed = false;

  constructor(client: Client, send: MakeRequest, settings: Settings, options: RequestOptions, span: unknown) {
    const signals = [settings.signal, options.signal].filter((signal) => signal != null);
    this.#signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    const own = isReplayable(options) ? settings : settings.capped(1);
    this.#settings = this.#signal === own.signal ? own : own.with(this.#signal);
    this.#client = client;
    this.#send = send;
    this.#options = options;
    this.#span = span;
    this.#about = {
      method: (options.method ?? "get").toUpperCase(),
      url: options.path,
      remoteTools: remoteTools(options.body),
    };
  }

  async run(): Promise<Answer> {
    const started = clock.mono();
    let run: Run | undefined;
    let resent = 0;
    for (;;) {
      const ms = run === undefined ? this.#settings.packed.firstTimeout : run.timeout;
      const limit = ms === Infinity ? undefined : new Limit(ms, this.#signal);
      const options = this.#attempt(resent, ms, limit);
      try {
        const sent = this.#once(options);
        const answer = await (limit === undefined ? sent : limit.race(sent));
        limit?.answered();
        run?.succeeded();
        return answer;
      } catch (failed) {
        const error = this.#late(failed, limit);
        limit?.release();
        resent += 1;
        if (this.#refresh(error, options)) continue;
        adopt(error);
        run ??= new Run(this.#settings, started);
        if (await run.again(error, { ...this.#about, className: this.#classOf(error) })) continue;
        throw run.end(this.#last(run, error));
      }
    }
  }

  /** The options of one attempt: no retries left, and the count of those made for the SDK's header. */
  #attempt(resent: number, ms: number, limit: Limit | undefined): RequestOptions {
    const options: RequestOptions = { ...this.#options, maxRetries: resent };
    if (this.#signal !== undefined) options.signal = this.#signal;
    if (limit !== undefined) {
      options.signal = limit.signal;
      options.timeout = Math.max(1, Math.ceil(Math.min(this.#options.timeout ?? this.#client.timeout, ms)));
    }
    return options;
  }

  async #once(options: RequestOptions): Promise<Answer> {
    const answer = await this.#send.call(this.#client, options, 0, undefined, this.#span);
    const { response } = answer;
    const streams = options.stream === true || options.__binaryResponse === true;
    const accept = options.stream === true ? "text/event-stream" : "application/json";
    const found = suspicion(response.headers, options.__binaryResponse === true ? "" : accept, !streams);
    if (response.body === null || (streams && found === GENUINE)) return answer;
    const bytes = await response.arrayBuffer();
    if (found !== GENUINE) {
      const body = new TextDecoder().decode(bytes);
      if (found === FAILED || holdsFailure(body)) throw this.#statusError(response, body);
    }
    return { ...answer, response: rejoined(response, bytes) };
  }

  /** The SDK's own error for an answer that says 200 over a failure. */
  #statusError(response: Response, body: string): Error {
    let parsed: unknown;
    try {
      parsed = JSON.parse(body);
    } catch {
      parsed = undefined;
    }
    const make = this.#client.makeStatusError;
    if (typeof make === "function") return make.call(this.#client, response.status, parsed, parsed === undefined ? body : undefined, response.headers);
    return Object.assign(new Error(`${response.status} over a failure`), { status: response.status, headers: response.headers, error: parsed });
  }

  #classOf(error: unknown): string | undefined {
    const classes = this.#client.constructor;
    return CLASSES.find((name) => typeof classes[name] === "function" && error instanceof classes[name]);
  }

  /** The SDK's own time-out error for an attempt that was aborted at its limit. */
  #late(error: unknown, limit: Limit | undefined): unknown {
    if (limit?.expired === undefined) return error;
    const Late = this.#client.constructor.APIConnectionTimeoutError;
    return Late === undefined ? limit.expired : Object.assign(new Late(), { cause: limit.expired });
  }

  /** After a 401 to a token of the SDK's own cache, once a call: whether to send again with a fresh one, at once. */
  #refresh(error: unknown, options: RequestOptions): boolean {
    const flags = (this.#client as { _requestAuthFlags?: WeakMap<object, { didRefreshFor401?: boolean }> })._requestAuthFlags;
    if (this.#refreshed || (error as { status?: unknown } | null)?.status !== 401 || !isReplayable(options)) return false;
    this.#refreshed = flags?.get(options)?.didRefreshFor401 === true;
    return this.#refreshed;
  }

  /** What is thrown: the SDK's own error, or its word for a stop. */
  #last(run: Run, error: unknown): unknown {
    const Stopped = this.#client.constructor.APIUserAbortError;
    if (!run.stopped || Stopped === undefined || error instanceof Stopped) return error;
    return new Stopped();
  }
}

/** Whether the request's body is the same every time it is sent. */
function isReplayable(options: RequestOptions): boolean {
  const { body, __metadata: metadata } = options;
  if (metadata?.["hasStreamingBody"] === true) return false;
  if (typeof body !== "object" || body === null) return true;
  return !(body instanceof ReadableStream || Symbol.asyncIterator in body);
}

/** The same response with its body in memory. */
function rejoined(old: Response, bytes: ArrayBuffer): Response {
  const response = new Response(bytes, { status: old.status, statusText: old.statusText, headers: old.headers });
  for (const name of ["url", "redirected", "type"] as const) Object.defineProperty(response, name, { value: old[name] });
  return response;
}

/** Gives `error` the story of the call within this attempt, where a retrying fetch below has told one. */
function adopt(error: unknown): void {
  if (!(error instanceof Error) || storyOf(error) !== undefined) return;
  const story = storyOf(error.cause);
  if (story !== undefined) attach(error, story);
}
