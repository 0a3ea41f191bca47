/**
 * From an error of any library to the evidence that the engine reads. By shape, not by class: nothing is imported that
 * the caller does not have, and nothing is read from the network. A body that has not been read is no evidence.
 */

/** What is known of a failed attempt, as it crosses. */
export interface Evidence {
  /** 0 for none. */
  status: number;
  /** Names and values by turns, separated by NUL. */
  headers?: string | undefined;
  body?: string | undefined;
  classes?: string | undefined;
  text?: string | undefined;
  method?: string | undefined;
  url?: string | undefined;
}

type Fields = Record<string, unknown>;

/** How far a chain of causes is followed, and how much of a text is looked at: both are the sender's to choose. */
const LONGEST_CHAIN = 10;
const LONGEST_TEXT = 4_096;

/**
 * Names that say something by themselves. JavaScript's classes have no module, so a name that a caller's own class may
 * have, such as `NetworkError`, is not among them; a code is believed under any name.
 */
const KNOWN = new Set(
  (
    "AbortError TimeoutError APIConnectionError APIConnectionTimeoutError APIUserAbortError ConnectTimeoutError " +
    "HeadersTimeoutError BodyTimeoutError SocketError"
  ).split(" "),
);
/** Names that say nothing, which the engine hears as well as none. */
const GENERAL = new Set(["Error", "TypeError", "DOMException", "AggregateError"]);
/** Not nothing: without any class the engine takes the text for a library's own. */
const OTHER = "other";
/** What `fetch` says, in the words of Node, Chromium, Firefox, WebKit, Deno and workerd, when there is no code. */
const FETCH =
  /^(failed to fetch|fetch failed|load failed|network error|networkerror when attempting|terminated|error sending request|network connection lost|the network connection was lost|error reading a body|internal error; reference)/i;
const CODE = /^[A-Za-z][A-Za-z0-9_]{2,63}$/;

function get(item: unknown, name: string): unknown {
  // Asked first: to catch what reading from nothing throws costs more than all the rest.
  if (item === undefined || item === null) return undefined;
  try {
    return (item as Fields)[name];
  } catch {
    return undefined; // a property that throws
  }
}

function isObject(item: unknown): item is object {
  return typeof item === "object" && item !== null;
}

/** The evidence in an error, or in anything else that was thrown. */
export function read(error: unknown): Evidence {
  if (!isObject(error)) return { status: 0, classes: OTHER, text: text(error) };
  // The hot path: a status error of an SDK, whose answer says all there is to say.
  const status = get(error, "status");
  if (isStatus(status) && status >= 400) {
    const headers = get(error, "headers");
    if (isObject(headers)) return { status, headers: pairs(headers), body: bodyOf(error) };
  }
  return walk(error);
}

/** The evidence in a response of `fetch` or of another library; undefined where it is none. */
export function answer(found: object): Evidence | undefined {
  const status = statusOf(found);
  if (status === 0 || get(found, "headers") === undefined) return undefined;
  const url = get(found, "url");
  return {
    status,
    headers: pairs(get(found, "headers")),
    body: json(get(found, "data") ?? get(found, "body")),
    ...(typeof url === "string" && url !== "" ? { url } : {}),
  };
}

function walk(error: object): Evidence {
  const found: Evidence = { status: 0 };
  const classes: string[] = [];
  const texts: string[] = [];
  let fetched = false;
  let coded = false;
  const seen: unknown[] = [];
  for (let item: unknown = error; isObject(item) && seen.length < LONGEST_CHAIN && !seen.includes(item); item = causeOf(item)) {
    seen.push(item);
    const said = text(get(item, "message"));
    const code = get(item, "code");
    const named = typeof code === "string" && CODE.test(code) ? `:${code}` : "";
    coded ||= named !== "";
    classes.push(nameOf(item) + named);
    if (said !== "" && !texts.includes(said)) texts.push(said);
    fetched ||= item instanceof TypeError && FETCH.test(said);
    found.method ?? requestOf(item, found);
    if (found.status === 0 && found.body === undefined) answerOf(item, found);
    // What caused the error that carries an answer is that answer.
    if (found.status >= 400) break;
  }
  // Browsers say it in words only, and beside a status no class says anything.
  if (!(fetched && !coded) && found.status < 400) found.classes = classes.length === 1 ? (classes[0] as string) : classes.join("\n");
  if (texts.length > 0) found.text = texts.join("\n");
  return found;
}

function causeOf(item: object): unknown {
  const cause = get(item, "cause") ?? get(item, "lastError");
  if (isObject(cause)) return cause;
  // Connecting to several addresses fails with all of their errors: they say the same.
  const errors = get(item, "errors");
  return Array.isArray(errors) ? errors[0] : undefined;
}

function nameOf(item: object): string {
  const name = get(item, "name");
  // Some SDKs leave `name` as it is in `Error`.
  const names = [name, get(get(item, "constructor"), "name")] as string[];
  return names.find((each) => KNOWN.has(each)) ?? names.find((each) => GENERAL.has(each)) ?? OTHER;
}

function text(said: unknown): string {
  return typeof said === "string" ? said.slice(0, LONGEST_TEXT) : "";
}

/** Where errors keep an answer. */
const PLACES = ["status", "statusCode", "response", "$metadata", "error", "body", "responseBody", "data", "headers"];

function answerOf(item: object, found: Evidence): void {
  // Most errors have none, and to look into each place costs more than to ask for it.
  if (!PLACES.some((place) => get(item, place) !== undefined)) return;
  const response = get(item, "response") ?? get(item, "$response");
  const headers = get(item, "headers") ?? get(item, "responseHeaders") ?? get(response, "headers");
  const status = statusOf(item) || statusOf(response) || awsStatus(item);
  const body = bodyOf(item) ?? json(get(response, "data")) ?? (status === 0 ? undefined : awsBody(item));
  if (status !== 0) found.status = status;
  if (headers !== undefined) found.headers = pairs(headers);
  if (body !== undefined) found.body = body;
}

/** The body that an error carries: parsed by the vendors' SDKs, as text by the Vercel AI SDK. */
function bodyOf(item: object): string | undefined {
  const parsed = get(item, "error");
  if (isObject(parsed)) {
    // openai's errors carry the inside of `error`.
    const inside = !("error" in parsed) && "message" in parsed;
    return json(inside ? { error: parsed } : parsed);
  }
  return json(get(item, "responseBody") ?? get(item, "body") ?? get(item, "data"));
}

function awsStatus(item: object): number {
  const status = get(get(item, "$metadata"), "httpStatusCode");
  return isStatus(status) ? status : 0;
}

function awsBody(item: object): string | undefined {
  return isObject(get(item, "$metadata")) ? json({ __type: get(item, "name"), message: get(item, "message") }) : undefined;
}

function requestOf(item: object, found: Evidence): void {
  const request = get(item, "request") ?? get(item, "config");
  const method = get(request, "method");
  const url = get(request, "url") ?? get(item, "url");
  if (typeof method === "string" && url !== undefined) {
    found.method = method.toUpperCase();
    found.url = String(url);
  }
}

/** A body as text: bytes and objects are turned into it. */
export function json(body: unknown): string | undefined {
  if (typeof body === "string") return body;
  if (body instanceof Uint8Array) return new TextDecoder().decode(body);
  if (!isObject(body) || "getReader" in body || "pipe" in body) return undefined;
  try {
    return JSON.stringify(body);
  } catch {
    return undefined;
  }
}

/** Headers as they cross: from `Headers`, a `Map`, an object, or pairs. */
export function pairs(headers: unknown): string | undefined {
  if (!isObject(headers)) return undefined;
  let joined = "";
  const add = (name: unknown, value: unknown): void => {
    if (value != null) joined += `${joined === "" ? "" : "\0"}${String(name)}\0${String(value)}`;
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
    return undefined; // not headers
  }
  return joined;
}

function statusOf(item: unknown): number {
  for (const name of ["status", "statusCode"]) {
    const status = get(item, name);
    if (isStatus(status)) return status;
  }
  return 0;
}

/** Whether it is an HTTP status. */
export function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 999;
}
