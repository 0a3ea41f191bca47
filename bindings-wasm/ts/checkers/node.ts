import { Checker } from "../driver.js";
import { readFile } from "../file.js";
import { texts } from "../texts-file.js";
import { wasmValidator } from "../wasm-validator.js";

export const checker: Checker = /* @__PURE__ */ new Checker(() => wasmValidator(readFile(new URL("./validate.wasm", import.meta.url))), texts);
