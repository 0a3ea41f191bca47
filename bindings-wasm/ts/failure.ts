import type { Core, FailureRecord } from "./engine.js";
import type { Kind, Provider } from "./names.js";

const INSPECT = Symbol.for("nodejs.util.inspect.custom");

/** What went wrong, whether it is worth sending again, and how to fix it. Read-only; made by `diagnose`. */
export class Failure {
  readonly #core: Core;
  readonly #record: FailureRecord;

  /** @internal */
  constructor(core: Core, record: FailureRecord) {
    this.#core = core;
    this.#record = record;
  }

  /** The class of the failure, such as `"overloaded"`. */
  get kind(): Kind {
    return this.#record.kind as Kind;
  }

  /** The entry of the catalogue of causes, such as `"orphan-tool-use"`. */
  get cause(): string {
    return this.#record.cause;
  }

  /** Whether the same request may succeed when it is sent again within minutes. */
  get retryable(): boolean {
    return this.#record.retryable === true;
  }

  /** The HTTP status; undefined where no answer came. */
  get status(): number | undefined {
    return this.#record.status;
  }

  /** `error.type` of the body, such as `"overloaded_error"`. */
  get errorType(): string | undefined {
    return this.#record.error_type;
  }

  /** `error.details.error_code` of the body, or another vendor's `error.code`. */
  get errorCode(): string | undefined {
    return this.#record.error_code;
  }

  /** The server's own words, unwrapped from what gateways put around them. */
  get message(): string | undefined {
    return this.#record.message;
  }

  /** The field of the request that the server objects to, such as `"messages.0.content"`. */
  get field(): string | undefined {
    return this.#record.field;
  }

  /** The same as an RFC 6901 pointer into the request's JSON; undefined where it is none of the body's. */
  get pointer(): string | undefined {
    return this.#record.pointer;
  }

  /** The number that was too high, where the message names one. */
  get actual(): number | undefined {
    return this.#record.actual;
  }

  /** The number it should not have passed. */
  get limit(): number | undefined {
    return this.#record.limit;
  }

  /** What support asks for. */
  get requestId(): string | undefined {
    return this.#record.request_id;
  }

  /** Who answered, such as `"anthropic"` or `"bedrock"`. */
  get provider(): Provider {
    return this.#record.provider as Provider;
  }

  /** Milliseconds after which the server wants to be asked again; undefined where it did not say. */
  get retryAfter(): number | undefined {
    return this.#record.retry_after_ms;
  }

  /** The same as an instant, in unix milliseconds. */
  get retryAt(): number | undefined {
    return this.#record.retry_at;
  }

  /** Whether the server may have done, and billed, the work. */
  get maybeProcessed(): boolean {
    return this.#record.maybe_processed === true;
  }

  /** What it means, in one sentence. */
  get meaning(): string {
    return this.#core.texts?.[this.#record.cause]?.[0] ?? this.#record.meaning;
  }

  /** What to do about it, in one sentence. */
  get fix(): string {
    return this.#core.texts?.[this.#record.cause]?.[1] ?? this.#record.fix;
  }

  /** Some lines for a person: what was seen, what it means, what to do. */
  explain(): string {
    return this.#record.explain.replace("\u0001", () => this.meaning).replace("\u0002", () => this.fix);
  }

  /** One line for a log. */
  toString(): string {
    return this.#record.line;
  }

  /** The fields as the wire has them: names in snake_case, milliseconds. */
  toJSON(): Record<string, unknown> {
    const { line: _line, explain: _explain, meaning: _meaning, ...wire } = this.#record;
    return { ...wire, fix: this.fix };
  }

  /** @internal */
  [INSPECT](): string {
    return `Failure { ${this.#record.line} }`;
  }
}
