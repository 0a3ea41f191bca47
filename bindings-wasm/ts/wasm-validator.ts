import type { Validator } from "./engine.js";

/** What the module exports: lengths in, the length of the answer out, -1 for none. `validate/src/lib.rs` is the other side. */
interface Exports {
  memory: WebAssembly.Memory;
  room(bytes: number): number;
  validate(request: number, against: number): number;
  repair(request: number, against: number): number;
  check_key(key: number, baseUrl: number, header: number): number;
  target(baseUrl: number): number;
  endpoint(path: number): number;
}

const NONE = -1;
const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** The wasm engine's checks, from the bytes of their module or the compiled one. */
export function wasmValidator(source: BufferSource | WebAssembly.Module): Validator {
  const module = source instanceof WebAssembly.Module ? source : new WebAssembly.Module(source);
  let instance: Exports | undefined;

  /** Puts the parts into the buffer, one after another, and says how long they are. */
  const given = (wasm: Exports, first: string | Uint8Array, others: readonly (string | undefined)[]): number[] => {
    const parts = others.map((part) => (part === undefined ? undefined : encoder.encode(part)));
    const rest = parts.reduce((size, part) => size + (part?.length ?? 0), 0);
    // Most texts are ASCII: the first guess is enough for them.
    let at = wasm.room(first.length + rest);
    let length = 0;
    if (typeof first !== "string") {
      bytes(wasm, at, first.length).set(first);
      length = first.length;
    } else {
      const { read, written } = encoder.encodeInto(first, bytes(wasm, at, first.length));
      length = written;
      if (read < first.length) {
        const left = first.slice(read);
        at = wasm.room(length + 3 * left.length + rest);
        length += encoder.encodeInto(left, bytes(wasm, at + length, 3 * left.length)).written;
      }
    }
    let end = at + length;
    for (const part of parts) {
      if (part === undefined) continue;
      bytes(wasm, end, part.length).set(part);
      end += part.length;
    }
    return [length, ...parts.map((part) => part?.length ?? NONE)];
  };

  const answered = (
    name: "validate" | "repair" | "check_key" | "target" | "endpoint",
    first: string | Uint8Array,
    ...others: readonly (string | undefined)[]
  ): string | undefined => {
    instance ??= new WebAssembly.Instance(module).exports as unknown as Exports;
    const wasm = instance;
    try {
      const run = wasm[name] as (...lengths: number[]) => number;
      const length = run(...given(wasm, first, others));
      return length === NONE ? undefined : decoder.decode(bytes(wasm, wasm.room(length), length));
    } catch (error) {
      // Out of memory, which an instance does not recover from: the next check has a new one.
      instance = undefined;
      throw error;
    }
  };

  return {
    validate: (request, against) => answered("validate", request, against),
    repair: (request, against) => answered("repair", request, against) ?? "",
    checkKey: (key, baseUrl, header) => answered("check_key", key, baseUrl, header),
    target: (baseUrl) => answered("target", baseUrl) ?? "",
    endpoint: (path) => answered("endpoint", path),
  };
}

function bytes(wasm: Exports, at: number, length: number): Uint8Array {
  return new Uint8Array(wasm.memory.buffer, at >>> 0, length);
}
