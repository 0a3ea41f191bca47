import * as glue from "../generated/holdoff_wasm.js";
import words from "../generated/texts.js";
import type { Engine, Texts } from "./engine.js";

/** The wasm engine, from its bytes or its compiled module. */
export function wasmEngine(source: BufferSource | WebAssembly.Module): Engine {
  glue.initSync({ module: source });
  // In an object of its own: bundled, a namespace is one whose every member is asked for by a getter.
  return { ...glue } satisfies Engine;
}

/** The words of each cause: a line each, name, meaning and fix. */
export function texts(): Texts {
  return Object.fromEntries(
    words.split("\n").map((line) => {
      const [cause = "", meaning = "", fix = ""] = line.split("\t");
      return [cause, [meaning, fix] as const];
    }),
  );
}
