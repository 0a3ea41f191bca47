// Everything, on the wasm engine: the entry of each platform in `../platforms`.
// Each export is made by itself, so that bundlers leave out what is not imported: above all what checks requests.
import {
  type CallWithRetry,
  type CheckKey,
  type Diagnose,
  type Holdoff,
  type Policy as PolicyInstance,
  type PolicyConstructor,
  Reader,
  type RepairRequest,
  type Retry,
  type RetryingFetch,
  VERSION,
  type ValidateRequest,
  type Wrap,
  makeCallWithRetry,
  makeCheckKey,
  makeDiagnose,
  makeLookup,
  makeRepair,
  makeRetry,
  makeRetryingFetch,
  makeTable,
  makeValidate,
  makeWrap,
  policyClass,
} from "../driver.js";
import { checker, core, guard } from "../platform.js";

/** How a call is retried. A policy that exists is valid; it does not change. */
export const Policy: PolicyConstructor = /* @__PURE__ */ policyClass(core);
export type Policy = PolicyInstance;
const reader = /* @__PURE__ */ new Reader(core, Policy);

/** Which engine runs: here always `"wasm"`. */
export const backend: "native" | "wasm" = "wasm";
/** The version of the engine and the driver. */
export const version: string = VERSION;
/** {@inheritDoc Holdoff.retry} */
export const retry: Retry = /* @__PURE__ */ makeRetry(reader);
/** {@inheritDoc Holdoff.wrap} */
export const wrap: Wrap = /* @__PURE__ */ makeWrap(reader, guard);
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
/** {@inheritDoc Holdoff.validate} */
export const validate: ValidateRequest = /* @__PURE__ */ makeValidate(checker);
/** {@inheritDoc Holdoff.repair} */
export const repair: RepairRequest = /* @__PURE__ */ makeRepair(checker);
/** {@inheritDoc Holdoff.checkKey} */
export const checkKey: CheckKey = /* @__PURE__ */ makeCheckKey(checker);
export { Failure, Finding, InvalidRequest, Repair, Report, Story, storyOf } from "../driver.js";
export type * from "../public.js";
