import { createRequire } from "node:module";
import type { Engine } from "@holdoff/wasm/driver";
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

/** The native engine for this platform; undefined where there is none. Nothing is ever downloaded. */
export function addon(): Engine | undefined {
  // Beside this file in a working copy; else the platform's own package.
  const name = platform();
  for (const place of [`./holdoff.${name}.node`, `@holdoff/${name}`]) {
    try {
      return (require(place) as typeof Native) satisfies Engine;
    } catch {
      // Not installed, or built for another system.
    }
  }
  return undefined;
}
