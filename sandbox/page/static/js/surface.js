// A surface is where blocks stand (a modal, App Home, a message) and what its controls hold and do there.

import { deed, refresh } from "./api.js";
import { changed, conversation, setUi, store } from "./store.js";

const TROUBLE = "接続に問題が発生しました。もう一度お試しください。";

// Values and errors are looked up when they are asked for: a menu that stays open must not see yesterday's.
export function viewSurface({ id, type }) {
  return {
    id,
    kind: type,
    where: { view_id: id },
    get values() {
      return viewNow(id)?.state?.values ?? {};
    },
    get errors() {
      return viewNow(id)?.errors ?? {};
    },
  };
}

function viewNow(id) {
  const { modals, home } = store.server.slack;
  return [...modals, home].find((view) => view?.id === id);
}

export function messageSurface(channel, { ts }) {
  return {
    id: `${channel}/${ts}`,
    kind: "message",
    where: { channel, ts },
    get values() {
      return conversation(channel)?.messages.find((message) => message.ts === ts)?.state?.values ?? {};
    },
    errors: {},
  };
}

export function controlKey(surface, block, element) {
  return `${surface.id}/${block.block_id}/${element.action_id}`;
}

// What a control shows: what the person just did, else what the server holds, else its initial value.
export function valueOf(surface, block, element) {
  const key = controlKey(surface, block, element);
  if (store.drafts.has(key)) return store.drafts.get(key);
  const held = surface.values[block.block_id]?.[element.action_id];
  return held ? shortOf(held, "selected_") : shortOf(element, "initial_");
}

// The options that the server holds as chosen, whole: an external select has no other source for their texts.
export function heldOptions(surface, block, element) {
  const held = surface.values[block.block_id]?.[element.action_id];
  const one = held ? held.selected_option : element.initial_option;
  const many = held ? held.selected_options : element.initial_options;
  return [...(one ? [one] : []), ...(many ?? [])];
}

function shortOf(source, prefix) {
  const options = source[`${prefix}options`];
  if (options) return options.map((option) => option.value);
  const option = source[`${prefix}option`];
  if (option) return option.value;
  for (const name of ["date", "time", "date_time", "users", "user", "conversations", "conversation", "channels", "channel"]) {
    const found = source[prefix + name];
    if (found !== undefined && found !== null) return found;
  }
  return (prefix === "initial_" ? source.initial_value : source.value) ?? null;
}

const timers = new Map(); // control → the typing that has not been sent yet
let sending = Promise.resolve();

// Sets a control. Typing is sent when the fingers rest; everything else at once.
export function change(surface, block, element, value, { rest = 0 } = {}) {
  const key = controlKey(surface, block, element);
  store.drafts.set(key, value);
  changed();
  const send = (dispatch = true) => {
    timers.delete(key);
    sending = sending.then(() => tell(surface, block, element, value, key, dispatch));
    return sending;
  };
  clearTimeout(timers.get(key)?.timer);
  if (!rest) return send();
  timers.set(key, { send, timer: Number.isFinite(rest) ? setTimeout(send, rest) : undefined });
  return sending;
}

async function tell(surface, block, element, value, key, dispatch) {
  const details = { ...surface.where, block_id: block.block_id, action_id: element.action_id, value };
  // In a message a menu is chosen from as a button is pressed; only views hold state.
  if (surface.kind === "message") await carry(surface, key, "press", details);
  else await carry(surface, key, "change", { ...details, dispatch });
  if (store.drafts.get(key) === value) store.drafts.delete(key);
  changed();
}

// Everything typed reaches the server before a press or a submission does; what waits for Enter, without a word to the app.
async function settle() {
  for (const { send, timer } of [...timers.values()]) {
    clearTimeout(timer);
    send(false);
  }
  await sending;
}

export async function press(surface, block, element, value) {
  await settle();
  const details = { ...surface.where, block_id: block.block_id, action_id: element.action_id, value };
  await carry(surface, `${controlKey(surface, block, element)}=${value ?? ""}`, "press", details);
}

export function isBusy(surface, block, element, value) {
  return store.busy.has(`${controlKey(surface, block, element)}=${value ?? ""}`);
}

export async function submit(surface) {
  await settle();
  await carry(surface, `${surface.id}/submit`, "submit", surface.where);
}

export async function close(surface) {
  await carry(surface, `${surface.id}/close`, "close", surface.where);
}

export async function suggest(surface, block, element, text) {
  const details = { ...surface.where, block_id: block.block_id, action_id: element.action_id, text };
  return deed("suggest", details);
}

// Does it, shows who waits meanwhile, and says it when the app did not answer in time.
async function carry(surface, key, kind, details) {
  store.busy.add(key);
  store.ui.troubles.delete(surface.id);
  changed();
  try {
    const delivery = await deed(kind, details);
    if (delivery?.error) store.ui.troubles.set(surface.id, TROUBLE);
    await refresh();
  } catch {
    store.ui.troubles.set(surface.id, TROUBLE);
  } finally {
    store.busy.delete(key);
    changed();
  }
}

export function trouble(surface) {
  return store.ui.troubles.get(surface.id) ?? null;
}

// Asks first where the element carries a confirm dialog, then does it.
export function confirmed(element, deedToDo) {
  if (element.confirm) setUi({ confirm: { texts: element.confirm, accept: deedToDo } });
  else deedToDo();
}
