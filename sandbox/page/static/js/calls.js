// Every call that reached SmartHR and 勤革時, newest first.

import { h } from "./dom.js";
import { store } from "./store.js";

const SYSTEMS = { smarthr: "SmartHR", kinkakuji: "勤革時" };

export function callsView() {
  const { latest, counts } = store.server.calls;
  return h(
    "div",
    { key: "calls", class: "calls" },
    h("dl", { class: "counts" }, Object.entries(SYSTEMS).map(([system, name]) => countOf(name, counts[system]))),
    latest.length ? h("ol", { reversed: true }, latest.map(row)) : h("p", { class: "quiet" }, "まだ通信はありません。"),
  );
}

function countOf(name, { total, writes, per_second: perSecond, per_five_minutes: perFiveMinutes }) {
  return h(
    "div",
    { class: "count-card" },
    h("dt", {}, name),
    h("dd", {}, h("strong", {}, String(total)), `件（書き込み ${writes}件）`),
    h("dd", { class: "peak" }, perSecond === undefined ? `5分間で最大 ${perFiveMinutes} / 500件` : `1秒間で最大 ${perSecond} / 10件`),
  );
}

function row(call) {
  return h(
    "li",
    { key: call.number, class: `call ${statusClass(call.status)}` },
    h("time", {}, call.time),
    h("span", { class: `system ${call.system}` }, SYSTEMS[call.system]),
    h("span", { class: "method" }, call.method),
    h("code", {}, call.path),
    h("span", { class: "status" }, call.status === null ? "応答なし" : String(call.status)),
  );
}

function statusClass(status) {
  if (status === null) return "lost";
  return status >= 400 ? "bad" : "good";
}
