// The blocks of Block Kit, one function each. A block's node is keyed by its block_id: when the app updates a view, what has
// kept its id keeps its place, its focus and its caret.

import { h } from "./dom.js";
import { element } from "./elements.js";
import { glyphs } from "./glyphs.js";
import { richText } from "./rich_text.js";
import { dataTable, table } from "./tables.js";
import { mrkdwn, plain, textOf } from "./text.js";

const BLOCKS = {
  header: (block) => h("h3", { class: "block-header" }, textOf(block.text)),
  divider: () => h("hr", { class: "block-divider" }),
  section,
  context: (block, surface) => h("div", { class: "block-context" }, block.elements.map((each) => contextItem(each, block, surface))),
  actions: (block, surface) => h("div", { class: "block-actions" }, block.elements.map((each) => element(each, block, surface))),
  input,
  rich_text: richText,
  image,
  alert,
  markdown: (block) => h("div", { class: "block-markdown" }, markdown(block.text)),
  table,
  data_table: dataTable,
};

export function blocks(described, surface) {
  return (described ?? []).map((each, index) => {
    const block = each.block_id ? each : { ...each, block_id: `#${index}` };
    const build = BLOCKS[block.type];
    const content = build ? build(block, surface) : h("span", { class: "unknown" }, `表示できないブロックです: ${block.type}`);
    return h("div", { key: block.block_id, class: "block", "data-type": block.type, "data-block": block.block_id }, content);
  });
}

function section(block, surface) {
  const named = { label: plain(block.text).slice(0, 100) || undefined };
  const wide = block.accessory && !["button", "overflow", "image"].includes(block.accessory.type);
  return h(
    "div",
    { class: `block-section ${wide ? "wide" : ""}` },
    h(
      "div",
      { class: "section-body" },
      block.text && h("div", { class: "section-text" }, textOf(block.text)),
      block.fields && h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "field" }, textOf(field)))),
    ),
    block.accessory && h("div", { class: "accessory" }, element(block.accessory, block, surface, named)),
  );
}

function contextItem(item) {
  if (item.type === "image") return h("img", { class: "context-image", src: item.image_url, alt: item.alt_text });
  return h("span", { class: "context-text" }, textOf(item));
}

const GROUPS = ["checkboxes", "radio_buttons"];

function input(block, surface) {
  const id = `${surface.id}/${block.block_id}`;
  const error = surface.errors[block.block_id];
  const describedBy = [error && `${id}/error`, block.hint && `${id}/hint`].filter(Boolean).join(" ") || undefined;
  const byLabel = block.element.type.includes("select") || GROUPS.includes(block.element.type);
  const named = { id, labelledBy: byLabel ? `${id}/label` : undefined, describedBy, invalid: Boolean(error) };
  const optional = block.optional && h("span", { class: "optional" }, "（任意）");
  return h(
    "div",
    { class: `block-input ${error ? "invalid" : ""}` },
    h("label", { id: `${id}/label`, for: GROUPS.includes(block.element.type) ? undefined : id }, textOf(block.label), optional),
    element(block.element, block, surface, named),
    error && h("p", { class: "input-error", id: `${id}/error`, role: "alert" }, error),
    block.hint && h("p", { class: "hint", id: `${id}/hint` }, textOf(block.hint)),
  );
}

function image(block) {
  const picture = h("img", { src: block.image_url ?? block.slack_file?.url, alt: block.alt_text });
  return h("figure", { class: "block-image" }, block.title && h("figcaption", {}, textOf(block.title)), picture);
}

const ALERT_SIGNS = { default: "💬", info: "ℹ️", warning: "⚠️", error: "⛔", success: "✅" };

function alert(block) {
  const level = block.level ?? "default";
  const role = ["warning", "error"].includes(level) ? "alert" : "status";
  const sign = h("span", { class: "alert-sign", "aria-hidden": "true" }, glyphs(ALERT_SIGNS[level]));
  return h("div", { class: `block-alert ${level}`, role }, sign, h("div", {}, textOf(block.text)));
}

// The markdown block writes **bold** where mrkdwn writes *bold*; headings and list items are what a bot needs beyond that.
function markdown(text) {
  return text.split("\n").map((line) => {
    const [, marks, title] = /^(#{1,6}) (.*)$/.exec(line) ?? [];
    if (marks) return h("h4", {}, mrkdwn(fromMarkdown(title)));
    const [, item] = /^[-*] (.*)$/.exec(line) ?? [];
    if (item) return h("div", { class: "markdown-item" }, mrkdwn(fromMarkdown(item)));
    return h("p", {}, mrkdwn(fromMarkdown(line)));
  });
}

function fromMarkdown(line) {
  return line
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, "<$2|$1>")
    .replace(/\*\*(.+?)\*\*/g, "*$1*")
    .replace(/~~(.+?)~~/g, "~$1~");
}
