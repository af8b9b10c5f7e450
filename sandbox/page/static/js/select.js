// The select menus: one or many; options of the block itself, of the app (external), people or channels.

import { h } from "./dom.js";
import { openLayer } from "./layer.js";
import { setUi, store } from "./store.js";
import { change, confirmed, controlKey, heldOptions, suggest, valueOf } from "./surface.js";
import { plain, textOf } from "./text.js";

const SEARCH_FROM = 8; // options from which a menu has a search box
const SUGGEST_REST = 200; // ms of rest after which an external select is asked

const seen = new Map(); // control → options that the app once suggested, by value

export function select(element, block, surface, named) {
  const key = controlKey(surface, block, element);
  const many = element.type.startsWith("multi_");
  const value = valueOf(surface, block, element);
  const chosen = many ? (value ?? []) : value === null ? [] : [value];
  const known = optionsByValue(element, block, surface);
  const onClick = (event) => open(element, block, surface, many, event.currentTarget);
  const props = {
    type: "button",
    id: named.id ?? key,
    class: "input select",
    role: "combobox",
    "aria-haspopup": "listbox",
    "aria-expanded": String(store.ui.layer?.key === key),
    "aria-labelledby": named.labelledBy,
    "aria-label": named.labelledBy ? undefined : (named.label ?? (plain(element.placeholder) || "選択")),
    "aria-describedby": named.describedBy,
    "aria-invalid": named.invalid ? "true" : undefined,
    onClick,
  };
  const remove = (gone) => change(surface, block, element, chosen.filter((each) => each !== gone));
  return h(
    "div",
    { key, class: "select-field" },
    h("button", props, faceOf(element, chosen, known, many), h("span", { class: "caret", "aria-hidden": "true" })),
    many && chosen.length > 0 && h("div", { class: "chips" }, chosen.map((each) => chip(each, known, remove))),
  );
}

function faceOf(element, chosen, known, many) {
  if (many && chosen.length) return h("span", { class: "face" }, `${chosen.length}件を選択中`);
  if (chosen.length) return h("span", { class: "face" }, label(known.get(chosen[0]), chosen[0]));
  return h("span", { class: "face empty" }, element.placeholder ? textOf(element.placeholder) : "選択してください");
}

function chip(value, known, remove) {
  const name = plain(known.get(value)?.option?.text) || known.get(value)?.label || value;
  const props = { type: "button", "aria-label": `${name}を外す`, onClick: () => remove(value) };
  return h("span", { key: value, class: "chip" }, label(known.get(value), value), h("button", props, "×"));
}

function label(item, value) {
  return item ? (item.option ? textOf(item.option.text) : item.label) : value;
}

function open(element, block, surface, many, anchor) {
  const key = controlKey(surface, block, element);
  const external = element.type.includes("external");
  const items = external ? [] : ownItems(element);
  const layer = {
    kind: "listbox",
    key,
    items,
    many,
    search: external ? "app" : items.length >= SEARCH_FROM ? "here" : null,
    chosen: () => new Set([valueOf(surface, block, element) ?? []].flat()),
    choose: (value) => confirmed(element, () => choose(element, block, surface, many, value)),
  };
  if (external) layer.searched = (text) => askApp(element, block, surface, text);
  openLayer(layer, anchor);
  if (external) askApp(element, block, surface, "");
}

function choose(element, block, surface, many, value) {
  if (!many) return change(surface, block, element, value);
  const chosen = valueOf(surface, block, element) ?? [];
  if (chosen.includes(value)) return change(surface, block, element, chosen.filter((each) => each !== value));
  if (chosen.length >= (element.max_selected_items ?? Infinity)) return undefined;
  return change(surface, block, element, [...chosen, value]);
}

function ownItems(element) {
  if (element.type.includes("users")) return users().map((user) => ({ value: user.id, label: user.real_name }));
  if (/channels|conversations/.test(element.type)) return channels().map((channel) => ({ value: channel.id, label: `# ${channel.name}` }));
  return grouped(element);
}

function users() {
  return store.server.slack.users.filter((user) => !user.deleted);
}

function channels() {
  return store.server.slack.channels.filter((channel) => ["channel", "private"].includes(channel.kind));
}

function grouped({ options, option_groups: groups }) {
  const items = (some) => some.map((option) => ({ value: option.value, option }));
  if (!groups) return items(options ?? []);
  return groups.flatMap((group) => [{ heading: plain(group.label) }, ...items(group.options)]);
}

function optionsByValue(element, block, surface) {
  const items = [
    ...ownItems(element),
    ...heldOptions(surface, block, element).map((option) => ({ value: option.value, option })),
    ...(seen.get(controlKey(surface, block, element)) ?? []),
  ];
  return new Map(items.filter((item) => !item.heading).map((item) => [item.value, item]));
}

let asking = 0;

function askApp(element, block, surface, text) {
  const layer = store.ui.layer;
  const shortest = element.min_query_length ?? 3; // Slack's default
  const turn = ++asking;
  if (text.length < shortest) return show(layer, [], `${shortest}文字以上で検索します`);
  show(layer, layer.items, "読み込んでいます…");
  return setTimeout(() => turn === asking && answer(element, block, surface, text, layer, turn), text ? SUGGEST_REST : 0);
}

async function answer(element, block, surface, text, layer, turn) {
  const delivery = await suggest(surface, block, element, text).catch(() => null);
  if (turn !== asking) return;
  if (!delivery || delivery.error) {
    show(layer, [], "候補を読み込めませんでした");
    return;
  }
  const items = grouped(delivery.response);
  const key = controlKey(surface, block, element);
  seen.set(key, [...(seen.get(key) ?? []), ...items]);
  show(layer, items, null);
}

function show(layer, items, note) {
  Object.assign(layer, { items, note });
  setUi({});
}
