// The vectors of requests, repairs and keys, through the public functions: no import, so that a browser runs it as well.
// See tests/vectors/README.md.

/** The files under tests/vectors/requests. */
export const REQUESTS = [
  "batches", "bedrock", "chat", "conversation-cache", "conversation-documents", "conversation-messages", "conversation-texts",
  "conversation-thinking", "conversation-tools", "converse", "converse_media", "documents", "envelope", "fields", "headers", "images",
  "limits", "model", "output_schema", "reports", "sampling", "shapes", "size", "thinking", "tool_schemas", "tools",
  "unusual",
];

/** What JavaScript has of what JSON cannot hold. The rest is written as JSON by `JSON.stringify`, and so by the SDKs. */
const FOREIGN = {
  lone_surrogate: () => "half a pair: \ud83d",
  cycle: () => {
    const value = [];
    value.push(value);
    return value;
  },
  too_deep: () => {
    let value = "Hello";
    for (let depth = 0; depth < 2_000; depth += 1) value = [value];
    return value;
  },
};

class Unspeakable extends Error {}

/** Requests that are others in JavaScript, which writes 16.0 as 16. */
const OTHERS = ["shapes/whole-number-with-a-point"];

/** What a case's request stands for: `$times`, `$numbered`, `$join` and `$foreign` written out. */
export function expanded(value) {
  if (Array.isArray(value)) return value.map(expanded);
  if (typeof value !== "object" || value === null) return value;
  const keys = Object.keys(value);
  const given = keys.length === 1 ? value[keys[0]] : undefined;
  switch (keys.length === 1 ? keys[0] : "") {
    case "$times": {
      const what = expanded(given[0]);
      return typeof what === "string" ? what.repeat(given[1]) : Array.from({ length: given[1] }, () => what).flat();
    }
    case "$numbered":
      return Array.from({ length: given[1] }, (_, number) => JSON.parse(JSON.stringify(given[0]).replaceAll("#", String(number))));
    case "$join":
      return given.map(expanded).reduce((whole, part) => (typeof whole === "string" ? whole + part : [...whole, ...part]));
    case "$foreign":
      if (!(given in FOREIGN)) throw new Unspeakable(given);
      return FOREIGN[given]();
    default:
  }
  const fresh = {};
  // Findings come in the order of the members, and in a vector that is the order of their names.
  for (const key of keys.sort()) {
    if (key.startsWith("$foreign ")) throw new Unspeakable(key);
    fresh[key] = expanded(value[key]);
  }
  return fresh;
}

function options({ target = "anthropic", endpoint, api_version: apiVersion, betas, headers }) {
  return { target, endpoint, apiVersion, betas, headers };
}

function differences(report, { finds, request }, place) {
  // Where a vector has nothing but that fact, JavaScript has a list, which may be of the wrong type too.
  const deep = JSON.stringify(request).includes('"too_deep"');
  const findings = report.findings.filter(({ cause }) => !(deep && cause === "field-type-wrong"));
  const found = findings.map((finding) => [finding.severity, finding.cause, place(finding.path)]);
  const wanted = finds.map(([severity, cause, path]) => [severity, cause, place(path)]);
  if (JSON.stringify(found) !== JSON.stringify(wanted)) return [`expected ${JSON.stringify(wanted)}, found ${JSON.stringify(found)}`];
  const wrong = [];
  findings.forEach((finding, index) => {
    for (const { mentions } of finds[index].slice(3)) {
      if (!finding.message.includes(mentions)) wrong.push(`${finding.path}: ${finding.message}: does not mention ${mentions}`);
    }
    if (finding.message === "" || finding.fix === "" || finding.fix.includes("\u0002")) wrong.push(`${finding.path}: no words`);
    if (!report.toString().includes(`  fix: ${finding.fix}\n`)) wrong.push(`${finding.path}: the text has not its fix`);
  });
  if (report.ok !== finds.every(([severity]) => severity !== "error")) wrong.push(`ok is ${report.ok}`);
  return wrong;
}

/**
 * Checks every request as an object, as a text and as bytes.
 *
 * @param {{ validate: Function }} holdoff
 * @param {Record<string, object[]>} files - cases by file
 */
export function runRequests({ validate }, files) {
  const failed = [];
  const skipped = [];
  let reports = 0;
  for (const [file, cases] of Object.entries(files)) {
    for (const each of cases) {
      const wrong = [];
      const source = JSON.stringify(each.request);
      // A cycle is found where it closes, and what is too deep at its bottom: both below the place that a vector names.
      const below = /"\$foreign":"(cycle|too_deep)"/.test(source) ? /(\.0)+$/ : /$^/;
      const place = (path) => path.replace(below, "");
      try {
        if (OTHERS.includes(`${file}/${each.id}`)) throw new Unspeakable(each.id);
        const request = expanded(each.request);
        if (typeof request !== "string") {
          const report = validate(request, options(each));
          wrong.push(...differences(report, each, place).map((text) => `object: ${text}`));
          if (report.findings.some(({ line, column, offset }) => line !== undefined || column !== undefined || offset !== undefined)) {
            wrong.push("object: has a place in a text");
          }
          reports += 1;
        }
        if (!source.includes('"$foreign"')) {
          const text = typeof request === "string" ? request : JSON.stringify(request, null, 1);
          const lines = text.split("\n").length;
          const ofText = validate(text, options(each));
          const ofBytes = validate(new TextEncoder().encode(text), options(each));
          wrong.push(...differences(ofText, each, place).map((words) => `text: ${words}`));
          if (JSON.stringify(ofText) !== JSON.stringify(ofBytes)) wrong.push("bytes and text differ");
          if (ofText.findings.some(({ line }) => line !== undefined && (line < 1 || line > lines))) wrong.push("text: a line beyond the text");
          reports += 2;
        }
      } catch (error) {
        if (error instanceof Unspeakable) {
          skipped.push(`${file}/${each.id}`);
          continue;
        }
        wrong.push(`threw ${error?.stack ?? error}`);
      }
      if (wrong.length > 0) failed.push(`${file}/${each.id}: ${each.why}\n  ${wrong.join("\n  ")}`);
    }
  }
  return { reports, skipped, failed };
}

/** RFC 6902 in a few lines, written apart from the package's, on a copy of everything. */
function applied(document, patch) {
  const root = [structuredClone(document)];
  const find = (pointer) => {
    let holder = root;
    let key = 0;
    for (const step of pointer.split("/").slice(1)) {
      holder = holder[key];
      key = Array.isArray(holder) ? (step === "-" ? holder.length : Number(step)) : step.replaceAll("~1", "/").replaceAll("~0", "~");
    }
    return [holder, key];
  };
  const out = ([holder, key]) => {
    const value = holder[key];
    if (Array.isArray(holder)) holder.splice(key, 1);
    else delete holder[key];
    return value;
  };
  for (const step of patch) {
    const value = step.op === "move" ? out(find(step.from)) : structuredClone(step.value);
    const [holder, key] = find(step.path);
    if (step.op === "remove") out([holder, key]);
    else if (step.op !== "replace" && Array.isArray(holder)) holder.splice(key, 0, value);
    else holder[key] = value;
  }
  return root[0];
}

/** An equal value has an equal text: of members in any order. */
function canonical(value) {
  return JSON.stringify(value, (_, item) =>
    typeof item === "object" && item !== null && !Array.isArray(item) ? Object.fromEntries(Object.entries(item).sort(([a], [b]) => (a < b ? -1 : 1))) : item,
  );
}

/** Mends every request of `repairs.json`, as an object and as a text. */
export function runRepairs({ repair }, cases) {
  const failed = [];
  for (const { id, why, given, expect } of cases) {
    const wrong = [];
    const same = (what, wanted, found) => {
      if (canonical(wanted) !== canonical(found)) wrong.push(`${what}: expected ${canonical(wanted)}, found ${canonical(found)}`);
    };
    const how = { target: given.target, endpoint: given.endpoint, betas: given.betas, answerMissingTools: given.answer_missing_tools };
    try {
      const check = (mended, what) => {
        same(`${what} patch`, expect.patch, mended.patch.map(({ reason: _reason, ...step }) => step));
        for (const [cause, pointer, words] of expect.left ?? []) {
          const said = mended.report.findings.some(
            (finding) => finding.cause === cause && finding.pointer.startsWith(pointer) && `${finding.message}${finding.fix}`.includes(words),
          );
          if (!said) wrong.push(`${what}: does not say that ${cause} at ${pointer} is left: ${words}`);
        }
      };
      const text = given.text ?? JSON.stringify(given.request);
      const ofText = repair(text, how);
      check(ofText, "text");
      const ofBytes = repair(new TextEncoder().encode(text), how);
      same("bytes", ofText.request, typeof ofBytes.request === "string" ? ofBytes.request : new TextDecoder().decode(ofBytes.request));
      if (expect.patch.length === 0 && ofText.request !== text) wrong.push("text: not the very same");
      if (expect.text !== undefined) same("text", JSON.parse(expect.text), JSON.parse(ofText.request));
      if (expect.request !== undefined) same("text", expect.request, JSON.parse(ofText.request));
      if (given.request !== undefined) {
        const before = canonical(given.request);
        const ofObject = repair(given.request, how);
        check(ofObject, "object");
        if (expect.patch.length === 0 && ofObject.request !== given.request) wrong.push("object: not the very same");
        if (expect.request !== undefined) same("object", expect.request, ofObject.request);
        same("object, patched", applied(given.request, ofObject.patch), ofObject.request);
        if (canonical(given.request) !== before) wrong.push("object: the given one has changed");
      }
    } catch (error) {
      wrong.push(`threw ${error?.stack ?? error}`);
    }
    if (wrong.length > 0) failed.push(`${id}: ${why}\n  ${wrong.join("\n  ")}`);
  }
  return { repairs: cases.length, failed };
}

/** Checks every key of `keys.json`. */
export function runKeys({ checkKey }, cases) {
  const sound = `sk-ant-api03-${"Ab1_Cd2-Ef3".repeat(9).slice(0, 93)}AA`;
  const failed = [];
  for (const { id, why, given, finds } of cases) {
    const report = checkKey(given.key.replaceAll("{key}", sound), { baseUrl: given.base_url, header: given.header });
    const found = JSON.stringify(report.findings.map(({ severity, cause }) => [severity, cause]));
    if (found !== JSON.stringify(finds)) failed.push(`${id}: ${why}\n  expected ${JSON.stringify(finds)}, found ${found}`);
    if (report.toString().includes("Ab1_")) failed.push(`${id}: shows the key`);
  }
  return { keys: cases.length, failed };
}
