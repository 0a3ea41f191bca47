import bytes from "../../generated/validate.js";
import { Checker } from "../driver.js";
import { unpack } from "../unpack.js";
import { texts } from "../texts-inline.js";
import { wasmValidator } from "../wasm-validator.js";

export const checker: Checker = /* @__PURE__ */ new Checker(() => wasmValidator(unpack(bytes)), texts);
