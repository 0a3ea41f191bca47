// What the driver does, over any engine: no real waiting, no sockets.
import assert from "node:assert/strict";
import { AsyncLocalStorage } from "node:async_hooks";
import { afterEach, beforeEach, describe, mock, test } from "node:test";
import { createHoldoff, Failure, Story, storyOf } from "../../bindings-wasm/dist/driver.js";
import { testing } from "../../bindings-wasm/dist/testing.js";

/** An error of an SDK's shape. */
export function refused(status, headers = {}, error = undefined) {
  return Object.assign(new Error(`${status}`), { status, headers: new Headers(headers), error });
}

const overloaded = () => refused(529, {}, { type: "error", error: { type: "overloaded_error", message: "Overloaded" } });

/** A function that throws these, one after another, and then returns `"ok"`; it keeps what it was told. */
function failing(...errors) {
  const calls = [];
  const fn = (attempt) => {
    calls.push(attempt);
    const error = errors.shift();
    if (error !== undefined) throw error;
    return "ok";
  };
  return Object.assign(fn, { calls });
}

async function caught(promise) {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new assert.AssertionError({ message: "it should have failed" });
}

export function runDriverSuite(name, engine) {
  const { Policy, retry, retryingFetch, diagnose, lookup, table } = createHoldoff(() => engine, () => undefined, name, "0");
  let world;

  describe(`driver on ${name}`, () => {
    beforeEach(() => {
      world = testing();
    });
    afterEach(() => world.restore());

    describe("retry", () => {
      test("a success is handed on, and nothing waited for", async () => {
        assert.equal(await retry(() => 7), 7);
        assert.deepEqual(world.waits, []);
      });

      test("transient failures are sent again until it succeeds", async () => {
        const fn = failing(overloaded(), Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(), { code: "ECONNRESET" }) }));
        assert.equal(await retry(fn, { jitter: "none" }), "ok");
        assert.deepEqual(world.waits, [1_000, 2_000]);
        assert.deepEqual(fn.calls.map(({ attempt }) => attempt), [1, 2, 3]);
      });

      test("an error of the caller's own is thrown at once, itself", async () => {
        const bug = new TypeError("x is not a function");
        const error = await caught(retry(failing(bug)));
        assert.equal(error, bug);
        assert.equal(error.holdoff.reason, "not_retryable");
        assert.equal(error.holdoff.attempts, 1);
      });

      test("words of a foreign error are not believed", async () => {
        const error = await caught(retry(failing(new Error("connection refused by the mocked service"))));
        assert.equal(error.holdoff.failure.kind, "unknown");
      });

      test("what browsers say of a lost network is believed", async () => {
        for (const words of ["Failed to fetch", "NetworkError when attempting to fetch resource.", "Load failed"]) {
          assert.equal(await retry(failing(new TypeError(words))), "ok", words);
        }
      });

      test("the hint of the server is a floor", async () => {
        await retry(failing(refused(429, { "retry-after": "3" })));
        assert.ok(world.waits[0] >= 3_000);
      });

      test("a hint that is too long stops, and says when", async () => {
        const error = await caught(retry(failing(refused(429, { "retry-after": "86400" }))));
        assert.equal(error.holdoff.reason, "retry_after_too_long");
        assert.equal(error.holdoff.retryAt, world.wall() + 86_400_000);
      });

      test("attempts run out", async () => {
        const error = await caught(retry(() => { throw overloaded(); }, { maxAttempts: 3, jitter: "none" }));
        const story = error.holdoff;
        assert.ok(story instanceof Story);
        assert.equal(storyOf(error), story);
        assert.deepEqual([story.attempts, story.waits, story.elapsed, story.reason], [3, [1_000, 2_000], 3_000, "attempts_exhausted"]);
        assert.equal(story.failures.length, 3);
        assert.match(story.explain(), /attempt 3: overloaded/);
        assert.doesNotMatch(story.explain(), /lasting/);
        const long = await caught(retry(() => { throw overloaded(); }, { maxAttempts: 9 }));
        assert.match(long.holdoff.explain(), /lasting: this has lasted too long/);
        assert.match(String(story), /^stopped after 3 attempts in 3\.0 s, .*\(attempts_exhausted\); last failure: overloaded/);
        assert.equal(JSON.parse(JSON.stringify(error.holdoff)).failures[0].kind, "overloaded");
      });

      test("failures that repeat keep what is their own", async () => {
        const nth = (id, more = {}) =>
          refused(529, { date: `Tue, 24 Nov 2026 03:00:0${id} GMT`, "request-id": `req_${id}`, ...more }, {
            type: "error",
            error: { type: "overloaded_error", message: "Overloaded" },
            request_id: `req_${id}`,
          });
        const error = await caught(retry(failing(nth(1), nth(2), nth(3), nth(4), nth(5), nth(6)), { jitter: "none" }));
        const { failures, reason } = error.holdoff;
        assert.equal(reason, "attempts_exhausted");
        assert.deepEqual(failures.map(({ requestId }) => requestId), [1, 2, 3, 4, 5, 6].map((id) => `req_${id}`));
        assert.ok(failures.every(({ kind }) => kind === "overloaded"));
        assert.deepEqual(world.waits, [1_000, 2_000, 4_000, 8_000, 16_000]);
        // What is not like them is read anew, and they are as before.
        const forbidden = await caught(retry(failing(nth(1), nth(2, { "x-should-retry": "false" }))));
        assert.equal(forbidden.holdoff.reason, "server_said_no");
        world.waits.length = 0;
        const fn = failing(nth(1), nth(2, { "retry-after": "30" }), nth(3), nth(4, { "retry-after": "40" }), nth(5));
        assert.equal(await retry(fn, { jitter: "none" }), "ok");
        assert.deepEqual(world.waits, [1_000, 30_000, 4_000, 40_000, 16_000]);
      });

      test("what repeats is told apart by its status and its words", async () => {
        const of = (status, message) => refused(status, {}, { type: "error", error: { type: "rate_limit_error", message } });
        const slow = () => of(429, "Slow down");
        const ends = async (last) => {
          const error = await caught(retry(failing(slow(), slow(), slow(), last)));
          return [error.holdoff.attempts, error.holdoff.reason, error.holdoff.failure.kind];
        };
        assert.deepEqual(await ends(of(429, "Your credit balance is too low to access the Anthropic API.")), [4, "not_retryable", "billing"]);
        assert.deepEqual(await ends(refused(401, {}, { type: "error", error: { type: "authentication_error", message: "Slow down" } })), [4, "not_retryable", "authentication"]);
      });

      test("frozen errors and thrown texts pass as they are", async () => {
        assert.ok(Object.isFrozen(await caught(retry(failing(Object.freeze(new Error("x")))))));
        assert.equal(await caught(retry(failing("no"))), "no");
      });

      test("the deadline ends the call before a wait that would pass it", async () => {
        const error = await caught(retry(() => { throw overloaded(); }, { maxElapsed: 2_500, jitter: "none" }));
        assert.equal(error.holdoff.reason, "deadline_exceeded");
        assert.deepEqual(world.waits, [1_000]);
      });

      test("two loops do not multiply", async () => {
        let sends = 0;
        const inner = () => retry(() => { sends += 1; throw overloaded(); }, { maxAttempts: 2 });
        const error = await caught(retry(inner, { maxAttempts: 5 }));
        assert.equal(sends, 2);
        assert.equal(error.holdoff.attempts, 2);
      });

      test("an error that is thrown once more carries an old story", async () => {
        const error = overloaded();
        await caught(retry(() => { throw error; }, { maxAttempts: 2 }));
        world.advance(1);
        await caught(retry(() => { throw error; }, { maxAttempts: 4 }));
        assert.equal(error.holdoff.attempts, 4);
      });

      test("seeded policies number their calls from 0, and repeat", async () => {
        world.restore();
        mock.timers.enable({ apis: ["setTimeout"] });
        const waits = async () => {
          const seen = [];
          const policy = new Policy({ seed: 7 });
          for (let call = 0; call < 3; call += 1) {
            const stop = new AbortController();
            const onEvent = (event) => { if (event.type === "wait") { seen.push(event.delay); stop.abort(); } };
            await caught(retry(failing(overloaded()), { policy, onEvent, signal: stop.signal }));
          }
          return seen;
        };
        const first = await waits();
        mock.timers.reset();
        assert.deepEqual(await waits(), first);
        assert.equal(new Set(first).size, 3);
      });

      test("each call follows what it was given, not what the last one was", async () => {
        const fields = { jitter: "none", maxAttempts: 2 };
        const policies = [new Policy(fields), new Policy({ jitter: "none", maxAttempts: 3 }), fields, undefined, null];
        const sends = async (options) => {
          const fn = failing(...Array.from({ length: 9 }, overloaded));
          const error = await caught(retry(fn, options));
          return error instanceof TypeError ? "refused" : fn.calls.length;
        };
        const seen = [];
        for (const options of [0, 0, 1, 0, 3, 3, 4, 2].map((which) => policies[which])) seen.push(await sends(options));
        fields.maxAttempts = 4;
        seen.push(await sends(fields));
        assert.deepEqual(seen, [2, 2, 3, 2, 6, 6, "refused", 2, 4]);
      });

      test("the stack of an error says who called, in the first attempt and later", async () => {
        for (const [failures, real] of [[0, false], [1, false], [1, true]]) {
          if (real) world.restore();
          const errors = Array.from({ length: failures }, overloaded);
          const fn = async () => {
            await null;
            throw errors.pop() ?? new Error("mine");
          };
          const caller = async () => await retry(fn, { initialDelay: 1 });
          assert.match((await caught(caller())).stack, /at async caller/);
        }
      });

      test("an attempt may be a thenable, in the first place and later", async () => {
        const thenables = [(_, no) => no(overloaded()), (_, no) => no(overloaded()), (yes) => yes("ok")];
        assert.equal(await retry(() => ({ then: thenables.shift() })), "ok");
        assert.equal(world.waits.length, 2);
      });

      test("what is thrown at the end is no rejection that nobody handles", async () => {
        const unhandled = mock.fn();
        process.on("unhandledRejection", unhandled);
        for (const options of [{}, { signal: new AbortController().signal }, { attemptTimeout: 1_000 }]) {
          const errors = [overloaded(), overloaded(), refused(401)];
          assert.equal((await caught(retry(async () => { throw errors.shift(); }, options))).status, 401);
        }
        await new Promise((resolve) => setImmediate(resolve));
        process.off("unhandledRejection", unhandled);
        assert.equal(unhandled.mock.callCount(), 0);
      });

      test("attempts and hooks run in the context of the call", async () => {
        const context = new AsyncLocalStorage();
        const seen = [];
        const see = (what) => seen.push(`${what} ${context.getStore()}`);
        const stop = new AbortController();
        const errors = [overloaded(), overloaded()];
        const fn = async () => { see("sent"); if (errors.length > 0) throw errors.shift(); };
        for (const replaced of [true, false]) {
          if (!replaced) world.restore();
          errors.push(overloaded(), overloaded());
          await context.run("caller", () => retry(fn, { initialDelay: 1, jitter: "none" }));
        }
        assert.deepEqual(new Set(seen), new Set(["sent caller"]));
        const pending = context.run("caller", () => retry(failing(overloaded()), { initialDelay: 60_000, jitter: "none", signal: stop.signal, onEvent: ({ type }) => see(type) }));
        await new Promise((resolve) => setTimeout(resolve, 1));
        context.run("stopper", () => stop.abort());
        await caught(pending);
        assert.deepEqual(seen.slice(-2), ["wait caller", "stop caller"]);
      });

      test("options that cannot be meant are refused by name", async () => {
        assert.match((await caught(retry(() => 1, { maxRetry: 3 }))).message, /`maxRetry`/);
        assert.match((await caught(retry(() => 1, { maxAttempts: 0 }))).message, /`maxAttempts` must be at least 1/);
        assert.match((await caught(retry(() => 1, { maxDelay: 10 }))).message, /`maxDelay` must be at least initialDelay/);
        assert.match((await caught(retry(7))).message, /takes a function/);
        assert.match((await caught(retry(() => 1, { onEvent: 7 }))).message, /`onEvent` must be a function/);
        assert.match((await caught(retry(() => 1, { signal: {} }))).message, /`signal` must be an AbortSignal/);
      });
    });

    describe("hooks", () => {
      test("events tell every wait, and the end", async () => {
        const events = [];
        const onEvent = (event) => events.push(event);
        await retry(failing(overloaded()), { onEvent, jitter: "none" });
        await caught(retry(failing(refused(401)), { onEvent }));
        assert.deepEqual(events.map(({ type, attempt }) => [type, attempt]), [["wait", 1], ["success", 2], ["stop", 1]]);
        assert.deepEqual([events[0].delay, events[0].source, events[0].failure.kind], [1_000, "backoff", "overloaded"]);
        assert.equal(events[2].reason, "not_retryable");
        await retry(() => 1, { onEvent });
        assert.equal(events.length, 3, "a call that succeeds at once has no event");
      });

      test("classify overrules", async () => {
        assert.equal(await retry(failing(new Error("mine")), { classify: () => true }), "ok");
        assert.equal(await retry(failing(new Error("mine")), { classify: (failure, error) => (error.message === "mine" ? 250 : false) }), "ok");
        assert.ok(world.waits[1] >= 250);
        const error = await caught(retry(failing(overloaded()), { classify: () => false }));
        assert.equal(error.holdoff.reason, "not_retryable");
      });

      test("hooks that throw do not replace the answer", async () => {
        const report = mock.method(console, "error", () => {});
        const broken = () => { throw new Error("hook"); };
        assert.equal(await retry(failing(overloaded(), overloaded()), { onEvent: broken, classify: broken }), "ok");
        assert.equal(report.mock.callCount(), 2, "once for each hook");
        report.mock.restore();
      });
    });

    describe("signals and limits", () => {
      test("an aborted signal sends nothing", async () => {
        const fn = failing();
        const error = await caught(retry(fn, { signal: AbortSignal.abort(new Error("enough")) }));
        assert.equal(error.message, "enough");
        assert.equal(fn.calls.length, 0);
      });

      test("an abort ends a wait at once", async () => {
        world.restore();
        const stop = new AbortController();
        const error = await caught(retry(failing(overloaded()), { signal: stop.signal, initialDelay: 60_000, jitter: "none", onEvent: () => setTimeout(() => stop.abort(), 0) }));
        assert.equal(error.name, "AbortError");
        assert.equal(error.holdoff.reason, "cancelled");
        assert.ok(error.holdoff.waits[0] < 30_000);
      });

      test("an abort ends an attempt that does not heed it", async () => {
        world.restore();
        const stop = new AbortController();
        const pending = retry(() => new Promise(() => {}), { signal: stop.signal });
        stop.abort();
        const error = await caught(pending);
        assert.equal(error.holdoff.reason, "cancelled");
      });

      test("an attempt that hangs ends at its time-out and is sent again", async () => {
        world.restore();
        let sends = 0;
        const signals = [];
        const fn = ({ signal }) => { signals.push(signal); return ++sends === 1 ? new Promise(() => {}) : "ok"; };
        assert.equal(await retry(fn, { attemptTimeout: 20, initialDelay: 0 }), "ok");
        assert.ok(signals[0].aborted && !signals[1].aborted);
      });

      test("a hung attempt ends at the deadline", async () => {
        world.restore();
        const error = await caught(retry(() => new Promise(() => {}), { maxElapsed: 30 }));
        assert.equal(error.name, "TimeoutError");
        assert.equal(error.holdoff.reason, "deadline_exceeded");
      });

      test("waits longer than a timer can count are cut into several", async () => {
        world.restore();
        mock.timers.enable({ apis: ["setTimeout", "Date"] });
        const stop = new AbortController();
        const forty = 40 * 86_400_000;
        let done = false;
        const pending = caught(retry(failing(refused(429, { "retry-after": String(forty / 1_000) })), { maxRetryAfter: null, signal: stop.signal, jitter: "none" })).then((error) => { done = true; return error; });
        for (let turn = 0; turn < 20; turn += 1) await null;
        mock.timers.tick(2 ** 31 - 1);
        for (let turn = 0; turn < 20; turn += 1) await null;
        assert.equal(done, false);
        stop.abort();
        assert.equal((await pending).holdoff.reason, "cancelled");
        mock.timers.reset();
      });

      test("a timer that fires early is waited out, but not by a clock that stands still", async () => {
        world.restore();
        const later = globalThis.setTimeout;
        const asked = [];
        const early = mock.method(globalThis, "setTimeout", (fire, ms) => (asked.push(ms) === 1 ? queueMicrotask(fire) : later(fire, ms)));
        const began = performance.now();
        assert.equal(await retry(failing(overloaded()), { initialDelay: 2, jitter: "none" }), "ok");
        early.mock.restore();
        assert.ok(performance.now() - began >= 2);
        assert.ok(asked.length > 1, "the rest of the wait has timers of its own");
        const still = mock.method(performance, "now", () => 7);
        assert.equal(await retry(failing(overloaded()), { initialDelay: 1, jitter: "none" }), "ok");
        still.mock.restore();
      });

      test("fake timers move the waits", async () => {
        world.restore();
        mock.timers.enable({ apis: ["setTimeout", "Date"] });
        const pending = retry(failing(overloaded(), overloaded()), { initialDelay: 60_000, maxDelay: 600_000, jitter: "none" });
        for (let round = 0; round < 2; round += 1) {
          for (let turn = 0; turn < 20; turn += 1) await null;
          mock.timers.tick(120_000);
        }
        assert.equal(await pending, "ok");
        mock.timers.reset();
      });
    });

    describe("retryingFetch", () => {
      const answers = (...list) => {
        const sent = [];
        const inner = async (input, init) => {
          sent.push([input, init]);
          const next = list.shift();
          if (next instanceof Error) throw next;
          return next ?? Response.json({ id: "msg", content: [] });
        };
        return Object.assign(inner, { sent });
      };

      test("failed answers are sent again, and the last is handed back whole, with its story", async () => {
        const body = { type: "error", error: { type: "overloaded_error", message: "Overloaded" } };
        const inner = answers(...Array.from({ length: 3 }, () => Response.json(body, { status: 529, headers: { "request-id": "req_1" } })));
        const response = await retryingFetch({ fetch: inner, maxAttempts: 3 })("https://api.anthropic.com/v1/messages", { method: "POST", body: "{}" });
        assert.equal(response.status, 529);
        assert.deepEqual(await response.json(), body);
        assert.equal(response.headers.get("x-should-retry"), "false");
        assert.equal(response.headers.get("x-holdoff"), "attempts=3;reason=attempts_exhausted");
        assert.equal(response.holdoff.failure.requestId, "req_1");
        assert.equal(inner.sent.length, 3);
      });

      test("bodies that can be read once are sent once", async () => {
        const inner = answers(new Response("", { status: 529 }));
        const body = new ReadableStream({ start(controller) { controller.close(); } });
        const response = await retryingFetch({ fetch: inner })("https://x.test/", { method: "POST", body, duplex: "half" });
        assert.equal(response.status, 529);
        assert.equal(inner.sent.length, 1);
      });

      test("requests are copied for each attempt", async () => {
        const bodies = [];
        const inner = async (request) => {
          bodies.push(await request.text());
          return bodies.length < 3 ? new Response("", { status: 503 }) : new Response("fine");
        };
        const response = await retryingFetch({ fetch: inner })(new Request("https://x.test/", { method: "POST", body: "hello" }), { });
        assert.equal(await response.text(), "fine");
        assert.deepEqual(bodies, ["hello", "hello", "hello"]);
      });

      test("what may have been done is not done again", async () => {
        const lost = Object.assign(new TypeError("terminated"), { cause: Object.assign(new Error("other side closed"), { code: "UND_ERR_SOCKET" }) });
        const error = await caught(retryingFetch({ fetch: answers(lost) })("https://api.anthropic.com/v1/messages/batches", { method: "POST", body: "{}" }));
        assert.equal(error.holdoff.reason, "maybe_processed");
        const tools = JSON.stringify({ mcp_servers: [{ url: "https://x.test" }] });
        const other = await caught(retryingFetch({ fetch: answers(Object.assign(new TypeError("terminated"), { cause: lost.cause })) })("https://api.anthropic.com/v1/messages", { method: "POST", body: tools }));
        assert.equal(other.holdoff.reason, "maybe_processed");
      });

      test("a 200 over a failure is a failure", async () => {
        const lie = () => new Response('{"error":{"type":"overloaded_error","message":"Overloaded"}}', { headers: { "content-type": "application/json", "content-length": "60" } });
        const page = () => new Response("<html>login</html>", { headers: { "content-type": "text/html" } });
        const inner = answers(lie());
        const good = await retryingFetch({ fetch: inner })("https://x.test/v1/messages", { method: "POST", body: "{}" });
        assert.equal(good.status, 200);
        assert.equal(inner.sent.length, 2);
        const login = await retryingFetch({ fetch: answers(page()) })("https://x.test/v1/messages", { method: "POST", body: "{}", headers: { accept: "application/json" } });
        assert.equal(login.holdoff.failure.cause, "login-page-instead-of-answer");
      });

      test("a loop above that comes back for an error gets it again, and nothing is sent", async () => {
        const lost = () => Object.assign(new TypeError("fetch failed"), { cause: Object.assign(new Error(), { code: "ECONNREFUSED" }) });
        const inner = answers(lost(), lost(), lost(), lost());
        const send = retryingFetch({ fetch: inner, maxAttempts: 2 });
        const init = (count) => ({ method: "POST", body: "{}", headers: { "x-stainless-retry-count": String(count) } });
        const first = await caught(send("https://x.test/", init(0)));
        assert.equal(await caught(send("https://x.test/", init(1))), first);
        assert.equal(inner.sent.length, 2);
      });
    });

    describe("diagnose, lookup, table", () => {
      test("an error, a response, a text, and the parts", () => {
        assert.equal(diagnose(overloaded()).kind, "overloaded");
        assert.equal(diagnose("Error: 529 Overloaded").kind, "overloaded");
        assert.equal(diagnose(new Response("", { status: 413 })).kind, "request_too_large");
        const failure = diagnose(undefined, { status: 429, headers: { "Retry-After": "86400" } });
        assert.ok(failure instanceof Failure);
        assert.deepEqual([failure.kind, failure.retryAfter, failure.retryable], ["rate_limit", 86_400_000, false]);
        assert.match(failure.explain(), /retry: {3}not now; in 1 d/);
        const field = diagnose(undefined, { status: 400, body: { error: { type: "invalid_request_error", message: "messages.3.content: Field required" } } });
        assert.deepEqual([field.field, field.pointer], ["messages.3.content", "/messages/3/content"]);
        assert.throws(() => diagnose(), TypeError);
        assert.throws(() => diagnose(undefined, { status: 7 }), RangeError);
      });

      test("errors of many libraries", () => {
        const kind = (error) => diagnose(error).kind;
        assert.equal(kind({ statusCode: 529, responseHeaders: { a: "b" }, responseBody: "{}", name: "AI_APICallError" }), "overloaded");
        assert.equal(kind(Object.assign(new Error("x"), { response: { status: 401, headers: {}, data: {} }, code: "ERR_BAD_REQUEST" })), "authentication");
        assert.equal(kind(Object.assign(new Error("slow down"), { name: "ThrottlingException", $metadata: { httpStatusCode: 429 } })), "rate_limit");
        assert.equal(kind(Object.assign(new Error("x"), { code: "ENOTFOUND" })), "dns");
        assert.equal(kind(new DOMException("stopped", "AbortError")), "cancelled");
        assert.equal(kind(new DOMException("late", "TimeoutError")), "timeout");
        assert.equal(kind(new AggregateError([Object.assign(new Error(), { code: "ECONNREFUSED" })])), "connection");
      });

      test("headers of an error stay where its cause has none", () => {
        const cause = { response: { status: 529 } };
        assert.equal(diagnose(Object.assign(new Error("outer"), { response: { headers: { "retry-after": "7" } }, cause })).retryAfter, 7_000);
      });

      test("hostile errors are evidence too", () => {
        const hostile = new Proxy({}, { get() { throw new Error("no"); }, has() { throw new Error("no"); }, getPrototypeOf() { return null; } });
        assert.equal(diagnose(hostile).kind, "unknown");
        const loop = new Error("x");
        loop.cause = loop;
        assert.equal(diagnose(loop).kind, "unknown");
      });

      test("a diagnosis says nothing of keys", () => {
        const key = "sk-ant-api03-abcdefghijklmnopqrstuvwxyz0123456789";
        const failure = diagnose(refused(401, { "x-api-key": key }, { error: { type: "authentication_error", message: "invalid x-api-key" } }));
        assert.ok(!JSON.stringify(failure).includes(key) && !failure.explain().includes(key));
      });

      test("the reference answers for every column", () => {
        assert.equal(lookup(529)?.retryable, true);
        assert.equal(lookup("overloaded_error")?.column, "error_type");
        assert.equal(lookup({ kind: "dns" })?.column, "kind");
        assert.equal(lookup({ cause: "orphan-tool-use" })?.retryable, false);
        assert.equal(lookup("no-such-thing"), undefined);
        assert.throws(() => lookup({ status: 1, kind: "dns" }), TypeError);
        assert.ok(table().length > 600);
      });
    });

    describe("policies", () => {
      test("a policy does not change", () => {
        const policy = new Policy({ maxAttempts: 4, retryKinds: ["tls", "dns"] });
        assert.throws(() => { "use strict"; policy.maxAttempts = 9; }, TypeError);
        assert.deepEqual(policy.toJSON(), { maxAttempts: 4, retryKinds: ["dns", "tls"] });
        assert.equal(policy.replace({ jitter: "equal" }).maxAttempts, 4);
      });

      test("wrong values are named, with what they need", () => {
        const refuses = (fields, type, words) => assert.throws(() => new Policy(fields), (error) => error instanceof type && words.test(error.message));
        refuses({ maxAttempts: "3" }, TypeError, /`maxAttempts` must be a whole number: got "3"/);
        refuses({ maxAttempts: 1.5 }, RangeError, /`maxAttempts`/);
        refuses({ initialDelay: -1 }, RangeError, /`initialDelay`.*at least 0: got -1/);
        refuses({ multiplier: 0.5 }, RangeError, /`multiplier` must be a finite number of at least 1: got 0\.5/);
        refuses({ jitter: "half" }, TypeError, /`jitter` must be one of full, equal, decorrelated, none: got "half"/);
        refuses({ maxElapsed: 0 }, RangeError, /`maxElapsed`/);
        refuses({ retryKinds: "timeout" }, TypeError, /`retryKinds` must be a list of kinds/);
        refuses({ stopKinds: ["tiemout"] }, TypeError, /`stopKinds` must be one of .*: got "tiemout"/);
        refuses({ seed: 2 ** 53 }, RangeError, /`seed`/);
        refuses({ attemptsByKind: { dns: 0 } }, RangeError, /`attemptsByKind`/);
        refuses({ attempts: 3 }, TypeError, /no field `attempts`/);
      });
    });

    describe("testing", () => {
      test("attempts are capped, and a lower limit kept", async () => {
        world.restore();
        world = testing({ attempts: 2 });
        assert.equal((await caught(retry(() => { throw overloaded(); }))).holdoff.attempts, 2);
        assert.equal((await caught(retry(() => { throw overloaded(); }, { maxAttempts: 1 }))).holdoff.attempts, 1);
        assert.throws(() => testing({ attempts: 0 }), RangeError);
      });

      test("the same seed gives the same waits", async () => {
        const waits = async (seed) => {
          world.restore();
          world = testing({ seed });
          await caught(retry(() => { throw overloaded(); }));
          return world.waits;
        };
        assert.deepEqual(await waits(3), await waits(3));
        assert.notDeepEqual(await waits(3), await waits(4));
      });
    });
  });
}
