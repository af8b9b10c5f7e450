// A record's fields as a form: somebody else's edit in SmartHR or 勤革時, and its way back.

import { control } from "./api.js";
import { h } from "./dom.js";
import { changed, setUi, store } from "./store.js";

let typed = {}; // field → text, of the one record whose form is open

export function recordForm(system, record) {
  const editors = store.server.editors[system].filter(({ name }) => name in record.fields);
  const byName = new Map(editors.map((editor) => [editor.name, editor]));
  const rows = Object.keys(record.fields).filter((name) => byName.has(name)).map((name) => field(byName.get(name), record));
  const save = (event) => {
    event.preventDefault();
    const values = Object.fromEntries(editors.filter((editor) => editor.name in typed && typed[editor.name] !== current(editor, record)).map(({ name }) => [name, typed[name]]));
    close();
    if (Object.keys(values).length) control("/page/edits", { system, key: record.key, values });
  };
  return h(
    "form",
    { key: "form", class: "record-form", "aria-label": `${record.name}を編集`, onSubmit: save },
    rows,
    h("div", { class: "record-actions" }, h("button", { type: "submit", class: "button small primary" }, "保存"), h("button", { type: "button", class: "button small", onClick: close }, "やめる")),
  );
}

function field(editor, record) {
  const onInput = (event) => {
    typed[editor.name] = event.target.value;
    changed();
  };
  const props = { class: "input small", required: editor.required, value: typed[editor.name] ?? current(editor, record), onInput };
  const empty = !editor.required && h("option", { key: "", value: "" }, "—");
  const box = editor.kind === "choice"
    ? h("select", props, empty, editor.choices.map(([value, label]) => h("option", { key: value, value }, label)))
    : h("input", { ...props, type: editor.kind, autocomplete: "off" });
  return h("label", { key: editor.name, class: "record-field" }, h("span", {}, record.labels[editor.name]), box);
}

// What stands in the field now; the panel shows choices by their labels.
function current({ name, kind, choices }, record) {
  const shown = record.fields[name];
  return kind === "choice" ? (choices.find(([, label]) => label === shown)?.[0] ?? "") : shown;
}

function close() {
  typed = {};
  setUi({ editing: null });
}

// Below the fields of an opened record: the way into the form, and the way back to what stood there before an edit.
export function recordActions(system, record, key) {
  const edit = () => {
    typed = {};
    setUi({ editing: key });
  };
  const undo = () => control("/page/edits/undo", { system, key: record.key });
  return h(
    "div",
    { key: "actions", class: "record-actions" },
    h("button", { type: "button", class: "button small", "aria-label": `${record.name}を編集する`, onClick: edit }, "編集する"),
    record.edited.length > 0 && h("button", { type: "button", class: "button small", "aria-label": `${record.name}の編集を元に戻す`, onClick: undo }, "編集を元に戻す"),
  );
}
