// The box for slash commands, with completion, and the button for shortcuts.

import { deed, refresh } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { openLayer } from "./layer.js";
import { changed, store } from "./store.js";

const FAILED = "コマンドは失敗しました（アプリが3秒以内に応答しませんでした）。";
const state = { text: "", active: 0, note: null, busy: false };

export function composerView(channel) {
  const offers = completions();
  const props = {
    class: "composer-input",
    "aria-label": "メッセージ（スラッシュコマンド）",
    "aria-controls": "completions",
    "aria-expanded": String(offers.length > 0),
    role: "combobox",
    autocomplete: "off",
    placeholder: channel?.kind === "dm" ? "/renkei と打って始める" : `#${channel?.name ?? ""} で /renkei と打つ`,
    value: state.text,
    onInput: (event) => edit(event.target.value),
    onKeydown: (event) => key(event, offers, channel),
  };
  return h(
    "form",
    { class: "composer", onSubmit: (event) => event.preventDefault() },
    offers.length > 0 && h("div", { key: "completions", id: "completions", class: "completions", role: "listbox", "aria-label": "コマンドの候補" }, offers.map((offer, index) => row(offer, index === state.active, channel))),
    state.note && h("p", { key: "note", class: "trouble", role: "alert" }, icon("warning"), state.note),
    h(
      "div",
      { key: "box", class: `composer-box ${state.busy ? "busy" : ""}` },
      h("button", { type: "button", id: "shortcuts", class: "icon-button", "aria-label": "ショートカット", onClick: openShortcuts }, icon("bolt")),
      h("input", props),
      h("button", { type: "button", class: "icon-button send", "aria-label": "送信", disabled: !state.text.trim(), onClick: () => send(channel) }, icon("send")),
    ),
  );
}

function edit(text) {
  Object.assign(state, { text, active: 0, note: null });
  changed();
}

// "/renkei [pull|push]" offers /renkei, /renkei pull and /renkei push.
function completions() {
  if (!state.text.startsWith("/")) return [];
  const all = store.server.slack.commands.flatMap((command) => [command, ...words(command)]);
  return all.filter((offer) => offer.command.startsWith(state.text.trimEnd()) && offer.command !== state.text.trimEnd());
}

function words({ command, usage_hint: hint = "" }) {
  const [, inside] = /\[([^\]]+)\]/.exec(hint) ?? [];
  return (inside ?? "").split("|").map((word) => word.trim()).filter(Boolean).map((word) => ({ command: `${command} ${word}` }));
}

function row(offer, active, channel) {
  const onClick = () => choose(offer, channel);
  return h("div", { key: offer.command, class: `completion ${active ? "active" : ""}`, role: "option", "aria-selected": String(active), onClick }, h("strong", {}, offer.command), offer.description && h("small", {}, offer.description));
}

function choose(offer) {
  edit(`${offer.command} `);
  document.querySelector(".composer-input").focus();
}

function key(event, offers, channel) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && offers.length) {
    state.active = (state.active + step + offers.length) % offers.length;
    changed();
  } else if (event.key === "Tab" && offers.length) choose(offers[state.active]);
  else if (event.key === "Enter") send(channel);
  else return;
  event.preventDefault();
}

async function send(channel) {
  const text = state.text.trim();
  if (!text) return;
  if (!text.startsWith("/")) {
    state.note = "このデモで送れるのはスラッシュコマンドだけです。";
    changed();
    return;
  }
  edit("");
  await carry("command", { text, channel_id: channel.id }, `${text} は失敗しました。${FAILED}`);
}

async function carry(kind, details, failed) {
  state.busy = true;
  changed();
  const delivery = await deed(kind, details).catch(() => ({ error: "unreachable" }));
  Object.assign(state, { busy: false, note: delivery?.error ? failed : null });
  await refresh();
  changed();
}

function openShortcuts(event) {
  const items = store.server.slack.shortcuts.map((shortcut) => ({ value: shortcut.callback_id, label: shortcut.name }));
  const choose = (callback_id) => carry("shortcut", { callback_id }, FAILED);
  openLayer({ kind: "menu", key: "shortcuts", items, choose }, event.currentTarget);
}
