// For those who host the bytes themselves (`@holdoff/wasm/holdoff.wasm`): nothing works before `init`.
// It checks no requests: that module is larger than all the rest.
import {
  type CallWithRetry,
  Core,
  type Diagnose,
  type Engine,
  type Holdoff,
  type Policy as PolicyInstance,
  type PolicyConstructor,
  Reader,
  type Retry,
  type RetryingFetch,
  VERSION,
  type Wrap,
  makeCallWithRetry,
  makeDiagnose,
  makeLookup,
  makeRetry,
  makeRetryingFetch,
  makeTable,
  makeWrap,
  policyClass,
} from "../driver.js";
import { wasmEngine } from "../wasm.js";

let engine: Engine | undefined;

const core = /* @__PURE__ */ new Core(() => {
  if (engine === undefined) throw new Error("holdoff has no engine yet: `await init(source)` first");
  return engine;
}, "wasm");
/** How a call is retried. A policy that exists is valid; it does not change. */
export const Policy: PolicyConstructor = /* @__PURE__ */ policyClass(core);
export type Policy = PolicyInstance;
const reader = /* @__PURE__ */ new Reader(core, Policy);

/** Where `init` finds the module. */
export type ModuleSource = string | URL | Request | Response | BufferSource | WebAssembly.Module;

/**
 * Loads the engine. The second time it does nothing.
 *
 * Without the words of each cause: `explain()` says what the kind of failure says.
 *
 * @param source - the module, its bytes, a response with them, or where to fetch them from
 * @throws what fetching or compiling throws.
 */
export async function init(source: ModuleSource | PromiseLike<ModuleSource>): Promise<void> {
  let given = await source;
  if (engine !== undefined) return;
  if (typeof given === "string" || given instanceof URL || given instanceof Request) given = await fetch(given);
  const module = given instanceof Response ? await compiled(given) : given;
  engine ??= wasmEngine(module);
}

async function compiled(response: Response): Promise<WebAssembly.Module> {
  if (!response.ok) throw new Error(`the module could not be fetched: ${response.status} from ${response.url}`);
  // Streaming needs the right content type, which not every host gives.
  const streams = response.headers.get("content-type")?.startsWith("application/wasm") === true;
  return streams ? WebAssembly.compileStreaming(response) : WebAssembly.compile(await response.arrayBuffer());
}

/** Which engine runs: here always `"wasm"`. */
export const backend: "native" | "wasm" = "wasm";
/** The version of the engine and the driver. */
export const version: string = VERSION;
/** {@inheritDoc Holdoff.retry} */
export const retry: Retry = /* @__PURE__ */ makeRetry(reader);
/** `wrap` without checks: requests are sent as they are. {@inheritDoc Holdoff.wrap} */
export const wrap: Wrap = /* @__PURE__ */ makeWrap(reader);
/** {@inheritDoc Holdoff.callWithRetry} */
export const callWithRetry: CallWithRetry = /* @__PURE__ */ makeCallWithRetry(wrap);
/** {@inheritDoc Holdoff.retryingFetch} */
export const retryingFetch: RetryingFetch = /* @__PURE__ */ makeRetryingFetch(reader);
/** {@inheritDoc Holdoff.diagnose} */
export const diagnose: Diagnose = /* @__PURE__ */ makeDiagnose(core);
/** {@inheritDoc Holdoff.lookup} */
export const lookup: Holdoff["lookup"] = /* @__PURE__ */ makeLookup(core);
/** {@inheritDoc Holdoff.table} */
export const table: Holdoff["table"] = /* @__PURE__ */ makeTable(core);
export { Failure, Story, storyOf } from "../driver.js";
export type * from "../public.js";
