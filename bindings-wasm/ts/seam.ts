/** The wasm engine itself, for tests and benchmarks of this repository: not an entry of the package. */
import { initSync } from "../generated/holdoff_wasm.js";

export { texts } from "./texts-file.js";
export { wasmEngine } from "./wasm.js";
export { wasmValidator } from "./wasm-validator.js";

/** How much memory the engine has taken. */
export function memoryBytes(): number {
  // An engine that is there already is handed back as it is.
  return initSync(undefined as never).memory.buffer.byteLength;
}
