/** The driver without an engine: what the package `holdoff` puts its native engine under. */
export type { Engine, Texts, Validator } from "./engine.js";
export { InvalidRequest } from "./guard.js";
export { createHoldoff } from "./holdoff.js";
export type { Policy } from "./policy.js";
export { Repair } from "./repair.js";
export { Finding, Report } from "./request.js";
export * from "./public.js";
export { VERSION } from "./version.js";
