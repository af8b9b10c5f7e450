// The interactive elements of Block Kit. Each takes (element, block, surface) and says what stands there; `named` tells a
// screen reader what an input is called.

import { h } from "./dom.js";
import { select } from "./select.js";
import { textOf, plain } from "./text.js";
import { change, confirmed, controlKey, isBusy, press, valueOf } from "./surface.js";
import { openLayer } from "./layer.js";

const TYPING_REST = 250; // ms of rest after which typed text is sent

const ELEMENTS = {
  button,
  overflow,
  checkboxes: (element, block, surface, named) => choices("checkbox", element, block, surface, named),
  radio_buttons: (element, block, surface, named) => choices("radio", element, block, surface, named),
  datepicker: (element, block, surface, named) => moment("date", element, block, surface, named),
  timepicker: (element, block, surface, named) => moment("time", element, block, surface, named),
  plain_text_input: textInput,
  email_text_input: (element, block, surface, named) => textInput(element, block, surface, named, "email"),
  url_text_input: (element, block, surface, named) => textInput(element, block, surface, named, "url"),
  number_input: (element, block, surface, named) => textInput(element, block, surface, named, "text", "decimal"),
  image: (element) => h("img", { class: "element-image", src: element.image_url, alt: element.alt_text }),
  static_select: select,
  multi_static_select: select,
  external_select: select,
  multi_external_select: select,
  users_select: select,
  multi_users_select: select,
  conversations_select: select,
  multi_conversations_select: select,
  channels_select: select,
  multi_channels_select: select,
};

export function element(described, block, surface, named = {}) {
  const build = ELEMENTS[described.type];
  if (!build) return h("span", { class: "unknown" }, `表示できない要素です: ${described.type}`);
  return build(described, block, surface, named);
}

function button(described, block, surface) {
  const busy = isBusy(surface, block, described, described.value);
  const props = {
    key: controlKey(surface, block, described) + (described.value ?? ""),
    type: "button",
    class: `button ${described.style ?? ""} ${busy ? "busy" : ""}`,
    "aria-label": described.accessibility_label,
    "aria-busy": busy ? "true" : undefined,
    onClick: () => confirmed(described, () => pressed(described, block, surface)),
  };
  return h("button", props, h("span", {}, textOf(described.text)));
}

function pressed(described, block, surface) {
  if (described.url) window.open(described.url, "_blank", "noopener");
  return press(surface, block, described, described.value ?? null);
}

function overflow(described, block, surface) {
  const key = controlKey(surface, block, described);
  const items = described.options.map((option) => ({ value: option.value, option }));
  const choose = (value) => confirmed(described, () => press(surface, block, described, value));
  const onClick = (event) => openLayer({ kind: "menu", key, items, choose }, event.currentTarget);
  const props = { key, id: key, type: "button", class: "button overflow", "aria-label": "その他の操作", "aria-haspopup": "menu", onClick };
  return h("button", props, "⋯");
}

function choices(type, described, block, surface, named) {
  const value = valueOf(surface, block, described);
  const chosen = new Set(type === "radio" ? [value] : (value ?? []));
  const key = controlKey(surface, block, described);
  const toggle = (option, on) => {
    if (type === "radio") return change(surface, block, described, option.value);
    const next = described.options.map((each) => each.value).filter((each) => (each === option.value ? on : chosen.has(each)));
    return change(surface, block, described, next);
  };
  const rows = described.options.map((option) => {
    const onChange = (event) => confirmed(described, () => toggle(option, event.target.checked));
    const props = { type, name: key, value: option.value, checked: chosen.has(option.value), onChange };
    return h(
      "label",
      { key: option.value, class: "choice" },
      h("input", props),
      h("span", { class: "choice-text" }, textOf(option.text), option.description && h("small", {}, textOf(option.description))),
    );
  });
  return h("div", { class: "choices", role: type === "radio" ? "radiogroup" : "group", ...groupName(named) }, rows);
}

function groupName(named) {
  return { "aria-labelledby": named.labelledBy, "aria-describedby": named.describedBy, "aria-label": named.label };
}

function moment(type, described, block, surface, named) {
  const value = valueOf(surface, block, described) ?? "";
  const props = {
    type,
    id: named.id,
    class: "input moment",
    "aria-label": named.label ?? (named.id ? undefined : plain(described.placeholder) || (type === "date" ? "日付" : "時刻")),
    "aria-describedby": named.describedBy,
    value,
    onChange: (event) => confirmed(described, () => change(surface, block, described, event.target.value || null)),
  };
  const face = h("span", { class: "moment-face", "aria-hidden": "true" }, written(type, value));
  return h("span", { class: `moment-field ${value ? "" : "empty"}` }, h("input", { ...props, onClick: unfold }), face);
}

// The browser writes dates in its own language; where nobody is typing, the page writes them in Japanese over it.
function written(type, value) {
  if (!value) return type === "date" ? "日付を選択" : "時刻を選択";
  if (type === "time") return value;
  const [year, month, day] = value.split("-").map(Number);
  return `${year}年${month}月${day}日（${"日月火水木金土"[new Date(Date.UTC(year, month - 1, day)).getUTCDay()]}）`;
}

function unfold(event) {
  try {
    event.target.showPicker?.();
  } catch (error) {
    // Refused where no hand has clicked; the field can still be typed into.
    if (error.name !== "NotAllowedError") throw error;
  }
}

function textInput(described, block, surface, named, type = "text", mode = undefined) {
  const rest = onlyOnEnter(block, described) ? Infinity : TYPING_REST;
  const props = {
    id: named.id,
    class: "input",
    placeholder: plain(described.placeholder) || undefined,
    maxlength: described.max_length,
    "aria-label": named.label,
    "aria-describedby": named.describedBy,
    "aria-invalid": named.invalid ? "true" : undefined,
    value: valueOf(surface, block, described) ?? "",
    onInput: (event) => change(surface, block, described, event.target.value, { rest }),
    onKeydown: (event) => entered(event, () => change(surface, block, described, event.target.value), described, block),
  };
  if (described.multiline) return h("textarea", { ...props, rows: 5 });
  return h("input", { ...props, type, inputmode: mode, autocomplete: "off" });
}

// Enter sends a one-line input that asked to be dispatched; the Enter that ends a Japanese conversion is not one.
function entered(event, send, described, block) {
  if (event.key !== "Enter" || event.isComposing || described.multiline) return;
  if (block.dispatch_action) {
    event.preventDefault();
    send();
  }
}

function onlyOnEnter(block, described) {
  const triggers = described.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  return Boolean(block.dispatch_action) && !triggers.includes("on_character_entered");
}
