// The packages that carry the addon, one for each system. `node platforms.mjs OUT [BUILT_ADDON…]` writes them under OUT;
// `--link` adds them to the main package's optional dependencies, as a release does.
import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const main = join(dirname(fileURLToPath(import.meta.url)), "..", "package.json");
const parent = JSON.parse(readFileSync(main, "utf8"));

const LICENCES = ["LICENSE-MIT", "LICENSE-APACHE"];

/** Name, rustc's target, and what npm asks the system for. */
export const PLATFORMS = [
  ["linux-x64-gnu", "x86_64-unknown-linux-gnu", { os: ["linux"], cpu: ["x64"], libc: ["glibc"] }],
  ["linux-x64-musl", "x86_64-unknown-linux-musl", { os: ["linux"], cpu: ["x64"], libc: ["musl"] }],
  ["linux-arm64-gnu", "aarch64-unknown-linux-gnu", { os: ["linux"], cpu: ["arm64"], libc: ["glibc"] }],
  ["linux-arm64-musl", "aarch64-unknown-linux-musl", { os: ["linux"], cpu: ["arm64"], libc: ["musl"] }],
  ["darwin-x64", "x86_64-apple-darwin", { os: ["darwin"], cpu: ["x64"] }],
  ["darwin-arm64", "aarch64-apple-darwin", { os: ["darwin"], cpu: ["arm64"] }],
  ["win32-x64", "x86_64-pc-windows-msvc", { os: ["win32"], cpu: ["x64"] }],
  ["win32-arm64", "aarch64-pc-windows-msvc", { os: ["win32"], cpu: ["arm64"] }],
];

/** The package of one platform, with the addon in it. */
export function writePlatform(out, name, addon) {
  const [, target, system] = PLATFORMS.find((platform) => platform[0] === name);
  const folder = join(out, name);
  mkdirSync(folder, { recursive: true });
  const { version, license, homepage, repository, engines } = parent;
  const file = `holdoff.${name}.node`;
  const description = `The native engine of the package holdoff for ${target}.`;
  const manifest = { name: `@holdoff/${name}`, version, description, license, homepage, repository, engines, ...system, main: file, files: [file, ...LICENCES] };
  writeFileSync(join(folder, "package.json"), `${JSON.stringify(manifest, null, 2)}\n`);
  cpSync(addon, join(folder, file));
  for (const licence of LICENCES) cpSync(join(dirname(main), "..", licence), join(folder, licence));
  return folder;
}

/** The main package's manifest as it is published. */
export function linked(names = PLATFORMS.map(([name]) => name)) {
  return { ...parent, optionalDependencies: Object.fromEntries(names.map((name) => [`@holdoff/${name}`, parent.version])) };
}

const [, script, ...given] = process.argv;
if (script === fileURLToPath(import.meta.url)) {
  if (given[0] === "--link") writeFileSync(main, `${JSON.stringify(linked(), null, 2)}\n`);
  else for (const addon of given.slice(1)) writePlatform(given[0], basename(addon).split(".")[1], addon);
}
