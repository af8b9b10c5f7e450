// The emoji drawn by the page itself: it looks the same on machines without an emoji font. Each has a colour and a path on a
// 24 × 24 grid, filled (F) or drawn with a line (L). A screen reader hears the emoji that was written.

import { h } from "./dom.js";

const DISC = "M12 3a9 9 0 100 18 9 9 0 000-18z";
const SQUARE = "M4 4h16v16H4z";
const TRIANGLE = "M12 3.5L22 21H2z";
const F = (colour, shape, mark) => ({ colour, fill: shape, mark });
const L = (colour, line) => ({ colour, line });

const DRAWN = {
  "🟢": F("green", DISC), "🟠": F("orange", DISC), "🔴": F("red", DISC), "🔵": F("blue", DISC), "🟡": F("yellow", DISC),
  "⚪": F("pale", DISC), "⚫": F("dark", DISC), "🟩": F("green", SQUARE), "🟦": F("blue", SQUARE), "🟥": F("red", SQUARE),
  "⬜": F("pale", SQUARE), "⬛": F("dark", SQUARE), "▪": F("dark", "M9 9h6v6H9z"), "▫": F("pale", "M9 9h6v6H9z"),
  "✅": F("green", "M6 3h12a3 3 0 013 3v12a3 3 0 01-3 3H6a3 3 0 01-3-3V6a3 3 0 013-3z", "M7.5 12.5l3 3 6-7"),
  "☑": F("blue", "M6 3h12a3 3 0 013 3v12a3 3 0 01-3 3H6a3 3 0 01-3-3V6a3 3 0 013-3z", "M7.5 12.5l3 3 6-7"),
  "ℹ": F("blue", DISC, "M12 11v6M12 7.5v.3"), "❗": L("red", "M12 4v10M12 19v.4"), "❓": L("red", "M8.5 8.5a3.5 3.5 0 116 2.4c-1.5 1.4-2.5 1.8-2.5 4M12 19v.4"),
  "⚠": F("orange", TRIANGLE, "M12 10v5M12 18v.2"), "🏁": L("dark", "M6 21V4M6 4h12l-2.500 4L18 12H6"), "⛔": F("red", DISC, "M7.5 12h9"), "🛑": F("red", "M8 3h8l5 5v8l-5 5H8l-5-5V8z"), "🚫": L("red", `${DISC}M6 6l12 12`),
  "✔": L("green", "M5 13l4.5 4.5L19 7"), "❌": L("red", "M6 6l12 12M18 6L6 18"), "➕": L("green", "M12 5v14M5 12h14"),
  "➖": L("red", "M5 12h14"), "➡": L("blue", "M4 12h15M13 6l6 6-6 6"), "⬅": L("blue", "M20 12H5M11 6l-6 6 6 6"),
  "⬆": L("blue", "M12 20V5M6 11l6-6 6 6"), "⬇": L("blue", "M12 4v15M6 13l6 6 6-6"), "▶": F("blue", "M7 4l13 8-13 8z"),
  "◀": F("blue", "M17 4L4 12l13 8z"), "⏸": F("blue", "M6 4h4v16H6zM14 4h4v16h-4z"), "🔄": L("blue", "M5 12a7 7 0 0112-5l2 2M19 4v5h-5M19 12a7 7 0 01-12 5l-2-2M5 20v-5h5"),
  "⏳": L("orange", "M7 3h10M7 21h10M8 3v4l4 5 4-5V3M8 21v-4l4-5 4 5v4"), "⌛": L("orange", "M7 3h10M7 21h10M8 3v4l4 5 4-5V3M8 21v-4l4-5 4 5v4"),
  "⏰": L("red", `M12 8v5l3 2${DISC}M5 3L2.500 5.500M19 3l2.500 2.500`), "🕒": L("dark", `M12 7v5h4${DISC}`), "🕘": L("dark", `M12 7v5H8${DISC}`), "⏱": L("dark", `M12 8v5M10 1h4${DISC}`),
  "🔍": L("blue", "M10.500 4a6.500 6.500 0 100 13 6.500 6.500 0 000-13zM15.500 15.500L21 21"), "🔒": L("orange", "M7 11V8a5 5 0 0110 0v3M5 11h14v9H5z"),
  "🔓": L("orange", "M7 11V8a5 5 0 019.500-2M5 11h14v9H5z"), "🔑": L("orange", "M8 11a4 4 0 100 8 4 4 0 000-8zM11 12l8-8M15 8l3 3"),
  "🔔": L("orange", "M6 16V11a6 6 0 0112 0v5l2 2H4zM10 21h4"), "🔗": L("blue", "M10 14l4-4M8 11l-2 2a3.500 3.500 0 005 5l2-2M16 13l2-2a3.500 3.500 0 00-5-5l-2 2"),
  "⚙": L("dark", "M12 9a3 3 0 100 6 3 3 0 000-6zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.200 2.200M16.200 16.200l2.200 2.200M18.400 5.600l-2.200 2.200M7.800 16.200l-2.200 2.200"),
  "🔧": L("dark", "M14 7a4 4 0 015-3l-3 3 1 2 2 1 3-3a4 4 0 01-5 5l-8 8-3-3z"), "💡": L("yellow", "M9 18h6M10 21h4M8 14a6 6 0 118 0l-1 2H9z"),
  "📋": L("orange", "M6 5h12v16H6zM9 3h6v4H9zM9 11h6M9 15h6"), "📝": L("orange", "M5 4h14v16H5zM8 9h8M8 13h8M8 17h4"), "📄": L("dark", "M7 3h7l4 4v14H7zM14 3v4h4"),
  "📁": L("yellow", "M3 6h7l2 2h9v11H3z"), "📑": L("dark", "M5 7h10v14H5zM9 3h10v14"), "📅": L("red", "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"), "📆": L("red", "M4 6h16v14H4zM4 10h16M8 3v4M16 3v4"),
  "📊": L("blue", "M5 20V10M12 20V4M19 20v-7"), "📈": L("green", "M4 18l6-6 4 4 6-9M15 7h5v5"), "📥": L("blue", "M12 3v11M7 10l5 5 5-5M4 17v4h16v-4"),
  "📤": L("blue", "M12 15V4M7 8l5-5 5 5M4 17v4h16v-4"), "📧": L("blue", "M3 6h18v13H3zM3 7l9 7 9-7"), "📌": L("red", "M9 3h6l-1 7 4 4H6l4-4zM12 14v7"),
  "👤": F("dark", "M12 4a4 4 0 100 8 4 4 0 000-8zM4 21c0-5 4-7 8-7s8 2 8 7z"), "👥": F("dark", "M9 5a3.500 3.500 0 100 7 3.500 3.500 0 000-7zM2 20c0-4 3-6 7-6s7 2 7 6zM17 7a3 3 0 010 6M18 14c3 .5 4.500 2.500 4.500 6H18z"),
  "🏢": L("dark", "M6 3h12v18H6zM10 7h.1M14 7h.1M10 11h.1M14 11h.1M10 15h.1M14 15h.1"), "🆕": L("green", "M12 3l2.500 5.500L20 11l-5.500 2.500L12 19l-2.500-5.500L4 11l5.500-2.500z"),
  "✨": L("yellow", "M12 3l2.500 5.500L20 11l-5.500 2.500L12 19l-2.500-5.500L4 11l5.500-2.500z"), "🎉": L("orange", "M4 20L9 8l7 7zM14 4l1 3M20 9l-3 1M18 4l-2 2"),
  "👋": L("orange", "M7 13V7.500a1.500 1.500 0 013 0V11V5.500a1.500 1.500 0 013 0V11V6.500a1.500 1.500 0 013 0V15a5 5 0 01-5 5c-3 0-5-2-7-6a1.500 1.500 0 012.500-1.500z"),
  "⚡": F("yellow", "M13 2L4 14h6l-1 8 10-13h-7z"), "✏": L("orange", "M4 20l1-5L16 4l4 4L9 19z"), "🚨": L("red", "M7 18v-6a5 5 0 0110 0v6M4 21h16M12 2v2M4 6l1.500 1.500M20 6l-1.500 1.500"),
  "💬": L("blue", "M4 5h16v11H10l-4 4v-4H4z"), "🛡": L("blue", "M12 3l8 3v6c0 5-4 8-8 9-4-1-8-4-8-9V6z"), "🌱": L("green", "M12 21v-9M12 12c0-4-3-6-8-6 0 4 3 6 8 6zM12 14c0-3 3-5 8-5 0 4-3 5-8 5z"),
};

const PATTERN = new RegExp(`(${Object.keys(DRAWN).join("|")})\\uFE0F?`, "u");

// Text with its emoji drawn.
export function glyphs(text) {
  const parts = text.split(PATTERN);
  return parts.map((part, index) => (index % 2 ? glyph(part) : part)).filter((part) => part !== "");
}

function glyph(character) {
  const { colour, fill, line, mark } = DRAWN[character];
  const shape = h("path", { svg: true, class: fill ? "glyph-fill" : "glyph-line", d: fill ?? line });
  const over = mark && h("path", { svg: true, class: "glyph-mark", d: mark });
  return h("span", { class: `glyph ${colour}`, role: "img", "aria-label": character }, h("svg", { svg: true, viewBox: "0 0 24 24", "aria-hidden": "true" }, shape, over));
}
