// What each entry costs to download, minified, with the engine and its glue, beside the peers'. Bytes. What is loaded
// later, if at all, is not counted.
import { readFileSync } from "node:fs";
import { basename } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { build } from "esbuild";

const here = fileURLToPath(new URL(".", import.meta.url));
const dist = fileURLToPath(new URL("../../bindings-wasm/dist/", import.meta.url));

async function bundled(contents, extra = "") {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: here },
    bundle: true,
    minify: true,
    format: "esm",
    platform: "browser",
    splitting: true,
    outdir: here,
    write: false,
    logLevel: "error",
  });
  const files = new Map(outputFiles.map(({ path, contents }) => [basename(path), Buffer.from(contents)]));
  const parts = [...atOnce(files, "stdin.js")].map((name) => files.get(name));
  if (extra !== "") parts.push(readFileSync(extra));
  const sum = (of) => parts.reduce((size, part) => size + of(part).length, 0);
  return { raw: sum((part) => part), gzip: sum((part) => gzipSync(part, { level: 9 })), brotli: sum((part) => brotliCompressSync(part)) };
}

/** A file and what it imports at once. */
function atOnce(files, name, seen = new Set()) {
  if (seen.has(name)) return seen;
  seen.add(name);
  for (const [, next] of String(files.get(name)).matchAll(/(?:from|import)"\.\/([\w-]+\.js)"/g)) atOnce(files, next, seen);
  return seen;
}

const all = (from) => `export * from ${JSON.stringify(from)}`;
console.log("\nbytes to download");
console.table({
  "schedule (target: gzip 4,096)": await bundled(all(`${dist}schedule.js`)),
  "retry + diagnosis: slim and its wasm (target: gzip 25,600)": await bundled(all(`${dist}slim.js`), `${dist}holdoff.wasm`),
  "everything: the default entry (target: gzip 61,440)": await bundled(all(`${dist}browser.js`)),
  "the default entry: retry, retryingFetch, diagnose": await bundled(`export { retry, retryingFetch, diagnose } from "${dist}browser.js"`),
  "the default entry: wrap, before its first request": await bundled(`export { wrap } from "${dist}browser.js"`),
  "the default entry: validate": await bundled(`export { validate } from "${dist}browser.js"`),
  "the driver alone": await bundled(all(`${dist}slim.js`)),
  "cockatiel": await bundled('export { retry, handleAll, ExponentialBackoff } from "cockatiel"'),
  "p-retry": await bundled('export { default } from "p-retry"'),
  "async-retry": await bundled('import retry from "async-retry"; export default retry'),
  "ky": await bundled('export { default } from "ky"'),
  "ai (generateText)": await bundled('export { generateText } from "ai"'),
});
