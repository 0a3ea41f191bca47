import type { Texts } from "./engine.js";

/** The words of each cause, from lines of name, meaning and fix. One text, since it is read faster than an object. */
export function textsOf(lines: string): Texts {
  return Object.fromEntries(
    lines.split("\n").map((line) => {
      const [cause = "", meaning = "", fix = ""] = line.split("\t");
      return [cause, [meaning, fix] as const];
    }),
  );
}
