// What the driver remembers changes nothing: the same failure over and over ends as failures do that differ from each other.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { describe, test } from "node:test";
import { createHoldoff, storyOf } from "../../bindings-wasm/dist/driver.js";
import { testing } from "../../bindings-wasm/dist/testing.js";
import { engines } from "./engines.mjs";

const cases = ["kinds", "hints", "shapes", "call"].flatMap((file) => {
  const { cases } = JSON.parse(readFileSync(new URL(`../vectors/${file}.json`, import.meta.url), "utf8"));
  return cases.flatMap(({ id, given, events }) => (events ?? []).flatMap(({ failure }) => failure ?? []).concat(given ?? []).map((seen) => ({ id, seen })));
});

/** An error of an SDK's shape. With `nth` it differs in a header that is looked at, and says nothing. */
function errorOf({ status, headers = {}, body, text }, nth) {
  const error = new Error(text ?? `${status}`);
  if (status === undefined) return error;
  try {
    const sent = new Headers(Array.isArray(headers) ? headers : Object.entries(headers));
    if (sent.has("server")) return undefined;
    if (nth !== undefined) sent.set("server", `nobody/${nth}`);
    return Object.assign(error, { status, headers: sent, ...parsed(body) });
  } catch {
    return undefined; // not what `Headers` takes
  }
}

function parsed(body) {
  try {
    const value = JSON.parse(body);
    if (typeof value === "object" && value !== null) return { error: value };
  } catch {
    // No document.
  }
  return { body };
}

async function run(retry, errors) {
  const world = testing();
  const told = [];
  const options = { jitter: "none", maxAttempts: errors.length, maxRetryAfter: 3_600_000, onEvent: ({ type, delay, source, reason, failure }) => told.push([type, delay, source, reason, failure.kind, failure.cause, failure.retryAfter]) };
  let ended;
  try {
    await retry(() => {
      throw errors.shift();
    }, options);
  } catch (error) {
    ended = storyOf(error);
  }
  const story = ended && [ended.reason, ended.waits, ...ended.failures.map(({ kind, cause, message, requestId, retryable, retryAfter }) => [kind, cause, message, requestId, retryable, retryAfter])];
  world.restore();
  return { told, story };
}

for (const { name, engine, validator, texts } of await engines()) {
  describe(`memo on ${name}`, () => {
    test("the same failure again is what it was, and what others would be", async () => {
      const { retry } = createHoldoff(() => engine, () => validator, name, "0", texts && (() => texts));
      let compared = 0;
      for (const { id, seen } of cases) {
        const times = [1, 2, 3, 4, 5];
        if (errorOf(seen) === undefined) continue;
        const same = await run(retry, times.map(() => errorOf(seen)));
        const other = await run(retry, times.map((nth) => errorOf(seen, nth)));
        assert.deepEqual(same, other, id);
        compared += same.told.length;
      }
      assert.ok(compared > 2_000, `${compared} steps`);
    });

    test("a date that was past is none where the clock has been set back", async () => {
      const { retry } = createHoldoff(() => engine, () => validator, name, "0", texts && (() => texts));
      const message = "You have reached your specified API usage limits. You will regain access on 2026-12-01 at 00:00 UTC.";
      const error = () => ({ status: 429, headers: new Headers(), error: { type: "error", error: { type: "rate_limit_error", message } } });
      const real = Date.now;
      const ended = async (wall) => {
        Date.now = () => wall;
        const story = await retry(() => Promise.reject(error())).catch(storyOf);
        return story.retryAt;
      };
      try {
        const [before, after] = [Date.UTC(2026, 10, 24), Date.UTC(2026, 11, 2)];
        for (let time = 0; time < 4; time += 1) assert.equal(await ended(after), undefined);
        assert.equal(await ended(before), Date.UTC(2026, 11, 1));
      } finally {
        Date.now = real;
      }
    });

    test("headers are those of each failure, also where they begin or end like those before", async () => {
      const { retry } = createHoldoff(() => engine, () => validator, name, "0", texts && (() => texts));
      const all = { "request-id": "req_1", server: "cloudflare", "x-should-retry": "true" };
      const error = (headers) => ({ status: 529, headers: new Headers(headers) });
      const { "x-should-retry": _said, ...shorter } = all;
      const given = [all, all, shorter, {}, all, { ...all, "request-id": "req_2" }, { ...all, "x-should-retry": "false" }];
      const { story } = await run(retry, given.map(error));
      assert.equal(story[0], "server_said_no");
      assert.deepEqual(story.slice(2).map(([, , , requestId]) => requestId ?? null), ["req_1", "req_1", "req_1", null, "req_1", "req_2", "req_1"]);
    });

    test("words are those of each error, also where it begins or ends like the one before", () => {
      const { diagnose } = createHoldoff(() => engine, () => validator, name, "0", texts && (() => texts));
      const coded = (code) => Object.assign(new Error(`connect ${code}`), { code });
      const lost = (cause) => new TypeError("fetch failed", { cause });
      const errors = [lost(coded("ECONNRESET")), lost(), coded("ENOTFOUND"), lost(coded("ENOTFOUND")), lost(lost(coded("ECONNRESET"))), new TypeError("mine")];
      const alone = errors.map((error) => {
        diagnose(new RangeError("something else"));
        return diagnose(error).toJSON();
      });
      assert.ok(new Set(alone.map(({ kind, message }) => `${kind} ${message}`)).size >= 4);
      for (const one of errors) {
        for (const [index, other] of errors.entries()) {
          diagnose(one);
          assert.deepEqual(diagnose(other).toJSON(), alone[index]);
        }
      }
    });

    test("calls that take turns follow each its own policy", async () => {
      const { retry, Policy } = createHoldoff(() => engine, () => validator, name, "0", texts && (() => texts));
      const [short, long] = [100, 3_000].map((initialDelay) => new Policy({ initialDelay, jitter: "none", maxAttempts: 3 }));
      const world = testing();
      const waits = async (policy) => {
        const story = storyOf(await retry(() => Promise.reject({ status: 529 }), policy).catch((error) => error));
        return story.waits;
      };
      for (const policy of [short, long, long, short, short, long]) {
        assert.deepEqual(await waits(policy), policy === short ? [100, 200] : [3_000, 6_000]);
      }
      world.restore();
    });

    test("ids are those of each failure, not of the first of its kind", async () => {
      const { retry } = createHoldoff(() => engine, () => validator, name, "0", texts && (() => texts));
      const error = (nth) => ({
        status: 529,
        headers: new Headers({ "request-id": `req_${nth}`, date: `Tue, 24 Nov 2026 03:00:0${nth} GMT` }),
        error: { type: "error", error: { type: "overloaded_error", message: "Overloaded" }, request_id: `req_${nth}` },
      });
      const { story } = await run(retry, [1, 2, 3, 4, 5].map(error));
      assert.deepEqual(story.slice(2).map(([, , , requestId]) => requestId), ["req_1", "req_2", "req_3", "req_4", "req_5"]);
    });
  });
}
