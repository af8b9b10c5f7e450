// What the page knows: `server` as the last answer said it, `ui` as this visitor arranged it, `drafts` as typed but not yet
// confirmed by the server. Everything on the screen is a function of these three.

const listeners = new Set();
let scheduled = false;

export const store = {
  server: null,
  offline: false,
  ui: {
    user: null, // who is acting; null until the server named its people
    place: null, // the channel that is open, or HOME
    sidebar: false, // drawers of the phone
    panel: window.matchMedia("(min-width: 1180px)").matches,
    tab: "smarthr",
    search: "",
    layer: null, // the one open menu
    confirm: null, // the one open confirm dialog
    troubles: new Map(), // surface → what went wrong with the last press there
    tables: new Map(), // block → page, sort and filter of a data_table
    opened: new Set(), // records shown in full
    editing: null, // the one record whose fields are a form
    read: null, // channel → timestamp of the last message seen; null until the first state came
  },
  drafts: new Map(),
  busy: new Set(), // controls that wait for the app's answer
  flashes: new Map(), // record field → how often it has changed
};

export const HOME = "home";

export function subscribe(listener) {
  listeners.add(listener);
}

const LATEST = 100; // ms; a browser that draws no frames (a tab behind others, a busy machine) still renders

// Renders once a frame, however many changes there were.
export function changed() {
  if (scheduled) return;
  scheduled = true;
  const draw = () => {
    if (!scheduled) return;
    scheduled = false;
    clearTimeout(fallback);
    for (const listener of listeners) listener();
  };
  const fallback = setTimeout(draw, LATEST);
  requestAnimationFrame(draw);
}

export function setUi(patch) {
  Object.assign(store.ui, patch);
  changed();
}

export function conversation(id = store.ui.place) {
  return store.server?.slack.channels.find((channel) => channel.id === id) ?? null;
}

export function person(id) {
  return store.server?.slack.users.find((user) => user.id === id) ?? null;
}
