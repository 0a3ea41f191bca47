import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { engines } from "./engines.mjs";
import { FILES, line, runVectors } from "./vectors.mjs";

const cases = Object.fromEntries(
  FILES.map((file) => [file, JSON.parse(readFileSync(new URL(`../vectors/${file}.json`, import.meta.url), "utf8")).cases]),
);

for (const { name, engine } of await engines()) {
  test(`vectors on ${name}`, () => {
    const { counts, skipped, failed } = runVectors(engine, cases);
    assert.equal(failed.length, 0, `${failed.length} cases fail\n${failed.slice(0, 20).join("\n")}`);
    assert.ok(skipped.length < 10, `skipped: ${skipped}`);
    console.log(`${name}: ${line(counts)}`);
  });
}
