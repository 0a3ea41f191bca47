/** Which headers of an answer cross, and how. Nothing else of an answer is read here. */

/** How headers count, by name: what is asked for may decide (`value`), says who answered (`presence`), or names a `wait`. */
export type Role = "value" | "presence" | "wait";

/** Names and values of headers by turns. */
export type Pairs = readonly string[];

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

  /** Whether any of them may name a wait. */
  waits(pairs: Pairs): boolean {
    for (let at = 0; at < pairs.length; at += 2) if (this.role(pairs[at] as string) === "wait") return true;
    return false;
  }

  /** Those that count as they cross: separated by NUL, which none can hold. */
  crossing(pairs: Pairs): string {
    const said: string[] = [];
    for (let at = 0; at < pairs.length; at += 2) {
      if (this.role(pairs[at] as string) !== null) said.push(pairs[at] as string, pairs[at + 1] as string);
    }
    // An answer with headers that say nothing is an answer.
    if (pairs.length > 0 && said.length === 0) said.push("via", "");
    return said.join("\0");
  }

  /** Whether two answers' headers differ in nothing that counts. */
  alike(one: Pairs | undefined, other: Pairs | undefined): boolean {
    if (one === other) return true;
    if (one === undefined || other === undefined || one.length !== other.length) return false;
    for (let at = 0; at < one.length; at += 2) {
      const name = one[at] as string;
      if (name !== other[at]) return false;
      if (one[at + 1] === other[at + 1]) continue;
      const role = this.role(name);
      if (role === "value" || role === "wait") return false;
    }
    return true;
  }
}

/** The headers that were read last. */
let last: Pairs = [];

/**
 * All headers of `Headers`, a `Map`, pairs, or an object; undefined where these are none. Which of them count is asked when
 * they cross: most failures come in bursts, and to see that headers are those of last time costs less than to look each up.
 */
export function pairsOf(headers: unknown): Pairs | undefined {
  if (typeof headers !== "object" || headers === null) return undefined;
  const known = last;
  /** What is known, with what is not so in its place. */
  let said: string[] | undefined;
  let at = 0;
  try {
    for (const header of entriesOf(headers)) {
      // By place: to take a pair apart costs an iterator.
      const name = header[0];
      const value = header[1];
      if (value === undefined || value === null) continue;
      if (name !== known[at] || value !== known[at + 1]) {
        said ??= known.slice();
        said[at] = String(name);
        said[at + 1] = String(value);
      }
      at += 2;
    }
  } catch {
    return undefined; // not headers
  }
  if (at < known.length) {
    said ??= known.slice();
    said.length = at;
  }
  return said === undefined ? known : (last = said);
}

type Pair = readonly [name: unknown, value: unknown];

function entriesOf(headers: object): Iterable<Pair> {
  if (Symbol.iterator in headers) return headers as Iterable<Pair>;
  if (typeof (headers as Headers).forEach !== "function") return Object.entries(headers);
  const pairs: Pair[] = [];
  (headers as Headers).forEach((value, name) => pairs.push([name, value]));
  return pairs;
}
