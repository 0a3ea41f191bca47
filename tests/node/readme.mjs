// Type-checks the TypeScript in the READMEs, as a user would have it in a project of their own.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../..", import.meta.url));
const folder = join(root, "tests/node/types/readme");

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const file of ["README.md", "bindings-wasm/README.md", "bindings-node/README.md"]) {
  const blocks = readFileSync(join(root, file), "utf8").matchAll(/^```ts\n([\s\S]*?)^```/gm);
  let number = 0;
  for (const [, block] of blocks) {
    number += 1;
    writeFileSync(join(folder, `${file.replace(/\W/g, "-")}-${number}.ts`), `${block}\nexport {};\n`);
  }
}
try {
  execFileSync(join(root, "node_modules/.bin/tsc"), ["-p", join(root, "tests/node/types/tsconfig.json")], { stdio: "inherit" });
} finally {
  rmSync(folder, { recursive: true, force: true });
}
