import { clock } from "./clock.js";
import type { Core } from "./engine.js";
import { Evidence, answer, isStatus, json, read } from "./evidence.js";
import { Failure } from "./failure.js";
import { pairsOf } from "./headers.js";
import { shown } from "./policy.js";
import { storyOf } from "./story.js";

/** Evidence beside an error, or without one. What is given replaces what the error says. */
export interface Seen {
  /** The HTTP status, 100 to 999. */
  status?: number | undefined;
  /** Response headers. */
  headers?: Headers | Record<string, string> | Iterable<readonly [string, string]> | undefined;
  /** The response body: text, bytes, or the parsed JSON. */
  body?: string | Uint8Array | object | undefined;
  /** The wall clock in unix milliseconds, against which dates in headers are read. Default: the clock. */
  now?: number | undefined;
}

/** `diagnose`, as {@link createHoldoff} makes it. */
export type Diagnose = (error?: unknown, seen?: Seen) => Failure;

/** `diagnose` over an engine. */
export function makeDiagnose(core: Core): Diagnose {
  return (error, seen = {}) => {
    if (error instanceof Failure) return error;
    let found = evidenceOf(error);
    if (found === undefined) {
      if (seen.status === undefined && seen.headers === undefined && seen.body === undefined) {
        throw new TypeError("diagnose needs an error, a response, a text, or one of status, headers and body");
      }
      found = new Evidence(0);
    }
    const story = storyOf(error);
    if (story !== undefined && seen.status === undefined && seen.headers === undefined && seen.body === undefined) {
      return story.failure;
    }
    if (seen.status !== undefined) {
      if (!isStatus(seen.status)) throw new RangeError(`\`status\` must be an HTTP status, 100 to 999: got ${shown(seen.status)}`);
      found.status = seen.status;
    }
    if (seen.headers !== undefined) found.headers = pairsOf(seen.headers);
    if (seen.body !== undefined) {
      found.body = json(seen.body);
      found.plain = undefined;
    }
    return new Failure(core, core.diagnose(found, 0, seen.now ?? clock.wall()));
  };
}

function evidenceOf(error: unknown): Evidence | undefined {
  if (error === undefined || error === null) return undefined;
  if (typeof error === "string") {
    const found = new Evidence(0);
    found.text = error;
    return found;
  }
  if (error instanceof Error || typeof error !== "object") return read(error);
  return answer(error) ?? read(error);
}
