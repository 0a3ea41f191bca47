/**
 * The backoff alone: for loops of one's own that need a schedule and nothing else. It knows nothing of failures, hints or
 * deadlines. A kilobyte and a half, the bytes of the engine included.
 */
import bytes from "../../generated/schedule.js";
import type { Jitter } from "../names.js";
import { unpack } from "../unpack.js";

/** The fields of a schedule. Times are milliseconds. */
export interface ScheduleFields {
  /**
   * Sends allowed in total, the first included: one more than there are delays.
   *
   * @defaultValue 6
   */
  maxAttempts?: number;
  /**
   * The first backoff.
   *
   * @defaultValue 1000
   */
  initialDelay?: number;
  /**
   * The growth from one backoff to the next, at least 1.
   *
   * @defaultValue 2
   */
  multiplier?: number;
  /**
   * The longest delay, at least `initialDelay`.
   *
   * @defaultValue 60000
   */
  maxDelay?: number;
  /**
   * How a backoff is spread.
   *
   * @defaultValue "full"
   */
  jitter?: Jitter;
  /** A whole number from 0 to 2^53 - 1 that makes the delays repeatable. Default: one drawn from the system. */
  seed?: number;
}

type Delay = (initial: number, multiplier: number, most: number, jitter: number, seed: number, nth: number) => number;

const JITTERS: readonly Jitter[] = ["full", "equal", "decorrelated", "none"];
let delay: Delay | undefined;

function engine(): Delay {
  const module = new WebAssembly.Module(unpack(bytes));
  return new WebAssembly.Instance(module).exports["delay"] as Delay;
}

/**
 * The delays of a policy, one after another, in milliseconds: `maxAttempts - 1` of them.
 *
 * @throws RangeError - a value cannot be meant.
 * @example
 * ```ts
 * for (const ms of backoff({ jitter: "none" })) console.log(ms); // 1000, 2000, 4000, 8000, 16000
 * ```
 */
export function backoff(fields: ScheduleFields = {}): IterableIterator<number> {
  const { maxAttempts = 6, initialDelay = 1_000, multiplier = 2, maxDelay = 60_000, jitter = "full" } = fields;
  const { seed = drawn() } = fields;
  const kind = JITTERS.indexOf(jitter);
  const inRange = (value: number, least: number): boolean => value >= least && value <= Number.MAX_SAFE_INTEGER;
  if (
    !(inRange(maxAttempts, 1) && inRange(initialDelay, 0) && inRange(maxDelay, Math.ceil(initialDelay)) && inRange(multiplier, 1)) ||
    !(inRange(seed, 0) && kind >= 0)
  ) {
    throw new RangeError("a field of the schedule is out of its range: see ScheduleFields");
  }
  delay ??= engine();
  const next = delay;
  let failures = 0;
  return {
    next() {
      failures += 1;
      if (failures >= maxAttempts) return { done: true, value: undefined };
      return { done: false, value: next(Math.ceil(initialDelay), multiplier, Math.ceil(maxDelay), kind, seed, failures) };
    },
    [Symbol.iterator]() {
      return this;
    },
  };
}

function drawn(): number {
  const [high = 0, low = 0] = crypto.getRandomValues(new Uint32Array(2));
  return (high & 0x1f_ffff) * 0x1_0000_0000 + low;
}
