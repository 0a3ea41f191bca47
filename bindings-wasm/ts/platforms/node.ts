// Node and Bun: bytes and words lie beside this file and are read when they are first needed. Bundlers and Deno take the platform
// of browsers, whose bytes are in the code: a bundle has no file beside it, and Deno asks before it reads one.
import { checker } from "../checkers/node.js";
import { Core, Guard } from "../driver.js";
import { readFile } from "../file.js";
import { texts } from "../texts-file.js";
import { wasmEngine } from "../wasm.js";

export { checker };
export const core: Core = /* @__PURE__ */ new Core(() => wasmEngine(readFile(new URL("./holdoff.wasm", import.meta.url))), "wasm", texts);
export const guard: Guard = /* @__PURE__ */ new Guard(checker);
