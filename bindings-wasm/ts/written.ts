/**
 * An object as the JSON text that an SDK would make of it. What `JSON.stringify` refuses, a cycle or a BigInt, is a
 * `null` in the text, and named beside it, so that it becomes a finding like any other.
 */

/** The text, and what is foreign in it. */
export interface Written {
  readonly text: string;
  /** Each with how many `null`s stand before it, such as `3:cycle 4:big_int`; empty where there is none. */
  readonly foreign: string;
}

/** How deep containers may stand in one another: what is deeper is refused by the API. */
const DEEPEST = 1_024;

/** The JSON text of a value. Never throws. */
export function written(value: unknown): Written {
  try {
    // Undefined for what JSON leaves out, such as a function.
    return { text: JSON.stringify(value) ?? "null", foreign: "" };
  } catch {
    return writtenByStep(value);
  }
}

/** The same where `JSON.stringify` throws, or writes what is too deep to be read. */
export function writtenByStep(value: unknown): Written {
  const writer = new Writer();
  try {
    return { text: writer.value(value, "", []) ?? "null", foreign: writer.foreign.join(" ") };
  } catch {
    return { text: "null", foreign: "0:throws" };
  }
}

/** `JSON.stringify` once more, step by step. */
class Writer {
  readonly foreign: string[] = [];
  #nulls = 0;

  /** The text of a value; undefined where JSON leaves it out. */
  value(given: unknown, key: string, within: readonly object[]): string | undefined {
    let value = given;
    try {
      const convert: unknown = (value as { toJSON?: unknown } | null | undefined)?.toJSON;
      if (typeof convert === "function") value = convert.call(value, key);
    } catch {
      return this.#mark("throws");
    }
    if (typeof value === "bigint") return this.#mark("big_int");
    if (typeof value !== "object" || value === null || value instanceof Number || value instanceof String || value instanceof Boolean) {
      const text: string | undefined = JSON.stringify(value);
      if (text === "null") this.#nulls += 1;
      return text;
    }
    if (within.includes(value)) return this.#mark("cycle");
    if (within.length >= DEEPEST) return this.#mark("too_deep");
    return this.#container(value, [...within, value]);
  }

  #container(value: object, within: readonly object[]): string {
    if (Array.isArray(value)) return `[${value.map((item, at) => this.value(item, String(at), within) ?? this.#null()).join(",")}]`;
    let keys: string[];
    try {
      keys = Object.keys(value);
    } catch {
      return this.#mark("throws");
    }
    const members: string[] = [];
    for (const key of keys) {
      let text: string | undefined;
      try {
        text = this.value((value as Record<string, unknown>)[key], key, within);
      } catch {
        text = this.#mark("throws");
      }
      if (text !== undefined) members.push(`${JSON.stringify(key)}:${text}`);
    }
    return `{${members.join(",")}}`;
  }

  #null(): string {
    this.#nulls += 1;
    return "null";
  }

  #mark(name: string): string {
    this.foreign.push(`${this.#nulls}:${name}`);
    return this.#null();
  }
}
