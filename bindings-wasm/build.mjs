// Builds @holdoff/wasm: the engine from Rust, the driver from TypeScript. `--driver` leaves the engine as it is.
import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const target = process.env.CARGO_TARGET_DIR ?? join(root, "target");
const generated = join(here, "generated");
const dist = join(here, "dist");
const bin = (name) => join(root, "node_modules", ".bin", name);

function run(command, args, options = {}) {
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"], cwd: root, ...options });
}

// What every runtime in use has, since 2022 at the latest.
const FEATURES = ["bulk-memory", "nontrapping-float-to-int", "sign-ext", "mutable-globals", "reference-types", "multivalue"];

function optimized(from, to, ...more) {
  run(bin("wasm-opt"), ["-Oz", "--converge", ...more, ...FEATURES.map((name) => `--enable-${name}`), "--strip-debug", "--strip-producers", from, "-o", to]);
}

/**
 * The bytes as text. In base64 a byte has four shapes, and compression finds nothing twice; here the commonest bytes are
 * one character and the others two, so that the text, compressed, is as small as the bytes. ASCII, since pages differ in
 * their encoding; no quote, backslash, backtick, dollar or angle bracket, since pages and bundlers have their ways with them.
 * `ts/unpack.ts` reads it.
 */
function packed(name, wasm) {
  const bytes = readFileSync(wasm);
  const counts = new Array(256).fill(0);
  for (const byte of bytes) counts[byte] += 1;
  const order = [...counts.keys()].sort((a, b) => counts[b] - counts[a] || a - b);
  const letters = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).filter((letter) => !'"\\$`<'.includes(letter));
  const single = letters.length - 2;
  const shapes = [];
  order.forEach((byte, place) => {
    const rest = place - single;
    shapes[byte] = rest < 0 ? letters[place + 2] : letters[Math.floor(rest / letters.length)] + letters[rest % letters.length];
  });
  const hex = order.map((byte) => byte.toString(16).padStart(2, "0")).join("");
  const text = Array.from(bytes, (byte) => shapes[byte]).join("");
  writeFileSync(join(generated, `${name}.ts`), `// The bytes of ${name}, packed by build.mjs.\nexport default "${hex}${text}";\n`);
}

/** The modules, and the glue of the first. The packages are built by themselves, so that no other crate's features reach them. */
function engine() {
  mkdirSync(generated, { recursive: true });
  const wasm = join(target, "wasm32-unknown-unknown", "wasm");
  for (const crate of ["holdoff-wasm", "holdoff-wasm-schedule", "holdoff-wasm-validate"]) {
    run("cargo", ["build", "--profile", "wasm", "--locked", "--quiet", "--target", "wasm32-unknown-unknown", "-p", crate]);
  }
  const tool = join(here, "bindgen", "Cargo.toml");
  run("cargo", ["run", "--quiet", "--locked", "--manifest-path", tool, "--target-dir", join(target, "bindgen"), "--", join(wasm, "holdoff_wasm.wasm"), generated]);
  const words = ["run", "--locked", "--quiet", "-p", "holdoff-seam", "--features", "texts", "--example", "texts"];
  writeFileSync(join(generated, "texts.txt"), execFileSync("cargo", words, { cwd: root, stdio: ["ignore", "pipe", "inherit"] }));
  optimized(join(generated, "holdoff_wasm_bg.wasm"), join(generated, "holdoff.wasm"));
  optimized(join(wasm, "holdoff_wasm_schedule.wasm"), join(generated, "schedule.wasm"));
  // In the order of their names, rules that are alike stand together: a hundredth less when compressed. The engine's are not.
  optimized(join(wasm, "holdoff_wasm_validate.wasm"), join(generated, "validate.wasm"), "--reorder-functions-by-name");
  packed("bytes", join(generated, "holdoff.wasm"));
  packed("schedule", join(generated, "schedule.wasm"));
  packed("validate", join(generated, "validate.wasm"));
}

/** What the entries take from the driver stays there: each of them is its own code and an import of `driver.js`. */
const apart = {
  name: "driver",
  setup({ onResolve }) {
    onResolve({ filter: /\/driver\.js$/ }, () => ({ path: "./driver.js", external: true }));
  },
};

/** The platform of an entry, in the place of the one that stands for all. */
const platform = (name) => ({
  name: "platform",
  setup({ onResolve }) {
    onResolve({ filter: /\/platform\.js$/ }, () => ({ path: join(here, "ts", "platforms", `${name}.ts`) }));
  },
});

async function driver() {
  rmSync(dist, { recursive: true, force: true });
  run(bin("tsc"), ["-p", join(here, "tsconfig.json")]);
  const source = (...path) => join(here, "ts", ...path);
  const shared = { bundle: true, format: "esm", target: "es2022", outdir: dist, logLevel: "warning", metafile: true };
  const whole = await build({ ...shared, entryPoints: [source("driver.ts")] });
  const external = ["node:*", "*.wasm?module", "./checks.js"];
  const entries = [
    await build({
      ...shared,
      entryPoints: {
        slim: source("entries", "slim.ts"),
        schedule: source("entries", "schedule.ts"),
        testing: source("testing.ts"),
        seam: source("seam.ts"),
      },
      external,
      plugins: [apart],
    }),
  ];
  for (const name of ["node", "workerd", "browser"]) {
    entries.push(await build({ ...shared, entryPoints: { [name]: source("entries", "whole.ts") }, external, plugins: [apart, platform(name)] }));
  }
  const twice = entries.flatMap(({ metafile }) => Object.keys(metafile.inputs)).filter((file) => file in whole.metafile.inputs);
  if (twice.length > 0) throw new Error(`an entry has a copy of what driver.js has: ${twice.join(", ")}`);
  await build({ ...shared, entryPoints: { checks: join(generated, "validate.ts") } });
  for (const file of ["holdoff.wasm", "validate.wasm", "texts.txt"]) cpSync(join(generated, file), join(dist, file));
}

// Both licences belong into the package; the files are the repository's.
for (const name of ["LICENSE-MIT", "LICENSE-APACHE"]) cpSync(join(root, name), join(here, name));
if (!process.argv.includes("--driver")) engine();
await driver();
