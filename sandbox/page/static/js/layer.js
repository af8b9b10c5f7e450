// The one layer above everything: the open menu of a select or an overflow button. A popover on a laptop, a sheet that
// slides up from below on a phone (the stylesheet decides).

import { h } from "./dom.js";
import { glyphs } from "./glyphs.js";
import { setUi, store } from "./store.js";
import { textOf } from "./text.js";

const GAP = 4;
const TALLEST = 340;

// layer: {kind, key, items: [{value, option | label}], choose(value), search?, chosen?: Set, note?, many?}
export function openLayer(layer, anchor) {
  const box = anchor.getBoundingClientRect();
  setUi({ layer: { query: "", active: 0, ...layer, anchor, place: placeAt(box, layer.kind === "menu") } });
}

export function closeLayer() {
  const anchor = store.ui.layer?.anchor;
  setUi({ layer: null });
  anchor?.focus();
}

function placeAt(box, narrow) {
  const below = window.innerHeight - box.bottom - GAP;
  const up = below < TALLEST && box.top > below;
  const height = Math.min(TALLEST, (up ? box.top : below) - 2 * GAP);
  const width = narrow ? 220 : Math.max(box.width, 240);
  const left = Math.max(8, Math.min(narrow ? box.right - width : box.left, window.innerWidth - width - 8));
  const vertical = up ? `bottom:${window.innerHeight - box.top + GAP}px` : `top:${box.bottom + GAP}px`;
  return `${vertical};left:${left}px;width:${width}px;--tallest:${height}px`;
}

export function layerView() {
  const layer = store.ui.layer;
  if (!layer) return null;
  const shown = layer.items.filter((item) => item.heading || !layer.query || layer.search !== "here" || fits(item, layer.query));
  const pickable = shown.filter((item) => !item.heading);
  const onKeydown = (event) => steer(event, layer, pickable);
  return h(
    "div",
    { key: "layer", class: "layer", onClick: (event) => event.target === event.currentTarget && closeLayer() },
    h("div", { key: layer.key, class: `popover ${layer.kind}`, style: layer.place, onKeydown }, searchBox(layer), list(layer, shown, pickable), layer.many && done()),
  );
}

function fits(item, query) {
  return (item.label ?? item.option.text.text).toLowerCase().includes(query.toLowerCase());
}

function searchBox(layer) {
  if (!layer.search) return null;
  const onInput = (event) => {
    Object.assign(layer, { query: event.target.value, active: 0 });
    layer.searched?.(layer.query);
    setUi({});
  };
  const props = { type: "search", class: "input", "aria-label": "検索", placeholder: "検索", value: layer.query, onInput, created: focusSoon };
  return h("div", { class: "popover-search" }, h("input", props));
}

function list(layer, shown, pickable) {
  const role = layer.kind === "menu" ? "menu" : "listbox";
  const created = layer.search ? undefined : focusSoon;
  const rows = shown.map((item) => (item.heading ? heading(item) : row(layer, item, pickable)));
  const note = layer.note ?? (pickable.length ? null : "該当するものがありません");
  const props = { class: "options", role, tabindex: -1, created, "aria-multiselectable": layer.many ? "true" : undefined };
  return [h("div", props, rows), note && h("p", { class: "popover-note", role: "status" }, note)];
}

function heading(item) {
  return h("div", { class: "options-heading", role: "presentation" }, item.heading);
}

function row(layer, item, pickable) {
  const chosen = layer.chosen?.().has(item.value);
  const active = pickable[layer.active] === item;
  const props = {
    key: item.value,
    class: `option ${active ? "active" : ""} ${chosen ? "chosen" : ""}`,
    role: layer.kind === "menu" ? "menuitem" : "option",
    "aria-selected": layer.kind === "menu" ? undefined : String(Boolean(chosen)),
    onClick: () => pick(layer, item),
    patched: (node) => active && node.scrollIntoView({ block: "nearest" }),
  };
  const text = item.option ? textOf(item.option.text) : glyphs(item.label);
  const description = item.option?.description;
  return h("div", props, h("span", { class: "option-text" }, text, description && h("small", {}, textOf(description))), chosen && h("span", { class: "check", "aria-hidden": "true" }, "✓"));
}

function pick(layer, item) {
  if (!layer.many) closeLayer();
  layer.choose(item.value, item);
}

function done() {
  return h("div", { class: "popover-done" }, h("button", { type: "button", class: "button primary", onClick: closeLayer }, "決定"));
}

function steer(event, layer, pickable) {
  if (event.isComposing) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) layer.active = (layer.active + step + pickable.length) % Math.max(pickable.length, 1);
  else if (event.key === "Enter" && event.target.tagName !== "BUTTON" && pickable[layer.active]) pick(layer, pickable[layer.active]);
  else if (event.key === "Escape") closeLayer();
  else return;
  event.preventDefault();
  event.stopPropagation();
  setUi({});
}

function focusSoon(node) {
  queueMicrotask(() => node.focus());
}
