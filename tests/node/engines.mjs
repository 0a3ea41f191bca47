// The engines that the suites run on: wasm always, native where it has been built.
import { readFileSync } from "node:fs";

const dist = new URL("../../bindings-wasm/dist/", import.meta.url);

/** The seams of the wasm engine, as the package's Node entry loads them. */
export async function wasm() {
  const { wasmEngine } = await import(new URL("seam.js", dist).href);
  return wasmEngine(readFileSync(new URL("holdoff.wasm", dist)));
}

/** The seam of the native engine; undefined where it has not been built. */
export async function native() {
  try {
    return (await import("../../bindings-node/dist/addon.js")).addon();
  } catch {
    return undefined;
  }
}

/** Every engine there is, by name, with what checks before sending and the words that it does not have. */
export async function engines() {
  const { texts, wasmValidator } = await import(new URL("seam.js", dist).href);
  const validator = wasmValidator(readFileSync(new URL("validate.wasm", dist)));
  const found = [{ name: "wasm", engine: await wasm(), validator, texts }];
  const addon = await native();
  if (addon !== undefined) found.push({ name: "native", engine: addon, validator: addon, texts: undefined });
  return found;
}
