// The page's line to its server: the state, the stream of changes, and what the person does.

import { changed, store } from "./store.js";
import { noteChanges } from "./flashes.js";

let running = null;
let again = false;

// Fetches the state; a call during a fetch makes one more follow, so the answer is never older than the call.
export function refresh() {
  if (running) {
    again = true;
    return running;
  }
  running = fetchUntilFresh().finally(() => {
    running = null;
  });
  return running;
}

async function fetchUntilFresh() {
  do {
    again = false;
    await fetchState();
  } while (again);
}

async function fetchState() {
  const user = store.ui.user;
  const answer = await fetch(`/page/state${user ? `?user=${encodeURIComponent(user)}` : ""}`);
  if (!answer.ok) throw new Error(`/page/state: ${answer.status}`);
  const state = await answer.json();
  if (user !== store.ui.user) {
    again = true;
    return;
  }
  noteChanges(store.server, state);
  store.server = state;
  store.ui.user = state.slack.me.id;
  changed();
}

export function listen() {
  const events = new EventSource("/page/events");
  events.onmessage = () => refresh().catch(lost);
  events.onopen = () => {
    store.offline = false;
    refresh().catch(lost);
  };
  events.onerror = lost;
}

function lost() {
  store.offline = true;
  changed();
}

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${path}: ${answer.status}`);
  return answer.status === 204 ? null : answer.json();
}

// One deed of the acting person → the delivery: {kind, ack_ms, response, error}, or null when the app was told nothing.
export async function deed(kind, details) {
  return post("/page/act", { user: store.ui.user, kind, ...details });
}

// Turns a switch, moves the clock …: the controls of the stand-ins and of the demo.
export async function control(path, body) {
  await post(path, body);
  await refresh();
}
