// `node replay.mjs COUNT`: made-up calls and every answer of the wasm engine, a line of JSON each, for other languages to
// play again.
import { wasm } from "./engines.mjs";
import { fingerprint } from "./generated.mjs";

let lines = [];
fingerprint(await wasm(), Number(process.argv[2]), 2, (call) => {
  if (lines.push(JSON.stringify(call)) === 1_000) {
    process.stdout.write(`${lines.join("\n")}\n`);
    lines = [];
  }
});
process.stdout.write(`${lines.join("\n")}\n`);
