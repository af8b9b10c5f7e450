// Which fields of which records have just changed, so that the side panel can light them up.

import { store } from "./store.js";

export function noteChanges(before, after) {
  if (!before) return;
  for (const system of ["smarthr", "kinkakuji"]) {
    const known = new Map(before.records[system].map((record) => [record.key, record]));
    for (const record of after.records[system]) compare(system, known.get(record.key), record);
  }
}

function compare(system, before, after) {
  if (!before) return count(`${system}/${after.key}`);
  for (const [name, value] of Object.entries(after.fields)) {
    if (before.fields[name] !== value) count(`${system}/${after.key}/${name}`);
  }
}

function count(key) {
  store.flashes.set(key, (store.flashes.get(key) ?? 0) + 1);
}
