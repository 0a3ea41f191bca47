// Builds the package `holdoff`: the native engine from Rust, its types from the signatures, the entries from TypeScript.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const dist = join(here, "dist");
const signatures = join(target, "napi-types");

const LIBRARY = { linux: "libholdoff_node.so", darwin: "libholdoff_node.dylib", win32: "holdoff_node.dll" }[process.platform];

function run(command, args, env = {}) {
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"], cwd: root, env: { ...process.env, ...env } });
}

/** The macros write a line of JSON for each export when the crate is compiled, so it must be, where there is none yet. */
function engine() {
  mkdirSync(signatures, { recursive: true });
  if (readdirSync(signatures).length === 0) utimesSync(join(here, "src", "lib.rs"), new Date(), new Date());
  run("cargo", ["build", "--release", "--locked", "--quiet", "-p", "holdoff-node"], { NAPI_TYPE_DEF_TMP_FOLDER: signatures });
  const lines = readdirSync(signatures).flatMap((file) => readFileSync(join(signatures, file), "utf8").trim().split("\n"));
  const types = new Map(lines.map((line) => JSON.parse(line)).map(({ name, def }) => [name, `export ${def};`]));
  writeFileSync(join(here, "ts", "generated.d.ts"), `// Generated from the signatures in src/lib.rs.\n${[...types.values()].join("\n")}\n`);
}

async function driver() {
  rmSync(dist, { recursive: true, force: true });
  run(join(root, "node_modules", ".bin", "tsc"), ["-p", join(here, "tsconfig.json")]);
  const entryPoints = ["native", "universal", "schedule", "testing", "addon"].map((name) => join(here, "ts", `${name}.ts`));
  await build({ entryPoints, outdir: dist, bundle: true, packages: "external", external: ["node:*"], format: "esm", target: "es2022", logLevel: "warning" });
}

async function addon() {
  const { platform } = await import(join(dist, "addon.js"));
  const built = join(target, "release", LIBRARY);
  if (existsSync(built)) cpSync(built, join(dist, `holdoff.${platform()}.node`));
}

// Both licences belong into the package; the files are the repository's.
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(join(root, name), join(here, name));
if (!process.argv.includes("--driver")) engine();
await driver();
await addon();
