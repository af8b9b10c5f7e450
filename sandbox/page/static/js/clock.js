// The demo's clock: bot and stand-ins share it, and it can jump.

import { control } from "./api.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { setUi, store } from "./store.js";

const JUMPS = [
  { label: "07:59へ", body: { time: "07:59" } },
  { label: "09:00へ", body: { time: "09:00" } },
  { label: "10:00へ", body: { time: "10:00" } },
  { label: "14:00へ", body: { time: "14:00" } },
  { label: "翌日へ", body: { next_day: true } },
  { label: "実時刻に戻す", body: { real: true } },
];

function now() {
  return new Date(Date.now() + store.server.clock.offset * 1000);
}

function written(options) {
  return now().toLocaleString("ja-JP", { timeZone: "Asia/Tokyo", ...options });
}

const TIME = { hour: "2-digit", minute: "2-digit" };
const DAY = { month: "numeric", day: "numeric", weekday: "short" };

export function clockChip() {
  const { closed } = store.server.clock;
  const words = `デモの時刻 ${written({ ...DAY, ...TIME })}${closed ? "（勤革時は利用できない時間帯）" : ""}`;
  const onClick = () => setUi({ panel: true, tab: "faults" });
  return h("button", { type: "button", class: `clock-chip ${closed ? "closed" : ""}`, "aria-label": words, title: words, onClick }, icon("clock"), h("span", {}, written(TIME)));
}

export function clockCard() {
  const { closed, closed_hours: hours, offset } = store.server.clock;
  return h(
    "section",
    { class: "card clock-card", "aria-label": "デモの時計" },
    h("h3", {}, "デモの時計"),
    h("p", { class: "clock-face" }, h("span", { class: "clock-time" }, written({ ...TIME, second: "2-digit" })), h("span", { class: "clock-day" }, written({ year: "numeric", ...DAY }))),
    h("p", { class: `clock-note ${closed ? "closed" : ""}` }, closed ? "勤革時は利用できない時間帯です" : "勤革時は利用できます", h("small", {}, `利用できない時間帯: ${hours.join("、")}`)),
    h("div", { class: "jumps" }, JUMPS.map(({ label, body }) => h("button", { key: label, type: "button", class: "button small", disabled: body.real && offset === 0, onClick: () => control("/control/clock", body) }, label))),
  );
}
