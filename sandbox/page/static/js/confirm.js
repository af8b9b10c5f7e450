// The question that an element with `confirm` asks before it acts.

import { h } from "./dom.js";
import { setUi, store } from "./store.js";
import { plain, textOf } from "./text.js";

export function confirmView() {
  const confirm = store.ui.confirm;
  if (!confirm) return null;
  const { texts, accept } = confirm;
  const answer = (yes) => {
    setUi({ confirm: null });
    if (yes) accept();
  };
  const onKeydown = (event) => event.key === "Escape" && answer(false);
  return h(
    "div",
    { key: "confirm", class: "backdrop over", onKeydown },
    h(
      "div",
      { class: "modal confirm", role: "alertdialog", "aria-modal": "true", "aria-labelledby": "confirm-title", "aria-describedby": "confirm-text" },
      h("h2", { id: "confirm-title" }, plain(texts.title)),
      h("div", { id: "confirm-text", class: "confirm-text" }, textOf(texts.text)),
      h(
        "footer",
        { class: "modal-foot" },
        h("button", { type: "button", class: "button", onClick: () => answer(false) }, plain(texts.deny)),
        h("button", { type: "button", class: `button ${texts.style === "danger" ? "danger" : "primary"}`, onClick: () => answer(true), created: focusSoon }, plain(texts.confirm)),
      ),
    ),
  );
}

function focusSoon(node) {
  queueMicrotask(() => node.focus());
}
