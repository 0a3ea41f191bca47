// Requests, repairs and keys on every engine.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { createHoldoff } from "../../bindings-wasm/dist/driver.js";
import { engines } from "./engines.mjs";
import { REQUESTS, runRepairs, runRequests } from "./requests.mjs";

const folder = new URL("../vectors/", import.meta.url);
const read = (file) => JSON.parse(readFileSync(new URL(`${file}.json`, folder), "utf8"));
const files = Object.fromEntries(REQUESTS.map((file) => [file, read(`requests/${file}`)]));
const repairs = read("repairs").cases;

test("every file of requests is run", () => {
  assert.deepEqual(REQUESTS.map((file) => `${file}.json`).sort(), readdirSync(new URL("requests/", folder)).sort());
});

for (const { name, engine, validator, texts } of await engines()) {
  const holdoff = createHoldoff(() => engine, () => validator, name, "0", texts);

  test(`requests on ${name}`, () => {
    const { reports, skipped, failed } = runRequests(holdoff, files);
    assert.equal(failed.length, 0, `${failed.length} cases fail\n${failed.slice(0, 10).join("\n")}`);
    assert.ok(skipped.length < 20, `skipped: ${skipped}`);
    console.log(`${name}: ${reports} reports, skipped ${skipped.length}`);
  });

  test(`repairs on ${name}`, () => {
    const { failed } = runRepairs(holdoff, repairs);
    assert.equal(failed.length, 0, `${failed.length} cases fail\n${failed.slice(0, 10).join("\n")}`);
  });
}
