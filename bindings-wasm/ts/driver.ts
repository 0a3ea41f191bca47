/** The driver without an engine: what the package `holdoff` puts its native engine under. */
export type { Engine, Texts } from "./engine.js";
export { createHoldoff } from "./holdoff.js";
export type { Policy } from "./policy.js";
export * from "./public.js";
export { VERSION } from "./version.js";
