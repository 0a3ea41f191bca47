/**
 * Tests without waiting: a clock that only waits move, fixed dice, and fewer attempts.
 *
 * ```ts
 * import { testing } from "@holdoff/wasm/testing";
 *
 * const world = testing({ attempts: 2 });
 * afterEach(() => world.restore());
 * ```
 *
 * Fake timers of vitest, jest and node:test work without this: waits are `setTimeout`.
 */

import { type Clock, clock, setClock } from "./driver.js";

/** What `testing` takes. */
export interface TestingOptions {
  /** The most attempts a call may make. A cap: a policy that allows fewer keeps to it. */
  attempts?: number;
  /**
   * What jitter is drawn from; the same seed gives the same waits.
   *
   * @defaultValue 0
   */
  seed?: number;
  /**
   * The date it starts at, in unix milliseconds.
   *
   * @defaultValue 1700000000000
   */
  wall?: number;
}

/** A world in which no call waits: the clock advances by the waits instead. Made by `testing`. */
export class World implements Clock {
  /** Milliseconds of every wait so far, in order. */
  readonly waits: number[] = [];
  /** @internal */
  readonly attempts: number | undefined;
  readonly #before: Clock;
  readonly #seed: number;
  readonly #epoch: number;
  #elapsed = 0;
  #calls = 0;

  /** @internal */
  constructor(options: TestingOptions, before: Clock) {
    const { attempts, seed = 0, wall = 1_700_000_000_000 } = options;
    if (attempts !== undefined && !(attempts >= 1)) {
      throw new RangeError(`\`attempts\` must be at least 1, the first send counts: got ${attempts}`);
    }
    this.attempts = attempts;
    this.#seed = seed;
    this.#epoch = wall;
    this.#before = before;
  }

  /** Milliseconds since it was made. */
  mono(): number {
    return this.#elapsed;
  }

  /** Its date, in unix milliseconds. */
  wall(): number {
    return this.#epoch + this.#elapsed;
  }

  /** @internal */
  draw(): readonly [number, number] {
    return [this.#seed, this.#calls++];
  }

  /** @internal */
  sleep(ms: number, _now: number, signal: AbortSignal | undefined, _unref: boolean, done: (at: number) => void): void {
    // Others run meanwhile, as in a real wait. Not `queueMicrotask`: fake timers hold it.
    void Promise.resolve().then(() => {
      if (signal?.aborted !== true) {
        this.waits.push(ms);
        this.advance(ms);
      }
      done(this.#elapsed);
    });
  }

  /**
   * Moves the clock on.
   *
   * @throws RangeError - `ms` is negative, infinite or not a number.
   */
  advance(ms: number): void {
    if (!(ms >= 0 && ms < Infinity)) throw new RangeError(`\`ms\` must be a finite number, at least 0: got ${ms}`);
    this.#elapsed += ms;
  }

  /** Brings back the clock that was there before. Worlds can be nested: restore the innermost first. */
  restore(): void {
    if (clock === this) setClock(this.#before);
  }
}

/**
 * From now on no call waits, until `restore`. It concerns calls that begin meanwhile, in this thread.
 *
 * Time limits of attempts stay real: an attempt that hangs is ended when its time is up on the wall.
 *
 * @throws RangeError - `attempts` is less than 1.
 */
export function testing(options: TestingOptions = {}): World {
  const world = new World(options, clock);
  setClock(world);
  return world;
}
