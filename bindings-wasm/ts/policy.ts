import type { Core } from "./engine.js";
import type { Jitter, Kind, MidStream } from "./names.js";

/** How a call is retried. All fields are optional; times are milliseconds. */
export interface PolicyFields {
  /**
   * Sends allowed in total, the first included; 1 never sends again.
   *
   * @defaultValue 6
   */
  maxAttempts?: number | undefined;
  /**
   * The first backoff, in milliseconds.
   *
   * @defaultValue 1000
   */
  initialDelay?: number | undefined;
  /**
   * The growth from one backoff to the next, at least 1.
   *
   * @defaultValue 2
   */
  multiplier?: number | undefined;
  /**
   * The longest wait that the server did not ask for, in milliseconds.
   *
   * @defaultValue 60000
   */
  maxDelay?: number | undefined;
  /**
   * How a backoff is spread: `"full"` (anything from 0 to the backoff), `"equal"` (half of it and anything up to the
   * other half), `"decorrelated"` (from `initialDelay` to three times the last wait) or `"none"`.
   *
   * @defaultValue "full"
   */
  jitter?: Jitter | undefined;
  /**
   * The longest wait that is obeyed when the server asks for it, in milliseconds; a longer one stops the call with
   * `retry_after_too_long`. `null` obeys any.
   *
   * @defaultValue 120000
   */
  maxRetryAfter?: number | null | undefined;
  /**
   * The end of the whole call in milliseconds, attempts and waits together; a hung attempt is aborted at it. `null`
   * has no end.
   *
   * @defaultValue null
   */
  maxElapsed?: number | null | undefined;
  /**
   * The bound on one attempt, in milliseconds: it is aborted at that time. `null` leaves it to the client.
   *
   * @defaultValue null
   */
  attemptTimeout?: number | null | undefined;
  /**
   * Whether a request that the server may have carried out already is sent again: `true` where it only costs money (an
   * inference call without remote tools), `false` never, `"always"` even where it has other effects.
   *
   * @defaultValue true
   */
  resendAmbiguous?: boolean | "always" | undefined;
  /**
   * What happens to a stream that breaks after content has reached the caller.
   *
   * @defaultValue "stop"
   */
  midStream?: MidStream | undefined;
  /** Kinds that are sent again although they are not worth it by themselves. */
  retryKinds?: readonly Kind[] | undefined;
  /** Kinds that stop the call although they are. Wins over `retryKinds`. */
  stopKinds?: readonly Kind[] | undefined;
  /**
   * The most attempts that may fail of a kind. What is given replaces the default.
   *
   * @defaultValue `{ dns: 3 }`
   */
  attemptsByKind?: Readonly<Partial<Record<Kind, number>>> | undefined;
  /** A whole number from 0 to 2^53 - 1 that makes the waits repeatable. `null` draws one for the process. */
  seed?: number | null | undefined;
}

type Full = { readonly [Name in keyof PolicyFields]-?: Exclude<PolicyFields[Name], undefined> };

/** A policy that exists is valid; it does not change. */
export interface Policy extends Full {
  /**
   * The policy with other values for some fields.
   *
   * @throws TypeError, RangeError as for the policy itself.
   */
  replace(changes: PolicyFields): Policy;
  /** The fields that are not at their defaults. */
  toJSON(): PolicyFields;
}

/** Makes policies. */
export interface PolicyConstructor {
  /**
   * A checked policy.
   *
   * @throws TypeError - a value has the wrong type, or a field does not exist.
   * @throws RangeError - a value cannot be meant. The text names the field, what it needs and what it got.
   * @example
   * ```ts
   * const policy = new Policy({ maxAttempts: 4, maxElapsed: 90_000 });
   * ```
   */
  new (fields?: PolicyFields): Policy;
}

export const DEFAULTS: Full = Object.freeze({
  maxAttempts: 6,
  initialDelay: 1_000,
  multiplier: 2,
  maxDelay: 60_000,
  jitter: "full",
  maxRetryAfter: 120_000,
  maxElapsed: null,
  attemptTimeout: null,
  resendAmbiguous: true,
  midStream: "stop",
  retryKinds: Object.freeze([]),
  stopKinds: Object.freeze([]),
  attemptsByKind: Object.freeze({ dns: 3 }),
  seed: null,
} as const);

/** How many numbers stand before the limits of the kinds, as the engine reads them. */
const HEAD = 13;

/** What the engine reads of a policy, and what the calls under it have drawn. */
export interface Packed {
  readonly numbers: Float64Array;
  /** Milliseconds the first attempt may take. */
  readonly firstTimeout: number;
  /** The number of the next call that has the policy for itself. */
  next: number;
}

const packed = new WeakMap<object, Packed>();

/** What the engine reads of a policy; nothing for anything else. */
export function packedOf(policy: object): Packed | undefined {
  return packed.get(policy);
}

/** The policies of one engine. */
export function policyClass(core: Core): PolicyConstructor {
  class PolicyOf {
    constructor(fields: PolicyFields = {}) {
      if (typeof fields !== "object" || fields === null) throw wrong("policy", "an object of fields", fields);
      const all: Record<string, unknown> = { ...DEFAULTS };
      for (const [name, value] of Object.entries(fields)) {
        if (!(name in DEFAULTS)) throw new TypeError(`a policy has no field \`${name}\`: its fields are ${fieldNames()}`);
        if (value !== undefined) all[name] = value;
      }
      const checked = all as unknown as Full;
      const numbers = numbersOf(core, checked);
      const fault = core.engine.checkPolicy(numbers);
      if (fault != null) throw new RangeError(inOurWords(fault));
      Object.assign(this, {
        ...checked,
        retryKinds: Object.freeze([...new Set(checked.retryKinds)].sort()),
        stopKinds: Object.freeze([...new Set(checked.stopKinds)].sort()),
        attemptsByKind: Object.freeze({ ...checked.attemptsByKind }),
      });
      packed.set(this, {
        numbers,
        firstTimeout: Math.min(checked.maxElapsed ?? Infinity, checked.attemptTimeout ?? Infinity),
        next: 0,
      });
      Object.freeze(this);
    }

    replace(changes: PolicyFields): Policy {
      return new PolicyOf({ ...(this as unknown as PolicyFields), ...changes }) as unknown as Policy;
    }

    toJSON(): PolicyFields {
      const own = Object.entries(this).filter(
        ([name, value]) => JSON.stringify(value) !== JSON.stringify(DEFAULTS[name as keyof Full]),
      );
      return Object.fromEntries(own);
    }
  }
  Object.defineProperty(PolicyOf, "name", { value: "Policy" });
  return PolicyOf as unknown as PolicyConstructor;
}

function fieldNames(): string {
  return Object.keys(DEFAULTS).join(", ");
}

/** The core names fields as Rust does. */
function inOurWords(fault: string): string {
  return fault.replace(/\b(max|initial|attempt)_(\w+)/g, (_, head: string, tail: string) => `${head}${camel(tail)}`);
}

function camel(tail: string): string {
  return tail
    .split("_")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");
}

function numbersOf(core: Core, fields: Full): Float64Array {
  const { kinds, jitters, mid_streams } = core.names;
  const numbers = new Float64Array(HEAD + kinds.length);
  numbers[0] = whole("maxAttempts", fields.maxAttempts);
  numbers[1] = milliseconds("initialDelay", fields.initialDelay);
  numbers[2] = finite("multiplier", fields.multiplier);
  numbers[3] = milliseconds("maxDelay", fields.maxDelay);
  numbers[4] = place("jitter", jitters, fields.jitter);
  numbers[5] = bound("maxRetryAfter", fields.maxRetryAfter);
  numbers[6] = bound("maxElapsed", fields.maxElapsed);
  numbers[7] = bound("attemptTimeout", fields.attemptTimeout);
  numbers[8] = place("resendAmbiguous", [false, true, "always"], fields.resendAmbiguous);
  numbers[9] = place("midStream", mid_streams, fields.midStream);
  numbers[10] = set("retryKinds", kinds, fields.retryKinds);
  numbers[11] = set("stopKinds", kinds, fields.stopKinds);
  numbers[12] = fields.seed === null ? NaN : whole("seed", fields.seed);
  const limits = fields.attemptsByKind;
  if (typeof limits !== "object" || limits === null) throw wrong("attemptsByKind", "an object from kinds to numbers", limits);
  for (const [kind, limit] of Object.entries(limits)) {
    if (limit === undefined) continue;
    const attempts = whole("attemptsByKind", limit);
    if (attempts < 1) throw new RangeError(`\`attemptsByKind\` must be at least 1 for each kind: got ${attempts} for ${kind}`);
    numbers[HEAD + place("attemptsByKind", kinds, kind)] = attempts;
  }
  return numbers;
}

function wrong(name: string, needs: string, value: unknown): TypeError {
  return new TypeError(`\`${name}\` must be ${needs}: got ${shown(value)}`);
}

/** A value as an error names it. */
export function shown(value: unknown): string {
  if (typeof value === "string") return JSON.stringify(value.slice(0, 60));
  if (typeof value === "object" && value !== null) return Array.isArray(value) ? "an array" : "an object";
  return typeof value === "function" ? "a function" : String(value);
}

function whole(name: string, value: unknown): number {
  if (typeof value !== "number") throw wrong(name, "a whole number", value);
  if (!Number.isSafeInteger(value) || value < 0) throw new RangeError(`\`${name}\` must be a whole number of at least 0: got ${value}`);
  return value;
}

function finite(name: string, value: unknown): number {
  if (typeof value !== "number") throw wrong(name, "a number", value);
  if (!Number.isFinite(value)) throw new RangeError(`\`${name}\` must be a finite number: got ${value}`);
  return value;
}

/** Whole milliseconds, rounded up. */
export function milliseconds(name: string, value: unknown): number {
  if (typeof value !== "number") throw wrong(name, "milliseconds, as a number", value);
  if (!(value >= 0 && value <= Number.MAX_SAFE_INTEGER)) {
    throw new RangeError(`\`${name}\` must be a finite number of milliseconds, at least 0: got ${value}`);
  }
  return Math.ceil(value);
}

function bound(name: string, value: unknown): number {
  return value === null ? NaN : milliseconds(name, value);
}

function place(name: string, names: readonly unknown[], value: unknown): number {
  const at = names.indexOf(value);
  if (at < 0) throw wrong(name, `one of ${names.join(", ")}`, value);
  return at;
}

function set(name: string, kinds: readonly string[], value: unknown): number {
  if (typeof value === "string" || typeof value !== "object" || value === null || !(Symbol.iterator in value)) {
    throw wrong(name, 'a list of kinds, such as ["timeout"]', value);
  }
  let bits = 0;
  for (const kind of value as Iterable<unknown>) bits |= 1 << place(name, kinds, kind);
  return bits >>> 0;
}
