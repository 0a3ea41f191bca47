import { createRequire } from "node:module";
import type { Engine, Validator } from "@holdoff/wasm/driver";
import type * as Native from "./generated.js";

const require = createRequire(import.meta.url);

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

/** What the addon exports, as the driver takes it: texts and bytes are functions of their own there. */
function joined(native: typeof Native): Engine & Validator {
  const { repair, repairText, validate, validateText } = native;
  return {
    ...native,
    validate: (request, against) => (typeof request === "string" ? validateText(request, against) : validate(request, against)),
    repair: (request, against) => (typeof request === "string" ? repairText(request, against) : repair(request, against)),
  };
}

/** The native engine for this platform; undefined where there is none. Nothing is ever downloaded. */
export function addon(): (Engine & Validator) | undefined {
  // Beside this file in a working copy; else the platform's own package.
  const name = platform();
  for (const place of [`./holdoff.${name}.node`, `@holdoff/${name}`]) {
    try {
      return joined(require(place) as typeof Native);
    } catch {
      // Not installed, or built for another system.
    }
  }
  return undefined;
}
