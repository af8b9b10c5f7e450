// The stack of modals. Only the top one can be touched; behind a pushed one its predecessor waits.

import { h } from "./dom.js";
import { blocks } from "./blocks.js";
import { icon } from "./icons.js";
import { store } from "./store.js";
import { close, submit, trouble, viewSurface } from "./surface.js";
import { plain } from "./text.js";

export function modalView() {
  const views = store.server.slack.modals;
  const view = views.at(-1);
  if (!view) return null;
  const surface = viewSurface(view);
  const onKeydown = (event) => {
    if (event.key === "Escape" && !event.isComposing) closeAll(views);
  };
  return h(
    "div",
    { key: "modal", class: "backdrop", onKeydown, inert: store.ui.confirm ? true : undefined },
    // Keyed by its place in the stack: an updated view is the same dialog, a pushed one slides in anew.
    h("form", { key: `${views.length}/${view.root_view_id ?? view.id}`, class: "modal", role: "dialog", "aria-modal": "true", "aria-labelledby": "modal-title", novalidate: true, created: enter, onSubmit: (event) => sent(event, view, surface) }, [
      head(view, views),
      trouble(surface) && h("p", { class: "trouble", role: "alert" }, icon("warning"), trouble(surface)),
      h("div", { key: view.id, class: "modal-body" }, blocks(view.blocks, surface)),
      foot(view, surface),
    ]),
  );
}

function head(view, views) {
  const pushed = views.length > 1;
  const back = () => close(viewSurface(view));
  return h(
    "header",
    { class: "modal-head" },
    pushed && h("button", { type: "button", class: "icon-button", "aria-label": "戻る", onClick: back }, icon("back")),
    h("h2", { id: "modal-title" }, plain(view.title)),
    h("button", { type: "button", class: "icon-button", "aria-label": "ダイアログを閉じる", onClick: () => closeAll(views) }, icon("close")),
  );
}

function foot(view, surface) {
  const busy = store.busy.has(`${surface.id}/submit`);
  const closeText = view.close ? plain(view.close) : "キャンセル";
  return h(
    "footer",
    { class: "modal-foot" },
    h("button", { type: "button", class: "button", onClick: () => close(surface) }, closeText),
    view.submit && h("button", { type: "submit", class: `button primary ${busy ? "busy" : ""}`, "aria-busy": busy ? "true" : undefined }, h("span", {}, plain(view.submit))),
  );
}

async function closeAll(views) {
  for (const view of [...views].reverse()) await close(viewSurface(view));
}

function sent(event, view, surface) {
  event.preventDefault();
  if (view.submit && !store.busy.has(`${surface.id}/submit`)) submit(surface);
}

// The first control is ready to be used, as in Slack; without one the dialog itself is.
function enter(dialog) {
  queueMicrotask(() => {
    const first = dialog.querySelector(".modal-body :is(input, textarea, .select)");
    if (first && window.matchMedia("(min-width: 720px)").matches) first.focus();
    else {
      dialog.tabIndex = -1;
      dialog.focus();
    }
  });
}
