// The places on the map as rows of a table: which ones, and what is said of each. Plain text throughout.
import * as Days from "./days.js";
import * as Intervals from "./intervals.js";
import * as Row from "./row.js";
import * as Words from "./words.js";

export const MOST = 200; // rows: beyond, a table is no help to anybody

// The most important first. -> {shown: indices, more: how many were left out}.
/**
 * @param {{byRank: number[], places: {rank: number}[]}} model
 * @param {(index: number) => boolean} isShown
 * @param {number} [most]
 */
export function choose(model, isShown, most = MOST) {
  const shown = [];
  let more = 0;
  for (let n = model.byRank.length - 1; n >= 0; n -= 1) {
    const index = model.byRank[n];
    if (!isShown(index)) continue;
    if (shown.length < most) shown.push(index);
    else more += 1;
  }
  shown.sort((a, b) => model.places[b].rank - model.places[a].rank || a - b);
  return { shown, more };
}

// Of holders [holder, status, probability, since, estimated from], of what is told instead [in a word, text, since].
// `status` is what is seen of the row: see Filter.statusOf.
/** @param {Model} model @param {number} index @param {Row[]} rows @param {number} at @param {string} status */
export function cells(model, index, rows, at, status) {
  const row = rows[at];
  const { told } = model.payload ?? {};
  if (told) {
    const first = Intervals.heldSince(rows, at);
    return [row[Row.ACTOR] < 0 ? "" : model.actors[row[Row.ACTOR]].name, told.texts[told.rows[index][at]],
      first === 0 ? "start of the record" : Days.iso(model.start + first)];
  }
  const name = (/** @type {number} */ actor) => model.actors[actor].short_name || model.actors[actor].name;
  const [, , actor, probability, second] = row;
  const held = status !== "unknown" && actor >= 0;
  const since = Intervals.heldSince(rows, at);
  /** @type {[string | null, number][]} */
  const sources = model.places[index].drivers.map(([other, km]) => [other === index ? null : model.places[other].name, km]);
  return [
    held ? name(actor) : "",
    Words.statusWord(status, second, model.actors),
    !held || Words.isShared(status) ? "" : (status === "estimated" ? Words.about : Words.percent)(probability),
    status === "unknown" || status === "estimated" ? ""
      : since === 0 ? "start of the record" : Days.iso(model.start + since),
    status === "estimated" ? Words.sources(sources) : "",
  ];
}

/** @param {number} more */
export function note(more) {
  return more ? `The ${MOST} most important; ${Words.count(more, "more place is", "more places are")} on the map. `
    + "Zoom in to list them." : "";
}
