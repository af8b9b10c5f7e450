// rich_text: sections, lists, quotes and preformatted text, made of styled runs.

import { h } from "./dom.js";
import { emoji } from "./emoji.js";
import { glyphs } from "./glyphs.js";
import { channelMention, lines, link, mention } from "./text.js";

export function richText(block) {
  return h("div", { class: "rich-text" }, block.elements.map((element) => CONTAINERS[element.type]?.(element)));
}

const CONTAINERS = {
  rich_text_section: (element) => h("div", { class: "rich-section" }, runs(element)),
  rich_text_quote: (element) => h("blockquote", {}, runs(element)),
  rich_text_preformatted: (element) => h("pre", { class: "code-block" }, runs(element)),
  rich_text_list: list,
};

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const props = { style: `--indent:${element.indent ?? 0}`, start: element.offset ? element.offset + 1 : undefined };
  return h(tag, props, element.elements.map((item) => h("li", {}, runs(item))));
}

function runs(element) {
  return element.elements.map((run) => styled(run.style ?? {}, RUNS[run.type]?.(run) ?? []));
}

const RUNS = {
  text: (run) => lines(run.text),
  link: (run) => link(run.url, run.text),
  emoji: (run) => glyphs(run.unicode ? fromUnicode(run.unicode) : emoji(run.name)),
  user: (run) => mention(run.user_id),
  channel: (run) => channelMention(run.channel_id),
  broadcast: (run) => h("span", { class: "mention" }, `@${run.range}`),
  date: (run) => h("time", {}, run.fallback ?? moment(run.timestamp)),
  color: (run) => [h("span", { class: "swatch", style: `background:${hex(run.value)}` }), run.value],
};

const STYLES = { code: "code", bold: "strong", italic: "em", strike: "s", underline: "u" };

function styled(style, content) {
  return Object.entries(STYLES).reduce((inner, [name, tag]) => (style[name] ? h(tag, {}, inner) : inner), content);
}

function fromUnicode(code) {
  return String.fromCodePoint(...code.split("-").map((part) => Number.parseInt(part, 16)));
}

function moment(seconds) {
  return new Date(seconds * 1000).toLocaleString("ja-JP", { timeZone: "Asia/Tokyo" });
}

function hex(value) {
  return /^#[0-9a-f]{3,8}$/i.test(value) ? value : "transparent";
}
