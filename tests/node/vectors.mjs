// The vectors that every surface runs, through an engine's seam: no import, so that a browser runs it as well.
// See tests/vectors/README.md.

/** The files under tests/vectors. */
export const FILES = ["backoff", "call", "codes", "hints", "kinds", "messages", "shapes"];

const OVER = -1;
const FOREVER = 2 ** 64;

/**
 * Runs every case.
 *
 * @param {import("../../bindings-wasm/ts/engine.ts").Engine} engine
 * @param {Record<string, { id: string }[]>} cases - by file
 * @returns {{ counts: Record<string, number>, skipped: string[], failed: string[] }}
 */
export function runVectors(engine, cases) {
  const names = JSON.parse(engine.names());
  const failed = [];
  const skipped = [];
  const checks = { backoff, call, codes, hints: diagnosis, kinds: diagnosis, messages, shapes: diagnosis };
  for (const file of FILES) {
    for (const each of cases[file]) {
      let wrong;
      try {
        wrong = checks[file](engine, each, names);
      } catch (error) {
        wrong = [`threw ${error}`];
      }
      if (wrong === SKIP) skipped.push(`${file}/${each.id}`);
      else if (wrong.length > 0) failed.push(`${file}/${each.id}: ${each.why}\n  ${wrong.join("\n  ")}`);
    }
  }
  return { counts: Object.fromEntries(FILES.map((file) => [file, cases[file].length])), skipped, failed };
}

/** One line, the same from every surface. */
export function line(counts) {
  return `vectors ${JSON.stringify(counts)}`;
}

const SKIP = [];

// --- diagnoses ---

/** Evidence as the seam takes it. */
function evidence(given) {
  const pairs = Array.isArray(given.headers) ? given.headers : Object.entries(given.headers ?? {});
  const flags = (given.remote_tools ? 1 : 0) | (given.committed ? 2 : 0) | (given.cancelled ? 4 : 0);
  const headers = pairs.length > 0 ? pairs.flat().join("\0") : undefined;
  return [given.status ?? 0, headers, given.body, given.classes?.join("\n"), given.text, given.method, given.url, flags];
}

function diagnosed(engine, given, wall) {
  return JSON.parse(engine.diagnose(...evidence(given), clock(wall)));
}

/** A clock in the middle of that millisecond, as clocks are: the core rounds it down. */
function clock(ms) {
  return ms + 0.5;
}

function differences(expect, found) {
  const wrong = [];
  for (const [name, value] of Object.entries(expect)) {
    // What is null or false on the wire is missing from a record.
    const got = found[name] ?? (typeof value === "boolean" ? false : null);
    if (JSON.stringify(got) !== JSON.stringify(value)) wrong.push(`${name}: expected ${JSON.stringify(value)}, found ${JSON.stringify(got)}`);
  }
  return wrong;
}

function diagnosis(engine, { given, expect }) {
  // Why it is not sent again the seam does not say: `retryable` says that it is not.
  const { forbidden: _, ...rest } = expect;
  return differences(rest, diagnosed(engine, given, given.wall_ms ?? 0));
}

function codes(engine, { given, expect }) {
  const body = { type: "error", error: { type: "api_error", message: "x", details: { error_code: given.error_code } } };
  const { effect, ...rest } = expect;
  const processed = effect ? { processed: { done: "yes", none: "no" }[effect] } : {};
  return differences({ ...rest, ...processed }, diagnosed(engine, { status: given.status, body: JSON.stringify(body) }, 0));
}

function messages(engine, { given, expect }) {
  const said = (message) => diagnosed(engine, { status: given.status, body: JSON.stringify({ type: "error", error: { message } }) }, 0);
  // How much the words say (`weak`) is the core's own affair.
  const { weak: _, ...rest } = expect;
  // Not recognized: the cause is that of any other words.
  if (rest.cause === null) rest.cause = said("x").cause;
  return differences(rest, said(given.message));
}

// --- policies ---

/** A policy of the wire as the seam takes it. */
export function packed(policy, names) {
  const at = (field, otherwise) => (policy[field] === undefined || policy[field] === null ? otherwise : policy[field]);
  const bound = (field, otherwise) => (policy[field] === undefined ? otherwise : (policy[field] ?? NaN));
  const bits = (field) => at(field, []).reduce((set, kind) => set + 2 ** names.kinds.indexOf(kind), 0);
  const limits = at("attempts_by_kind", { dns: 3 });
  return Float64Array.from([
    at("max_attempts", 6),
    at("initial_delay_ms", 1_000),
    at("multiplier", 2),
    at("max_delay_ms", 60_000),
    names.jitters.indexOf(at("jitter", "full")),
    bound("max_retry_after_ms", 120_000),
    bound("max_elapsed_ms", NaN),
    bound("attempt_timeout_ms", NaN),
    [false, true, "always"].indexOf(at("resend_ambiguous", true)),
    names.mid_streams.indexOf(at("mid_stream", "stop")),
    bits("retry_kinds"),
    bits("stop_kinds"),
    at("seed", NaN),
    ...names.kinds.map((kind) => limits[kind] ?? 0),
  ]);
}

function backoff(engine, { given, expect }, names) {
  const handle = engine.begin(packed(given.policy, names), given.seed, given.number, 0, 0);
  const delays = [0];
  for (let failures = 1; failures <= given.failures.at(-1); failures += 1) {
    delays.push(engine.failed(handle, 529, undefined, undefined, undefined, undefined, undefined, undefined, 0, false, 0, 0));
    engine.resumed(handle, 0, 0);
  }
  engine.end(handle);
  return differences(expect, { delays_ms: given.failures.map((failures) => delays[failures]) });
}

// --- calls ---

/** Tells a vector's events to a call of the seam, and compares what it answers. */
function call(engine, { given, events }, names) {
  // A call of the seam begins with an attempt that has been sent.
  if (events[0].poll?.step !== "send") return SKIP;
  const times = (at) => [clock(at.mono_ms), clock(at.wall_ms)];
  const handle = engine.begin(packed(given.policy, names), given.seed, given.number, ...times(given.at));
  let before = JSON.stringify(times(given.at));
  // What the last report answered, where the next poll comes at the same time.
  let answer;
  const wrong = [];
  const same = (what, expected, found) => {
    if (!Object.is(expected, found)) wrong.push(`${what}: expected ${expected}, found ${found}`);
  };
  events.forEach((event, index) => {
    const now = times(event.at);
    if (JSON.stringify(now) !== before) {
      before = JSON.stringify(now);
      answer = undefined;
    }
    const what = `event ${index + 1}`;
    if (event.poll?.step === "stop") {
      if (answer !== undefined) same(what, OVER, answer);
      same(what, OVER, engine.resumed(handle, ...now));
      const story = JSON.parse(engine.story(handle, 0));
      same(`${what} reason`, event.poll.reason, story.reason);
      same(`${what} retry_at`, event.poll.retry_at, story.retry_at ?? null);
    } else if (event.poll?.step === "send") {
      if (answer !== undefined) same(what, 0, answer);
      same(`${what} timeout`, event.poll.timeout_ms ?? Infinity, engine.resumed(handle, ...now));
      same(`${what} attempt`, event.poll.attempt, engine.attempt(handle));
    } else if (event.poll?.source === "attempt") {
      const left = event.poll.until >= FOREVER ? Infinity : Math.max(0, event.poll.until - event.at.mono_ms);
      same(`${what} left`, left, engine.resumed(handle, ...now));
    } else if (event.poll) {
      // A poll before the end of a wait the seam does not have: `resumed` says that it has ended.
      if (answer === undefined) return;
      same(`${what} delay`, event.poll.until - event.at.mono_ms, answer);
      same(`${what} source`, event.poll.source, engine.source(handle));
    } else if (event.failure) {
      const asks = event.verdict !== undefined;
      const { verdict } = event;
      answer = engine.failed(handle, ...evidence(event.failure), asks, ...now);
      if (asks) answer = engine.decide(handle, typeof verdict === "boolean" ? (verdict ? -2 : -1) : verdict.wait_ms, ...now);
      const expect = asks ? { kind: event.diagnosis.kind } : event.diagnosis;
      wrong.push(...differences(expect, JSON.parse(engine.failure(handle))).map((text) => `${what} ${text}`));
    } else if (event.success) engine.succeeded(handle, ...now);
    else if (event.content) engine.content(handle);
    else engine.cancelled(handle, ...now);
  });
  engine.end(handle);
  return wrong;
}
