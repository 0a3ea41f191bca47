import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { createHoldoff } from "../../bindings-wasm/dist/driver.js";
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

for (const { name, engine } of await engines()) {
  test(`headers that the driver passes over say nothing: ${name}`, () => {
    const { diagnose } = createHoldoff(() => engine, () => undefined, name, "0");
    let compared = 0;
    for (const { id, given } of [...cases.hints, ...cases.kinds, ...cases.shapes]) {
      const { status, headers = {}, body, wall_ms: now = 0, ...more } = given;
      const pairs = Array.isArray(headers) ? headers : Object.entries(headers);
      if (pairs.length === 0 || status === undefined || Object.keys(more).length > 0) continue;
      const whole = JSON.parse(engine.diagnose(status, pairs.flat().join("\0"), body, undefined, undefined, undefined, undefined, 0, now));
      const { line: _line, explain: _explain, meaning: _meaning, ...wire } = whole;
      assert.deepEqual(diagnose(undefined, { status, headers: pairs, body, now }).toJSON(), { ...wire, fix: whole.fix }, id);
      compared += 1;
    }
    assert.ok(compared > 50, `${compared} compared`);
  });
}
