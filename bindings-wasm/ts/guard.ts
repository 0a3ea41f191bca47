import type { Checker } from "./engine.js";
import type { Validate } from "./names.js";
import { shown } from "./policy.js";
import { Given, Report, reportOf } from "./request.js";

/** A request that was not sent, since it is certain to be refused: `wrap(client, { validate: "error" })`. */
export class InvalidRequest extends Error {
  /** All that is wrong with it. */
  readonly report: Report;

  /** @internal */
  constructor(report: Report) {
    super(`not sent: the request would be refused\n${report.toString()}`);
    this.name = "InvalidRequest";
    this.report = report;
  }
}

/** What an SDK's method is called with, as its client hands it on. */
export interface Asked {
  path?: string;
  body?: unknown;
  headers?: unknown;
}

/** What is looked at of a client. */
export interface Sender {
  baseURL?: unknown;
  _options?: { defaultHeaders?: unknown };
}

/** Causes that have been logged. */
const told = new Set<string>();

/** Checks requests on their way out, before the first send. */
export class Guard {
  readonly #source: Checker | (() => Promise<Checker>);
  #checker: Checker | Promise<Checker> | undefined;

  /** @param source - what checks, or where it is loaded from */
  constructor(source: Checker | (() => Promise<Checker>)) {
    this.#source = source;
  }

  /** `value`, where it is a mode that there is. */
  mode(value: unknown): Validate {
    if (value === "warn" || value === "error" || value === "off") return value;
    throw new RangeError(`\`validate\` must be "warn", "error" or "off": got ${shown(value)}`);
  }

  /**
   * Checks what a method is called with, where its path is one that is checked. Target, version and betas are the
   * client's and the call's own.
   *
   * @returns a promise where the check has to be waited for: that is where `mode` is `"error"` and it is being loaded
   * @throws InvalidRequest - something is certain to be refused, and `mode` is `"error"`.
   */
  check(mode: Validate, client: Sender, asked: Asked): void | Promise<void> {
    if (mode === "off" || typeof asked.body !== "object" || asked.body === null || asked.path === undefined) return undefined;
    this.#checker ??= typeof this.#source === "function" ? this.#load(this.#source) : this.#source;
    const found = this.#checker;
    if (mode === "error") {
      if (found instanceof Promise) return found.then((checker) => look(checker, mode, client, asked));
      look(found, mode, client, asked);
      return undefined;
    }
    // A warning is worth no wait, and no failure either.
    if (found instanceof Promise) found.then((checker) => look(checker, mode, client, asked)).catch(() => undefined);
    else quietly(() => look(found, mode, client, asked));
    return undefined;
  }

  #load(source: () => Promise<Checker>): Promise<Checker> {
    return source().then(
      (checker) => (this.#checker = checker),
      (error: unknown) => {
        this.#checker = undefined;
        throw error;
      },
    );
  }
}

function quietly(run: () => void): void {
  try {
    run();
  } catch {
    // Out of memory, or a client with headers that throw: the request is sent as it would be without a look.
  }
}

function look(checker: Checker, mode: Validate, client: Sender, asked: Asked): void {
  const { validator } = checker;
  const endpoint = validator.endpoint(asked.path ?? "");
  if (typeof endpoint !== "string") return;
  const given = new Given(asked.body);
  given.say("sdk");
  given.say("target", validator.target(String(client.baseURL ?? "")));
  given.say("endpoint", endpoint);
  // The SDK's own, which none of its options shows.
  if (endpoint !== "chat_completions") given.say("version", "2023-06-01");
  for (const headers of [client._options?.defaultHeaders, asked.headers]) {
    for (const [name, value] of entries(headers)) {
      if (name === "anthropic-version") given.say("version", value);
      else if (name === "anthropic-beta") for (const flag of value.split(",")) given.say("beta", flag.trim());
    }
  }
  const report = reportOf(given.ask((text, against) => validator.validate(text, against)), checker);
  if (mode === "error" && !report.ok) throw new InvalidRequest(report);
  for (const finding of report) {
    if (told.has(finding.cause)) continue;
    told.add(finding.cause);
    console.warn(`holdoff: ${finding.toString()} (fix: ${finding.fix}; logged once)`);
  }
}

/** Names, in lower case, and values of whatever an SDK takes as headers. */
function* entries(headers: unknown): Iterable<[string, string]> {
  if (typeof headers !== "object" || headers === null) return;
  // The SDKs' own: with what is left out beside it.
  const { values } = headers as { values?: unknown };
  const plain = values instanceof Headers ? values : headers;
  const pairs: Iterable<unknown> = Symbol.iterator in plain ? (plain as Iterable<unknown>) : Object.entries(plain);
  for (const pair of pairs) {
    if (!Array.isArray(pair)) continue;
    const [name, value] = pair as unknown[];
    if (typeof name === "string" && typeof value === "string") yield [name.toLowerCase(), value];
  }
}
