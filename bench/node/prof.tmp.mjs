const later = globalThis.setTimeout;
globalThis.setTimeout = (run, _ms, ...given) => { queueMicrotask(() => run(...given)); return { unref() {} }; };
globalThis.clearTimeout = () => undefined;
const m = await import(process.argv[3] === "wasm" ? "../../bindings-wasm/dist/node.js" : "../../bindings-node/dist/native.js");
const overloaded = Object.assign(new Error("Overloaded"), { status: 529 });
const reset = Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error("reset"), { code: "ECONNRESET" }) });
const answered = Object.assign(new Error("529 Overloaded"), {
  status: 529,
  headers: new Headers({ date: "Tue, 24 Nov 2026 03:00:21 GMT", "content-type": "application/json", "request-id": "req_011CQ", "x-should-retry": "true", server: "cloudflare", "cf-ray": "8f1", via: "1.1 google", "anthropic-organization-id": "0000", "strict-transport-security": "max-age=31536000" }),
  error: { type: "error", error: { type: "overloaded_error", message: "Overloaded" }, request_id: "req_011CQ" },
});
const hand = async (fn) => { for (let attempt = 0; ; attempt += 1) { try { return await fn(); } catch (error) { const again = error.status === 429 || error.status >= 500 || error.code === "ECONNRESET" || error.cause?.code === "ECONNRESET"; if (!again || attempt >= 5) throw error; await new Promise((r) => setTimeout(r, Math.random() * Math.min(60000, 1000 * 2 ** attempt))); } } };
if (process.argv[3] === "hand") 0;
const mk = () => Object.assign(new Error("529 Overloaded"), { status: 529, headers: new Headers(answered.headers), error: { type: "error", error: { type: "overloaded_error", message: "Overloaded" }, request_id: "req_" + sends } });
const error = { status: overloaded, reset, answer: answered, fresh: mk }[process.argv[2]];
const cockatiel = await import("cockatiel"); const {default: pRetry} = await import("p-retry");
const shared = cockatiel.retry(cockatiel.handleAll, { maxAttempts: 5, backoff: new cockatiel.ExponentialBackoff() });
const bare = async (fn) => { for (;;) { try { return await fn(); } catch {} } };
const RUN = { hand, bare, cock: (fn) => shared.execute(fn), pretry: (fn) => pRetry(fn, { retries: 5 }) }[process.argv[3]] ?? ((fn) => m.retry(fn, policy));
const policy = new m.Policy({ initialDelay: 60_000 });
const H = process.argv[3] === "hand";
let sends = 0;
const fn = async () => { sends++; if (sends % 6 !== 0) throw typeof error === "function" ? error() : error; return 1; };
const N = +process.argv[4] || 20000;
for (let r = 0; r < 4; r++) { const a = process.cpuUsage().user; for (let i = 0; i < N; i++) await RUN(fn); console.log(process.argv[2], process.argv[3], Math.round((process.cpuUsage().user - a) * 1e3 / N / 5)); }
