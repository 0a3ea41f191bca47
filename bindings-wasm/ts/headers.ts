/** Which headers of an answer cross, and how. Nothing else of an answer is read here. */
import type { Evidence } from "./evidence.js";

/** How headers count, by name: what is asked for may decide (`value`), says who answered (`presence`), or names a `wait`. */
export type Role = "value" | "presence" | "wait";

/** How many names of headers are remembered. */
const MOST_NAMES = 256;

/** The headers that the engine asks for, as {@link NamesRecord} lists them. */
export class HeaderRoles {
  readonly #roles = new Map<string, Role | undefined>();
  readonly #families: [string, Role][] = [];

  constructor(roles: Record<string, Role>) {
    for (const [name, role] of Object.entries(roles)) {
      if (name.endsWith("-")) this.#families.push([name, role]);
      else this.#roles.set(name, role);
    }
  }

  /** How a header counts; undefined where it does not. */
  role(name: string): Role | undefined {
    const known = this.#roles.get(name);
    if (known !== undefined || this.#roles.has(name)) return known;
    const lower = name.toLowerCase();
    const role = this.#roles.get(lower) ?? this.#families.find(([family]) => lower.startsWith(family))?.[1];
    // Servers repeat themselves; but names are theirs to choose, so not all are kept.
    if (this.#roles.size < MOST_NAMES) this.#roles.set(name, role);
    return role;
  }
}

/** Headers as they cross: from `Headers`, a `Map`, an object, or pairs. */
export function setHeaders(found: Evidence, headers: unknown, asked: HeaderRoles): void {
  if (typeof headers !== "object" || headers === null) return;
  let any = false;
  let joined = "";
  let alike = "";
  let waits = false;
  const add = (name: unknown, value: unknown): void => {
    if (value === undefined || value === null) return;
    const called = typeof name === "string" ? name : String(name);
    const role = asked.role(called);
    any = true;
    if (role === undefined) return;
    const said = typeof value === "string" ? value : String(value);
    joined += `${called}\0${said}\0`;
    if (role === "value") alike += `${called}\0${said}\0`;
    else if (role === "presence") alike += `${called}\0`;
    else waits = true;
  };
  try {
    if (typeof (headers as Headers).forEach === "function" && !Array.isArray(headers)) {
      (headers as Headers).forEach((value, name) => add(name, value));
    } else if (Symbol.iterator in headers) {
      for (const [name, value] of headers as Iterable<[unknown, unknown]>) add(name, value);
    } else {
      for (const [name, value] of Object.entries(headers)) add(name, value);
    }
  } catch {
    return; // not headers
  }
  // An answer with headers that say nothing is an answer.
  found.headers = joined === "" ? (any ? "via\0" : "") : joined.slice(0, -1);
  found.alike = waits ? undefined : alike;
}
