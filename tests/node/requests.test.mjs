// Requests, repairs and keys on every engine.
import assert from "node:assert/strict";
import { readFileSync, readdirSync } from "node:fs";
import { test } from "node:test";
import { inspect } from "node:util";
import { createHoldoff } from "../../bindings-wasm/dist/driver.js";
import { engines } from "./engines.mjs";
import { REQUESTS, runKeys, runRepairs, runRequests } from "./requests.mjs";

const folder = new URL("../vectors/", import.meta.url);
const read = (file) => JSON.parse(readFileSync(new URL(`${file}.json`, folder), "utf8"));
const files = Object.fromEntries(REQUESTS.map((file) => [file, read(`requests/${file}`)]));
const repairs = read("repairs").cases;
const keys = read("keys").cases;

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

  test(`keys on ${name}`, () => {
    const { failed } = runKeys(holdoff, keys);
    assert.equal(failed.length, 0, failed.slice(0, 10).join("\n"));
  });

  const { validate, repair, checkKey } = holdoff;
  const USER = { role: "user", content: "Hi" };
  const asked = (...messages) => ({ model: "claude-haiku-4-5", max_tokens: 64, messages });
  const causes = (report) => report.findings.map(({ cause, path }) => `${cause} ${path}`);

  test(`what JSON cannot hold is a finding on ${name}`, () => {
    const cycle = asked(USER);
    cycle.metadata = { user_id: cycle };
    assert.deepEqual(causes(validate(cycle)), ["value-not-json metadata.user_id"]);
    assert.deepEqual(causes(validate({ ...asked(USER), max_tokens: 64n })), ["value-not-json max_tokens"]);
    const thrower = { get user_id() { throw new Error("secret"); } };
    assert.deepEqual(causes(validate({ ...asked(USER), metadata: thrower })), ["value-not-json metadata.user_id"]);
    assert.deepEqual(causes(validate({ ...asked(USER), metadata: { user_id: { toJSON() { throw new Error("secret"); } } } })), ["value-not-json metadata.user_id"]);
    const { proxy, revoke } = Proxy.revocable({}, {});
    revoke();
    assert.equal(validate({ ...asked(USER), metadata: proxy }).findings[0].cause, "value-not-json");
    for (const request of [undefined, null, 7, () => 1, Symbol("x"), 7n, [], new Date(NaN), new Map([[1, 2]])]) assert.equal(validate(request).ok, false);
    // Nulls before and behind it are not taken for it.
    assert.deepEqual(causes(validate({ ...asked({ role: "user", content: [null, 7n, null] }) })).filter((each) => each.startsWith("value")), ["value-not-json messages.0.content.1"]);
    for (const mended of [repair(cycle), repair({ ...asked(USER, USER), x: 7n })]) assert.equal(mended.report.findings[0].cause, "value-not-json");
  });

  test(`places are those of the text on ${name}`, () => {
    const body = '{"model": "claude-opus-5", "max_tokens": 16,\n "messages": [],}';
    const [finding] = validate(body).errors;
    assert.deepEqual([finding.line, finding.column, finding.offset], [2, 16, 60]);
    const long = JSON.stringify(asked({ role: "user", content: `${"näïve \u{1f980} ".repeat(20_000)}` }), null, 1);
    assert.deepEqual(causes(validate(long)), []);
    for (let before = 0; before < 4; before += 1) {
      const text = `${" ".repeat(before)}${"\u{1f980}".repeat(70_000)}`;
      const [broken] = validate(`{"model": "${text}", "messages": [],}`).errors;
      assert.equal(broken.offset, new TextEncoder().encode(`{"model": "${text}", "messages": [],`).length - 1);
    }
  });

  test(`options are checked, requests are not, on ${name}`, () => {
    assert.throws(() => validate({}, { target: "moon" }), { name: "RangeError", message: /^`target` must be one of anthropic, .+: got "moon"$/ });
    assert.throws(() => validate("", { endpoint: "x" }), { name: "RangeError", message: /^`endpoint` must be one of messages, / });
    assert.throws(() => repair("", { models: [{ like: "none" }] }), RangeError);
    assert.throws(() => validate("", 7), TypeError);
    const models = [{ id: "team-writer", like: "claude-haiku-4-5", max_output_tokens: 10 }];
    assert.deepEqual(causes(validate({ ...asked(USER), model: "team-writer" }, { models })), ["max-tokens-above-model max_tokens"]);
    const headers = { "X-Api-Key": "k", "content-type": "application/json" };
    for (const given of [headers, new Headers(headers), Object.entries(headers)]) {
      assert.ok(causes(validate(asked(USER), { headers: given })).some((each) => each.includes("version")), String(given));
    }
    assert.deepEqual(causes(validate(asked(USER), { headers: { ...headers, "anthropic-version": "2023-06-01" } })).filter((each) => each.includes("version")), []);
  });

  test(`a report iterates, prints and hides on ${name}`, () => {
    const clean = validate(asked(USER));
    assert.deepEqual([clean.ok, clean.findings, clean.omitted, String(clean)], [true, [], 0, "nothing found"]);
    const report = validate(asked({ role: "user", content: "" }));
    assert.deepEqual([...report], report.findings);
    assert.match(String(report), /^error\[empty-message-content\]: messages\.0\.content: .+\n {2}fix: .+\n1 error, 0 warnings$/);
    assert.deepEqual(Object.keys(JSON.parse(JSON.stringify(report))), ["ok", "findings", "omitted"]);
    assert.throws(() => { report.findings[0].cause = "x"; }, TypeError);
    const secret = "my secret prompt";
    const mended = repair(asked({ role: "user", content: secret }, { role: "user", content: secret }));
    assert.equal(mended.patch.length > 0, true);
    for (const shown of [inspect(mended, { depth: 9 }), String(mended), JSON.stringify(mended), inspect(validate(asked({ role: "user", content: secret, x: 1 })), { depth: 9, showHidden: true })]) {
      assert.ok(!shown.includes("secret"), shown);
    }
  });

  test(`what a repair does not reach into is shared on ${name}`, () => {
    const image = { type: "image", source: { type: "base64", media_type: "image/png", data: "iVBORw0KGgo=" } };
    const before = { ...asked({ role: "user", content: [image, { type: "text", text: "" }] }), metadata: { user_id: "a" } };
    const frozen = structuredClone(before);
    const { request } = repair(before);
    assert.equal(request.messages[0].content[0], image);
    assert.equal(request.metadata, before.metadata);
    assert.deepEqual(before, frozen);
    const converted = { toJSON: () => ({ role: "user", content: [{ type: "text", text: "" }, { type: "text", text: "Hello" }] }) };
    assert.deepEqual(repair(asked(converted)).request.messages[0].content, [{ type: "text", text: "Hello" }]);
    const half = repair({ ...asked(USER), metadata: JSON.parse('{"__proto__": "a\\ud83d"}') }).request.metadata;
    assert.deepEqual(Object.entries(half), [["__proto__", "a\ufffd"]]);
  });

  test(`keys are checked and never shown on ${name}`, () => {
    const key = `sk-ant-api03-${"Ab1_Cd2-Ef3".repeat(9).slice(0, 93)}AA`;
    assert.deepEqual(checkKey(key, { baseUrl: "https://api.anthropic.com", header: "x-api-key" }).findings, []);
    const report = checkKey(` ${key}`, { baseUrl: "https://api.anthropic.com/v1" });
    assert.deepEqual(report.findings.map(({ cause }) => cause), ["base-url-ends-in-v1", "key-has-whitespace"]);
    for (const shown of [String(report), inspect(report, { depth: 9 }), JSON.stringify(report)]) assert.ok(!shown.includes("Ab1_"), shown);
    assert.throws(() => checkKey(undefined), { name: "TypeError", message: "`key` must be a text: got undefined: the variable it is read from is not set" });
    assert.throws(() => checkKey(7), TypeError);
    assert.equal(checkKey("sk-ant-\ud83d").ok, false);
  });
}
