import * as glue from "../generated/holdoff_wasm.js";
import type { Engine } from "./engine.js";

/** The wasm engine, from its bytes or its compiled module. */
export function wasmEngine(source: BufferSource | WebAssembly.Module): Engine {
  glue.initSync({ module: source });
  // In an object of its own: bundled, a namespace is one whose every member is asked for by a getter.
  return { ...glue } satisfies Engine;
}
