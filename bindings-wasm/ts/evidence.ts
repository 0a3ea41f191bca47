/**
 * From an error of any library to the evidence that the engine reads. By shape, not by class: nothing is imported that
 * the caller does not have, and nothing is read from the network. A body that has not been read is no evidence.
 */

import { type Pairs, pairsOf } from "./headers.js";
import { Chain, OTHER, type Spoken, spoken } from "./words.js";

/** What is known of a failed attempt, as it crosses. */
export class Evidence {
  // All of it from the beginning: objects that grow are slow, and this is made for every failure.
  /** 0 for none. */
  status: number;
  headers: Pairs | undefined = undefined;
  body: string | undefined = undefined;
  /** In place of `body`, where an error object has of it nothing but these. */
  plain: Plain | undefined = undefined;
  classes: string | undefined = undefined;
  text: string | undefined = undefined;
  method: string | undefined = undefined;
  url: string | undefined = undefined;
  /** Bits, as the engine takes them. */
  flags = 0;
  /** When it was seen, in unix milliseconds. */
  wall = 0;

  constructor(status: number) {
    this.status = status;
  }
}

interface Plain {
  type: string;
  message: string;
  requestId: string | undefined;
}

type Fields = Record<string, unknown>;

/** How far a chain of causes is followed: its length is the sender's to choose. */
const LONGEST_CHAIN = 10;

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
  if (isObject(error)) return answered(error) ?? walk(error);
  const found = new Evidence(0);
  found.classes = OTHER;
  found.text = spoken(error);
  return found;
}

/** The hot path: the evidence in a status error of an SDK, whose answer says all there is to say. */
function answered(error: object): Evidence | undefined {
  let found: Evidence | undefined;
  try {
    const { status, headers } = error as Fields;
    if (!isStatus(status) || status < 400 || !isObject(headers)) return undefined;
    found = new Evidence(status);
    found.headers = pairsOf(headers);
    setBody(found, error as Bodies);
  } catch {
    if (found !== undefined) setBody(found, look(error)); // a property that throws
  }
  return found;
}

/** The evidence in a response of `fetch` or of another library; undefined where it is none. */
export function answer(response: object): Evidence | undefined {
  const status = statusOf(response);
  const headers = get(response, "headers");
  if (status === 0 || headers === undefined) return undefined;
  const url = get(response, "url");
  const found = new Evidence(status);
  found.body = json(get(response, "data") ?? get(response, "body"));
  found.headers = pairsOf(headers);
  if (typeof url === "string" && url !== "") found.url = url;
  return found;
}

/** Where errors keep the body of an answer. */
interface Bodies {
  /** Parsed. */
  error: unknown;
  responseBody: unknown;
  body: unknown;
  data: unknown;
}

/** What errors keep things in, looked at once. */
interface Look extends Bodies, Spoken {
  status: unknown;
  statusCode: unknown;
  headers: unknown;
  responseHeaders: unknown;
  response: unknown;
  $response: unknown;
  metadata: unknown;
  cause: unknown;
  lastError: unknown;
  errors: unknown;
  request: unknown;
  config: unknown;
}

function look(item: object): Look {
  try {
    const error = item as Fields & { [Name in keyof Look]?: unknown };
    // Each by its own name, not in a loop: that is what engines make fast.
    return {
      name: error.name,
      made: error.constructor,
      message: error.message,
      code: error.code,
      status: error.status,
      statusCode: error.statusCode,
      headers: error.headers,
      responseHeaders: error.responseHeaders,
      error: error.error,
      response: error.response,
      $response: error.$response,
      metadata: error["$metadata"],
      body: error.body,
      responseBody: error.responseBody,
      data: error.data,
      cause: error.cause,
      lastError: error.lastError,
      errors: error.errors,
      request: error.request,
      config: error.config,
    };
  } catch {
    return {
      name: get(item, "name"),
      made: get(item, "constructor"),
      message: get(item, "message"),
      code: get(item, "code"),
      status: get(item, "status"),
      statusCode: get(item, "statusCode"),
      headers: get(item, "headers"),
      responseHeaders: get(item, "responseHeaders"),
      error: get(item, "error"),
      response: get(item, "response"),
      $response: get(item, "$response"),
      metadata: get(item, "$metadata"),
      body: get(item, "body"),
      responseBody: get(item, "responseBody"),
      data: get(item, "data"),
      cause: get(item, "cause"),
      lastError: get(item, "lastError"),
      errors: get(item, "errors"),
      request: get(item, "request"),
      config: get(item, "config"),
    };
  }
}

function walk(error: object): Evidence {
  const found = new Evidence(0);
  let item = error;
  let seen = look(error);
  const chain = new Chain();
  let been: object[] | undefined;
  for (;;) {
    chain.add(item, seen);
    if (found.method === undefined) requestOf(item, seen, found);
    if (found.status === 0 && found.body === undefined && found.plain === undefined) answerOf(seen, found);
    // What caused the error that carries an answer is that answer.
    if (found.status >= 400) break;
    const cause = causeOf(seen);
    if (!isObject(cause)) break;
    been ??= [];
    been.push(item);
    if (been.length === LONGEST_CHAIN || been.includes(cause)) break;
    item = cause;
    seen = look(item);
  }
  const { classes, text } = chain.words();
  found.text = text;
  // Beside a status no class says anything.
  if (found.status < 400) found.classes = classes;
  return found;
}

function causeOf({ cause, lastError, errors }: Look): unknown {
  const found = cause ?? lastError;
  if (isObject(found)) return found;
  // Connecting to several addresses fails with all of their errors: they say the same.
  return Array.isArray(errors) ? errors[0] : undefined;
}

function answerOf(seen: Look, found: Evidence): void {
  const { status: said, statusCode, headers: own, error, body, responseBody, data, metadata } = seen;
  // Most errors have none, and to look into each place costs more than to ask for it.
  if (said === undefined && statusCode === undefined && seen.response === undefined && metadata === undefined && error === undefined) {
    if (body === undefined && responseBody === undefined && data === undefined && own === undefined) return;
  }
  const response = seen.response ?? seen.$response;
  const headers = own ?? seen.responseHeaders ?? get(response, "headers");
  const status = firstStatus(said, statusCode) || statusOf(response) || awsStatus(metadata);
  if (status !== 0) found.status = status;
  // Those of an error around this one stay where it has none.
  found.headers = pairsOf(headers) ?? found.headers;
  setBody(found, seen);
  if (found.body !== undefined || found.plain !== undefined) return;
  found.body = json(get(response, "data")) ?? (status === 0 ? undefined : awsBody(seen));
}

/** The body that an error carries: parsed by the vendors' SDKs, as text by the Vercel AI SDK. */
function setBody(found: Evidence, { error: parsed, responseBody, body, data }: Bodies): void {
  if (!isObject(parsed)) {
    found.body = json(responseBody ?? body ?? data);
    return;
  }
  found.plain = plain(parsed);
  if (found.plain !== undefined) return;
  // openai's errors carry the inside of `error`.
  const inside = !("error" in parsed) && "message" in parsed;
  found.body = json(inside ? { error: parsed } : parsed);
}

/** The body of the API's errors, taken apart; undefined where there is more to it, or less. */
function plain(parsed: object): Plain | undefined {
  try {
    const { type, error, request_id: requestId } = parsed as Fields;
    if (type !== "error" || !isObject(error) || (requestId !== undefined && typeof requestId !== "string")) return undefined;
    const { type: name, message } = error as Fields;
    if (typeof name !== "string" || typeof message !== "string") return undefined;
    if (Object.keys(parsed).length > (requestId === undefined ? 2 : 3) || Object.keys(error).length > 2) return undefined;
    return { type: name, message, requestId };
  } catch {
    return undefined; // a property that throws
  }
}

/** The body as text. */
export function bodyOf({ body, plain }: Evidence): string | undefined {
  if (plain === undefined) return body;
  const { type, message, requestId } = plain;
  return JSON.stringify({ type: "error", error: { type, message }, request_id: requestId });
}

function awsStatus(metadata: unknown): number {
  const status = get(metadata, "httpStatusCode");
  return isStatus(status) ? status : 0;
}

function awsBody({ metadata, name, message }: Look): string | undefined {
  return isObject(metadata) ? json({ __type: name, message }) : undefined;
}

function requestOf(item: object, seen: Look, found: Evidence): void {
  const request = seen.request ?? seen.config;
  if (request === undefined || request === null) return;
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

function statusOf(item: unknown): number {
  return firstStatus(get(item, "status"), get(item, "statusCode"));
}

function firstStatus(status: unknown, code: unknown): number {
  if (isStatus(status)) return status;
  return isStatus(code) ? code : 0;
}

/** Whether it is an HTTP status. */
export function isStatus(value: unknown): value is number {
  return Number.isInteger(value) && (value as number) >= 100 && (value as number) <= 999;
}
