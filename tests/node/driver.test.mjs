import assert from "node:assert/strict";
import { test } from "node:test";
import { runDriverSuite } from "./driver.suite.mjs";
import { engines } from "./engines.mjs";

for (const { name, engine } of await engines()) runDriverSuite(name, engine);

test("the driver and the engines have one version", async () => {
  const { VERSION } = await import("../../bindings-wasm/dist/driver.js");
  for (const { name, engine } of await engines()) assert.equal(engine.version(), VERSION, name);
});
