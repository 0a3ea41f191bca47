// interleaved chunks; q10 of wall per failed attempt. node pb.tmp.mjs DIR rounds [case..] ; DIR root with bindings-*/dist
const later = globalThis.setTimeout;
globalThis.setTimeout = (run, _ms, ...given) => { queueMicrotask(() => run(...given)); return { ref: () => undefined, unref: () => undefined, [Symbol.toPrimitive]: () => 1 }; };
globalThis.clearTimeout = () => undefined;
const dir = process.argv[2], rounds = +process.argv[3], only = process.argv.slice(4);
const { Policy, retry } = await import(dir + "/bindings-node/dist/native.js");
const wasm = await import(dir + "/bindings-wasm/dist/node.js");
const { default: pRetry } = await import("p-retry");
const { default: asyncRetry } = await import("async-retry");
const cockatiel = await import("cockatiel");
const FAILURES = 5, CALLS = 100;
const overloaded = Object.assign(new Error("Overloaded"), { status: 529 });
const reset = Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
const answered = Object.assign(new Error("529 Overloaded"), {
  status: 529,
  headers: new Headers({ date: "Tue, 24 Nov 2026 03:00:21 GMT", "content-type": "application/json", "request-id": "req_011CQ", "x-should-retry": "true", server: "cloudflare", "cf-ray": "8f1", via: "1.1 google", "anthropic-organization-id": "0000", "strict-transport-security": "max-age=31536000" }),
  error: { type: "error", error: { type: "overloaded_error", message: "Overloaded" }, request_id: "req_011CQ" },
});
let made = 0;
const fresh = () => {
  made += 1; const id = `req_011CQ${made}`;
  return Object.assign(new Error("529 Overloaded"), { status: 529, headers: new Headers({ date: "Tue, 24 Nov 2026 03:00:21 GMT", "content-type": "application/json", "request-id": id, server: "cloudflare", via: "1.1 google" }), error: { type: "error", error: { type: "overloaded_error", message: "Overloaded" }, request_id: id } });
};
const unheard = () => { made += 1; return Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(`read ECONNRESET ${made}`), { code: "ECONNRESET" }) }); };
const ok = async () => 1;
const failing = (error) => { let sends = 0, at = 0; const pool = typeof error === "function" ? Array.from({ length: CALLS * FAILURES }, error) : undefined; return async () => { sends += 1; if (sends % (FAILURES + 1) !== 0) { if (pool === undefined) throw error; const e = pool[at]; pool[at++] = undefined; throw e; } return 1; }; };
const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
const hand = async (fn) => { for (let attempt = 0; ; attempt += 1) { try { return await fn(); } catch (error) { const again = error.status === 429 || error.status >= 500 || error.code === "ECONNRESET" || error.cause?.code === "ECONNRESET"; if (!again || attempt >= 5) throw error; await pause(Math.random() * Math.min(60_000, 1_000 * 2 ** attempt)); } } };
const WAITS = { initialDelay: 60_000 };
const policy = new Policy(WAITS), wasmPolicy = new wasm.Policy(WAITS);
const shared = cockatiel.retry(cockatiel.handleAll, { maxAttempts: FAILURES, backoff: new cockatiel.ExponentialBackoff() });
const C = { bare: async (fn) => { for (;;) { try { return await fn(); } catch {} } }, hand, native: (fn) => retry(fn, policy), wasm: (fn) => wasm.retry(fn, wasmPolicy), cock: (fn) => shared.execute(fn), pretry: (fn) => pRetry(fn, { retries: FAILURES }), aretry: (fn) => asyncRetry(fn, { retries: FAILURES }) };
const cases = { ok: () => ok, status: () => failing(overloaded), reset: () => failing(reset), answer: () => failing(answered), fresh: () => failing(fresh), unheard: () => failing(unheard) };
const q = (v, p) => v.sort((a, b) => a - b)[Math.floor(v.length * p)];
console.log(process.version.padEnd(10), Object.keys(C).map((x) => x.padStart(8)).join(""));
for (const [name, make] of Object.entries(cases)) {
  if (only.length && !only.includes(name)) continue;
  const seen = {}; for (const c in C) seen[c] = [];
  const calls = name === "ok" ? 1000 : CALLS, per = name === "ok" ? 1 : FAILURES;
  for (let r = 0; r < rounds; r++) for (const c in C) { const fn = make(), run = C[c]; const t = performance.now(); for (let i = 0; i < calls; i++) await run(fn); seen[c].push((performance.now() - t) * 1e6 / calls / per); if (true) await new Promise((r) => later(r, 0)); }
  const base = q(seen.bare, .15);
  console.log(name.padEnd(10), Object.keys(C).map((c) => String(Math.round(q(seen[c], .15) - (c === "bare" ? 0 : base))).padStart(8)).join(""));
}
