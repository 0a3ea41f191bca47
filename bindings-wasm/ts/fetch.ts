import { FAILED, GENUINE, holdsFailure, remoteTools, suspicion } from "./answer.js";
import { Taken } from "./body.js";
import { Limit, clock } from "./clock.js";
import { Evidence } from "./evidence.js";
import { pairsOf } from "./headers.js";
import { reasonOf } from "./retry.js";
import { type About, Run } from "./run.js";
import type { Options, Reader, Settings } from "./settings.js";
import { type Story, attach } from "./story.js";
import { shown } from "./policy.js";

/** The fields of {@link Options}, and the `fetch` below. */
export interface FetchOptions extends Options {
  /** What sends. Default: the global `fetch`, looked up at each call. */
  fetch?: typeof globalThis.fetch | undefined;
}

/** `retryingFetch`, as {@link createHoldoff} makes it. */
export type RetryingFetch = (options?: FetchOptions) => typeof globalThis.fetch;

const COUNT = "x-stainless-retry-count";
/** How long a call that ended by an error is remembered, for a loop above that comes back: their waits end at 8 s. */
const REMEMBERED = 10_000;

/** `retryingFetch` over these options. */
export function makeRetryingFetch(reader: Reader): RetryingFetch {
  return (options = {}) => {
    const { fetch: inner, ...rest } = options;
    if (inner !== undefined && typeof inner !== "function") throw new TypeError(`\`fetch\` must be a function: got ${shown(inner)}`);
    const settings = reader.read(rest, true);
    const above = new Above();
    return (input, init) => new Exchange(settings, inner ?? ((...sent) => globalThis.fetch(...sent)), above, input, init ?? {}).send();
  };
}

/** One request through a retrying fetch. */
class Exchange {
  readonly #settings: Settings;
  readonly #send: typeof globalThis.fetch;
  readonly #above: Above;
  readonly #input: string | URL | Request;
  readonly #init: RequestInit;
  readonly #signal: AbortSignal | undefined;
  readonly #about: About;
  readonly #count: number;
  readonly #accept: string;

  constructor(settings: Settings, send: typeof globalThis.fetch, above: Above, input: string | URL | Request, init: RequestInit) {
    const request = typeof input === "object" && "method" in input ? input : undefined;
    const signals = [settings.signal, init.signal ?? request?.signal].filter((signal) => signal != null);
    this.#signal = signals.length > 1 ? AbortSignal.any(signals) : signals[0];
    const headers = new Headers(init.headers ?? request?.headers);
    this.#count = Number(headers.get(COUNT) ?? -1);
    this.#accept = headers.get("accept") ?? "";
    this.#about = {
      method: (init.method ?? request?.method ?? "GET").toUpperCase(),
      url: request === undefined ? String(input) : request.url,
      remoteTools: remoteTools(init.body),
    };
    let own = settings;
    // A body that can be read once is sent once. A `Request` is copied for each attempt.
    if (!isReplayable(init.body)) own = own.capped(1);
    // A loop above that comes back for reasons of its own decides; without ours its sends do not multiply.
    else if (this.#count > 0) own = own.capped(1);
    this.#settings = this.#signal === own.signal ? own : own.with(this.#signal);
    this.#send = send;
    this.#above = above;
    this.#input = input;
    this.#init = init;
  }

  async send(): Promise<Response> {
    const again = this.#above.cameBack(this.#about, this.#init.body, this.#count);
    if (again !== undefined) throw again;
    const started = clock.mono();
    let run: Run | undefined;
    for (;;) {
      const limit = this.#limit(run === undefined ? this.#settings.packed.firstTimeout : run.timeout);
      let taken: Taken | undefined;
      let response: Response | undefined;
      let error: unknown;
      try {
        response = await this.#once(limit);
        const found = this.#suspicion(response);
        if (found === GENUINE) return this.#succeeded(run, limit, response);
        taken = await (limit === undefined ? Taken.from(response) : limit.race(Taken.from(response)));
        if (response.status < 400 && found !== FAILED && taken.broken === undefined && !holdsFailure(taken.text())) {
          return this.#succeeded(run, limit, taken.putBack());
        }
      } catch (failed) {
        error = limit?.expired ?? failed;
      }
      limit?.release();
      run ??= new Run(this.#settings, started);
      const broke = error !== undefined || response === undefined || taken === undefined;
      const delay = broke ? run.failedError(error, this.#about) : run.failedResponse(this.#evidence(response as Response, taken as Taken), this.#about);
      if (delay >= 0) {
        await taken?.drop();
        if (run.resumed(await run.wait(delay))) continue;
      }
      if (broke || run.stopped) {
        const thrown = run.end(run.stopped ? reasonOf(this.#signal, error) : error);
        if (!run.stopped) this.#above.ended(this.#about, this.#init.body, this.#count, thrown);
        throw thrown;
      }
      return this.#last(run.close(), taken as Taken);
    }
  }

  #limit(ms: number): Limit | undefined {
    return ms === Infinity ? undefined : new Limit(ms, this.#signal);
  }

  #once(limit: Limit | undefined): Promise<Response> {
    const signal = limit?.signal ?? this.#signal;
    const init = signal === undefined ? this.#init : { ...this.#init, signal };
    const input = typeof this.#input === "object" && "clone" in this.#input ? this.#input.clone() : this.#input;
    const answer = this.#send(input, init);
    return limit === undefined ? answer : limit.race(answer);
  }

  #suspicion(response: Response): number {
    if (response.status >= 400) return FAILED;
    return response.ok ? suspicion(response.headers, this.#accept, false) : GENUINE;
  }

  #evidence(response: Response, taken: Taken): Evidence {
    const { method, url } = this.#about;
    const found = new Evidence(response.status);
    found.body = taken.text();
    found.method = method;
    found.url = url;
    found.headers = pairsOf(response.headers);
    return found;
  }

  #succeeded(run: Run | undefined, limit: Limit | undefined, response: Response): Response {
    limit?.answered();
    run?.succeeded();
    return response;
  }

  /** The last response, marked so that a loop above leaves it at that. */
  #last(story: Story, taken: Taken): Response {
    const untouched = this.#count > 0;
    const marks = { "x-should-retry": "false", "x-holdoff": `attempts=${story.attempts};reason=${story.reason}` };
    const response = untouched ? taken.putBack() : taken.putBack(marks);
    attach(response, story);
    return response;
  }
}

/** Whether a request's body is the same every time it is sent. */
export function isReplayable(body: unknown): boolean {
  if (typeof body !== "object" || body === null) return true;
  return (
    ArrayBuffer.isView(body) ||
    body instanceof ArrayBuffer ||
    body instanceof URLSearchParams ||
    body instanceof FormData ||
    body instanceof Blob
  );
}

/**
 * What a loop above gets when it comes back. A response that ended a call carries `x-should-retry: false`; an error has
 * no such header, and an SDK sends again after its own kinds of failure too. It is recognised by the count that it sends:
 * it gets the same error again, and nothing is sent.
 */
class Above {
  #last: { about: About; body: unknown; count: number; at: number; error: unknown }[] = [];

  ended(about: About, body: unknown, count: number, error: unknown): void {
    if (count < 0) return;
    this.#forget();
    this.#last.push({ about, body, count, at: clock.mono(), error });
  }

  cameBack(about: About, body: unknown, count: number): unknown {
    if (count < 1) return undefined;
    this.#forget();
    const { method, url } = about;
    const found = this.#last.find(
      (each) => each.count === count - 1 && each.about.url === url && each.about.method === method && each.body === body,
    );
    if (found === undefined) return undefined;
    found.count = count;
    found.at = clock.mono();
    return found.error;
  }

  #forget(): void {
    const since = clock.mono() - REMEMBERED;
    this.#last = this.#last.filter((each) => each.at >= since).slice(-31);
  }
}
