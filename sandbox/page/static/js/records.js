// One system's people, as they are now. What changes lights up, so one sees an import arrive.

import { h } from "./dom.js";
import { recordActions, recordForm } from "./record_form.js";
import { changed, setUi, store } from "./store.js";

export function recordsView(system) {
  const all = store.server.records[system];
  const found = all.filter((record) => matches(record, store.ui.search));
  const count = found.length === all.length ? `${all.length}人` : `${all.length}人中 ${found.length}人`;
  return h(
    "div",
    { key: system, class: "records" },
    h("div", { class: "records-head" }, searchBox(), h("span", { class: "count", role: "status" }, count)),
    h("ul", {}, found.map((record) => row(system, record))),
  );
}

function searchBox() {
  const onInput = (event) => setUi({ search: event.target.value });
  return h("input", { type: "search", class: "input small", "aria-label": "従業員を検索", placeholder: "社員番号・氏名で検索", value: store.ui.search, onInput });
}

function matches(record, search) {
  const words = search.trim().toLowerCase();
  return !words || [record.number, record.name, record.kana].some((text) => (text ?? "").toLowerCase().includes(words));
}

function row(system, record) {
  const key = `${system}/${record.key}`;
  const open = store.ui.opened.has(key);
  const toggle = () => {
    if (open) store.ui.opened.delete(key);
    else store.ui.opened.add(key);
    changed();
  };
  return h(
    "li",
    { key: `${record.key}:${flashes(key)}`, class: flashes(key) ? "record flash" : "record" },
    h("button", { type: "button", class: "record-head", "aria-expanded": String(open), onClick: toggle }, [
      h("span", { class: `number ${record.number ? "" : "missing"}` }, flashing(key, record, ["number"], record.number || "番号なし")),
      h("span", { class: "who" }, flashing(key, record, record.name_fields, record.name), h("small", {}, flashing(key, record, record.kana_fields, record.kana))),
      record.edited.length > 0 && h("span", { class: "note edited" }, "編集済み"),
      record.note && h("span", { class: "note" }, record.note),
    ]),
    open ? opened(system, key, record) : summary(key, record),
  );
}

function flashes(key) {
  return store.flashes.get(key) ?? 0;
}

// One piece of text that may show several fields (a full name); a new key per change starts the animation afresh.
function flashing(key, record, names, text) {
  const times = names.reduce((sum, name) => sum + flashes(`${key}/${name}`), 0);
  return h("span", { key: `${names[0]}:${times}`, class: times ? "flash" : "" }, text || "—");
}

function summary(key, record) {
  const items = record.summary.filter((name) => record.fields[name]);
  return h("p", { class: "summary" }, items.map((name) => [flashing(key, record, [name], record.fields[name])]));
}

function opened(system, key, record) {
  if (store.ui.editing === key) return recordForm(system, record);
  return [details(key, record), recordActions(system, record, key)];
}

function details(key, record) {
  const rows = Object.entries(record.fields).map(([name, value]) => [
    h("dt", { key: `t${name}` }, record.labels[name] ?? name),
    h("dd", { key: `d${name}` }, flashing(key, record, [name], value), record.edited.includes(name) && h("small", { class: "edited" }, "編集済み")),
  ]);
  return h("dl", { class: "details" }, rows);
}
