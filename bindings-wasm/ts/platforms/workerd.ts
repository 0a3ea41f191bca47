// Workers: the platform compiles the module ahead of time, since compiling at run time is not allowed there.
import module from "./holdoff.wasm?module";
import { checker } from "../checkers/workerd.js";
import { Core, Guard } from "../driver.js";
import { texts } from "../texts-inline.js";
import { wasmEngine } from "../wasm.js";

export { checker };
export const core: Core = /* @__PURE__ */ new Core(() => wasmEngine(module), "wasm", texts);
export const guard: Guard = /* @__PURE__ */ new Guard(checker);
