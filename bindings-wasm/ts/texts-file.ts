import type { Texts } from "./engine.js";
import { readFile } from "./file.js";
import { textsOf } from "./texts.js";

/** The words of each cause, from the file beside the entry: in the code they would be read at each import. */
export function texts(): Texts {
  return textsOf(new TextDecoder().decode(readFile(new URL("./texts.txt", import.meta.url))));
}
