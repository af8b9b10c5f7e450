// A person's round picture: the first character of the name on a colour of their own.

import { h } from "./dom.js";

const HUES = [212, 158, 24, 338, 266, 190, 46];

export function avatar(user) {
  const hue = HUES[[...user.id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % HUES.length];
  const name = user.real_name ?? user.name;
  return h("span", { class: `avatar ${user.is_bot ? "bot" : ""}`, style: `--hue:${hue}`, "aria-hidden": "true" }, user.is_bot ? "連" : name.slice(0, 1));
}
