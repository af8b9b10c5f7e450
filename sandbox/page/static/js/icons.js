// The few line icons of the page, drawn on a 24 × 24 grid.

import { h } from "./dom.js";

const PATHS = {
  menu: "M4 7h16M4 12h16M4 17h16",
  close: "M6 6l12 12M18 6L6 18",
  back: "M15 5l-7 7 7 7",
  panel: "M4 5h16v14H4zM14 5v14",
  bolt: "M13 3L5 14h6l-1 7 8-11h-6z",
  send: "M4 12l16-8-6 16-3-7z",
  lock: "M7 11V8a5 5 0 0110 0v3M6 11h12v9H6z",
  home: "M4 11l8-7 8 7M6 10v10h12V10",
  clock: "M12 7v5l3 2M12 3a9 9 0 100 18 9 9 0 000-18z",
  warning: "M12 4l9 16H3zM12 10v4M12 17v.5",
  replay: "M5 12a7 7 0 107-7H7M10 2L7 5l3 3",
  file: "M7 3h7l4 4v14H7zM14 3v4h4",
};

export function icon(name) {
  const path = h("path", { svg: true, d: PATHS[name] });
  return h("svg", { svg: true, class: "icon", viewBox: "0 0 24 24", "aria-hidden": "true" }, path);
}
