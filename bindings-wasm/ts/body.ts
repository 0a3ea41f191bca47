/** The body of a failed response: read for the diagnosis, and put back for the caller. */

/** Bytes that are read to diagnose a failure. What a longer body has beyond them is read by the caller, or dropped. */
const LIMIT = 65_536;

/** The beginning of a body: all of it, unless there is a rest or it was broken off. */
export class Taken {
  readonly #response: Response;
  readonly #chunks: Uint8Array[];
  readonly #rest: ReadableStreamDefaultReader<Uint8Array> | undefined;
  readonly #broken: unknown;

  private constructor(response: Response, chunks: Uint8Array[], rest?: ReadableStreamDefaultReader<Uint8Array>, broken?: unknown) {
    this.#response = response;
    this.#chunks = chunks;
    this.#rest = rest;
    this.#broken = broken;
  }

  /** Reads up to 64 kB. The connection is free afterwards, unless there is a rest. */
  static async from(response: Response): Promise<Taken> {
    const chunks: Uint8Array[] = [];
    const reader = response.body?.getReader();
    if (reader === undefined) return new Taken(response, chunks);
    let size = 0;
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) return new Taken(response, chunks);
        chunks.push(value);
        size += value.length;
        if (size > LIMIT) return new Taken(response, chunks, reader);
      }
    } catch (error) {
      return new Taken(response, chunks, undefined, error ?? new Error("the body broke off"));
    }
  }

  /** Why the body broke off; undefined where it did not. */
  get broken(): unknown {
    return this.#broken;
  }

  /** What was read, as text. */
  text(): string {
    const decoder = new TextDecoder();
    return this.#chunks.map((chunk) => decoder.decode(chunk, { stream: true })).join("") + decoder.decode();
  }

  /** Drops the rest: the connection is free. */
  async drop(): Promise<void> {
    await this.#rest?.cancel().catch(() => undefined);
  }

  /** The response with its body as it came, and these headers besides. */
  putBack(extra?: Record<string, string>): Response {
    const old = this.#response;
    const headers = new Headers(old.headers);
    for (const [name, value] of Object.entries(extra ?? {})) headers.set(name, value);
    const body = old.body === null ? null : this.#stream();
    const response = new Response(body, { status: old.status, statusText: old.statusText, headers });
    for (const name of ["url", "redirected", "type"] as const) Object.defineProperty(response, name, { value: old[name] });
    return response;
  }

  #stream(): ReadableStream<Uint8Array> {
    const chunks = this.#chunks;
    const rest = this.#rest;
    const broken = this.#broken;
    let at = 0;
    return new ReadableStream<Uint8Array>({
      async pull(controller) {
        const chunk = chunks[at];
        at += 1;
        if (chunk !== undefined) return controller.enqueue(chunk);
        if (broken !== undefined) return controller.error(broken);
        const next = await rest?.read();
        if (next === undefined || next.done) return controller.close();
        controller.enqueue(next.value);
      },
      cancel: (reason) => rest?.cancel(reason),
    });
  }
}
