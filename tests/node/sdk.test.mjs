// The real SDKs against the fault server: real sockets, no real waiting.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, describe, test } from "node:test";
import Anthropic, { RetryableError } from "@anthropic-ai/sdk";
import OpenAI, { AzureOpenAI } from "openai";
import { InvalidRequest, createHoldoff } from "../../bindings-wasm/dist/driver.js";
import { testing } from "../../bindings-wasm/dist/testing.js";
import { engines } from "./engines.mjs";
import { FaultServer, error, hang, ok, reset } from "./faultserver.mjs";

const KEY = "sk-ant-api03-not-a-key-0000000000000000000000000000";
const PARAMS = { model: "claude-sonnet-5", max_tokens: 64, messages: [{ role: "user", content: "Hello" }] };

const ANTHROPIC = {
  name: "@anthropic-ai/sdk",
  client: (baseURL, options = {}) => new Anthropic({ apiKey: KEY, baseURL, ...options }),
  create: (client, options, params = {}) => client.messages.create({ ...PARAMS, ...params }, options),
  errors: Anthropic,
  is: (message) => assert.equal(message.type, "message"),
};
const OPENAI = {
  name: "openai",
  client: (baseURL, options = {}) => new OpenAI({ apiKey: KEY, baseURL, ...options }),
  create: (client, options, params = {}) => client.chat.completions.create({ model: "m", messages: PARAMS.messages, ...params }, options),
  errors: OpenAI,
  is: (chat) => assert.equal(chat.object, "chat.completion"),
};

async function caught(promise) {
  try {
    await promise;
  } catch (failed) {
    return failed;
  }
  throw new assert.AssertionError({ message: "it should have failed" });
}

const [first] = (await engines()).slice(-1);
const { wrap, callWithRetry, retryingFetch, retry } = createHoldoff(() => first.engine, () => first.validator, first.name, "0", first.texts);
let server;
before(async () => {
  server = await FaultServer.start();
});
after(() => server.stop());

for (const sdk of [ANTHROPIC, OPENAI]) {
  describe(`wrap(${sdk.name})`, () => {
    let world;
    beforeEach(() => {
      world = testing();
    });
    afterEach(() => world.restore());

    const started = async (steps, options, clientOptions) => {
      const scenario = await server.scenario(steps);
      return { scenario, client: wrap(sdk.client(scenario.baseURL, clientOptions), options) };
    };

    test("overloads, limits and resets are got through, one send an attempt", async () => {
      const { scenario, client } = await started([error(529), error(429, "rate_limit_error", { headers: { "retry-after": "2" } }), reset(), ok()]);
      sdk.is(await sdk.create(client));
      assert.equal(await scenario.sends(), 4);
      assert.equal(world.waits.length, 3);
      assert.ok(world.waits[1] >= 2_000);
      const counts = (await scenario.log()).map((entry) => entry.headers["x-stainless-retry-count"]);
      assert.deepEqual(counts, ["0", "1", "2", "3"]);
    });

    test("the SDK's own error is thrown, with the story", async () => {
      const { scenario, client } = await started([error(529, "overloaded_error", { times: 9 })], { maxAttempts: 3 });
      const failed = await caught(sdk.create(client));
      assert.ok(failed instanceof sdk.errors.APIError);
      assert.equal(failed.status, 529);
      assert.equal(failed.holdoff.reason, "attempts_exhausted");
      assert.equal(failed.holdoff.failure.kind, "overloaded");
      assert.equal(await scenario.sends(), 3);
    });

    test("what is not worth it is sent once", async () => {
      for (const [status, type, kind] of [[400, "invalid_request_error", "invalid_request"], [401, "authentication_error", "authentication"], [403, "permission_error", "permission"], [404, "not_found_error", "not_found"], [413, "request_too_large", "request_too_large"]]) {
        const { scenario, client } = await started([error(status, type)]);
        const failed = await caught(sdk.create(client));
        assert.equal(failed.holdoff.failure.kind, kind);
        assert.equal(await scenario.sends(), 1, kind);
      }
    });

    test("a body that breaks off is a failed attempt", async () => {
      const { scenario, client } = await started([reset("mid_body"), { truncate: 20 }, ok()]);
      sdk.is(await sdk.create(client));
      assert.equal(await scenario.sends(), 3);
    });

    test("a time-out of the SDK's is sent again, each attempt with its own", async () => {
      const { scenario, client } = await started([hang(), hang(), ok()], {}, { timeout: 100 });
      sdk.is(await sdk.create(client));
      assert.equal(await scenario.sends(), 3);
    });

    test("time-outs to the end carry the story", async () => {
      const { client } = await started([{ ...hang(), times: 9 }], { maxAttempts: 2 }, { timeout: 60 });
      const failed = await caught(sdk.create(client));
      assert.ok(failed instanceof sdk.errors.APIConnectionTimeoutError);
      assert.deepEqual([failed.holdoff.attempts, failed.holdoff.failure.kind], [2, "timeout"]);
    });

    test("an attempt that hangs in its body ends at the attempt's time-out", async () => {
      const { scenario, client } = await started([hang("mid_body"), ok()], { attemptTimeout: 150 });
      sdk.is(await sdk.create(client));
      assert.equal(await scenario.sends(), 2);
    });

    test("a hung server ends the call at the deadline, as the SDK's time-out", async () => {
      world.restore();
      const { client } = await started([{ ...hang(), times: 9 }], { maxElapsed: 200 });
      const failed = await caught(sdk.create(client));
      assert.ok(failed instanceof sdk.errors.APIConnectionTimeoutError);
      assert.equal(failed.holdoff.reason, "deadline_exceeded");
    });

    test("an abort in flight and in a wait is the SDK's own", async () => {
      const stop = new AbortController();
      const { scenario, client } = await started([hang(), ok()]);
      const pending = caught(sdk.create(client, { signal: stop.signal }));
      await scenario.waitFor((log) => log.length === 1);
      stop.abort();
      const failed = await pending;
      assert.ok(failed instanceof sdk.errors.APIUserAbortError);
      assert.equal(failed.holdoff.reason, "cancelled");

      world.restore();
      const other = new AbortController();
      const waiting = await started([error(529), ok()], { initialDelay: 60_000, jitter: "none", onEvent: () => setTimeout(() => other.abort(), 0) });
      const late = await caught(sdk.create(waiting.client, { signal: other.signal }));
      assert.ok(late instanceof sdk.errors.APIUserAbortError);
      assert.equal(late.holdoff.reason, "cancelled");
      assert.equal(await waiting.scenario.sends(), 1);
    });

    test("withResponse and asResponse are those of the last attempt", async () => {
      const { client } = await started([error(529), ok(), error(529), ok()]);
      const { data, response } = await sdk.create(client).withResponse();
      sdk.is(data);
      assert.equal(response.status, 200);
      assert.ok(response.url.startsWith(server.url));
      assert.equal((await sdk.create(client).asResponse()).status, 200);
    });

    test("a stream is sent again until it begins, and then left alone", async () => {
      const { scenario, client } = await started([error(529), ok()]);
      const events = [];
      for await (const event of await sdk.create(client, undefined, { stream: true })) events.push(event);
      assert.ok(events.length > 2);
      assert.equal(await scenario.sends(), 2);
    });

    test("a 200 over a failure is a failed attempt", async () => {
      const lie = { body: { error: { type: "overloaded_error", message: "Overloaded" } }, headers: { "request-id": null } };
      const { scenario, client } = await started([lie, ok()]);
      sdk.is(await sdk.create(client));
      assert.equal(await scenario.sends(), 2);
    });

    test("the client given stays as it is, and a copy keeps the policy", async () => {
      const scenario = await server.scenario([error(529), ok()]);
      const given = sdk.client(scenario.baseURL, { maxRetries: 0 });
      const client = wrap(given, { maxAttempts: 2 });
      assert.ok(client instanceof given.constructor && client !== given);
      assert.equal((await caught(sdk.create(given))).holdoff, undefined);
      const other = await server.scenario([error(529), ok()]);
      sdk.is(await sdk.create(client.withOptions({ baseURL: other.baseURL, maxRetries: 7 })));
      const third = await server.scenario([error(529, "overloaded_error", { times: 9 })]);
      await caught(sdk.create(client.withOptions({ baseURL: third.baseURL, maxRetries: 7 }), { maxRetries: 7 }));
      assert.equal(await third.sends(), 2);
    });

    test("wrapping again changes the policy and does not nest", async () => {
      const { scenario, client } = await started([error(529, "overloaded_error", { times: 9 })], { maxAttempts: 4 });
      assert.equal(wrap(client), client);
      await caught(sdk.create(wrap(client, { maxAttempts: 2 })));
      assert.equal(await scenario.sends(), 2);
    });

    test("retry around a wrapped client does not multiply", async () => {
      const { scenario, client } = await started([error(529, "overloaded_error", { times: 99 })], { maxAttempts: 2 });
      await caught(retry(() => sdk.create(client), { maxAttempts: 5 }));
      assert.equal(await scenario.sends(), 2);
    });

    test("callWithRetry takes the guide's names", async () => {
      const scenario = await server.scenario([error(529), error(503, "api_error"), ok()]);
      const params = sdk === ANTHROPIC ? PARAMS : { model: "m", messages: PARAMS.messages };
      sdk.is(await callWithRetry(sdk.client(scenario.baseURL), params, { maxRetries: 3, baseDelay: 10, maxDelay: 20 }));
      assert.ok(world.waits.every((wait) => wait <= 20));
    });

    test("retryingFetch under the SDK: its loop on or off, the sends are the policy's", async () => {
      for (const maxRetries of [0, 2]) {
        const scenario = await server.scenario([error(529, "overloaded_error", { times: 2 }), ok()]);
        sdk.is(await sdk.create(sdk.client(scenario.baseURL, { fetch: retryingFetch(), maxRetries })));
        const down = await server.scenario([error(529, "overloaded_error", { times: 99 })]);
        const failed = await caught(sdk.create(sdk.client(down.baseURL, { fetch: retryingFetch({ maxAttempts: 2 }), maxRetries })));
        assert.equal(failed.status, 529);
        assert.equal(await down.sends(), 2);
        const gone = await server.scenario([{ ...reset(), times: 99 }]);
        await caught(sdk.create(sdk.client(gone.baseURL, { fetch: retryingFetch({ maxAttempts: 2 }), maxRetries })));
        assert.equal(await gone.sends(), 2);
      }
    });

    test("keys are in no story", async () => {
      const { client } = await started([error(401, "authentication_error")]);
      const failed = await caught(sdk.create(client));
      assert.ok(!`${JSON.stringify(failed.holdoff)}${failed.holdoff.explain()}`.includes(KEY));
    });
  });
}

describe("what one SDK has alone", () => {
  let world;
  beforeEach(() => {
    world = testing();
  });
  afterEach(() => world.restore());

  test("middleware runs once an attempt, and RetryableError asks for another", async () => {
    const scenario = await server.scenario([error(529), ok()]);
    let runs = 0;
    const middleware = [async (request, next) => {
      runs += 1;
      if (runs === 2) throw new RetryableError("not yet");
      return next(request);
    }];
    const client = wrap(new Anthropic({ apiKey: KEY, baseURL: scenario.baseURL, middleware }));
    ANTHROPIC.is(await ANTHROPIC.create(client));
    assert.equal(runs, 3);
    assert.equal(await scenario.sends(), 2);
  });

  test("a token of the SDK's cache is refreshed once after a 401, without a wait", async () => {
    const scenario = await server.scenario([error(401, "authentication_error"), ok()]);
    let tokens = 0;
    const credentials = async () => ({ token: `token-${++tokens}`, expiresAt: null });
    const client = wrap(new Anthropic({ baseURL: scenario.baseURL, apiKey: null, credentials }));
    ANTHROPIC.is(await ANTHROPIC.create(client));
    assert.deepEqual(world.waits, []);
    assert.equal(tokens, 2);
  });

  test("a batch that may have been created is not created again", async () => {
    const scenario = await server.scenario([reset("after_headers"), ok()]);
    const client = wrap(ANTHROPIC.client(scenario.baseURL));
    const failed = await caught(client.messages.batches.create({ requests: [] }));
    assert.equal(failed.holdoff.reason, "maybe_processed");
    assert.equal(await scenario.sends(), 1);
  });

  test("messages.stream works through the seat", async () => {
    const scenario = await server.scenario([error(529), ok()]);
    const client = wrap(ANTHROPIC.client(scenario.baseURL));
    const message = await client.messages.stream(PARAMS).finalMessage();
    assert.equal(message.type, "message");
    assert.equal(await scenario.sends(), 2);
  });

  test("Azure's client is wrapped too", async () => {
    const scenario = await server.scenario([error(529), ok()]);
    const client = wrap(new AzureOpenAI({ apiKey: KEY, baseURL: scenario.baseURL, apiVersion: "2024-10-21" }));
    OPENAI.is(await OPENAI.create(client));
    assert.equal(await scenario.sends(), 2);
  });

  test("a client of another shape retries in its fetch, and wrapping it twice does not multiply", async () => {
    class Thin {
      constructor(options) {
        this.options = options;
        this.fetch = options.fetch ?? globalThis.fetch;
        this.messages = {
          create: async (params) => {
            const response = await this.fetch(`${options.baseURL}/v1/messages`, { method: "POST", body: JSON.stringify(params) });
            if (!response.ok) throw Object.assign(new Error(`${response.status}`), { response });
            return response.json();
          },
        };
      }
      withOptions(changes) {
        return new Thin({ ...this.options, ...changes });
      }
    }
    const good = await server.scenario([error(529), reset(), ok()]);
    const client = wrap(new Thin({ baseURL: good.baseURL, maxRetries: 2 }));
    assert.ok(client instanceof Thin);
    assert.equal(client.options.maxRetries, 0);
    ANTHROPIC.is(await client.messages.create(PARAMS));
    assert.equal(await good.sends(), 3);
    const bad = await server.scenario([], error(529));
    const failed = await caught(wrap(wrap(new Thin({ baseURL: bad.baseURL }), { maxAttempts: 3 }), { maxAttempts: 3 }).messages.create(PARAMS));
    assert.deepEqual([failed.response.status, failed.response.holdoff.attempts, await bad.sends()], [529, 3, 3]);
  });

  test("other things are refused, with what to use instead", () => {
    assert.throws(() => wrap({}), /must be a client of @anthropic-ai\/sdk or openai.*retryingFetch/);
    assert.throws(() => wrap(Anthropic), /the class Anthropic/);
  });

  test("failed answers are read and closed: connections are used again", async () => {
    const scenario = await server.scenario([error(529, "overloaded_error", { times: 4 }), ok()]);
    ANTHROPIC.is(await ANTHROPIC.create(wrap(ANTHROPIC.client(scenario.baseURL))));
    const sockets = new Set((await scenario.log()).map((entry) => entry.connection));
    assert.ok(sockets.size <= 2, `${sockets.size} connections for 5 sends`);
  });
});

describe("wrap checks requests", () => {
  const WRONG = { ...PARAMS, messages: [{ role: "user", content: "" }] };
  let lines, warn;
  beforeEach(() => {
    lines = [];
    warn = console.warn;
    console.warn = (line) => lines.push(line);
  });
  afterEach(() => {
    console.warn = warn;
  });
  const started = async (options, steps = [ok({ times: 3 })], make = ANTHROPIC.client) => {
    const scenario = await server.scenario(steps);
    return { scenario, client: wrap(make(scenario.baseURL), options) };
  };

  test("each cause is logged once, and the request is sent", async () => {
    const { scenario, client } = await started();
    for (let call = 0; call < 3; call += 1) await client.messages.create(WRONG);
    assert.equal(await scenario.sends(), 3);
    assert.equal(lines.length, 1);
    assert.match(lines[0], /^holdoff: error\[empty-message-content\]: messages\.0\.content: .+ \(fix: .+; logged once\)$/);
  });

  test("nothing is sent that is certain to be refused", async () => {
    const { scenario, client } = await started({ validate: "error" });
    const failed = await caught(client.messages.create(WRONG));
    assert.ok(failed instanceof InvalidRequest && failed instanceof Error);
    assert.match(failed.message, /^not sent: the request would be refused\nerror\[empty-message-content\]/);
    assert.deepEqual(failed.report.errors.map(({ path }) => path), ["messages.0.content"]);
    assert.equal(await scenario.sends(), 0);
    assert.equal((await client.messages.create(PARAMS)).type, "message");
  });

  test("off does not look", async () => {
    const { client } = await started({ validate: "off" });
    await client.messages.create({ ...WRONG, temperature: 7 });
    assert.deepEqual(lines, []);
  });

  test("a copy keeps the mode, and a second wrap may change it", async () => {
    const { scenario, client } = await started({ validate: "error", maxAttempts: 2 });
    await assert.rejects(client.withOptions({ timeout: 5_000 }).messages.create(WRONG), InvalidRequest);
    assert.equal(wrap(client), client);
    await assert.rejects(wrap(client, { maxAttempts: 3 }).messages.create(WRONG), InvalidRequest);
    await wrap(client, { validate: "off" }).messages.create(WRONG);
    assert.equal(await scenario.sends(), 1);
  });

  test("token counts have no max_tokens, and batches are checked item by item", async () => {
    const { client } = await started({ validate: "error" });
    await client.messages.countTokens({ model: PARAMS.model, messages: PARAMS.messages });
    const failed = await caught(client.messages.batches.create({ requests: [{ custom_id: "a b", params: WRONG }] }));
    const causes = failed.report.errors.map(({ cause }) => cause);
    assert.ok(causes.includes("batch-custom-id-invalid") && causes.includes("empty-message-content"), String(causes));
    await client.messages.batches.list().catch(() => undefined);
  });

  test("target, version and betas are the client's and the call's own", async () => {
    const params = { ...PARAMS, mcp_servers: [{ type: "url", name: "one", url: "https://example.com/mcp" }], tools: [{ type: "mcp_toolset", mcp_server_name: "one" }] };
    const beta = "mcp-client-2025-11-20";
    const { client } = await started();
    await client.messages.create(params, { headers: { "Anthropic-Beta": beta } });
    const own = await started({}, [ok()], (url) => ANTHROPIC.client(url, { defaultHeaders: { "anthropic-beta": `x-1, ${beta}` } }));
    await own.client.messages.create(params);
    assert.deepEqual(lines.filter((line) => line.includes("mcp_servers")), []);
    await client.messages.create(params);
    assert.deepEqual(lines.filter((line) => line.includes("mcp_servers")).length, 1);
    // The first party takes neighbours of one role; a gateway may not.
    const twice = { ...PARAMS, messages: [...PARAMS.messages, ...PARAMS.messages] };
    const fetch = async () => Response.json({ type: "message", content: [] });
    const strict = (baseURL) => wrap(ANTHROPIC.client(baseURL, { fetch }), { validate: "error" });
    assert.equal((await strict("https://api.anthropic.com").messages.create(twice)).type, "message");
    await assert.rejects(strict("https://gateway.example").messages.create(twice), InvalidRequest);
  });

  test("a client of openai is checked by its own shape", async () => {
    const { client } = await started({ validate: "error" }, [ok()], OPENAI.client);
    const failed = await caught(client.chat.completions.create({ model: "claude-haiku-4-5", messages: [] }));
    assert.equal(failed.report.errors[0].path, "messages");
  });

  test("a mode that does not exist is named", () => {
    assert.throws(() => wrap(ANTHROPIC.client("http://localhost"), { validate: true }), { name: "RangeError", message: '`validate` must be "warn", "error" or "off": got true' });
  });
});
