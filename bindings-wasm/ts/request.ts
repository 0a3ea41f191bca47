import type { Checker, FindingRecord, Refused, ReportRecord } from "./engine.js";
import type { Endpoint, Severity, Target } from "./names.js";
import { type Written, written, writtenByStep } from "./written.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");
/** In a report: the text was not read to its end. */
const BROKEN = '"cause":"json-invalid-body"';
/** What stands for the words of a cause in a fix, and in the lines of a report that give one. */
const FIX = "\u0002";
const FIX_LINE = /^ {2}fix: \u0002/gm;

/** One thing that is wrong with a request or a key, where, and what to do about it. */
export class Finding {
  /**
   * The entry of the catalogue of causes, such as `"orphan-tool-use"`: the one that the server's answer would be diagnosed
   * as.
   */
  readonly cause: string;
  /** `"error"` where a rejection is certain, else `"warning"`. */
  readonly severity: Severity;
  /** The place as the API writes it, such as `"messages.0.content.1.text"`; `""` for the whole request. */
  readonly path: string;
  /** The same as an RFC 6901 pointer, such as `"/messages/0/content/1/text"`. */
  readonly pointer: string;
  /** The fact, and what was expected. Holds neither keys nor texts of the conversation. */
  readonly message: string;
  /** What to do. */
  readonly fix: string;
  /** Line in the JSON text, 1 the first; undefined where the request was an object. */
  readonly line: number | undefined;
  /** Column in characters, 1 the first; undefined likewise. */
  readonly column: number | undefined;
  /** Bytes before it; undefined likewise. */
  readonly offset: number | undefined;

  /** @internal */
  constructor(record: FindingRecord, checker: Checker) {
    this.cause = record.cause;
    this.severity = record.severity as Severity;
    this.path = record.path;
    this.pointer = record.pointer;
    this.message = record.message;
    this.fix = record.fix.startsWith(FIX) ? checker.fix(record.cause) + record.fix.slice(FIX.length) : record.fix;
    this.line = record.line;
    this.column = record.column;
    this.offset = record.offset;
    Object.freeze(this);
  }

  /** One line for a log. */
  toString(): string {
    return `${this.severity}[${this.cause}]: ${this.path === "" ? "" : `${this.path}: `}${this.message}`;
  }

  /** @internal */
  [INSPECT](): string {
    return `Finding { ${this.toString()} }`;
  }
}

/** All that a check found, in the order of the request. It iterates over its findings. */
export class Report implements Iterable<Finding> {
  readonly #record: ReportRecord | undefined;
  readonly #checker: Checker;
  #findings: readonly Finding[] | undefined;

  /** @internal */
  constructor(record: ReportRecord | undefined, checker: Checker) {
    this.#record = record;
    this.#checker = checker;
  }

  /** Whether nothing is certain to be refused. Warnings do not count. */
  get ok(): boolean {
    return this.#record?.findings.every(({ severity }) => severity !== "error") ?? true;
  }

  /** Errors and warnings, at most 1,000. */
  get findings(): readonly Finding[] {
    return (this.#findings ??= Object.freeze((this.#record?.findings ?? []).map((each) => new Finding(each, this.#checker))));
  }

  /** How many more there were. */
  get omitted(): number {
    return this.#record?.omitted ?? 0;
  }

  /** What will be refused. */
  get errors(): readonly Finding[] {
    return this.findings.filter(({ severity }) => severity === "error");
  }

  /** What may be refused, or do something other than meant. */
  get warnings(): readonly Finding[] {
    return this.findings.filter(({ severity }) => severity === "warning");
  }

  [Symbol.iterator](): IterableIterator<Finding> {
    return this.findings[Symbol.iterator]();
  }

  /** A text for a person, which reads like a compiler's output: each finding with its place and its fix. */
  toString(): string {
    if (this.#record === undefined) return "nothing found";
    const owed = this.#record.findings.filter(({ fix }) => fix.startsWith(FIX));
    let next = 0;
    return this.#record.text.replace(FIX_LINE, () => `  fix: ${this.#checker.fix(owed[next++]?.cause ?? "")}`);
  }

  /** What loggers write. */
  toJSON(): Record<string, unknown> {
    const { ok, findings, omitted } = this;
    return { ok, findings, omitted };
  }

  /** @internal */
  [INSPECT](): string {
    return `Report { ${this.errors.length} errors, ${this.warnings.length} warnings }`;
  }
}

/** What a request is checked against. */
export interface ValidateOptions {
  /**
   * Where it goes. `"portable"` also holds to what older gateways and Bedrock Converse still ask for: roles alternate, the
   * user begins, no `system` role.
   *
   * @defaultValue "portable"
   */
  target?: Target | undefined;
  /**
   * What is called. For `"batches"` each item's params are checked as a message of its own.
   *
   * @defaultValue "messages"
   */
  endpoint?: Endpoint | undefined;
  /** The `anthropic-version`. Without one, here or in the headers or body, rules bound to a version warn. */
  apiVersion?: string | undefined;
  /** `anthropic-beta` flags, beside those of the headers. */
  betas?: Iterable<string> | undefined;
  /** All headers that will be sent; without them none is missed. */
  headers?: Headers | Record<string, string> | Iterable<readonly [string, string]> | undefined;
  /**
   * Rows beside or in place of those of the built-in table, such as
   * `{ id: "team-writer", like: "claude-opus-5", max_output_tokens: 32_000 }`.
   */
  models?: Iterable<Record<string, unknown>> | undefined;
}

/** `validate`, as {@link createHoldoff} makes it. */
export type ValidateRequest = (request: object | string | Uint8Array, options?: ValidateOptions) => Report;

/** `checkKey`, as {@link createHoldoff} makes it. */
export type CheckKey = (key: string, where?: KeyOptions) => Report;

/** Where a key goes. */
export interface KeyOptions {
  /** The base URL of the client; undefined where it is left to the SDK. */
  baseUrl?: string | undefined;
  /** The header it travels in, such as `"x-api-key"` or `"Authorization"`; undefined where that is not known. */
  header?: string | undefined;
}

/** `validate` over an engine. */
export function makeValidate(checker: Checker): ValidateRequest {
  return (request, options) => {
    const { validator } = checker;
    return reportOf(new Given(request, options).ask((text, against) => validator.validate(text, against)), checker);
  };
}

/** `checkKey` over an engine. */
export function makeCheckKey(checker: Checker): CheckKey {
  return (key, where = {}) => {
    if (typeof key !== "string") {
      const hint = key === undefined || key === null ? ": the variable it is read from is not set" : "";
      throw new TypeError(`\`key\` must be a text: got ${key === null ? "null" : typeof key}${hint}`);
    }
    const { baseUrl, header } = where;
    return reportOf(checker.validator.checkKey(key, baseUrl, header), checker);
  };
}

/** A report from what crossed. */
export function reportOf(answer: string | undefined | null, checker: Checker): Report {
  return new Report(typeof answer === "string" ? accepted(JSON.parse(answer) as ReportRecord | Refused) : undefined, checker);
}

/** What was answered, where it was not refused. */
export function accepted<Answer extends object>(answer: Answer | Refused): Answer {
  if ("refused" in answer) throw new RangeError(answer.refused);
  return answer;
}

/** A request and what it is checked against, as the engine takes them. */
export class Given {
  #text: string | Uint8Array;
  /** The object that the text is of. */
  readonly #object: unknown;
  /** Names and values by turns. */
  readonly #parts: string[] = [];

  /** @throws TypeError - the options are no object. */
  constructor(request: unknown, options: ValidateOptions = {}) {
    if (typeof options !== "object" || options === null) throw new TypeError(`options must be an object: got ${String(options)}`);
    if (typeof request === "string" || request instanceof Uint8Array) {
      this.#text = request;
    } else {
      this.#object = request ?? null;
      this.say("object");
      this.#text = this.#put(written(request));
    }
    const { target, endpoint, apiVersion, betas, headers, models } = options;
    if (target !== undefined) this.say("target", target);
    if (endpoint !== undefined) this.say("endpoint", endpoint);
    if (apiVersion !== undefined) this.say("version", apiVersion);
    if (betas !== undefined) for (const beta of typeof betas === "string" ? [betas] : betas) this.say("beta", beta);
    if (headers !== undefined) {
      this.say("headers");
      const pairs = Symbol.iterator in headers ? (headers as Iterable<readonly [string, string]>) : Object.entries(headers);
      for (const [name, value] of pairs) this.say("header", name, value);
    }
    if (models !== undefined) this.say("models", JSON.stringify([...models]));
  }

  /** Adds a name and its value, or two. */
  say(name: string, value = "", other?: string): void {
    this.#parts.push(name, held(value));
    if (other !== undefined) this.#parts.push(held(other));
  }

  /** What the engine answers, told the request's text and what it is checked against. */
  ask<Answer extends string | undefined | null>(engine: (text: string | Uint8Array, against: string | undefined) => Answer): Answer {
    const ask = (): Answer => engine(this.#text, this.#parts.length > 0 ? this.#parts.join("\0") : undefined);
    const answer = ask();
    if (this.#object === undefined || answer?.includes(BROKEN) !== true) return answer;
    // The text of an object can be too deep to be read, and nothing else: step by step, that place is one of many.
    this.#text = this.#put(writtenByStep(this.#object));
    return ask();
  }

  #put({ text, foreign }: Written): string {
    if (foreign !== "") this.say("foreign", foreign);
    return text;
  }
}

/** A value that does not end before it ends. */
function held(value: unknown): string {
  const text = String(value);
  return text.includes("\0") ? text.replaceAll("\0", "\ufffd") : text;
}
