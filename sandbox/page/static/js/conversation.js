// Middle: the open channel's messages, or App Home.

import { h } from "./dom.js";
import { avatar } from "./avatar.js";
import { blocks } from "./blocks.js";
import { composerView } from "./composer.js";
import { icon } from "./icons.js";
import { HOME, conversation, person, setUi, store } from "./store.js";
import { messageSurface, trouble, viewSurface } from "./surface.js";
import { mrkdwn } from "./text.js";
import { clockChip } from "./clock.js";

export function conversationView() {
  const channel = conversation();
  const home = store.ui.place === HOME;
  return h(
    "main",
    { key: "main", class: "conversation" },
    head(home ? null : channel),
    store.offline && h("p", { class: "trouble", role: "alert" }, icon("warning"), "デモのサーバーにつながりません。再接続しています…"),
    home ? homeTab() : messageList(channel),
    !home && composerView(channel),
  );
}

function head(channel) {
  const name = channel ? channel.name : "ホーム";
  const sign = channel ? { private: icon("lock"), channel: "#", dm: null }[channel.kind] : icon("home");
  const about = channel?.kind === "dm" ? "アプリとのダイレクトメッセージ" : channel?.topic;
  return h(
    "header",
    { class: "top" },
    h("button", { type: "button", class: "icon-button only-narrow", "aria-label": "メニューを開く", onClick: () => setUi({ sidebar: true }) }, icon("menu")),
    h("h1", {}, sign && h("span", { class: "sign", "aria-hidden": "true" }, sign), name),
    about && h("span", { class: "about" }, about),
    h("span", { class: "grow" }),
    clockChip(),
    h("button", { type: "button", class: "icon-button", "aria-label": store.ui.panel ? "サイドパネルを閉じる" : "サイドパネルを開く", "aria-expanded": String(store.ui.panel), onClick: () => setUi({ panel: !store.ui.panel }) }, icon("panel")),
  );
}

function homeTab() {
  const view = store.server.slack.home;
  if (!view) return h("div", { class: "messages empty" }, h("p", {}, "このアプリのホームはまだありません。"));
  const surface = viewSurface(view);
  return h("div", { key: "home", class: "messages home" }, troubleLine(surface), h("div", { key: view.id }, blocks(view.blocks, surface)));
}

function messageList(channel) {
  if (!channel) return h("div", { class: "messages empty" });
  const { messages } = channel;
  markRead(channel);
  const patched = (node) => stayAtEnd(node, channel);
  const tops = messages.filter((message) => !isReply(message));
  const replies = (top) => messages.filter((message) => isReply(message) && message.thread_ts === top.ts);
  const rows = tops.map((top) => [messageView(channel, top), replies(top).map((reply) => messageView(channel, reply))]);
  return h("div", { key: channel.id, class: "messages", role: "log", "aria-label": `${channel.name}のメッセージ`, tabindex: 0, patched }, messages.length ? rows : empty(channel));
}

function empty(channel) {
  return h("div", { key: "empty", class: "welcome" }, h("h2", {}, channel.kind === "dm" ? channel.name : `# ${channel.name}`), h("p", {}, "まだメッセージはありません。下の欄に ", h("code", {}, "/renkei"), " と打つと始まります。"));
}

function isReply(message) {
  return Boolean(message.thread_ts) && message.thread_ts !== message.ts;
}

function markRead(channel) {
  store.ui.read.set(channel.id, latest(channel));
}

export function latest(channel) {
  return channel.messages.reduce((last, message) => (message.ts > last ? message.ts : last), "");
}

// Follows new messages unless the reader has scrolled up.
const ends = new WeakMap();

function stayAtEnd(node, channel) {
  const count = channel.messages.length;
  const known = ends.get(node);
  const near = node.scrollHeight - node.scrollTop - node.clientHeight < 240;
  if (!known || (count > known && near)) node.scrollTop = node.scrollHeight;
  ends.set(node, count);
}

function messageView(channel, message) {
  const author = person(message.user) ?? { id: message.user ?? "", real_name: "Slackbot", is_bot: true };
  const surface = messageSurface(channel.id, message);
  return h(
    "article",
    { key: message.ts, class: `message ${isReply(message) ? "reply" : ""} ${message.ephemeral ? "ephemeral" : ""}`, "data-ts": message.ts },
    avatar(author),
    h(
      "div",
      { class: "message-body" },
      message.ephemeral && h("p", { class: "only-you" }, "あなただけに表示されています"),
      h("p", { class: "byline" }, h("strong", {}, author.real_name), author.is_bot && h("span", { class: "badge" }, "アプリ"), h("time", {}, timeOf(message.ts))),
      message.blocks?.length ? h("div", { class: "message-blocks" }, blocks(message.blocks, surface)) : h("div", { class: "section-text" }, mrkdwn(message.text ?? ""), message.edited && h("small", { class: "edited" }, "（編集済み）")),
      (message.files ?? []).map(file),
      troubleLine(surface),
    ),
  );
}

function troubleLine(surface) {
  return trouble(surface) && h("p", { class: "trouble", role: "alert" }, icon("warning"), trouble(surface));
}

function file({ id, name, title, pretty_type: kind, size, url_private: url }) {
  const about = [kind, sizeOf(size)].filter(Boolean).join(" · ");
  return h("a", { key: id, class: "file", href: url, download: name, "aria-label": `${title ?? name}をダウンロード` }, icon("file"), h("span", {}, title ?? name, h("small", {}, about)));
}

function sizeOf(bytes) {
  return bytes < 1000 ? `${bytes} B` : `${(bytes / 1000).toFixed(1)} kB`;
}

function timeOf(ts) {
  return new Date(Number(ts) * 1000).toLocaleTimeString("ja-JP", { hour: "2-digit", minute: "2-digit", timeZone: "Asia/Tokyo" });
}
