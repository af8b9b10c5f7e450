// Slack's two kinds of text: plain_text, and mrkdwn with its marks, links, mentions and the three escapes.

import { h } from "./dom.js";
import { emoji, withEmoji } from "./emoji.js";
import { glyphs } from "./glyphs.js";
import { conversation, person } from "./store.js";

export function textOf(text) {
  if (!text) return [];
  if (text.type === "mrkdwn") return mrkdwn(text.text, text.verbatim);
  return lines(text.emoji === false ? text.text : withEmoji(text.text));
}

// For labels: what remains when all the formatting is gone.
export function plain(text) {
  if (!text) return "";
  return text.type === "mrkdwn" ? unescape(withEmoji(text.text.replace(/[*_~`]/g, ""))) : withEmoji(text.text);
}

export function mrkdwn(source) {
  const parts = source.split(/```\n?([\s\S]*?)\n?```/);
  return parts.map((part, index) => (index % 2 ? h("pre", { class: "code-block" }, unescape(part)) : paragraphs(part)));
}

// Neighbouring lines that begin with ">" are one quote.
function paragraphs(source) {
  const groups = [];
  for (const line of source.split("\n")) {
    const quoted = /^(&gt;|>)/.test(line);
    const last = groups.at(-1);
    const text = quoted ? line.replace(/^(&gt;|>) ?/, "") : line;
    if (last && last.quoted === quoted) last.lines.push(text);
    else groups.push({ quoted, lines: [text] });
  }
  return groups.map((group, index) => {
    const body = group.lines.map((line, at) => [at ? h("br") : null, inline(line)]);
    if (group.quoted) return h("blockquote", {}, body);
    return index && group.lines.join("") ? [body] : body;
  });
}

// A mark counts only where no letter touches it from outside, as in Slack: 社員*太郎*さん stays as it is.
const MARKS = [
  { pattern: /`([^`\n]+)`/u, build: (inner) => h("code", {}, unescape(inner)) },
  { pattern: /<([^<>\n]+)>/u, build: (inner) => reference(inner) },
  { pattern: /(?<![\p{L}\p{N}*])\*(?![\s*])([^*\n]*[^*\s])\*(?![\p{L}\p{N}*])/u, build: (inner) => h("strong", {}, inline(inner)) },
  { pattern: /(?<![\p{L}\p{N}_])_(?![\s_])([^_\n]*[^_\s])_(?![\p{L}\p{N}_])/u, build: (inner) => h("em", {}, inline(inner)) },
  { pattern: /(?<![\p{L}\p{N}~])~(?![\s~])([^~\n]*[^~\s])~(?![\p{L}\p{N}~])/u, build: (inner) => h("s", {}, inline(inner)) },
  { pattern: /:([a-z0-9_+-]+):/u, build: (inner) => glyphs(emoji(inner)) },
];

function inline(source) {
  const found = MARKS.map(({ pattern, build }) => ({ hit: pattern.exec(source), build }))
    .filter(({ hit }) => hit)
    .sort((one, other) => one.hit.index - other.hit.index)[0];
  if (!found) return glyphs(unescape(source));
  const { hit, build } = found;
  return [...glyphs(unescape(source.slice(0, hit.index))), build(hit[1]), ...inline(source.slice(hit.index + hit[0].length))];
}

function reference(inner) {
  const [target, label] = split(inner, "|");
  if (target.startsWith("@")) return mention(target.slice(1), label);
  if (target.startsWith("#")) return channelMention(target.slice(1), label);
  if (target.startsWith("!date^")) return label ?? target;
  if (target.startsWith("!")) return h("span", { class: "mention" }, `@${unescape(label ?? target.slice(1))}`);
  return link(unescape(target), label ? unescape(label) : null);
}

export function mention(id, label = null) {
  return h("span", { class: "mention" }, `@${person(id)?.real_name ?? label ?? id}`);
}

export function channelMention(id, label = null) {
  return h("span", { class: "mention" }, `#${conversation(id)?.name ?? label ?? id}`);
}

export function link(url, label) {
  if (!/^(https?|mailto):/.test(url)) return label ?? url;
  return h("a", { href: url, target: "_blank", rel: "noopener noreferrer" }, label ?? url.replace(/^mailto:/, ""));
}

export function lines(text) {
  return text.split("\n").map((line, index) => [index ? h("br") : null, glyphs(line)]);
}

function split(text, separator) {
  const at = text.indexOf(separator);
  return at < 0 ? [text, null] : [text.slice(0, at), text.slice(at + 1)];
}

function unescape(text) {
  return text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");
}
