import { createRequire } from "node:module";
import type { Engine, Validator } from "@holdoff/wasm/driver";
import type * as Native from "./generated.js";

/** In the way that tools which trace files for a deployment see through. */
export const require = createRequire(import.meta.url);

/** Linux has two C libraries, and an addon for one does not load with the other. */
function libc(): string {
  if (process.platform !== "linux") return "";
  const { header } = process.report.getReport() as unknown as { header: { glibcVersionRuntime?: string } };
  return header.glibcVersionRuntime === undefined ? "-musl" : "-gnu";
}

/** The platform as the addon packages name it, such as `linux-x64-gnu`. */
export function platform(): string {
  return `${process.platform}-${process.arch}${libc()}`;
}

/** Units of a text that cross together. */
const PIECE = 65_536;

/** What the addon exports, as the driver takes it: texts and bytes have functions of their own there. */
function joined(native: typeof Native): Engine & Validator {
  const { hold, repair, repairHeld, validate, validateHeld } = native;
  /** Hands over a text, no piece of which ends within a pair of surrogates. */
  const held = (text: string): void => {
    let at = 0;
    do {
      let end = Math.min(at + PIECE, text.length);
      if (end < text.length && (text.charCodeAt(end - 1) & 0xfc00) === 0xd800) end += 1;
      hold(text.slice(at, end), at === 0);
      at = end;
    } while (at < text.length);
  };
  return {
    ...native,
    validate(request, against) {
      if (typeof request !== "string") return validate(request, against);
      held(request);
      return validateHeld(against);
    },
    repair(request, against) {
      if (typeof request !== "string") return repair(request, against);
      held(request);
      return repairHeld(against);
    },
  };
}

/** The native engine for this platform; undefined where there is none. Nothing is ever downloaded. */
export function addon(): (Engine & Validator) | undefined {
  const system = `${process.platform}-${process.arch}`;
  // One that is for the other C library does not load. To ask which one it is takes longer than everything else here.
  for (const name of process.platform === "linux" ? [`${system}-gnu`, `${system}-musl`] : [system]) {
    // The platform's own package; in a working copy, beside this file.
    for (const place of [`@holdoff/${name}`, `./holdoff.${name}.node`]) {
      try {
        return joined(require(place) as typeof Native);
      } catch {
        // Not installed, or built for another system.
      }
    }
  }
  return undefined;
}
