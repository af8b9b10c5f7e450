// Right: both systems' records, the calls, and what can be broken. A column on a laptop, a drawer on a phone.

import { h } from "./dom.js";
import { callsView } from "./calls.js";
import { anythingBroken, faultsView } from "./faults.js";
import { icon } from "./icons.js";
import { recordsView } from "./records.js";
import { setUi, store } from "./store.js";

const TABS = [
  { id: "smarthr", label: "SmartHR", view: () => recordsView("smarthr") },
  { id: "kinkakuji", label: "勤革時", view: () => recordsView("kinkakuji") },
  { id: "calls", label: "通信", view: callsView },
  { id: "faults", label: "いじわる", view: faultsView },
];

export function panelView() {
  if (!store.ui.panel) return null;
  const tab = TABS.find(({ id }) => id === store.ui.tab);
  return h(
    "aside",
    { key: "panel", class: "panel", "aria-label": "サイドパネル" },
    h("div", { class: "tabs", role: "tablist", onKeydown: step }, TABS.map(tabButton), h("button", { type: "button", class: "icon-button only-narrow", "aria-label": "サイドパネルを閉じる", onClick: () => setUi({ panel: false }) }, icon("close"))),
    h("div", { key: tab.id, class: "tab-body", role: "tabpanel", id: "tab-body", "aria-labelledby": `tab-${tab.id}`, tabindex: 0 }, tab.view()),
  );
}

function tabButton({ id, label }) {
  const here = id === store.ui.tab;
  const broken = id === "faults" && anythingBroken();
  const props = { key: id, id: `tab-${id}`, type: "button", class: `tab ${here ? "here" : ""}`, role: "tab", "aria-selected": String(here), "aria-controls": "tab-body", tabindex: here ? 0 : -1, onClick: () => setUi({ tab: id }) };
  return h("button", props, label, broken && h("span", { class: "dot", "aria-label": "有効ないじわるがあります" }));
}

function step(event) {
  const by = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
  if (!by) return;
  const at = TABS.findIndex(({ id }) => id === store.ui.tab);
  const next = TABS[(at + by + TABS.length) % TABS.length].id;
  setUi({ tab: next });
  document.getElementById(`tab-${next}`)?.focus();
}
