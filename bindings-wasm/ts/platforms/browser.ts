// Browsers and everything else: the bytes are in the code, so no bundler needs a plug-in and nobody waits for them.
import bytes from "../../generated/bytes.js";
import { laterChecker } from "../checkers/later.js";
import { Core, Guard } from "../driver.js";
import { texts } from "../texts-inline.js";
import { unpack } from "../unpack.js";
import { wasmEngine } from "../wasm.js";

export { checker } from "../checkers/browser.js";
export const core: Core = /* @__PURE__ */ new Core(() => wasmEngine(unpack(bytes)), "wasm", texts);
// `wrap` loads what it checks requests with when it first sends one; who imports `validate` has it in the code.
export const guard: Guard = /* @__PURE__ */ new Guard(laterChecker);
