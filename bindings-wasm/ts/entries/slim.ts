// For those who host the bytes themselves (`@holdoff/wasm/holdoff.wasm`): nothing works before `init`.
import { createHoldoff } from "../holdoff.js";
import type { Engine } from "../engine.js";
import type { Policy as PolicyInstance } from "../policy.js";
import type { CallWithRetry, Diagnose, Holdoff, PolicyConstructor, Retry, RetryingFetch, Wrap } from "../public.js";
import { VERSION } from "../version.js";
import { wasmEngine } from "../wasm.js";

let engine: Engine | undefined;

const holdoff = createHoldoff(
  () => {
    if (engine === undefined) throw new Error("holdoff has no engine yet: `await init(source)` first");
    return engine;
  },
  "wasm",
  VERSION,
);

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
export const backend: "native" | "wasm" = holdoff.backend;
/** The version of the engine and the driver. */
export const version: string = holdoff.version;
/** How a call is retried. A policy that exists is valid; it does not change. */
export const Policy: PolicyConstructor = holdoff.Policy;
export type Policy = PolicyInstance;
/** {@inheritDoc Holdoff.retry} */
export const retry: Retry = holdoff.retry;
/** {@inheritDoc Holdoff.callWithRetry} */
export const callWithRetry: CallWithRetry = holdoff.callWithRetry;
/** {@inheritDoc Holdoff.wrap} */
export const wrap: Wrap = holdoff.wrap;
/** {@inheritDoc Holdoff.retryingFetch} */
export const retryingFetch: RetryingFetch = holdoff.retryingFetch;
/** {@inheritDoc Holdoff.diagnose} */
export const diagnose: Diagnose = holdoff.diagnose;
/** {@inheritDoc Holdoff.lookup} */
export const lookup: Holdoff["lookup"] = holdoff.lookup;
/** {@inheritDoc Holdoff.table} */
export const table: Holdoff["table"] = holdoff.table;
export * from "../public.js";
