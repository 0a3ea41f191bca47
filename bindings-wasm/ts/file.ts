/** The bytes of a file. `node:fs` is taken when it is needed: its import loads promises and streams as well. */
export function readFile(url: URL): Uint8Array<ArrayBuffer> {
  return process.getBuiltinModule("node:fs").readFileSync(url);
}
