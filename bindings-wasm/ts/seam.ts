/** The wasm engine itself, for tests and benchmarks of this repository: not an entry of the package. */
export { wasmEngine } from "./wasm.js";
