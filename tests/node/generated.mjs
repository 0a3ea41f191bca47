// Calls made up from a number, and a fingerprint of every step: the same on every engine and in every runtime. No import
// but the vectors' packing, so that a browser runs it as well.
import { packed } from "./vectors.mjs";

/** Whole numbers below `below`, the same everywhere (xorshift32). */
function dice(seed) {
  let state = seed >>> 0 || 1;
  return (below) => {
    state ^= state << 13;
    state >>>= 0;
    state ^= state >>> 17;
    state ^= state << 5;
    state >>>= 0;
    return state % below;
  };
}

const STATUSES = [0, 200, 400, 401, 403, 408, 409, 413, 424, 429, 429, 429, 500, 502, 503, 504, 520, 529, 529];
const CLASSES = [undefined, "APIConnectionError\nTypeError\nError:ECONNRESET", "TypeError\nError:ENOTFOUND", "APIConnectionTimeoutError", "AbortError", "other"];
const TYPES = ["overloaded_error", "rate_limit_error", "api_error", "invalid_request_error", "timeout_error", "ThrottlingException"];
const WORDS = ["Overloaded", "Please try again in 9.8s", "prompt is too long: 210000 tokens > 200000 maximum", "x", "Too Many Requests"];
const HINTS = [["retry-after", "3"], ["retry-after", "0"], ["retry-after-ms", "1500"], ["retry-after", "86400"], ["retry-after", "Wed, 21 Oct 2026 07:28:00 GMT"], ["x-should-retry", "false"], ["x-should-retry", "true"], ["anthropic-ratelimit-requests-reset", "2026-11-24T03:00:21Z"], ["anthropic-ratelimit-requests-remaining", "0"], ["retry-after", "nan"]];

function policy(pick) {
  const initial = [0, 1, 250, 1_000, 7_777][pick(5)];
  const kinds = ["timeout", "connection", "overloaded", "rate_limit", "unknown", "tls"];
  return {
    max_attempts: 1 + pick(8),
    initial_delay_ms: initial,
    multiplier: [1, 1.5, 2, 3.25, 10][pick(5)],
    max_delay_ms: initial + [0, 1, 5_000, 60_000][pick(4)],
    jitter: ["full", "equal", "decorrelated", "none"][pick(4)],
    max_retry_after_ms: [null, 0, 2_000, 120_000][pick(4)],
    max_elapsed_ms: [null, null, 1, 10_000, 300_000][pick(5)],
    attempt_timeout_ms: [null, null, 5_000][pick(3)],
    resend_ambiguous: [false, true, "always"][pick(3)],
    mid_stream: ["stop", "restart", "resume"][pick(3)],
    retry_kinds: pick(4) === 0 ? [kinds[pick(6)]] : [],
    stop_kinds: pick(6) === 0 ? [kinds[pick(6)]] : [],
    attempts_by_kind: pick(2) === 0 ? { dns: 3 } : { overloaded: 1 + pick(4) },
    seed: pick(3) === 0 ? pick(2 ** 31) * 4_194_304 : null,
  };
}

function evidence(pick) {
  const headers = Array.from({ length: pick(4) }, () => HINTS[pick(HINTS.length)]);
  const body = [
    undefined,
    JSON.stringify({ type: "error", error: { type: TYPES[pick(TYPES.length)], message: WORDS[pick(WORDS.length)] } }),
    "<html><h1>502 Bad Gateway</h1></html>",
    `{"error":{"message":"${WORDS[pick(WORDS.length)]}"`,
  ][pick(4)];
  const request = [[undefined, undefined], ["POST", "/v1/messages"], ["POST", "/v1/messages/batches"], ["GET", "/v1/models"]][pick(4)];
  const text = pick(3) === 0 ? WORDS[pick(WORDS.length)] : undefined;
  return [STATUSES[pick(STATUSES.length)], headers.length > 0 ? headers.flat().join("\0") : undefined, body, CLASSES[pick(CLASSES.length)], text, ...request, pick(8) === 0 ? pick(4) : 0];
}

/**
 * Plays `count` calls and folds every answer into 53 bits.
 *
 * @param {(call: { begin: unknown[], attempts: unknown[], steps: unknown[] }) => void} [tell] - gets every call: what went
 * in, as the seam takes it with the policy as the wire has it, and every answer
 */
export function fingerprint(engine, count, seed = 1, tell = undefined) {
  const names = JSON.parse(engine.names());
  const pick = dice(seed);
  let high = 0x811c9dc5;
  let low = 0xc9dc5811;
  const fold = (text) => {
    for (let at = 0; at < text.length; at += 1) {
      high = Math.imul(high ^ text.charCodeAt(at), 0x01000193) >>> 0;
      low = Math.imul(low ^ text.charCodeAt(at), 0x01000197) >>> 0;
    }
  };
  for (let nth = 0; nth < count; nth += 1) {
    let mono = pick(1_000_000) + 0.25;
    let wall = 1_795_478_400_000 + pick(1_000_000_000);
    const wire = policy(pick);
    const begin = [wire, pick(2 ** 31) * 1_024, nth, mono, wall];
    const call = engine.begin(packed(wire, names), ...begin.slice(1));
    const steps = [];
    const attempts = [];
    const failures = [];
    for (let attempt = 0; attempt < 9; attempt += 1) {
      const took = pick(3_000);
      mono += took;
      wall += took;
      const verdict = pick(10) === 0 ? [NaN, -1, -2, pick(100_000)][pick(4)] : undefined;
      const seen = evidence(pick);
      let delay = engine.failed(call, ...seen, verdict !== undefined, mono, wall);
      if (verdict !== undefined) delay = engine.decide(call, verdict, mono, wall);
      failures.push(JSON.parse(engine.failure(call)));
      steps.push(delay, delay >= 0 ? engine.source(call) : "");
      attempts.push([seen, verdict === undefined ? null : String(verdict), mono, wall]);
      if (delay < 0) break;
      mono += delay + pick(3);
      wall += delay;
      attempts.at(-1).push(mono, wall);
      const left = engine.resumed(call, mono, wall);
      steps.push(left, engine.attempt(call));
      if (left < 0) break;
    }
    const story = JSON.parse(engine.story(call, 0));
    // The words are the texts' affair, which one engine has and the other leaves to the driver.
    steps.push(story.reason ?? "", story.retry_at ?? 0, ...failures.map((failure) => `${failure.kind}/${failure.cause}/${failure.line}`));
    engine.end(call);
    tell?.({ begin, attempts, steps: steps.map(String) });
    fold(steps.join(" "));
  }
  return `${high.toString(16).padStart(8, "0")}${low.toString(16).padStart(8, "0")}`;
}
