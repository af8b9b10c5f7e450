// Starts the page: one render function over everything, called whenever something has changed.

import { listen, refresh } from "./api.js";
import { confirmView } from "./confirm.js";
import { conversationView, latest } from "./conversation.js";
import { h, render } from "./dom.js";
import { layerView } from "./layer.js";
import { modalView } from "./modal.js";
import { panelView } from "./panel.js";
import { sidebarView } from "./sidebar.js";
import { HOME, changed, conversation, setUi, store, subscribe } from "./store.js";

const root = document.getElementById("root");

function draw() {
  if (!store.server) return;
  // Whoever acts now may not be in the channel that is open.
  if (store.ui.place !== HOME && !conversation()) store.ui.place = firstPlace();
  // What was there before the page was opened is not news.
  store.ui.read ??= new Map(store.server.slack.channels.map((channel) => [channel.id, latest(channel)]));
  const modal = modalView();
  const covered = Boolean(modal || store.ui.confirm) || undefined;
  const scrim = h("div", { key: "scrim", class: "scrim", onClick: () => setUi({ sidebar: false, panel: false }) });
  const narrow = window.matchMedia("(max-width: 899px)").matches && (store.ui.sidebar || store.ui.panel);
  render(root, h("div", { key: "app", class: `app ${store.ui.panel ? "with-panel" : ""}`, inert: covered }, sidebarView(), conversationView(), panelView(), narrow && scrim), modal, confirmView(), layerView());
}

function firstPlace() {
  const { channels } = store.server.slack;
  return (channels.find((channel) => channel.kind === "private") ?? channels[0])?.id ?? null;
}

subscribe(draw);
window.addEventListener("resize", changed);
setInterval(changed, 1000); // the clock's seconds
await refresh();
listen();
