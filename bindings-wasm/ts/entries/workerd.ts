// Workers: the platform compiles the module ahead of time, since compiling at run time is not allowed there.
import module from "./holdoff.wasm?module";
import { createHoldoff } from "../holdoff.js";
import type { Policy as PolicyInstance } from "../policy.js";
import type { CallWithRetry, Diagnose, Holdoff, PolicyConstructor, Retry, RetryingFetch, Wrap } from "../public.js";
import { VERSION } from "../version.js";
import { texts, wasmEngine } from "../wasm.js";

const holdoff = createHoldoff(() => wasmEngine(module), "wasm", VERSION, texts);

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
