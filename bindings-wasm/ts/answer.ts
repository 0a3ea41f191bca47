/**
 * Whether a 2xx answer is an answer: some gateways and login pages say 200 over a failure. Made to cost one look at the
 * headers on the ordinary path:
 *
 * - An answer with a `request-id` that begins with `req_` comes from the API itself and is taken at its word.
 * - HTML where JSON or an event stream was asked for (`accept`) is a failure.
 * - A JSON object whose top level holds an `error` and nothing an answer has is a failure. It is looked for only in
 *   bodies that are small by their own `content-length`, or already in memory.
 */

/** To be handed on as it is. */
export const GENUINE = 0;
/** {@link holdsFailure} must look at the body. */
export const PEEK = 1;
/** HTML came instead of data. */
export const FAILED = 2;

/** Longer bodies are answers: error objects of gateways are a few hundred bytes. */
const SMALL = 2_048;
const IN_MEMORY = 65_536;
const ANSWERS = ["id", "object", "content", "choices", "data", "output", "role", "results"];

/** What the headers of a 2xx answer say. */
export function suspicion(headers: Headers, accept: string, inMemory: boolean): number {
  if (headers.get("request-id")?.startsWith("req_") === true) return GENUINE;
  const type = headers.get("content-type") ?? "";
  if (type.startsWith("application/json")) return inMemory || isSmall(headers) ? PEEK : GENUINE;
  if (type.startsWith("text/html") && (accept.includes("json") || accept.includes("event-stream"))) return FAILED;
  return GENUINE;
}

/** Whether a JSON body is an error object. */
export function holdsFailure(body: string): boolean {
  if (body.length > IN_MEMORY || !body.slice(0, 1_024).includes('"error"')) return false;
  try {
    let value = JSON.parse(body) as unknown;
    // Vertex puts its error object into a list.
    if (Array.isArray(value) && value.length === 1) value = value[0];
    if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
    return Boolean((value as { error?: unknown }).error) && !ANSWERS.some((name) => name in (value as object));
  } catch {
    return false;
  }
}

function isSmall(headers: Headers): boolean {
  const length = headers.get("content-length") ?? "";
  return /^\d{1,5}$/.test(length) && Number(length) <= SMALL;
}

/** Whether the request has the server use tools of its own: sent twice, they would run twice. */
export function remoteTools(body: unknown): boolean {
  if (typeof body === "string") {
    // Names of fields come as they are; within text their quotes would be escaped. Most bodies are not parsed.
    if (!body.includes('"mcp_servers"') && !body.includes('"container"')) return false;
    try {
      return remoteTools(JSON.parse(body));
    } catch {
      return false;
    }
  }
  if (typeof body !== "object" || body === null) return false;
  const { mcp_servers: servers, container } = body as { mcp_servers?: unknown; container?: unknown };
  return Boolean(container) || (Array.isArray(servers) ? servers.length > 0 : Boolean(servers));
}
