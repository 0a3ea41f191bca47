import { readFileSync } from "node:fs";
import { Checker } from "../engine.js";
import { texts } from "../wasm.js";
import { wasmValidator } from "../wasm-validator.js";

export const checker: Checker = /* @__PURE__ */ new Checker(() => wasmValidator(readFileSync(new URL("./validate.wasm", import.meta.url))), texts);
