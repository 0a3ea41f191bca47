/**
 * The driver without an engine: one file of the package, which all entries but `schedule` import. So there is one clock and
 * one `Story`, whichever of them a program has loaded, and little to find and read before the first decision.
 */
export { type Clock, clock, setClock } from "./clock.js";
export { makeDiagnose } from "./diagnose.js";
export { Checker, Core, type Engine, type Texts, type Validator } from "./engine.js";
export { makeRetryingFetch } from "./fetch.js";
export { Guard, InvalidRequest } from "./guard.js";
export { makeCallWithRetry } from "./guide.js";
export { createHoldoff } from "./holdoff.js";
export { type Policy, policyClass } from "./policy.js";
export { makeLookup, makeTable } from "./reference.js";
export { Repair, makeRepair } from "./repair.js";
export { Finding, Report, makeCheckKey, makeValidate } from "./request.js";
export { makeRetry } from "./retry.js";
export { makeWrap } from "./sdk.js";
export { Reader } from "./settings.js";
export * from "./public.js";
export { VERSION } from "./version.js";
