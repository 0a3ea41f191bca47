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
  /** Resolves `ms` after `now`, which is `mono()`, or once `signal` is aborted: with `mono()` as it is then. */
  sleep(ms: number, now: number, signal: AbortSignal | undefined, unref: boolean): Promise<number>;
}

let seed = -1;
let calls = 0;

/** A seed of the system's, 0 to 2^53 - 1: taken once a process, when it is first needed. */
function entropy(): number {
  const [high, low] = crypto.getRandomValues(new Uint32Array(2)) as unknown as [number, number];
  return (high & 0x1f_ffff) * 0x1_0000_0000 + low;
}

/** One timer, one promise. */
function pause(ms: number, now: number, unref: boolean): Promise<number> {
  const end = now + ms;
  return new Promise((resolve) => {
    const fire = (): void => {
      const at = performance.now();
      const left = end - at;
      // A clock that a test holds still shows all of it as left: then the timer is believed.
      if (left > 0 && left <= EARLY) start(fire, 1, unref);
      else resolve(at);
    };
    start(fire, Math.ceil(ms), unref);
  });
}

function start(fire: () => void, ms: number, unref: boolean): void {
  const timer = setTimeout(fire, ms);
  if (unref) (timer as { unref?: () => void }).unref?.();
}

/** The same, and `signal` ends it at once. */
function interruptible(ms: number, now: number, signal: AbortSignal, unref: boolean): Promise<number> {
  const end = now + ms;
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout>;
    const begin = (left: number): void => {
      timer = setTimeout(fire, left);
      if (unref) (timer as { unref?: () => void }).unref?.();
    };
    const stop = (): void => {
      clearTimeout(timer);
      signal.removeEventListener("abort", stop);
      resolve(performance.now());
    };
    const fire = (): void => {
      const left = end - performance.now();
      if (left > 0 && left <= EARLY) begin(1);
      else stop();
    };
    begin(Math.ceil(ms));
    signal.addEventListener("abort", stop);
  });
}

/** A wait that is longer than one timer can count. */
async function long(ms: number, now: number, signal: AbortSignal | undefined, unref: boolean): Promise<number> {
  let at = now;
  for (let left = ms; left > 0 && signal?.aborted !== true; left -= LONGEST_TIMER) {
    at = await real.sleep(Math.min(left, LONGEST_TIMER), performance.now(), signal, unref);
  }
  return at;
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
  sleep(ms, now, signal, unref) {
    if (ms > LONGEST_TIMER) return long(ms, now, signal, unref);
    if (signal === undefined) return pause(ms, now, unref);
    return signal.aborted ? Promise.resolve(now) : interruptible(ms, now, signal, unref);
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
