// Buttons that break things, as the real systems break.

import { control } from "./api.js";
import { clockCard } from "./clock.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { changed, setUi, store } from "./store.js";

const COMMON = [
  { name: "empty_list", label: "一覧を空にする", about: "従業員の一覧に誰も返りません", on: true, off: false },
  { name: "lose_answer_after_commit", label: "書き込み後に応答を失う", about: "次の1件は、書き込まれたのに応答が返りません", on: 1, off: 0 },
  { name: "slow", label: "応答を遅くする", about: "1回の通信に3秒かかります", on: 3, off: 0 },
  { name: "too_many", label: "回数制限にかける", about: "次の3回を「多すぎます」と断ります", on: 3, off: 0 },
  { name: "unauthorized", label: "トークンを無効にする", about: "認証エラーになります", on: true, off: false },
];

const SYSTEMS = [
  { system: "kinkakuji", title: "勤革時", switches: [{ name: "closed_now", label: "勤革時を閉じる", about: "時刻にかかわらず利用できない時間帯にします", on: true, off: false }, { name: "down", label: "勤革時を落とす", about: "500番台のエラーになります", on: true, off: false }, { name: "missing_people", label: "一覧から人を欠けさせる", about: "従業員の一覧の最後の5人が返りません", on: 5, off: 0 }, { name: "repertoire", label: "使える文字を減らす", about: "Windows-31Jにない文字は「?」で登録されます", on: "cp932", off: "unicode" }, ...COMMON] },
  { system: "smarthr", title: "SmartHR", switches: [{ name: "down", label: "SmartHRを落とす", about: "503エラーになります", on: true, off: false }, ...COMMON] },
];

const COUNTED = new Set(["lose_answer_after_commit", "too_many"]); // each call that they hit uses one up

export function anythingBroken() {
  const broken = ({ system, switches }) => {
    const now = store.server.faults[system];
    return switches.some(({ name, off }) => now[name] !== off) || now.reject_numbers.length > 0;
  };
  return SYSTEMS.some(broken);
}

export function faultsView() {
  return h(
    "div",
    { key: "faults", class: "faults" },
    clockCard(),
    SYSTEMS.map(card),
    store.server.is_demo && renkei(),
    store.server.is_demo && firstUse(),
  );
}

function card({ system, title, switches }) {
  const now = store.server.faults[system];
  const rows = switches.map(({ name, label, about, on, off }) => {
    const key = `${system}/${name}`;
    const active = (turned[key] ?? now[name]) !== off;
    const count = COUNTED.has(name) && now[name] ? `あと${now[name]}回` : null;
    const onChange = () => turn(key, system, name, active ? off : on);
    return h(
      "label",
      { key: name, class: "switch-row" },
      h("span", { class: "switch-text" }, label, h("small", {}, count ?? about)),
      h("input", { type: "checkbox", role: "switch", class: "switch", "aria-label": `${title}: ${label}`, checked: active, onChange }),
    );
  });
  return h("section", { key: system, class: "card", "aria-label": title }, h("h3", {}, title), rows, rejection(system, title, now.reject_numbers));
}

const turned = {}; // switch → its new value, until the server has it too

function turn(key, system, name, value) {
  turned[key] = value;
  const done = () => {
    delete turned[key];
    changed();
  };
  return control("/control/faults", { [system]: { [name]: value } }).finally(done);
}

const typed = {};

// Refuses one person's writes, by employee number.
function rejection(system, title, numbers) {
  const add = (event) => {
    event.preventDefault();
    const number = (typed[system] ?? "").trim();
    typed[system] = "";
    if (number) control("/control/faults", { [system]: { reject_numbers: [...numbers, number] } });
  };
  const remove = (gone) => control("/control/faults", { [system]: { reject_numbers: numbers.filter((each) => each !== gone) } });
  const onInput = (event) => {
    typed[system] = event.target.value;
    changed();
  };
  return h(
    "form",
    { class: "rejection", onSubmit: add },
    h("label", { for: `reject-${system}` }, "この社員番号を拒否する"),
    h("div", { class: "rejection-row" }, h("input", { id: `reject-${system}`, class: "input small", placeholder: "例: 0012", value: typed[system] ?? "", onInput }), h("button", { type: "submit", class: "button small", "aria-label": `${title}: この社員番号を拒否する` }, "拒否")),
    h("div", { class: "chips" }, numbers.map((number) => h("span", { key: number, class: "chip" }, number, h("button", { type: "button", "aria-label": `${number}の拒否をやめる`, onClick: () => remove(number) }, "×")))),
  );
}

let starting = false; // while the app is started anew

// Kills the app, in the middle of an import too.
function renkei() {
  const crash = () => {
    starting = true;
    changed();
    control("/page/crash", {}).finally(() => {
      starting = false;
      changed();
    });
  };
  return h("section", { class: "card", "aria-label": "Renkei" }, h("h3", {}, "Renkei"), h("p", { class: "quiet" }, "突然落として、起動し直します。取り込みの途中なら、続きから再開します。"), h("button", { type: "button", class: "button small", disabled: starting, onClick: crash }, icon("replay"), starting ? "起動し直しています…" : "Renkeiを落とす"));
}

function firstUse() {
  const plain = (text) => ({ type: "plain_text", text });
  const texts = {
    title: plain("はじめての状態に戻す"),
    text: plain("連携設定と連携履歴を消し、何も設定していない状態でアプリを起動し直します。"),
    confirm: plain("戻す"),
    deny: plain("やめる"),
  };
  const ask = () => setUi({ confirm: { texts, accept: () => control("/page/first-use", {}) } });
  return h("section", { class: "card", "aria-label": "はじめての利用" }, h("h3", {}, "はじめての利用"), h("p", { class: "quiet" }, "導入直後の設定からやり直せます。"), h("button", { type: "button", class: "button small", onClick: ask }, icon("replay"), "はじめての状態に戻す"));
}
