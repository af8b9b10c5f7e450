// table and data_table. A data_table turns pages, sorts by a column and filters, as Slack's own does; that is the reader's
// arrangement and stays on the page.

import { h } from "./dom.js";
import { richText } from "./rich_text.js";
import { changed, store } from "./store.js";
import { lines } from "./text.js";

const PAGE_SIZE = 5; // Slack's default

export function table(block) {
  const [head, ...rows] = block.rows;
  const settings = block.column_settings ?? [];
  const cells = (tag) => (cell, index) => h(tag, { class: settings[index]?.align ?? "" }, content(cell));
  return scrolling(h("table", {}, h("thead", {}, h("tr", {}, head.map(cells("th")))), h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cells("td")))))));
}

function scrolling(inner) {
  return h("div", { class: "table-scroll", tabindex: 0 }, inner);
}

function content(cell) {
  if (cell.type === "rich_text") return richText(cell);
  return lines(String(cell.text ?? cell.value ?? ""));
}

function flat(cell) {
  if (cell.type !== "rich_text") return String(cell.text ?? cell.value ?? "");
  return cell.elements.flatMap((part) => part.elements).map((run) => run.text ?? "").join("");
}

export function dataTable(block, surface) {
  const view = arrangement(`${surface.id}/${block.block_id}`);
  const [head, ...all] = block.rows;
  const size = block.page_size ?? PAGE_SIZE;
  const rows = sorted(all.filter((row) => row.some((cell) => flat(cell).includes(view.filter))), view);
  const pages = Math.max(1, Math.ceil(rows.length / size));
  const page = Math.min(view.page, pages - 1);
  const body = rows.slice(page * size, (page + 1) * size);
  return h(
    "figure",
    { class: "data-table" },
    h("figcaption", {}, h("span", {}, block.caption), filterBox(view, block.caption)),
    scrolling(
      h(
        "table",
        { "aria-label": block.caption },
        h("thead", {}, h("tr", {}, head.map((cell, index) => headCell(cell, index, view)))),
        h("tbody", {}, body.map((row) => h("tr", {}, row.map((cell) => h("td", { class: cell.type === "raw_number" ? "number" : "" }, content(cell)))))),
      ),
    ),
    pages > 1 && pager(view, page, pages, rows.length),
  );
}

function arrangement(key) {
  if (!store.ui.tables.has(key)) store.ui.tables.set(key, { page: 0, sort: null, down: false, filter: "" });
  return store.ui.tables.get(key);
}

function rearrange(view, patch) {
  Object.assign(view, patch);
  changed();
}

function sorted(rows, { sort, down }) {
  if (sort === null) return rows;
  const ascending = rows.toSorted((one, other) => flat(one[sort]).localeCompare(flat(other[sort]), "ja", { numeric: true }));
  return down ? ascending.toReversed() : ascending;
}

function headCell(cell, index, view) {
  const here = view.sort === index;
  const onClick = () => rearrange(view, { sort: index, down: here && !view.down, page: 0 });
  const order = here ? (view.down ? "descending" : "ascending") : "none";
  return h("th", { "aria-sort": order }, h("button", { type: "button", onClick }, content(cell), h("span", { class: `sort ${order}`, "aria-hidden": "true" })));
}

function filterBox(view, caption) {
  const onInput = (event) => rearrange(view, { filter: event.target.value, page: 0 });
  return h("input", { type: "search", class: "input small", placeholder: "絞り込み", "aria-label": `${caption}の絞り込み`, value: view.filter, onInput });
}

function pager(view, page, pages, total) {
  const turn = (label, to, disabled) => h("button", { type: "button", class: "button small", disabled, onClick: () => rearrange(view, { page: to }) }, label);
  return h("div", { class: "pager" }, turn("前へ", page - 1, page === 0), h("span", {}, `${page + 1} / ${pages}ページ（${total}行）`), turn("次へ", page + 1, page === pages - 1));
}
