// The emoji names that a bot of this kind writes. An unknown name is shown as it was written, as Slack does.

const NAMES = {
  alarm_clock: "⏰", arrow_backward: "◀️", arrow_down: "⬇️", arrow_forward: "▶️", arrow_left: "⬅️", arrow_right: "➡️",
  arrow_up: "⬆️", arrows_counterclockwise: "🔄", ballot_box_with_check: "☑️", bar_chart: "📊", bell: "🔔",
  black_circle: "⚫", black_small_square: "▪️", blue_circle: "🔵", bookmark_tabs: "📑", bulb: "💡",
  busts_in_silhouette: "👥", bust_in_silhouette: "👤", calendar: "📆", chart_with_upwards_trend: "📈",
  clipboard: "📋", clock3: "🕒", clock9: "🕘", construction: "🚧", date: "📅", door: "🚪", double_vertical_bar: "⏸️",
  email: "📧", exclamation: "❗", eyes: "👀", fast_forward: "⏩", file_folder: "📁", gear: "⚙️", green_circle: "🟢",
  hammer_and_wrench: "🛠️", heavy_check_mark: "✔️", heavy_minus_sign: "➖", heavy_plus_sign: "➕", hourglass: "⌛",
  hourglass_flowing_sand: "⏳", inbox_tray: "📥", information_source: "ℹ️", key: "🔑", large_blue_circle: "🔵",
  large_green_circle: "🟢", large_orange_circle: "🟠", large_red_square: "🟥", large_yellow_circle: "🟡", link: "🔗",
  lock: "🔒", mag: "🔍", memo: "📝", negative_squared_cross_mark: "❎", new: "🆕", no_entry: "⛔",
  no_entry_sign: "🚫", octagonal_sign: "🛑", office: "🏢", orange_circle: "🟠", outbox_tray: "📤", page_facing_up: "📄", pause_button: "⏸️",
  pencil: "📝", pencil2: "✏️", pushpin: "📌", question: "❓", red_circle: "🔴", rewind: "⏪", rotating_light: "🚨",
  seedling: "🌱", shield: "🛡️", sparkles: "✨", speech_balloon: "💬", stopwatch: "⏱️", tada: "🎉", thinking_face: "🤔",
  to_do: "☑️", unlock: "🔓", warning: "⚠️", wave: "👋", white_check_mark: "✅", white_circle: "⚪",
  white_large_square: "⬜", white_small_square: "▫️", wrench: "🔧", x: "❌", yellow_circle: "🟡", zap: "⚡", zzz: "💤",
  "+1": "👍", "-1": "👎", one: "1️⃣", two: "2️⃣", three: "3️⃣", four: "4️⃣", five: "5️⃣",
};

export function emoji(name) {
  return NAMES[name] ?? `:${name}:`;
}

export function withEmoji(text) {
  return text.replace(/:([a-z0-9_+-]+):/g, (written, name) => NAMES[name] ?? written);
}
