// Left: the workspace, where one can go, and who is acting.

import { deed, refresh } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { HOME, setUi, store } from "./store.js";
import { avatar } from "./avatar.js";

const SECTIONS = [
  { title: "チャンネル", kinds: ["channel", "private"] },
  { title: "ダイレクトメッセージ", kinds: ["dm"] },
];

export function sidebarView() {
  const { slack } = store.server;
  return h(
    "nav",
    { key: "sidebar", class: `sidebar ${store.ui.sidebar ? "shown" : ""}`, "aria-label": "ワークスペース" },
    h("div", { class: "workspace" }, h("span", { class: "workspace-mark", "aria-hidden": "true" }, slack.team.name.slice(0, 1)), h("span", { class: "workspace-name" }, slack.team.name, h("small", {}, "Renkei のデモ")), closer()),
    h("div", { class: "places" }, SECTIONS.map(section), apps()),
    actors(slack),
  );
}

function closer() {
  const onClick = () => setUi({ sidebar: false });
  return h("button", { type: "button", class: "icon-button only-narrow", "aria-label": "メニューを閉じる", onClick }, icon("close"));
}

function section({ title, kinds }) {
  const channels = store.server.slack.channels.filter((channel) => kinds.includes(channel.kind));
  if (!channels.length) return null;
  return h("section", { key: title }, h("h2", {}, title), h("ul", {}, channels.map(place)));
}

function place(channel) {
  const here = store.ui.place === channel.id;
  const unread = here ? 0 : unreadIn(channel);
  const sign = { private: icon("lock"), channel: "#", dm: h("span", { class: "presence" }) }[channel.kind];
  return h("li", { key: channel.id }, entry(sign, channel.name, here, unread, () => goTo(channel.id)));
}

function entry(sign, name, here, unread, onClick) {
  const badge = unread > 0 && h("span", { class: "unread", "aria-label": `未読${unread}件` }, String(unread));
  const props = { type: "button", class: `place ${here ? "here" : ""} ${unread ? "fresh" : ""}`, "aria-current": here ? "page" : undefined, onClick };
  return h("button", props, h("span", { class: "sign", "aria-hidden": "true" }, sign), h("span", { class: "place-name" }, name), badge);
}

function apps() {
  if (!store.server.slack.channels.some((channel) => channel.kind === "home")) return null;
  const bot = store.server.slack.users.find((user) => user.is_bot);
  const openHome = async () => {
    goTo(HOME);
    await deed("home", {});
    await refresh();
  };
  return h("section", { key: "apps" }, h("h2", {}, "アプリ"), h("ul", {}, h("li", {}, entry(icon("home"), `${bot?.real_name ?? "アプリ"} のホーム`, store.ui.place === HOME, 0, openHome))));
}

export function goTo(place) {
  setUi({ place, sidebar: false });
}

function unreadIn(channel) {
  const seen = store.ui.read.get(channel.id) ?? "";
  return channel.messages.filter((message) => message.ts > seen).length;
}

function roleOf(user) {
  return store.server.roles[user.id];
}

function actors(slack) {
  const people = slack.users.filter((user) => !user.is_bot && !user.deleted);
  const become = (user) => {
    setUi({ user: user.id, layer: null, confirm: null, sidebar: false });
    store.drafts.clear();
    refresh();
  };
  const choice = (user) =>
    h(
      "button",
      { key: user.id, type: "button", class: `actor ${user.id === store.ui.user ? "here" : ""}`, "aria-pressed": String(user.id === store.ui.user), onClick: () => become(user) },
      avatar(user),
      h("span", { class: "actor-name" }, user.real_name, roleOf(user) && h("small", {}, roleOf(user))),
    );
  return h("section", { class: "actors", "aria-label": "操作する人" }, h("h2", {}, "操作する人"), people.map(choice));
}
