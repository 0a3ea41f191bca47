// The wasm engine and the driver in a real browser.
import assert from "node:assert/strict";
import { after, before, describe, test } from "node:test";
import { MISSING, launch, serve } from "./browser.mjs";
import { engines } from "./engines.mjs";
import { FaultServer, error, ok, reset } from "./faultserver.mjs";
import { fingerprint } from "./generated.mjs";
import { REQUESTS } from "./requests.mjs";
import { FILES, line } from "./vectors.mjs";

const CALLS = 20_000;

test(`${CALLS} made-up calls take the same steps on every engine in Node`, async () => {
  const found = await engines();
  const prints = found.map(({ engine }) => fingerprint(engine, CALLS));
  assert.equal(new Set(prints).size, 1, found.map(({ name }, at) => `${name}: ${prints[at]}`).join(", "));
});

describe("in Chromium", { skip: MISSING }, () => {
  let files, browser, page, server;
  before(async () => {
    // One after another: what has been started is ended by `after`, also where the next does not start.
    server = await FaultServer.start();
    files = await serve();
    browser = await launch();
    page = await browser.newPage();
    await page.goto(`${files.url}/tests/node/blank.html`);
  });
  after(async () => {
    await browser?.close();
    await Promise.all([files?.close(), server?.stop()]);
  });

  test("vectors", async () => {
    const { counts, failed } = await page.evaluate(async (names) => {
      const { runVectors } = await import("/tests/node/vectors.mjs");
      const { wasmEngine } = await import("/bindings-wasm/dist/seam.js");
      const engine = wasmEngine(await (await fetch("/bindings-wasm/dist/holdoff.wasm")).arrayBuffer());
      const read = async (file) => [file, (await (await fetch(`/tests/vectors/${file}.json`)).json()).cases];
      return runVectors(engine, Object.fromEntries(await Promise.all(names.map(read))));
    }, FILES);
    assert.equal(failed.length, 0, failed.slice(0, 20).join("\n"));
    console.log(`chromium: ${line(counts)}`);
  });

  test("requests, repairs and keys", async () => {
    const found = await page.evaluate(async (names) => {
      const { runKeys, runRepairs, runRequests } = await import("/tests/node/requests.mjs");
      const holdoff = await import("/bindings-wasm/dist/browser.js");
      const read = async (file) => (await fetch(`/tests/vectors/${file}.json`)).json();
      const requests = Object.fromEntries(await Promise.all(names.map(async (name) => [name, await read(`requests/${name}`)])));
      const all = [runRequests(holdoff, requests), runRepairs(holdoff, (await read("repairs")).cases), runKeys(holdoff, (await read("keys")).cases)];
      return { reports: all[0].reports, failed: all.flatMap(({ failed }) => failed) };
    }, REQUESTS);
    assert.equal(found.failed.length, 0, found.failed.slice(0, 10).join("\n"));
    console.log(`chromium: ${found.reports} reports`);
  });

  test("wrap loads what checks by itself, and only in time for a refusal", async () => {
    const found = await page.evaluate(async () => {
      const { InvalidRequest, wrap } = await import("/bindings-wasm/dist/browser.js");
      const sent = [];
      class Client {
        baseURL = "https://api.anthropic.com";
        withOptions() {
          return new Client();
        }
        async makeRequest(options) {
          sent.push((await options).path);
          return { response: new Response("{}"), options };
        }
      }
      const options = { method: "post", path: "/v1/messages", body: {} };
      const refused = await wrap(new Client(), { validate: "error" }).makeRequest(options, null).catch((error) => error);
      await wrap(new Client(), { validate: "off" }).makeRequest(options, null);
      return { refused: refused instanceof InvalidRequest, sent };
    });
    assert.deepEqual(found, { refused: true, sent: ["/v1/messages"] });
  });

  test("the same steps as in Node", async () => {
    const [{ engine }] = await engines();
    const print = await page.evaluate(async (count) => {
      const { fingerprint } = await import("/tests/node/generated.mjs");
      const { wasmEngine } = await import("/bindings-wasm/dist/seam.js");
      return fingerprint(wasmEngine(await (await fetch("/bindings-wasm/dist/holdoff.wasm")).arrayBuffer()), count);
    }, CALLS);
    assert.equal(print, fingerprint(engine, CALLS));
  });

  test("retryingFetch gets through, with the bytes from the code", async () => {
    // The reset comes first, and without a preflight: on a socket that has been used Chromium sends again by itself.
    const scenario = await server.scenario([reset(), error(529), ok()]);
    const found = await page.evaluate(async (url) => {
      const { retryingFetch, backend } = await import("/bindings-wasm/dist/browser.js");
      const events = [];
      const send = retryingFetch({ initialDelay: 5, onEvent: (event) => events.push([event.type, event.failure.kind]) });
      const response = await send(`${url}/v1/messages`, { method: "POST", body: "{}" });
      return { backend, events, type: (await response.json()).type };
    }, scenario.baseURL);
    assert.equal(found.backend, "wasm");
    assert.equal(found.type, "message");
    assert.deepEqual(found.events.map(([type]) => type), ["wait", "wait", "success"]);
    assert.deepEqual(found.events[0], ["wait", "connection"]);
    assert.deepEqual(found.events[1], ["wait", "overloaded"]);
    assert.equal(await scenario.sends(), 3);
  });

  test("slim works after init, and says so before", async () => {
    const found = await page.evaluate(async () => {
      const { diagnose, init } = await import("/bindings-wasm/dist/slim.js");
      let before;
      try {
        diagnose("529");
      } catch (refused) {
        before = refused.message;
      }
      await init("/bindings-wasm/dist/holdoff.wasm");
      return { before, kind: diagnose(undefined, { status: 529 }).kind, said: diagnose(undefined, { status: 529 }).explain() };
    });
    assert.match(found.before, /`await init\(source\)` first/);
    assert.equal(found.kind, "overloaded");
    assert.match(found.said, /fix: {5}\w/);
  });

  test("the schedule alone gives the engine's delays", async () => {
    const delays = await page.evaluate(async () => [...(await import("/bindings-wasm/dist/schedule.js")).backoff({ seed: 7 })]);
    assert.equal(delays.length, 5);
    assert.deepEqual(delays, [...(await import("../../bindings-wasm/dist/schedule.js")).backoff({ seed: 7 })]);
  });

  test("the example page shows the timeline", async () => {
    const scenario = await server.scenario([error(529), error(429, "rate_limit_error", { headers: { "retry-after": "0" } }), ok()]);
    const example = await browser.newPage();
    await example.goto(`${files.url}/bindings-wasm/example/index.html?url=${encodeURIComponent(`${scenario.baseURL}/v1/messages`)}&initialDelay=5`);
    await example.click("#send");
    await example.waitForSelector("#answer:not(:empty)");
    const rows = await example.$$eval("#timeline li", (items) => items.map((item) => item.textContent));
    assert.equal(rows.length, 3);
    assert.match(rows[0], /overloaded/);
    assert.match(rows[1], /rate_limit/);
    assert.match(rows[2], /answered after 3 attempts/);
    assert.equal(await scenario.sends(), 3);
  });
});
