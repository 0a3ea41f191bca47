import type { Checker, Refused, RepairRecord } from "./engine.js";
import { Given, Report, type ValidateOptions, accepted } from "./request.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/**
 * One step of a patch: an operation of RFC 6902, and why. Those who apply patches pass over members they do not know, such
 * as the last two.
 */
export type Operation = {
  /** Where, as an RFC 6901 pointer; empty for the whole request. */
  readonly path: string;
  /** What it mends: the entry of the catalogue of causes. */
  readonly cause: string;
  /** What is done and why. */
  readonly reason: string;
} & (
  | { readonly op: "add" | "replace"; readonly value: unknown }
  | { readonly op: "remove" }
  | { readonly op: "move"; readonly from: string }
);

/** What a repair did. */
export class Repair<Request> {
  readonly #request: Request;
  readonly #patch: readonly Operation[];
  readonly #report: Report;

  /** @internal */
  constructor(request: Request, patch: readonly Operation[], report: Report) {
    this.#request = request;
    this.#patch = Object.freeze(patch);
    this.#report = report;
  }

  /**
   * The request after the patch, of the kind that came in: an object that shares with the old one what has not changed, a
   * text, or bytes. The very same where nothing is to mend.
   */
  get request(): Request {
    return this.#request;
  }

  /** The operations, in the order in which they apply: each place is one of the request as those before have left it. */
  get patch(): readonly Operation[] {
    return this.#patch;
  }

  /** What is left after the patch. The fix of a finding that could not be mended safely says why. */
  get report(): Report {
    return this.#report;
  }

  /** One line, without the request or values of the patch: they hold prompts. */
  toString(): string {
    const { errors, warnings } = this.#report;
    return `${this.#patch.length} operations, then ${errors.length} errors, ${warnings.length} warnings`;
  }

  /** @internal */
  [INSPECT](): string {
    return `Repair { ${this.toString()} }`;
  }
}

/** What a request is mended for. */
export interface RepairOptions extends ValidateOptions {
  /**
   * Answers tool calls that have no result with a result that says so and is marked as an error.
   *
   * @defaultValue false
   */
  answerMissingTools?: boolean | undefined;
}

/** `repair`, as {@link createHoldoff} makes it. */
export type RepairRequest = <Request extends object | string | Uint8Array>(request: Request, options?: RepairOptions) => Repair<Request>;

/** `repair` over an engine. */
export function makeRepair(checker: Checker): RepairRequest {
  return (request, options) => {
    const given = new Given(request, options);
    if (options?.answerMissingTools === true) given.say("answer");
    const { validator } = checker;
    const answer = given.ask((text, against) => validator.repair(text, against));
    const end = answer.indexOf("\n");
    const record = accepted(JSON.parse(end < 0 ? answer : answer.slice(0, end)) as RepairRecord | Refused);
    const patch = record.patch as Operation[];
    let mended: unknown = request;
    if (end >= 0) {
      const text = answer.slice(end + 1);
      mended = typeof request === "string" ? text : new TextEncoder().encode(text);
    } else if (patch.length > 0) {
      mended = patched(request, patch);
    }
    return new Repair(mended as typeof request, patch, new Report(record.report, checker));
  };
}

type Container = Record<string, unknown> | unknown[];

/** The object after the patch. What the patch does not reach into is shared; nothing of the object is changed. */
function patched(request: unknown, patch: readonly Operation[]): unknown {
  const own = new Set<unknown>();
  const copy = (value: unknown): Container => {
    if (own.has(value)) return value as Container;
    // The patch is for what `JSON.stringify` makes of it.
    const convert = (value as { toJSON?: unknown }).toJSON;
    const whole: unknown = typeof convert === "function" ? convert.call(value, "") : value;
    const fresh = Array.isArray(whole) ? [...(whole as unknown[])] : { ...(whole as Record<string, unknown>) };
    own.add(fresh);
    return fresh;
  };
  const root: unknown[] = [copy(request)];
  /** The container a pointer leads to, fit to be changed, and the place in it. */
  const find = (pointer: string): [Container, string] => {
    let holder: Container = root;
    let key = "0";
    for (const step of pointer.split("/").slice(1)) {
      const inner = copy((holder as Record<string, unknown>)[key]);
      put(holder, key, inner);
      holder = inner;
      key = Array.isArray(inner) && step === "-" ? String(inner.length) : step.replaceAll("~1", "/").replaceAll("~0", "~");
    }
    return [holder, key];
  };
  for (const step of patch) {
    let value: unknown;
    if (step.op === "move") {
      const [holder, key] = find(step.from);
      value = (holder as Record<string, unknown>)[key];
      take(holder, key);
    } else if (step.op !== "remove") {
      value = step.value;
    }
    const [holder, key] = find(step.path);
    if (step.op === "remove") take(holder, key);
    else if (step.op !== "replace" && Array.isArray(holder)) holder.splice(Number(key), 0, value);
    else put(holder, key, value);
  }
  return root[0];
}

function take(holder: Container, key: string): void {
  if (Array.isArray(holder)) holder.splice(Number(key), 1);
  else delete holder[key];
}

/** A plain property, whatever its name: `__proto__` would be more. */
function put(holder: Container, key: string, value: unknown): void {
  Object.defineProperty(holder, key, { value, enumerable: true, writable: true, configurable: true });
}
