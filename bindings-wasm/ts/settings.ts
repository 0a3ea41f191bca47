import { clock } from "./clock.js";
import type { Core } from "./engine.js";
import type { Event, Verdict } from "./events.js";
import type { Failure } from "./failure.js";
import { DEFAULTS, type Packed, type Policy, type PolicyConstructor, type PolicyFields, milliseconds, packedOf, shown } from "./policy.js";

/** Hooks and signal, beside the policy. */
export interface Hooks {
  /** The policy. Its fields can be given beside it, and replace single values. */
  policy?: Policy | PolicyFields | undefined;
  /** Stops the call at once, in an attempt or in a wait. */
  signal?: AbortSignal | null | undefined;
  /** Called before each wait, at a stop, and at a success after a failure. What it throws is reported, not raised. */
  onEvent?: ((event: Event) => void) | undefined;
  /** Called with each failure and the error it was read from, where there is one: see {@link Verdict}. */
  classify?: ((failure: Failure, error: unknown) => Verdict) | undefined;
  /**
   * Lets a process end while a call waits (Node's `timer.unref()`).
   *
   * @defaultValue false
   */
  unref?: boolean | undefined;
}

/** The policy's fields, hooks and signal. */
export interface Options extends PolicyFields, Hooks {}

const HOOKS = new Set(["policy", "signal", "onEvent", "classify", "unref"]);

/** What one call, wrapper or fetch was asked for. */
export class Settings {
  readonly core: Core;
  readonly policy: Policy;
  readonly packed: Packed;
  readonly signal: AbortSignal | undefined;
  readonly onEvent: ((event: Event) => void) | undefined;
  readonly classify: ((failure: Failure, error: unknown) => Verdict) | undefined;
  /** A say of the driver's own, for errors that the engine does not know. */
  readonly on: ((error: unknown) => Verdict) | undefined;
  readonly unref: boolean;
  /** The number of the next call, where these settings count their own; -1 where the policy counts. */
  #next: number;
  #deaf: Set<string> | undefined;

  constructor(core: Core, policy: Policy, hooks: Hooks, own: boolean, on?: (error: unknown) => Verdict) {
    this.core = core;
    this.policy = policy;
    this.packed = packedOf(policy) as Packed;
    this.signal = hooks.signal ?? undefined;
    this.onEvent = hooks.onEvent;
    this.classify = hooks.classify;
    this.unref = hooks.unref === true;
    this.on = on;
    this.#next = own ? 0 : -1;
  }

  /** The same, with another signal, or with a policy that allows no more than `attempts`. */
  with(signal: AbortSignal | undefined, policy = this.policy): Settings {
    const { onEvent, classify, unref } = this;
    const next = new Settings(this.core, policy, { signal, onEvent, classify, unref }, false, this.on);
    // The numbers go on where they are.
    next.draw = () => this.draw();
    return next;
  }

  /** The same with at most `attempts` sends. */
  capped(attempts: number): Settings {
    return this.with(this.signal, this.policy.replace({ maxAttempts: Math.min(attempts, this.policy.maxAttempts) }));
  }

  /** Seed and number of the next call. Where the policy has a seed its calls are numbered from 0. */
  draw(): readonly [number, number] {
    const { seed } = this.policy;
    if (seed === null || clock.attempts !== undefined) return clock.draw();
    return [seed, this.#next < 0 ? this.packed.next++ : this.#next++];
  }

  /** What the caller says about a failure, as the engine takes it: NaN leaves it to the policy. */
  verdict(failure: Failure, error: unknown): number {
    const said = this.classify === undefined ? undefined : this.#ask("classify", () => this.classify?.(failure, error));
    if (said !== undefined) return said;
    if (this.on === undefined || failure.kind !== "unknown") return NaN;
    return this.#ask("on", () => this.on?.(error)) ?? NaN;
  }

  /** Calls `onEvent`. */
  tell(event: Event): void {
    try {
      this.onEvent?.(event);
    } catch (error) {
      this.#report("onEvent", error);
    }
  }

  #ask(name: string, hook: () => Verdict): number | undefined {
    try {
      const verdict = hook();
      if (verdict === undefined || verdict === null) return undefined;
      if (typeof verdict === "boolean") return verdict ? -2 : -1;
      return milliseconds(name, verdict);
    } catch (error) {
      this.#report(name, error);
      return undefined;
    }
  }

  #report(name: string, error: unknown): void {
    this.#deaf ??= new Set();
    if (this.#deaf.has(name)) return;
    this.#deaf.add(name);
    console.error(`holdoff: ${name} threw: the call goes on without it, further errors of this hook are not reported`, error);
  }
}

/** Reads options into settings. */
export class Reader {
  readonly #core: Core;
  readonly #Policy: PolicyConstructor;
  #defaults: Policy | undefined;
  /** The settings of the last call that had nothing but a policy. */
  #last: Settings | undefined;

  constructor(core: Core, policy: PolicyConstructor) {
    this.#core = core;
    this.#Policy = policy;
  }

  /**
   * The settings of one call by itself. Most calls follow one policy, and that does not change: theirs are at hand.
   *
   * @throws TypeError, RangeError as for a policy.
   */
  single(options: Options | undefined): Settings {
    const last = this.#last;
    if (last !== undefined && last.policy === (options === undefined ? this.#defaults : options)) return last;
    const settings = this.read(options, false);
    if (options === undefined || settings.policy === options) this.#last = settings;
    return settings;
  }

  /**
   * @param own - the settings serve many calls, and count them
   * @param base - settings whose policy and hooks stand where the options say nothing
   * @throws TypeError, RangeError as for a policy.
   */
  read(options: Options | undefined, own: boolean, on?: (error: unknown) => Verdict, base?: Settings): Settings {
    if (options !== undefined && (typeof options !== "object" || options === null)) {
      throw new TypeError(`options must be an object: got ${shown(options)}`);
    }
    const given: Options = options ?? {};
    if (packedOf(given) !== undefined) return new Settings(this.#core, given as Policy, {}, own, on);
    const fields: Record<string, unknown> = {};
    let changed = false;
    for (const name in given) {
      if (HOOKS.has(name)) continue;
      if (!(name in DEFAULTS)) throw new TypeError(`there is no option \`${name}\``);
      if (given[name as keyof PolicyFields] === undefined) continue;
      fields[name] = given[name as keyof PolicyFields];
      changed = true;
    }
    let policy = given.policy === undefined ? (base?.policy ?? this.#default) : this.#policy(given.policy);
    if (changed) policy = new this.#Policy({ ...(policy as PolicyFields), ...fields });
    this.#check(given);
    const hooks: Hooks = {
      signal: given.signal ?? base?.signal,
      onEvent: given.onEvent ?? base?.onEvent,
      classify: given.classify ?? base?.classify,
      unref: given.unref ?? base?.unref,
    };
    return new Settings(this.#core, policy, hooks, own, on ?? base?.on);
  }

  get #default(): Policy {
    return (this.#defaults ??= new this.#Policy());
  }

  #policy(policy: Policy | PolicyFields): Policy {
    if (typeof policy !== "object" || policy === null) throw new TypeError(`\`policy\` must be a Policy: got ${shown(policy)}`);
    return packedOf(policy) !== undefined ? (policy as Policy) : new this.#Policy(policy);
  }

  #check(given: Hooks): void {
    for (const name of ["onEvent", "classify"] as const) {
      const hook: unknown = given[name];
      if (hook !== undefined && typeof hook !== "function") throw new TypeError(`\`${name}\` must be a function: got ${shown(hook)}`);
    }
    const signal: unknown = given.signal;
    if (signal != null && typeof (signal as AbortSignal).addEventListener !== "function") {
      throw new TypeError(`\`signal\` must be an AbortSignal: got ${shown(signal)}`);
    }
  }
}
