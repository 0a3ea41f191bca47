// The JavaScript side of the fault server: starts it, scripts it, reads its log. See tests/faultserver/README.md.
import { spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { fileURLToPath } from "node:url";

const tests = fileURLToPath(new URL("..", import.meta.url));

/** The server process; it ends with this one at the latest. */
export class FaultServer {
  static async start() {
    const python = process.env.PYTHON ?? "python3";
    const child = spawn(python, ["-m", "faultserver", "--exit-with-parent"], { cwd: tests, stdio: ["pipe", "pipe", "inherit"] });
    // `once` rejects where the process cannot be started at all.
    const ended = once(child, "exit").then(([code]) => {
      throw new Error(`the fault server ended with code ${code}: see its stderr above`);
    });
    ended.catch(() => undefined);
    const [line] = await Promise.race([once(child.stdout, "data"), ended]);
    return new FaultServer(child, JSON.parse(line).port);
  }

  constructor(child, port) {
    this.child = child;
    this.port = port;
  }

  get url() {
    return `http://127.0.0.1:${this.port}`;
  }

  async stop() {
    const exited = once(this.child, "exit");
    this.child.stdin.end();
    await exited;
  }

  async control(method, path, body) {
    const response = await fetch(`${this.url}/_fault${path}`, { method, body: body === undefined ? undefined : JSON.stringify(body) });
    const text = await response.text();
    const answer = text === "" ? undefined : JSON.parse(text);
    if (!response.ok) throw new Error(answer.error.message);
    return answer;
  }

  async scenario(steps = [], then = undefined) {
    const name = randomUUID();
    await this.control("PUT", `/${name}`, { steps, then: then ?? null, log: true });
    return new Scenario(this, name);
  }
}

/** One script on a running server. */
export class Scenario {
  constructor(server, name) {
    this.server = server;
    this.name = name;
    this.baseURL = `${server.url}/s/${name}`;
  }

  async log() {
    return (await this.server.control("GET", `/${this.name}`)).log;
  }

  async sends() {
    return (await this.server.control("GET", `/${this.name}?brief`)).sends;
  }

  /** The log once `done(log)` is true: the server learns of a client's leaving a moment after the client. */
  async waitFor(done) {
    const end = performance.now() + 5_000;
    for (;;) {
      const log = await this.log();
      if (done(log)) return log;
      if (performance.now() > end) throw new Error(`not so after 5 s: ${log.map((entry) => entry.ended)}`);
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
  }
}

export const ok = (fields = {}) => fields;
export const error = (status, type = "overloaded_error", fields = {}) => ({ status, error: { type, ...fields.error }, ...without(fields, "error") });
export const reset = (where = "before_headers") => ({ reset: where });
export const hang = (where = "before_headers") => ({ hang: where });

function without({ ["error"]: _, ...rest }) {
  return rest;
}
