import { Checker } from "../driver.js";
import { unpack } from "../unpack.js";
import { texts } from "../texts-inline.js";
import { wasmValidator } from "../wasm-validator.js";

/** The checker, its bytes from a file of their own where they are not in the code already. */
export async function laterChecker(): Promise<Checker> {
  if (Checker.first !== undefined) return Checker.first;
  const { default: bytes } = await import("./checks.js");
  return new Checker(() => wasmValidator(unpack(bytes)), texts);
}
