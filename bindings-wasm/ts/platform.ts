/** The platform that an entry is for: `build.mjs` puts each of `platforms/` in the place of this one. */
export * from "./platforms/browser.js";
