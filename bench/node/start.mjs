// Times that a user waits for: imports, the first decision, an abort, a deadline; and memory after a million calls.
import { execFileSync } from "node:child_process";
import { createServer } from "node:http";
import { fileURLToPath } from "node:url";
import { CHROMIUM, launch, serve } from "../../tests/node/browser.mjs";

const path = (of) => fileURLToPath(new URL(of, import.meta.url));
const quantile = (values, part) => values.sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
const NATIVE = path("../../bindings-node/dist/native.js");
const WASM = path("../../bindings-wasm/dist/node.js");

const run = (code) => Number(execFileSync(process.execPath, ["--input-type=module", "-e", code], { encoding: "utf8", cwd: path(".") }));
const timed = (code) => quantile(Array.from({ length: 9 }, () => run(`const t = performance.now(); ${code}; console.log(performance.now() - t)`)), 0.5);
const imported = (what) => timed(`await import(${JSON.stringify(what)})`);
const decided = (what) => timed(`const { diagnose } = await import(${JSON.stringify(what)}); diagnose(undefined, { status: 529 })`);

const rows = {};
const tell = (name, value) => (rows[name] = typeof value === "number" ? Math.round(value * 100) / 100 : value);

tell("import of an empty module, ms", imported("data:text/javascript,"));
tell("import holdoff, ms", imported(NATIVE));
tell("import @holdoff/wasm, ms", imported(WASM));
for (const peer of ["cockatiel", "p-retry", "async-retry", "ky"]) tell(`import ${peer}, ms`, imported(peer));
tell("import and first decision, holdoff, ms", decided(NATIVE));
tell("import and first decision, @holdoff/wasm, ms (target: 10)", decided(WASM));

const { retry, retryingFetch } = await import(NATIVE);
const overloaded = () => Promise.reject(Object.assign(new Error("Overloaded"), { status: 529 }));
const aborts = [];
for (let round = 0; round < 200; round += 1) {
  const stop = new AbortController();
  const pending = retry(overloaded, { initialDelay: 60_000, jitter: "none", signal: stop.signal }).catch(() => performance.now());
  await new Promise((resolve) => setTimeout(resolve, 1));
  const at = performance.now();
  stop.abort();
  aborts.push((await pending) - at);
}
tell("abort while waiting, p99 of 200, ms (target: 5)", quantile(aborts, 0.99));

const server = createServer(() => undefined);
await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
const at = performance.now();
await retryingFetch({ maxElapsed: 2_000 })(`http://127.0.0.1:${server.address().port}/`).catch(() => undefined);
tell("hung server with maxElapsed 2 s, ms (target: 2100)", performance.now() - at);
server.closeAllConnections();
server.close();

const glue = await import("../../bindings-wasm/dist/seam.js");
const { readFileSync } = await import("node:fs");
const engine = glue.wasmEngine(readFileSync(path("../../bindings-wasm/dist/holdoff.wasm")));
const { kinds } = JSON.parse(engine.names());
const policy = Float64Array.from([6, 1_000, 2, 60_000, 0, 120_000, NaN, NaN, 1, 0, 0, 0, NaN, ...kinds.map(() => 0)]);
const play = (calls) => {
  for (let call = 0; call < calls; call += 1) {
    const number = engine.begin(policy, 7, call, 0, 0);
    engine.failed(number, 529, "retry-after\0" + (call % 9), '{"error":{"message":"Overloaded"}}', undefined, undefined, undefined, undefined, 0, false, 0, 0);
    if (call % 10 === 0) engine.story(number, 0);
    engine.end(number);
  }
  return glue.memoryBytes();
};
tell("wasm memory after 1,000 calls, bytes", play(1_000));
tell("wasm memory after 1,000,000 calls, bytes (target: the same)", play(1_000_000));

if (CHROMIUM !== undefined) {
  const [files, browser] = await Promise.all([serve(), launch()]);
  const page = await browser.newPage();
  const seen = [];
  for (let round = 0; round < 7; round += 1) {
    await page.goto(`${files.url}/tests/node/blank.html`);
    seen.push(
      await page.evaluate(async () => {
        const { diagnose } = await import("/bindings-wasm/dist/browser.js");
        const began = performance.now();
        diagnose(undefined, { status: 529 });
        return performance.now() - began;
      }),
    );
  }
  tell("first decision in Chromium, once loaded, ms (target: 10)", quantile(seen, 0.5));
  await browser.close();
  await files.close();
}
console.table(rows);
