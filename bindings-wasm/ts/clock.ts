/**
 * Clock, sleep, time limit and dice: what the driver asks of the world, and what `testing` replaces. Everything goes
 * through one object, so that a test replaces it with one assignment. A call keeps the clock it began with.
 *
 * `performance`, `Date` and `setTimeout` are looked up at each use, so that fake timers are obeyed.
 */

/** The longest that one timer can wait: above it, timers fire at once. */
const LONGEST_TIMER = 2_147_483_647;
/** A timer may fire this much before its time: what is left is waited for. */
const EARLY = 2;

/** How the calls that begin now take their time. */
export interface Clock {
  /** The most attempts a call may make, whatever its policy says. */
  readonly attempts: number | undefined;
  /** Milliseconds since any fixed instant. */
  mono(): number;
  /** Milliseconds since the Unix epoch. */
  wall(): number;
  /** The seed and number of the next call. */
  draw(): readonly [seed: number, number: number];
  /**
   * Calls `done`, which must not throw, `ms` after `now`, which is `mono()`, or once `signal` is aborted: with `mono()` as
   * it is then, and never before `sleep` has returned. A callback, since a promise costs a failed attempt more than to
   * decide about it.
   */
  sleep(ms: number, now: number, signal: AbortSignal | undefined, unref: boolean, done: (at: number) => void): void;
}

let seed = -1;
let calls = 0;

/** A seed of the system's, 0 to 2^53 - 1: taken once a process, when it is first needed. */
function entropy(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  return (high & 0x1f_ffff) * 0x1_0000_0000 + low;
}

/** One timer, which calls `done` with the time that it is then. */
class Pause {
  /** When it began, and when it is over. */
  readonly #began: number;
  readonly #end: number;
  readonly #unref: boolean;
  readonly #done: (at: number) => void;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(ms: number, now: number, unref: boolean, done: (at: number) => void) {
    this.#began = now;
    this.#end = now + ms;
    this.#unref = unref;
    this.#done = done;
    this.#start(Math.ceil(ms));
  }

  #start(ms: number): void {
    this.#timer = setTimeout(this.#fire, ms);
    if (this.#unref) (this.#timer as { unref?: () => void }).unref?.();
  }

  readonly #fire = (): void => {
    const at = performance.now();
    const left = this.#end - at;
    // A clock that a test holds still shows all of it as left: then the timer is believed.
    if (left > 0 && left <= EARLY && at > this.#began) this.#start(1);
    else this.#done(at);
  };

  /** It will not fire. */
  cancel(): void {
    clearTimeout(this.#timer);
  }
}

/** The same as a promise, and `signal` ends it at once. What follows runs in the waiting call's context, not in that of the abort. */
function interruptible(ms: number, now: number, signal: AbortSignal, unref: boolean): Promise<number> {
  return new Promise((resolve) => {
    const over = (at: number): void => {
      signal.removeEventListener("abort", stop);
      resolve(at);
    };
    const pause = new Pause(ms, now, unref, over);
    const stop = (): void => {
      pause.cancel();
      over(performance.now());
    };
    signal.addEventListener("abort", stop);
  });
}

/** The real clock. */
export const real: Clock = {
  attempts: undefined,
  mono: () => performance.now(),
  wall: () => Date.now(),
  draw: () => {
    if (seed < 0) seed = entropy();
    return [seed, calls++];
  },
  sleep(ms, now, signal, unref, done) {
    if (signal?.aborted === true) void Promise.resolve(now).then(done);
    // Longer than one timer can count: one after another.
    else if (ms > LONGEST_TIMER) real.sleep(LONGEST_TIMER, now, signal, unref, (at) => real.sleep(ms - LONGEST_TIMER, at, signal, unref, done));
    else if (signal !== undefined) void interruptible(ms, now, signal, unref).then(done);
    else new Pause(ms, now, unref, done);
  },
};

/** The clock of calls that begin now. */
export let clock: Clock = real;

/** Replaces the clock of calls that begin from now on. */
export function setClock(next: Clock): void {
  clock = next;
}

/** One attempt took longer than it was allowed to. */
export function timeoutError(ms: number): Error {
  const error = new Error(`the attempt took longer than ${Math.round(ms)} ms, the most it was allowed`);
  error.name = "TimeoutError";
  return error;
}

/** What bounds one attempt: a signal that is aborted when its time is up or when the caller's signal is. */
export class Limit {
  readonly signal: AbortSignal;
  /** Set when the time was up. */
  expired: Error | undefined;
  readonly #controller = new AbortController();
  readonly #outer: AbortSignal | undefined;
  readonly #stop = (): void => this.#controller.abort(this.#outer?.reason);
  #timer: ReturnType<typeof setTimeout> | undefined;
  #settle: ((error: Error) => void) | undefined;

  constructor(ms: number, outer: AbortSignal | undefined) {
    this.signal = this.#controller.signal;
    this.#outer = outer;
    if (outer?.aborted) this.#stop();
    else outer?.addEventListener("abort", this.#stop);
    if (ms !== Infinity) this.#arm(ms, ms);
  }

  #arm(left: number, whole: number): void {
    this.#timer = setTimeout(
      () => {
        if (left > LONGEST_TIMER) return this.#arm(left - LONGEST_TIMER, whole);
        this.expired = timeoutError(whole);
        this.#settle?.(this.expired);
        this.#controller.abort(this.expired);
      },
      Math.min(left, LONGEST_TIMER),
    );
  }

  /** The attempt's promise, or a rejection when its time is up, whether or not the attempt heeds its signal. */
  race<T>(attempt: PromiseLike<T>): Promise<T> {
    return new Promise((resolve, reject) => {
      this.#settle = reject;
      const outer = this.#outer;
      if (outer !== undefined) {
        const stopped = (): void => reject(outer.reason as Error);
        if (outer.aborted) stopped();
        else this.signal.addEventListener("abort", stopped, { once: true });
      }
      attempt.then(resolve, reject);
    });
  }

  /** The attempt's answer has come: its time no longer runs. The caller's signal still reaches what is left of it. */
  answered(): void {
    clearTimeout(this.#timer);
  }

  /** The attempt is over. */
  release(): void {
    clearTimeout(this.#timer);
    this.#outer?.removeEventListener("abort", this.#stop);
  }
}
