/** What a chain of errors says by itself, without an answer: the names of its classes, and its texts. */

/** How much of a text is looked at: its length is the sender's to choose. */
const LONGEST_TEXT = 4_096;
/**
 * Names that say something by themselves. JavaScript's classes have no module, so a name that a caller's own class may
 * have, such as `NetworkError`, is not among them; a code is believed under any name.
 */
const KNOWN: ReadonlySet<unknown> = new Set(
  (
    "AbortError TimeoutError APIConnectionError APIConnectionTimeoutError APIUserAbortError ConnectTimeoutError " +
    "HeadersTimeoutError BodyTimeoutError SocketError"
  ).split(" "),
);
/** Names that say nothing, which the engine hears as well as none. */
const GENERAL: ReadonlySet<unknown> = new Set(["Error", "TypeError", "DOMException", "AggregateError"]);
/** Not nothing: without any class the engine takes the text for a library's own. */
export const OTHER = "other";
/** What `fetch` says, in the words of Node, Chromium, Firefox, WebKit, Deno and workerd, when there is no code. */
const FETCH =
  /^(failed to fetch|fetch failed|load failed|network error|networkerror when attempting|terminated|error sending request|network connection lost|the network connection was lost|error reading a body|internal error; reference)/i;
const CODE = /^[A-Za-z][A-Za-z0-9_]{2,63}$/;

/** What is read of one error. */
export interface Spoken {
  name: unknown;
  /** The constructor. */
  made: unknown;
  message: unknown;
  code: unknown;
}

/** The words of a chain, as they cross. */
interface Words {
  /** One a line. Undefined where the chain is a browser's, which says in a text only that nothing came. */
  readonly classes: string | undefined;
  /** One a line, each once. */
  readonly text: string | undefined;
}

/** What is looked at of a chain, {@link PARTS} by turns for each error. */
type Parts = readonly unknown[];
const PARTS = 5;

/** The chain that was read last, and its words. */
let last: Parts = [];
let lastWords: Words = { classes: undefined, text: undefined };

/**
 * A chain of errors, from the outermost on. Failures come in bursts of the same, and to put their words together costs
 * more than to see that: nothing is made of a chain that is as the last one was.
 */
export class Chain {
  /** How far it is as the last one. */
  #known = 0;
  /** Its parts from the first on that is not. */
  #own: unknown[] | undefined;

  add(item: object, { name, made, message, code }: Spoken): void {
    const said = spoken(message);
    const coded = typeof code === "string" ? code : "";
    const typed = item instanceof TypeError;
    const at = this.#known;
    if (this.#own === undefined) {
      if (name === last[at] && made === last[at + 1] && said === last[at + 2] && coded === last[at + 3] && typed === last[at + 4]) {
        this.#known = at + PARTS;
        return;
      }
      this.#own = last.slice(0, at);
    }
    this.#own.push(name, made, said, coded, typed);
  }

  words(): Words {
    if (this.#own === undefined && this.#known === last.length) return lastWords;
    last = this.#own ?? last.slice(0, this.#known);
    return (lastWords = read(last));
  }
}

function read(chain: Parts): Words {
  const classes: string[] = [];
  const texts = new Set<string>();
  let fetched = false;
  let coded = false;
  for (let at = 0; at < chain.length; at += PARTS) {
    const [name, made, said, code, typed] = chain.slice(at, at + PARTS) as [unknown, unknown, string, string, boolean];
    const named = CODE.test(code) ? `:${code}` : "";
    if (said !== "") texts.add(said);
    classes.push(nameOf(name, made) + named);
    coded ||= named !== "";
    fetched ||= typed && FETCH.test(said);
  }
  return {
    classes: fetched && !coded ? undefined : classes.join("\n"),
    text: texts.size === 0 ? undefined : [...texts].join("\n"),
  };
}

/** The name that says most. Some SDKs leave `name` as it is in `Error`, so the constructor's counts too. */
function nameOf(name: unknown, made: unknown): string {
  if (KNOWN.has(name)) return name as string;
  const own = nameOfClass(made);
  if (KNOWN.has(own)) return own as string;
  if (GENERAL.has(name)) return name as string;
  return GENERAL.has(own) ? (own as string) : OTHER;
}

function nameOfClass(made: unknown): unknown {
  try {
    return (made as { name?: unknown } | null | undefined)?.name;
  } catch {
    return undefined; // a property that throws
  }
}

/** What is looked at of a text; empty for anything else. */
export function spoken(said: unknown): string {
  return typeof said === "string" ? said.slice(0, LONGEST_TEXT) : "";
}
