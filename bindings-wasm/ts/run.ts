/**
 * The bookkeeping of one call from its first failure on: the one place that talks to the engine about calls.
 *
 * A driver sends; nothing exists until that fails. Then:
 *
 * ```ts
 * const run = new Run(settings, started);        // started: clock.mono() before the first send
 * for (;;) {
 *   if (!(await run.again(error))) throw error;  // or failedResponse, wait and resumed, one by one
 *   ... send again within run.timeout, and on success: run.succeeded()
 * }
 * ```
 */

import { type Clock, clock } from "./clock.js";
import { type Evidence, read } from "./evidence.js";
import type { Failure } from "./failure.js";
import type { Source, StopReason } from "./names.js";
import type { Settings } from "./settings.js";
import { Story, attach, failureOf, storyOf } from "./story.js";

const REMOTE_TOOLS = 1;
const CONTENT = 2;
const CANCELLED = 4;
const UNBOUNDED = 8;

/** What a driver knows of an attempt beside the error. */
export interface About {
  readonly method?: string | undefined;
  readonly url?: string | undefined;
  readonly remoteTools?: boolean;
  /** Content of the answer has reached the caller. */
  readonly committed?: boolean;
  /** The class of the error, where the driver knows better than its name. */
  readonly className?: string | undefined;
}

const NOTHING: About = {};

/** One call that has failed at least once. */
export class Run {
  /** Sends so far, the first included. */
  attempt = 1;
  /** Milliseconds the attempt under way may take. */
  timeout: number;
  readonly #settings: Settings;
  readonly #clock: Clock = clock;
  readonly #call: number;
  readonly #started: number;
  readonly #waits: number[] = [];
  /** What was seen of each failed attempt. It is read once more when somebody looks at it. */
  readonly #seen: Evidence[] = [];
  /** When the attempt under way began. */
  #began: number;
  /** The earliest that the next one may. */
  #until: number;
  /** When the last attempt failed. */
  #now: number;
  /** What the date was ahead of the monotonic clock at the first failure: rounded up, since dates are rounded down. */
  readonly #epoch: number;
  /** How far the call is ahead of the clock: a sleep that a test has patched away counts as slept. */
  #ahead = 0;
  #nested: Story | undefined;
  #over = false;

  constructor(settings: Settings, started: number) {
    this.#settings = settings;
    this.#started = this.#began = this.#until = started;
    this.timeout = settings.packed.firstTimeout;
    const [seed, number] = settings.draw();
    const { attempts } = this.#clock;
    const packed = attempts === undefined ? settings.packed.numbers : capped(settings.packed.numbers, attempts);
    const wall = this.#clock.wall();
    this.#now = this.#clock.mono();
    this.#epoch = wall + 1 - this.#now;
    this.#call = settings.core.begin(packed, seed, number, started, wall);
  }

  // --- what failed ---------------------------------------------------------------------------------------------------

  /** Milliseconds to wait before the next send, or -1 when the call is over. */
  failedError(error: unknown, about: About = NOTHING): number {
    const story = storyOf(error);
    if (story !== undefined && this.#ends(story)) return -1;
    const evidence = read(error);
    evidence.method ??= about.method;
    evidence.url ??= about.url;
    if (about.className !== undefined) evidence.classes = [about.className, evidence.classes ?? ""].join("\n");
    return this.#decide(error, evidence, about);
  }

  /** The same for an answer that no error has been made of. */
  failedResponse(evidence: Evidence, about: About = NOTHING): number {
    return this.#decide(undefined, evidence, about);
  }

  #decide(error: unknown, evidence: Evidence, about: About): number {
    const { core, classify, on, signal } = this.#settings;
    // The first failure is that of just now, which the run began with.
    if (this.attempt > 1) this.#now = this.#clock.mono();
    const mono = this.#now + this.#ahead;
    const asks = classify !== undefined || on !== undefined;
    evidence.flags =
      (about.remoteTools === true ? REMOTE_TOOLS : 0) |
      (about.committed === true ? CONTENT : 0) |
      (signal?.aborted === true ? CANCELLED : 0);
    const resumed = this.attempt > 1 && this.#unbounded ? UNBOUNDED : 0;
    let delay = core.memo.failed(this.#call, evidence, this.#clock, resumed, asks, mono, this.#ahead, this.#epoch + mono);
    this.#seen.push(evidence);
    if (delay === -2) delay = core.engine.decide(this.#call, this.#settings.verdict(this.#failure(), error), mono, this.#clock.wall() + this.#ahead);
    if (delay >= 0) {
      this.#waits.push(delay);
      this.#until = mono + delay;
      if (this.#settings.onEvent !== undefined) {
        const source = core.engine.source(this.#call) as Source;
        const elapsed = mono - this.#started;
        this.#settings.tell({ type: "wait", attempt: this.attempt, failure: this.#failure(), elapsed, delay, source });
      }
    }
    return delay;
  }

  #failure(): Failure {
    return failureOf(this.#settings.core, this.#seen[this.#seen.length - 1] as Evidence);
  }

  /** Whether nothing bounds the attempts: then the engine need not hear of the end of a wait. */
  get #unbounded(): boolean {
    return this.#settings.packed.firstTimeout === Infinity;
  }

  /**
   * Whether `story` is that of a call within this call's attempt. That one has been retried to its end: to send it again
   * from here would multiply the two limits, so this call ends with the same story, unless `classify` is there to say
   * otherwise. An error object that is thrown once more carries an older story, which says nothing about this attempt.
   */
  #ends(story: Story): boolean {
    if (this.#settings.classify !== undefined || !story.endedAfter(this.#began, this.#clock)) return false;
    this.#nested = story;
    return true;
  }

  // --- the wait ------------------------------------------------------------------------------------------------------

  /** Waits; the signal ends it at once. `done`, which must not throw, is called with the time, for {@link Run.resumed}. */
  sleep(ms: number, done: (at: number) => void): void {
    this.#clock.sleep(ms, this.#now, this.#settings.signal, this.#settings.unref, done);
  }

  /** The same as a promise of the time. */
  wait(ms: number): Promise<number> {
    return new Promise((done) => this.sleep(ms, done));
  }

  /** After the wait, at the time that it gave: whether to send again. `timeout` says how long that may take. */
  resumed(mono: number): boolean {
    if (this.#settings.signal?.aborted === true) {
      this.#stop();
      return false;
    }
    this.#began = mono;
    let now = mono + this.#ahead;
    if (now < this.#until) {
      this.#ahead += this.#until - now;
      now = this.#until;
    }
    if (!this.#unbounded) {
      this.timeout = this.#settings.core.engine.resumed(this.#call, now, this.#clock.wall() + this.#ahead);
      if (this.timeout < 0) return false;
    }
    this.attempt += 1;
    return true;
  }

  /** Decides, waits and resumes. False: the call is over, and `end` gives what is to be thrown. */
  async again(error: unknown, about?: About): Promise<boolean> {
    const delay = this.failedError(error, about);
    if (delay < 0) return false;
    return this.resumed(await this.wait(delay));
  }

  // --- the end -------------------------------------------------------------------------------------------------------

  /** Whether the caller stopped the call. */
  get stopped(): boolean {
    return this.#settings.signal?.aborted === true;
  }

  /** Attaches the story to `error`, tells the hook, and returns `error`. */
  end<E>(error: E): E {
    this.close(error);
    return error;
  }

  /** How it went. The call is over afterwards. */
  close(error?: unknown): Story {
    if (this.stopped && this.#nested === undefined) this.#stop();
    const story = this.#story();
    this.#over = true;
    if (this.#nested === undefined && error !== undefined) attach(error, story);
    if (this.#settings.onEvent !== undefined) {
      const { attempts: attempt, failure, elapsed, reason, retryAt } = story;
      this.#settings.tell({ type: "stop", attempt, failure, elapsed, reason, retryAt });
    }
    this.#settings.core.engine.end(this.#call);
    return story;
  }

  /** The last attempt succeeded. */
  succeeded(): void {
    if (this.#settings.onEvent !== undefined) {
      const elapsed = this.#clock.mono() + this.#ahead - this.#started;
      this.#settings.tell({ type: "success", attempt: this.attempt, failure: this.#failure(), elapsed });
    }
    this.#over = true;
    this.#settings.core.engine.end(this.#call);
  }

  /** Whether the call has come to its end. */
  get over(): boolean {
    return this.#over;
  }

  /** Why the call is over, before it is closed. */
  get reason(): StopReason | undefined {
    return this.#nested?.reason;
  }

  #stop(): void {
    const now = this.#clock.mono() + this.#ahead;
    this.#settings.core.engine.cancelled(this.#call, now, this.#clock.wall() + this.#ahead);
    const last = this.#waits.length - 1;
    if (last >= 0 && now < this.#until) {
      // The wait under way was cut: what was slept of it is what remains to be told.
      this.#waits[last] = Math.max(0, (this.#waits[last] as number) - (this.#until - now));
      this.#until = now;
    }
  }

  #story(): Story {
    if (this.#nested !== undefined) return this.#nested;
    const { core } = this.#settings;
    const now = this.#clock.mono();
    const elapsed = now + this.#ahead - this.#started;
    const json = core.engine.story(this.#call, elapsed) ?? "{}";
    return new Story(core, json, this.#seen, this.attempt, this.#waits, elapsed, this.#clock, now);
  }
}

function capped(numbers: Float64Array, attempts: number): Float64Array {
  if (attempts >= (numbers[0] as number)) return numbers;
  const copy = numbers.slice();
  copy[0] = attempts;
  return copy;
}
