import module from "./validate.wasm?module";
import { Checker } from "../driver.js";
import { texts } from "../texts-inline.js";
import { wasmValidator } from "../wasm-validator.js";

export const checker: Checker = /* @__PURE__ */ new Checker(() => wasmValidator(module), texts);
