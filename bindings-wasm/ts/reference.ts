import type { Core, EntryRecord } from "./engine.js";
import type { Kind } from "./names.js";
import { shown } from "./policy.js";

/** One row of the reference. */
export interface Entry {
  /** What it says, in one sentence. */
  readonly meaning: string;
  /** Whether the same request may succeed when it is sent again. */
  readonly retryable: boolean;
  /** What to do, in one sentence. */
  readonly action: string;
  /** The page that documents it; undefined where there is none. */
  readonly link: string | undefined;
  /** What the row is about. */
  readonly column: Column;
  /** The row's name in that column, such as `"529"` or `"overloaded"`. */
  readonly key: string;
  /** The class of failure it belongs to. */
  readonly kind: Kind;
}

/** What a row of the reference is about. */
export type Column = "status" | "kind" | "error_type" | "error_code" | "cause";

/** A row to look up, where its column is known. */
export type Key =
  | { readonly status: number }
  | { readonly kind: Kind }
  | { readonly errorType: string }
  | { readonly errorCode: string }
  | { readonly cause: string };

const COLUMNS: Record<string, Column> = {
  status: "status",
  kind: "kind",
  errorType: "error_type",
  errorCode: "error_code",
  cause: "cause",
};
const NAMED: readonly Column[] = ["kind", "error_type", "error_code", "cause"];

function entry(core: Core, record: EntryRecord): Entry {
  const words = record.cause === undefined ? undefined : core.texts?.[record.cause];
  return Object.freeze({
    meaning: words?.[0] ?? record.meaning,
    retryable: record.retryable,
    action: words?.[1] ?? record.action,
    link: record.link,
    column: record.column as Column,
    key: record.key,
    kind: record.kind as Kind,
  });
}

/** `lookup` over an engine. */
export function makeLookup(core: Core): (key: number | string | Key) => Entry | undefined {
  return (key) => {
    for (const [column, name] of searched(key)) {
      const found = core.engine.lookup(column, name);
      if (found != null) return entry(core, JSON.parse(found) as EntryRecord);
    }
    return undefined;
  };
}

function searched(key: number | string | Key): readonly (readonly [Column, string])[] {
  if (typeof key === "number") return [["status", String(key)]];
  if (typeof key === "string") return NAMED.map((column) => [column, key]);
  const [given, ...more] = Object.entries(key ?? {});
  const column = given === undefined ? undefined : COLUMNS[given[0]];
  if (given === undefined || column === undefined || more.length > 0) {
    throw new TypeError(`lookup needs a status, a name, or one of ${Object.keys(COLUMNS).join(", ")}: got ${shown(key)}`);
  }
  return [[column, String(given[1])]];
}

/** `table` over an engine. */
export function makeTable(core: Core): () => Entry[] {
  return () => (JSON.parse(core.engine.table()) as EntryRecord[]).map((record) => entry(core, record));
}
