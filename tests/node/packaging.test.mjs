// What a user installs: packed, put into an empty project, and run in each environment.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { after, before, describe, test } from "node:test";
import { fileURLToPath } from "node:url";
import { writePlatform } from "../../bindings-node/npm/platforms.mjs";
import { MISSING, launch, serve } from "./browser.mjs";

const root = fileURLToPath(new URL("../..", import.meta.url));
const bin = (name) => join(root, "node_modules", ".bin", name);
const addons = existsSync(join(root, "bindings-node/dist")) ? readdirSync(join(root, "bindings-node/dist")).filter((file) => file.endsWith(".node")) : [];

// Five lines that need the engine, the driver and the clock.
const LINES = (from) => `
import { backend, diagnose, lookup, retry, validate } from "${from}";
let sends = 0;
const answer = await retry(() => { if (++sends < 3) throw Object.assign(new Error("Overloaded"), { status: 529 }); return sends; }, { initialDelay: 1 });
const found = [backend, answer, diagnose(undefined, { status: 529 }).kind, lookup("orphan-tool-use").retryable, validate("{").errors[0].cause].join(" ");
`;
const SAYS = (backend) => `${backend} 3 overloaded false json-invalid-body`;

let project;
const inProject = (command, args, env = {}) =>
  execFileSync(command, args, { cwd: project, encoding: "utf8", stdio: ["ignore", "pipe", "pipe"], env: { ...process.env, ...env } }).trim();
const write = (name, text) => writeFileSync(join(project, name), text);

function pack(folder, out) {
  const made = execFileSync("npm", ["pack", "--silent", "--pack-destination", out], { cwd: folder, encoding: "utf8" });
  return join(out, made.trim().split("\n").at(-1));
}

before(() => {
  project = mkdtempSync(join(tmpdir(), "holdoff-"));
  const tarballs = [pack(join(root, "bindings-wasm"), project), pack(join(root, "bindings-node"), project)];
  for (const addon of addons) {
    const name = addon.split(".")[1];
    tarballs.push(pack(writePlatform(join(project, "npm"), name, join(root, "bindings-node/dist", addon)), project));
  }
  write("package.json", JSON.stringify({ name: "user", private: true, type: "module" }));
  execFileSync("npm", ["install", "--offline", "--no-audit", "--no-fund", "--silent", ...tarballs], { cwd: project, stdio: "inherit" });
  write("wasm.mjs", `${LINES("@holdoff/wasm")}console.log(found);`);
  write("holdoff.mjs", `${LINES("holdoff")}console.log(found);`);
  write("page.mjs", `${LINES("holdoff")}document.title = found;`);
});
after(() => rmSync(project, { recursive: true, force: true }));

test("every package has both licences", () => {
  const packages = ["holdoff", "@holdoff/wasm", ...addons.map((addon) => `@holdoff/${addon.split(".")[1]}`)];
  for (const name of packages) {
    for (const licence of ["LICENSE-MIT", "LICENSE-APACHE"]) assert.ok(existsSync(join(project, "node_modules", name, licence)), `${name}: ${licence}`);
  }
});

describe("node", () => {
  test("import of @holdoff/wasm", () => assert.equal(inProject(process.execPath, ["wasm.mjs"]), SAYS("wasm")));

  test("import of holdoff: native, and wasm on request and without addons", { skip: addons.length === 0 && "no addon has been built" }, () => {
    assert.equal(inProject(process.execPath, ["holdoff.mjs"]), SAYS("native"));
    assert.equal(inProject(process.execPath, ["holdoff.mjs"], { HOLDOFF_BACKEND: "wasm" }), SAYS("wasm"));
    assert.equal(inProject(process.execPath, ["--no-addons", "holdoff.mjs"]), SAYS("wasm"));
    assert.throws(() => inProject(process.execPath, ["holdoff.mjs"], { HOLDOFF_BACKEND: "nativ" }), /must be native or wasm/);
  });

  test("without an addon for the platform: wasm, and native on request says what is missing", () => {
    for (const addon of addons) {
      const folder = join(project, "node_modules/@holdoff", addon.split(".")[1]);
      const away = `${folder}-away`;
      execFileSync("mv", [folder, away]);
      write("fallback.mjs", `process.on("warning", ({ message }) => console.log(message));
        import { Story } from "@holdoff/wasm"; import { Story as same } from "holdoff"; ${LINES("holdoff")}console.log(found, Story === same);`);
      assert.equal(inProject(process.execPath, ["fallback.mjs"]), `${SAYS("wasm")} true`);
      assert.throws(() => inProject(process.execPath, ["holdoff.mjs"], { HOLDOFF_BACKEND: "native" }), /install @holdoff\//);
      execFileSync("mv", [away, folder]);
    }
  });

  test("require, where Node has it for modules", () => {
    write("user.cjs", 'const h = require("holdoff"), w = require("@holdoff/wasm"); console.log(h.lookup(529).key, w.lookup(529).key, h.Story === w.Story);');
    assert.match(inProject(process.execPath, ["--no-warnings", "user.cjs"]), /^529 529 true$/);
  });

  test("a testing world is the driver's own, under every name", () => {
    write("world.mjs", `import { retry } from "holdoff"; import { testing } from "holdoff/testing"; import { retry as other } from "@holdoff/wasm";
      const world = testing({ attempts: 2 });
      for (const call of [retry, other]) await call(() => { throw Object.assign(new Error(), { status: 529 }); }).catch(() => {});
      console.log(world.waits.length);`);
    assert.equal(inProject(process.execPath, ["world.mjs"]), "2");
  });
});

// The binaries themselves, out of the platform's package: no script of a package has run. Deno without any permission.
const RUNTIMES = {
  deno: { folder: "@deno", file: "deno", run: ["run", "--no-prompt", "--no-remote", "--node-modules-dir=manual"] },
  bun: { folder: "@oven", file: "bin/bun", run: ["run"] },
};

for (const [runtime, { folder, file, run }] of Object.entries(RUNTIMES)) {
  const packages = join(root, "node_modules", folder);
  const found = (existsSync(packages) ? readdirSync(packages) : []).map((name) => join(packages, name, file)).find(starts);
  describe(runtime, { skip: found === undefined && `no ${runtime} has been installed that runs here` }, () => {
    test("import of @holdoff/wasm", () => assert.equal(inProject(found, [...run, "wasm.mjs"]), SAYS("wasm")));

    test("import of holdoff", () => {
      assert.ok([SAYS("native"), SAYS("wasm")].includes(inProject(found, [...run, "holdoff.mjs"])));
      assert.equal(inProject(found, [...run, "holdoff.mjs"], { HOLDOFF_BACKEND: "wasm" }), SAYS("wasm"));
    });
  });
}

function starts(binary) {
  try {
    execFileSync(binary, ["--version"], { stdio: "ignore" });
    return true;
  } catch {
    return false; // for another processor or C library
  }
}

test("the packages hold what they should, and nothing else", () => {
  const files = (name) => readdirSync(join(project, "node_modules", name), { recursive: true }).map(String);
  assert.ok(!files("holdoff").some((file) => file.endsWith(".node")), "the addon has a package of its own");
  assert.ok(files("@holdoff/wasm").includes("README.md") && files("holdoff").includes("README.md"));
  const version = readFileSync(join(root, "Cargo.toml"), "utf8").match(/^version = "(.+)"$/m)[1];
  for (const name of ["holdoff", "@holdoff/wasm"]) {
    assert.equal(JSON.parse(readFileSync(join(project, "node_modules", name, "package.json"), "utf8")).version, version);
  }
  assert.equal(JSON.parse(readFileSync(join(project, "node_modules/holdoff/package.json"), "utf8")).dependencies["@holdoff/wasm"], version);
});

// `wrap` of a bundle, with a client that has the shape of an SDK's: the first request does not wait for the checks, and is
// warned of when they are there.
const LATER = `
import { InvalidRequest, wrap } from "./some/some.js";
let sent = 0, warned = 0, told;
const warning = new Promise((resolve) => (told = resolve));
console.warn = () => told((warned += 1));
class Client {
  baseURL = "https://api.anthropic.com";
  withOptions() { return new Client(); }
  async makeRequest(options) { sent += 1; return { response: new Response("{}"), options }; }
}
const ask = (options) => wrap(new Client(), options).makeRequest({ method: "post", path: "/v1/messages", body: { model: "claude-haiku-4-5", max_tokens: 9, messages: [] } }, null);
await ask();
const said = ["sent " + sent];
await warning;
said.push("refused " + (await ask({ validate: "error" }).catch((error) => error instanceof InvalidRequest && error.name)), "sent " + sent, "warned " + warned);
console.log(said.join(", "));
`;

describe("a bundle holds what is imported, and no more", () => {
  const CHECKS = 300_000; // less than the module that checks requests has
  const size = (names, how) => {
    write("some.mjs", `export { ${names} } from "@holdoff/wasm";`);
    rmSync(join(project, "some"), { recursive: true, force: true });
    how();
    return loaded("some.js");
  };
  /** The characters of a file and of what it imports at once. */
  const loaded = (file, seen = new Set()) => {
    if (seen.has(file)) return 0;
    seen.add(file);
    const code = readFileSync(join(project, "some", file), "utf8");
    const imported = [...code.matchAll(/(?:from|import)\s*"\.\/([\w.-]+\.js)"/g)].map(([, name]) => name);
    return imported.reduce((sum, name) => sum + loaded(name, seen), code.length);
  };
  const bundlers = {
    esbuild: () => inProject(bin("esbuild"), ["some.mjs", "--bundle", "--minify", "--format=esm", "--splitting", "--outdir=some", "--log-level=error"]),
    vite: () => inProject(bin("vite"), ["build", "--config=some.config.mjs", "--logLevel=error"]),
  };
  for (const [name, how] of Object.entries(bundlers)) {
    test(name, () => {
      write("some.config.mjs", 'export default { build: { outDir: "some", lib: { entry: "some.mjs", formats: ["es"], fileName: () => "some.js" } } };');
      const retries = size("retry, retryingFetch, diagnose, lookup, Policy", how);
      assert.ok(size("validate, repair, checkKey", how) > CHECKS);
      assert.ok(size("retry, validate", how) > retries + CHECKS);
      // `wrap` loads the checks when it needs them: a file of their own.
      assert.ok(size("wrap, callWithRetry", how) < retries + CHECKS / 10);
      assert.equal(readdirSync(join(project, "some")).filter((file) => file.endsWith(".js")).length > 1, true);
      size("wrap, InvalidRequest", how);
      write("later.mjs", LATER);
      assert.equal(inProject(process.execPath, ["later.mjs"]), "sent 1, refused InvalidRequest, sent 1, warned 1");
    });
  }
});

describe("bundled, for Node", () => {
  // A bundle is moved away from the packages: nothing lies beside it.
  const alone = (file) => {
    const away = mkdtempSync(join(tmpdir(), "holdoff-bundle-"));
    cpSync(join(project, file), join(away, basename(file)), { recursive: true });
    try {
      return execFileSync(process.execPath, [basename(file)], { cwd: away, encoding: "utf8" }).trim();
    } finally {
      rmSync(away, { recursive: true, force: true });
    }
  };
  // As functions in clouds are: bundled as CommonJS too, so nothing waits at the top.
  before(() => write("main.mjs", `${LINES("holdoff").replace(/^let sends/m, "async function main() { let sends")}console.log(found); }\nmain();`));

  for (const format of ["esm", "cjs"]) {
    test(`esbuild, ${format}`, () => {
      const out = `server.${format === "esm" ? "mjs" : "cjs"}`;
      inProject(bin("esbuild"), ["main.mjs", "--bundle", "--platform=node", `--format=${format}`, `--outfile=bundled/${out}`, "--log-level=error"]);
      assert.equal(alone(`bundled/${out}`), SAYS("wasm"));
    });
  }

  test("webpack", () => {
    write("webpack.node.cjs", 'module.exports = { mode: "production", target: "node", entry: "./main.mjs", output: { path: __dirname + "/bundled", filename: "webpack.cjs" } };');
    inProject(bin("webpack"), ["--config", "webpack.node.cjs"]);
    assert.equal(alone("bundled/webpack.cjs"), SAYS("wasm"));
  });

  test("vite", () => {
    write("vite.node.mjs", 'export default { ssr: { noExternal: true }, build: { ssr: "main.mjs", outDir: "ssr", rollupOptions: { output: { entryFileNames: "main.mjs", inlineDynamicImports: true } } } };');
    inProject(bin("vite"), ["build", "--config=vite.node.mjs", "--logLevel=error"]);
    assert.equal(alone("ssr/main.mjs"), SAYS("wasm"));
  });
});

describe("bundled, in Chromium", { skip: MISSING }, () => {
  let files, browser;
  before(async () => {
    files = await serve(project);
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await files?.close();
  });

  const title = async (folder, script) => {
    mkdirSync(join(project, folder), { recursive: true });
    if (script !== undefined) write(`${folder}/index.html`, `<!doctype html><meta charset="utf-8"><title></title>${script}`);
    const page = await browser.newPage();
    const errors = [];
    page.on("pageerror", (error) => errors.push(String(error)));
    await page.goto(`${files.url}/${folder}/index.html`);
    await page.waitForFunction(() => document.title !== "", undefined, { timeout: 10_000 }).catch(() => undefined);
    assert.deepEqual(errors, []);
    return page.title();
  };

  test("esbuild", async () => {
    inProject(bin("esbuild"), ["page.mjs", "--bundle", "--minify", "--format=esm", "--outfile=esbuild/page.js", "--log-level=error"]);
    assert.equal(await title("esbuild", '<script type="module" src="page.js"></script>'), SAYS("wasm"));
  });

  test("webpack", async () => {
    write("webpack.config.cjs", 'module.exports = { mode: "production", entry: "./page.mjs", output: { path: __dirname + "/webpack", filename: "page.js" }, performance: false };');
    inProject(bin("webpack"), ["--config", "webpack.config.cjs"]);
    assert.equal(await title("webpack", '<script src="page.js"></script>'), SAYS("wasm"));
  });

  test("vite", async () => {
    write("index.html", '<!doctype html><meta charset="utf-8"><title></title><script type="module" src="./page.mjs"></script>');
    inProject(bin("vite"), ["build", "--base=./", "--outDir=vite", "--logLevel=error"]);
    assert.equal(await title("vite"), SAYS("wasm"));
  });

  test("no bundler: an import map", async () => {
    const map = { imports: { "@holdoff/wasm": "/node_modules/@holdoff/wasm/dist/browser.js", holdoff: "/node_modules/holdoff/dist/universal.js" } };
    const script = `<script type="importmap">${JSON.stringify(map)}</script><script type="module" src="/page.mjs"></script>`;
    assert.equal(await title("plain", script), SAYS("wasm"));
  });

  test("a strict content security policy needs 'wasm-unsafe-eval', and no more", async () => {
    const policy = (extra) => `<meta http-equiv="content-security-policy" content="script-src 'self'${extra}">`;
    inProject(bin("esbuild"), ["page.mjs", "--bundle", "--format=esm", "--outfile=csp/page.js", "--log-level=error"]);
    assert.equal(await title("csp", `${policy(" 'wasm-unsafe-eval'")}<script type="module" src="page.js"></script>`), SAYS("wasm"));
  });
});

describe("workers", () => {
  test("workerd, through miniflare", async (context) => {
    let Miniflare;
    try {
      ({ Miniflare } = await import("miniflare"));
    } catch (error) {
      return context.skip(`miniflare does not load here: ${error.message}`);
    }
    write("worker-source.mjs", `${LINES("holdoff").replace(/const answer[\s\S]*$/, "")}
      export default { async fetch() {
        const answer = await retry(() => { if (++sends < 3) throw Object.assign(new Error("Overloaded"), { status: 529 }); return sends; }, { initialDelay: 1 });
        return new Response([backend, answer, diagnose(undefined, { status: 529 }).kind, lookup("orphan-tool-use").retryable, validate("{").errors[0].cause].join(" "));
      } };`);
    inProject(bin("esbuild"), ["worker-source.mjs", "--bundle", "--format=esm", "--conditions=workerd", "--outdir=worker", "--external:*.wasm?module", "--log-level=error"]);
    const code = readFileSync(join(project, "worker/worker-source.js"), "utf8");
    const wasm = (name) => readFileSync(join(project, "node_modules/@holdoff/wasm/dist", name));
    const worker = new Miniflare({
      modules: [
        { type: "ESModule", path: "worker.mjs", contents: code },
        { type: "CompiledWasm", path: "holdoff.wasm?module", contents: wasm("holdoff.wasm") },
        { type: "CompiledWasm", path: "validate.wasm?module", contents: wasm("validate.wasm") },
      ],
      compatibilityDate: "2025-01-01",
    });
    try {
      assert.equal(await (await worker.dispatchFetch("http://localhost/")).text(), SAYS("wasm"));
    } finally {
      await worker.dispose();
    }
  });
});

describe("manifests and types", () => {
  for (const name of ["@holdoff/wasm", "holdoff"]) {
    test(`publint and attw on ${name}`, () => {
      const tarball = join(project, readdirSync(project).find((file) => file.startsWith(name === "holdoff" ? "holdoff-0" : "holdoff-wasm-") && file.endsWith(".tgz")));
      inProject(bin("publint"), ["--strict", tarball]);
      const without = name === "holdoff" ? [] : ["--exclude-entrypoints", "./holdoff.wasm"];
      inProject(bin("attw"), [tarball, "--profile", "esm-only", ...without]);
    });
  }
});
