import type { Core, StoryRecord } from "./engine.js";
import type { Clock } from "./clock.js";
import type { Evidence } from "./evidence.js";
import { Failure } from "./failure.js";
import type { StopReason } from "./names.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** The diagnosis of what was seen of a failed attempt: the same whenever it is made. */
export function failureOf(core: Core, seen: Evidence): Failure {
  return new Failure(core, core.diagnose(seen, seen.flags, seen.wall));
}

/** How a call went that ended by an error, as that error's `.holdoff`. */
export class Story {
  /** Sends, the first included. */
  readonly attempts: number;
  /** Milliseconds waited between them, in order. The last one is shorter than decided where the wait was cut. */
  readonly waits: readonly number[];
  /** Milliseconds from the first send to the end. */
  readonly elapsed: number;
  readonly #core: Core;
  readonly #json: string;
  #seen: readonly Evidence[];
  #record: StoryRecord | undefined;
  #failures: readonly Failure[] | undefined;
  /** When the call ended, and by which clock: tells a call within a call from an old story. */
  readonly #ended: number;
  readonly #clock: Clock;

  /** @internal */
  constructor(
    core: Core,
    json: string,
    seen: readonly Evidence[],
    attempts: number,
    waits: readonly number[],
    elapsed: number,
    clock: Clock,
    ended: number,
  ) {
    this.#core = core;
    this.#json = json;
    this.#seen = seen;
    this.attempts = attempts;
    this.waits = Object.freeze(waits);
    this.elapsed = elapsed;
    this.#clock = clock;
    this.#ended = ended;
  }

  get #parsed(): StoryRecord {
    return (this.#record ??= JSON.parse(this.#json) as StoryRecord);
  }

  /** Why the call ended, such as `"attempts_exhausted"`. */
  get reason(): StopReason {
    return (this.#parsed.reason ?? "cancelled") as StopReason;
  }

  /** When sending again makes sense, in unix milliseconds; undefined where nobody said. */
  get retryAt(): number | undefined {
    return this.#parsed.retry_at;
  }

  /** What each failed attempt failed of, in order. */
  get failures(): readonly Failure[] {
    if (this.#failures === undefined) {
      this.#failures = this.#seen.map((seen) => failureOf(this.#core, seen));
      this.#seen = [];
    }
    return this.#failures;
  }

  /** What the last attempt failed of. */
  get failure(): Failure {
    return this.failures[this.failures.length - 1] as Failure;
  }

  /** @internal Whether this is how a call went that ended, by `clock`, after `began`. */
  endedAfter(began: number, clock: Clock): boolean {
    return this.#clock === clock && this.#ended > began;
  }

  #outcome(): string {
    const sends = this.attempts === 1 ? "1 attempt" : `${this.attempts} attempts`;
    const why = this.#core.names.reasons[this.reason] ?? this.reason;
    const until = this.retryAt === undefined ? "" : `; may be sent again at ${date(this.retryAt)}`;
    return `stopped after ${sends} in ${(this.elapsed / 1_000).toFixed(1)} s, ${why} (${this.reason})${until}`;
  }

  /** The whole story for a person: every attempt and wait, then what the last failure means and how to fix it. */
  explain(): string {
    const lines = this.failures.map((failure, index) => {
      const wait = this.waits[index];
      const waited = wait === undefined ? "" : `, then waited ${(wait / 1_000).toFixed(3)} s`;
      return `  attempt ${index + 1}: ${failure.toString()}${waited}`;
    });
    const { lasting } = this.#parsed;
    const lasts = lasting === undefined ? [] : [`  lasting: ${lasting}`];
    return [this.#outcome(), ...lines, this.failure.explain(), ...lasts].join("\n");
  }

  /** One line for a log. */
  toString(): string {
    return `${this.#outcome()}; last failure: ${this.failure.toString()}`;
  }

  /** What loggers write: the same fields, failures as the wire has them. */
  toJSON(): Record<string, unknown> {
    const { attempts, waits, elapsed, reason, retryAt, failures } = this;
    return { attempts, waits, elapsed, reason, retryAt, failures };
  }

  /** @internal */
  [INSPECT](): string {
    return this.toString();
  }
}

function date(ms: number): string {
  const at = new Date(ms);
  return Number.isNaN(at.getTime()) ? `unix time ${ms} ms` : `${at.toISOString().slice(0, 19).replace("T", " ")} UTC`;
}

/** Sets `error.holdoff`. Never fails: an error that takes no property stays as it was. */
export function attach(error: unknown, story: Story): void {
  if (typeof error !== "object" || error === null) return;
  try {
    // Enumerable: that is how `console.error` and loggers find it.
    Object.defineProperty(error, "holdoff", { value: story, enumerable: true, writable: true, configurable: true });
  } catch {
    // Frozen, or a hostile proxy: the caller's error matters more.
  }
}

/**
 * The story of the call that `error` ended; undefined where there is none.
 *
 * @example
 * ```ts
 * catch (error) {
 *   console.error(storyOf(error)?.explain() ?? error);
 * }
 * ```
 */
export function storyOf(error: unknown): Story | undefined {
  if (typeof error !== "object" || error === null) return undefined;
  try {
    const found = (error as { holdoff?: unknown }).holdoff;
    return found instanceof Story ? found : undefined;
  } catch {
    return undefined;
  }
}
