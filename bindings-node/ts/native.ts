// Node: the native engine under the driver. Where no addon fits this platform, the wasm engine: the same decisions.
import {
  type CallWithRetry,
  type CheckKey,
  type Diagnose,
  type Engine,
  type Holdoff,
  type Policy as PolicyInstance,
  type PolicyConstructor,
  type RepairRequest,
  type Retry,
  type RetryingFetch,
  VERSION,
  type ValidateRequest,
  type Validator,
  type Wrap,
  createHoldoff,
} from "@holdoff/wasm/driver";
import { addon, platform, require } from "./addon.js";

function chosen(): (Engine & Validator) | undefined {
  const asked = process.env["HOLDOFF_BACKEND"];
  if (asked !== undefined && asked !== "" && asked !== "native" && asked !== "wasm") {
    throw new Error(`HOLDOFF_BACKEND must be native or wasm: got ${JSON.stringify(asked)}`);
  }
  const found = asked === "wasm" ? undefined : addon();
  if (asked === "native" && found === undefined) {
    throw new Error(`HOLDOFF_BACKEND asks for the native engine, and none is installed for ${platform()}: install @holdoff/${platform()}`);
  }
  return found;
}

const engine = chosen();
// The other engine is loaded where it is needed: its import takes as long as all the rest.
const holdoff =
  engine === undefined
    ? (require("@holdoff/wasm") as Holdoff)
    : createHoldoff(() => engine, () => engine, "native", VERSION);

/** Which engine runs: `"native"`, or `"wasm"` where no addon fits or `HOLDOFF_BACKEND=wasm` asks for it. */
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
/** {@inheritDoc Holdoff.validate} */
export const validate: ValidateRequest = holdoff.validate;
/** {@inheritDoc Holdoff.repair} */
export const repair: RepairRequest = holdoff.repair;
/** {@inheritDoc Holdoff.checkKey} */
export const checkKey: CheckKey = holdoff.checkKey;
export { Failure, Finding, InvalidRequest, Repair, Report, Story, storyOf } from "@holdoff/wasm/driver";
export type * from "@holdoff/wasm";
