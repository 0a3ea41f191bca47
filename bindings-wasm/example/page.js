import { retryingFetch, storyOf } from "../dist/browser.js";

const query = new URLSearchParams(location.search);
const url = document.querySelector("#url");
const timeline = document.querySelector("#timeline");
const answer = document.querySelector("#answer");
url.value = query.get("url") ?? url.value;

function show(text) {
  const item = document.createElement("li");
  item.textContent = text;
  timeline.append(item);
}

const send = retryingFetch({
  initialDelay: Number(query.get("initialDelay") ?? 1_000),
  onEvent(event) {
    if (event.type === "wait") show(`attempt ${event.attempt}: ${event.failure} — waiting ${event.delay} ms (${event.source})`);
    if (event.type === "success") show(`answered after ${event.attempt} attempts, ${Math.round(event.elapsed)} ms`);
    if (event.type === "stop") show(`stopped: ${event.reason}`);
  },
});

document.querySelector("#send").addEventListener("click", async () => {
  timeline.replaceChildren();
  answer.textContent = "";
  try {
    const body = JSON.stringify({ model: "claude-sonnet-5", max_tokens: 64, messages: [{ role: "user", content: "Hello" }] });
    const response = await send(url.value, { method: "POST", headers: { "content-type": "application/json" }, body });
    answer.textContent = storyOf(response)?.explain() ?? JSON.stringify(await response.json(), null, 2);
  } catch (error) {
    answer.textContent = storyOf(error)?.explain() ?? String(error);
  }
});
