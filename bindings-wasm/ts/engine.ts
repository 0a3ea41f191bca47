import { type Evidence, bodyOf } from "./evidence.js";
import { HeaderRoles, type Role } from "./headers.js";
import { Memo } from "./memo.js";

/**
 * The seam between the driver and the engine: synchronous functions over numbers and short texts. Both bindings, wasm
 * and native, are held to it at compile time. Times are milliseconds; the core takes whole ones, rounded down.
 */
export interface Engine {
  /** What is wrong with a policy's numbers; nothing where they are right. */
  checkPolicy(policy: Float64Array): string | undefined | null;
  /** A call whose first attempt has been sent, by number. It keeps its place until {@link Engine.end}. */
  begin(policy: Float64Array, seed: number, number: number, mono: number, wall: number): number;
  /** `begin` with the policy of this id; -3 where it is kept no longer. */
  beginUnder(policy: number, seed: number, number: number, mono: number, wall: number): number;
  /** The id of a call's policy. */
  policyOf(call: number): number;
  /**
   * The attempt in flight failed: milliseconds to wait, -1 when the call is over, -2 where `ask` wants a
   * {@link Engine.decide} first.
   *
   * @param headers - names and values by turns, separated by NUL
   * @param flags - bits: 1 remote tools, 2 content has reached the caller, 4 the caller stopped, 8 the attempt began without
   * {@link Engine.resumed}, which has nothing to say where no time bounds the attempts
   */
  failed(
    call: number,
    status: number,
    headers: string | undefined,
    body: string | undefined,
    classes: string | undefined,
    text: string | undefined,
    method: string | undefined,
    url: string | undefined,
    flags: number,
    ask: boolean,
    mono: number,
    wall: number,
  ): number;
  /** Keeps the last diagnosis: its id for {@link Engine.again}, or -1 where it depends on the instant. */
  keep(call: number): number;
  /** `failed` with the evidence of a diagnosis that is kept, but for ids; -3 where it is kept no longer. */
  again(call: number, id: number, flags: number, ask: boolean, mono: number): number;
  /** Decides about the last failure: NaN leaves it to the policy, -1 is no, -2 is yes, else milliseconds to wait. */
  decide(call: number, verdict: number, mono: number, wall: number): number;
  /** After the wait: milliseconds the next attempt may take, infinity for no bound, -1 when the call is over. */
  resumed(call: number, mono: number, wall: number): number;
  /** Content of the answer has reached the caller. */
  content(call: number): void;
  /** The attempt in flight succeeded. */
  succeeded(call: number, mono: number, wall: number): void;
  /** The caller gave up. */
  cancelled(call: number, mono: number, wall: number): void;
  /** Sends so far. */
  attempt(call: number): number;
  /** Where the last wait came from. */
  source(call: number): string | undefined | null;
  /** The last failure: JSON of a {@link FailureRecord}. */
  failure(call: number): string | undefined | null;
  /** How it went in `elapsed` milliseconds, but for the failures: JSON of a {@link StoryRecord}. */
  story(call: number, elapsed: number): string | undefined | null;
  /** Forgets the call: its number may name another one from now on. */
  end(call: number): void;
  /** A diagnosis: JSON of a {@link FailureRecord}. */
  diagnose(
    status: number,
    headers: string | undefined,
    body: string | undefined,
    classes: string | undefined,
    text: string | undefined,
    method: string | undefined,
    url: string | undefined,
    flags: number,
    wall: number,
  ): string;
  /** A row of the reference: JSON of an {@link EntryRecord}. */
  lookup(column: string, key: string): string | undefined | null;
  /** The whole reference: JSON of a list of {@link EntryRecord}. */
  table(): string;
  /** The names there are: JSON of a {@link NamesRecord}. */
  names(): string;
  /** The engine's version. */
  version(): string;
}

/**
 * The other seam: what checks before sending. A request is JSON text, or its bytes. What it is checked against is one
 * text, names and values by turns, separated by NUL.
 */
export interface Validator {
  /** What is wrong with a request: JSON of a {@link ReportRecord} or {@link Refused}; nothing where nothing is. */
  validate(request: string | Uint8Array, against: string | undefined): string | undefined | null;
  /** A line of JSON, {@link RepairRecord} or {@link Refused}; behind it, where the text changes, the text. */
  repair(request: string | Uint8Array, against: string | undefined): string;
  /** What is wrong with a key: JSON of a {@link ReportRecord}; nothing where nothing is. */
  checkKey(key: string, baseUrl: string | undefined, header: string | undefined): string | undefined | null;
  /** Where a client with this base URL sends. */
  target(baseUrl: string): string;
  /** What a request to this path calls; nothing where it is not checked. */
  endpoint(path: string): string | undefined | null;
}

/** Why a request was not looked at: what it was to be checked against cannot be meant. */
export interface Refused {
  refused: string;
}

/** A report as it crosses. */
export interface ReportRecord {
  findings: FindingRecord[];
  omitted: number;
  /** As it is printed, with the character 2 in place of the words of a cause that the engine does not have. */
  text: string;
}

/** A finding as it crosses. */
export interface FindingRecord {
  cause: string;
  severity: string;
  path: string;
  pointer: string;
  message: string;
  /** With the character 2, as the text. */
  fix: string;
  line?: number;
  column?: number;
  offset?: number;
}

/** A repair as it crosses. */
export interface RepairRecord {
  patch: object[];
  /** Missing where nothing is left. */
  report?: ReportRecord;
}

/** A failure as it crosses. What is null or false on the wire is missing. */
export interface FailureRecord {
  kind: string;
  cause: string;
  retryable?: true;
  status?: number;
  error_type?: string;
  error_code?: string;
  message?: string;
  field?: string;
  pointer?: string;
  actual?: number;
  limit?: number;
  request_id?: string;
  provider: string;
  retry_after_ms?: number;
  hint_source?: string;
  retry_at?: number;
  maybe_processed?: true;
  processed: string;
  replay: string;
  inner_attempts?: number;
  meaning: string;
  fix: string;
  line: string;
  /** The explanation, with the characters 1 and 2 in place of `meaning` and `fix`. */
  explain: string;
}

/** How a call went, as it crosses. */
export interface StoryRecord {
  reason?: string;
  retry_at?: number;
  lasting?: string;
}

/** A row of the reference, as it crosses. */
export interface EntryRecord {
  meaning: string;
  retryable: boolean;
  action: string;
  link?: string;
  column: string;
  key: string;
  kind: string;
  /** Set where the words are a cause's. */
  cause?: string;
}

/** The lists of names. */
export interface NamesRecord {
  kinds: string[];
  jitters: string[];
  mid_streams: string[];
  sources: string[];
  reasons: Record<string, string>;
  headers: Record<string, Role>;
}

/** What each cause means and how to fix it, by its name. */
export type Texts = Record<string, readonly [meaning: string, fix: string]>;

/** What the engine answers where nothing is kept under an id. */
export const GONE = -3;

/** An engine, loaded when it is first needed, and what goes with it. */
export class Core {
  /** Which engine it is. */
  readonly backend: "native" | "wasm";
  readonly #load: () => Engine;
  readonly #loadTexts: (() => Texts) | undefined;
  #engine: Engine | undefined;
  #texts: Texts | undefined;
  #names: NamesRecord | undefined;
  #asked: HeaderRoles | undefined;
  #memo: Memo | undefined;
  /** The policy under which the last call began, and the engine's id of it. */
  #policy: Float64Array | undefined;
  #policyId = 0;

  constructor(load: () => Engine, backend: "native" | "wasm", texts?: () => Texts) {
    this.#load = load;
    this.backend = backend;
    this.#loadTexts = texts;
  }

  get engine(): Engine {
    return (this.#engine ??= this.#load());
  }

  get texts(): Texts | undefined {
    return (this.#texts ??= this.#loadTexts?.());
  }

  get names(): NamesRecord {
    return (this.#names ??= JSON.parse(this.engine.names()) as NamesRecord);
  }

  /** The headers that the engine asks for. */
  get asked(): HeaderRoles {
    return (this.#asked ??= new HeaderRoles(this.names.headers));
  }

  /** The evidence of late. */
  get memo(): Memo {
    return (this.#memo ??= new Memo(this));
  }

  /** The engine's `begin`. Most calls follow the policy of the one before: then nothing but its id crosses. */
  begin(policy: Float64Array, seed: number, number: number, mono: number, wall: number): number {
    const { engine } = this;
    if (policy === this.#policy) {
      const call = engine.beginUnder(this.#policyId, seed, number, mono, wall);
      if (call !== GONE) return call;
    }
    const call = engine.begin(policy, seed, number, mono, wall);
    this.#policy = policy;
    this.#policyId = engine.policyOf(call);
    return call;
  }

  /** A diagnosis. */
  diagnose(evidence: Evidence, flags: number, wall: number): FailureRecord {
    const { status, headers, classes, text, method, url } = evidence;
    const record = this.engine.diagnose(status, headers && this.asked.crossing(headers), bodyOf(evidence), classes, text, method, url, flags, wall);
    return JSON.parse(record) as FailureRecord;
  }
}

/** What checks before sending, loaded when it is first needed, and what goes with it. */
export class Checker {
  /** The first one that there is: who has one need not load another. */
  static first: Checker | undefined;
  readonly #load: () => Validator;
  readonly #loadTexts: (() => Texts) | undefined;
  #validator: Validator | undefined;
  #texts: Texts | undefined;

  constructor(load: () => Validator, texts?: () => Texts) {
    Checker.first ??= this;
    this.#load = load;
    this.#loadTexts = texts;
  }

  get validator(): Validator {
    return (this.#validator ??= this.#load());
  }

  /** What to do about a cause, where the engine does not have its words. */
  fix(cause: string): string {
    return (this.#texts ??= this.#loadTexts?.())?.[cause]?.[1] ?? "";
  }
}
