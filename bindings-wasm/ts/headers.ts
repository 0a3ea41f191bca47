/** Which headers of an answer cross, and how. Nothing else of an answer is read here. */
import type { Core } from "./engine.js";
import type { Evidence } from "./evidence.js";

/** How headers count, by name: what is asked for may decide (`value`), says who answered (`presence`), or names a `wait`. */
export type Role = "value" | "presence" | "wait";

/** How many names of headers are remembered. */
const MOST_NAMES = 256;

/** The headers that the engine asks for, as {@link NamesRecord} lists them. */
export class HeaderRoles {
  /** Null for a header that does not count. */
  readonly #roles = new Map<string, Role | null>();
  readonly #families: [string, Role][] = [];

  constructor(roles: Record<string, Role>) {
    for (const [name, role] of Object.entries(roles)) {
      if (name.endsWith("-")) this.#families.push([name, role]);
      else this.#roles.set(name, role);
    }
  }

  /** How a header counts; null where it does not. */
  role(name: string): Role | null {
    const known = this.#roles.get(name);
    if (known !== undefined) return known;
    const lower = name.toLowerCase();
    const role = this.#roles.get(lower) ?? this.#families.find(([family]) => lower.startsWith(family))?.[1] ?? null;
    // Servers repeat themselves; but names are theirs to choose, so not all are kept.
    if (this.#roles.size < MOST_NAMES) this.#roles.set(name, role);
    return role;
  }
}

/** Reads into the evidence the headers that the engine asks for: of `Headers`, a `Map`, pairs, or an object. */
export function setHeaders(found: Evidence, headers: unknown, core: Core): void {
  if (typeof headers !== "object" || headers === null) return;
  const { asked } = core;
  const said: string[] = [];
  let waits = false;
  let any = false;
  try {
    for (const header of entriesOf(headers)) {
      // By place: to take a pair apart costs an iterator.
      const name = header[0];
      const value = header[1];
      if (value === undefined || value === null) continue;
      any = true;
      const called = typeof name === "string" ? name : String(name);
      const role = asked.role(called);
      if (role === null) continue;
      said.push(called, typeof value === "string" ? value : String(value));
      waits ||= role === "wait";
    }
  } catch {
    return; // not headers
  }
  // An answer with headers that say nothing is an answer.
  if (any && said.length === 0) said.push("via", "");
  found.headers = said;
  found.waits = waits;
}

type Pair = readonly [name: unknown, value: unknown];

function entriesOf(headers: object): Iterable<Pair> {
  if (Symbol.iterator in headers) return headers as Iterable<Pair>;
  if (typeof (headers as Headers).forEach !== "function") return Object.entries(headers);
  const pairs: Pair[] = [];
  (headers as Headers).forEach((value, name) => pairs.push([name, value]));
  return pairs;
}

/** Whether two answers' headers differ in nothing that counts. */
export function alike(one: readonly string[] | undefined, other: readonly string[] | undefined, asked: HeaderRoles): boolean {
  if (one === undefined || other === undefined) return one === other;
  if (one.length !== other.length) return false;
  for (let at = 0; at < one.length; at += 2) {
    const name = one[at] as string;
    if (name !== other[at]) return false;
    if (one[at + 1] !== other[at + 1] && asked.role(name) !== "presence") return false;
  }
  return true;
}
