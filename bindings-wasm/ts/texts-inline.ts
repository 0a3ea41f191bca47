import lines from "../generated/texts.txt";
import type { Texts } from "./engine.js";
import { textsOf } from "./texts.js";

/** The words of each cause, which are in the code. */
export function texts(): Texts {
  return textsOf(lines);
}
