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

/**
 * Sends again for as long as it is worth it. In callbacks, not an async function: to throw an error into one that waits
 * costs as much as to decide about it. Each attempt settles the call itself, by `resolve`: so the stack of an error still
 * says who called.
 */
function repeat<T>(fn: (attempt: Attempt) => T | PromiseLike<T>, settings: Settings, started: number, first: unknown): Promise<T> {
  const { signal } = settings;
  const run = new Run(settings, started);
  const answer = new Promise<T>((resolve, reject) => {
    let error: unknown;
    const failed = (thrown: unknown): void => {
      error = thrown;
      try {
        const delay = run.failedError(thrown);
        if (delay < 0) end();
        else run.sleep(delay, resumed);
      } catch (own) {
        reject(own as Error);
      }
    };
    const resumed = (at: number): void => {
      try {
        if (run.resumed(at)) send();
        else end();
      } catch (own) {
        reject(own as Error);
      }
    };
    const send = (): void => {
      let attempt: Promise<T>;
      try {
        attempt =
          signal === undefined && run.timeout === Infinity
            ? Promise.resolve(fn(new Once(run.attempt, undefined)))
            : bounded(fn, run.attempt, run.timeout, signal);
      } catch (thrown) {
        return failed(thrown);
      }
      attempt.then(resolve, failed);
    };
    const end = (): void => reject(run.end(run.stopped ? reasonOf(signal, error) : error));
    failed(first);
  });
  return answer.then((result) => {
    run.succeeded();
    return result;
  });
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
