import { Limit, clock } from "./clock.js";
import { Run } from "./run.js";
import type { Options, Reader, Settings } from "./settings.js";
import { shown } from "./policy.js";

/** What the function of `retry` is told. */
export interface Attempt {
  /** The attempt's number, 1 the first. */
  readonly attempt: number;
  /**
   * Aborted when the caller's signal is, and when the attempt's time is up. Undefined where neither can happen. Pass it
   * on: `fetch(url, { signal })`.
   */
  readonly signal: AbortSignal | undefined;
}

/** `retry`, as {@link createHoldoff} makes it. */
export type Retry = <T>(fn: (attempt: Attempt) => T | PromiseLike<T>, options?: Options) => Promise<T>;

class Once implements Attempt {
  constructor(
    readonly attempt: number,
    readonly signal: AbortSignal | undefined,
  ) {}
}

const FIRST = new Once(1, undefined);

/** `retry` over these options. */
export function makeRetry(reader: Reader): Retry {
  return (fn, options) => {
    try {
      if (typeof fn !== "function") throw new TypeError(`retry takes a function: got ${shown(fn)}`);
      return begun(fn, reader.single(options));
    } catch (error) {
      return Promise.reject(error as Error);
    }
  };
}

/** Sends for the first time. A chain of promises, not an async function: most calls succeed, and it costs them half as much. */
function begun<T>(fn: (attempt: Attempt) => T | PromiseLike<T>, settings: Settings): Promise<T> {
  const { signal } = settings;
  const { firstTimeout } = settings.packed;
  if (signal?.aborted === true) throw signal.reason;
  const started = clock.mono();
  const failed = (error: unknown): Promise<T> => repeat(fn, settings, started, error);
  if (signal !== undefined || firstTimeout !== Infinity) return bounded(fn, 1, firstTimeout, signal).catch(failed);
  let attempt: T | PromiseLike<T>;
  try {
    attempt = fn(FIRST);
  } catch (error) {
    return failed(error);
  }
  return Promise.resolve(attempt).then(undefined, failed);
}

async function repeat<T>(fn: (attempt: Attempt) => T | PromiseLike<T>, settings: Settings, started: number, first: unknown): Promise<T> {
  const { signal } = settings;
  const run = new Run(settings, started);
  let error = first;
  for (;;) {
    // `again`, in the open: a function that waits is a promise more.
    const delay = run.failedError(error);
    if (delay < 0 || !run.resumed(await run.wait(delay))) throw run.end(run.stopped ? reasonOf(signal, error) : error);
    try {
      const result =
        signal === undefined && run.timeout === Infinity
          ? await fn(new Once(run.attempt, undefined))
          : await bounded(fn, run.attempt, run.timeout, signal);
      run.succeeded();
      return result;
    } catch (failed) {
      error = failed;
    }
  }
}

/** What a call throws that the caller has stopped: the signal's reason, as everywhere in JavaScript. */
export function reasonOf(signal: AbortSignal | undefined, error: unknown): unknown {
  return signal?.reason ?? error;
}

async function bounded<T>(
  fn: (attempt: Attempt) => T | PromiseLike<T>,
  attempt: number,
  ms: number,
  signal: AbortSignal | undefined,
): Promise<T> {
  const limit = new Limit(ms, signal);
  try {
    return await limit.race(Promise.resolve(fn(new Once(attempt, limit.signal))));
  } catch (error) {
    throw limit.expired ?? error;
  } finally {
    limit.release();
  }
}
