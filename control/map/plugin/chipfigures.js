// The figures of a chip: what a side has on the day shown, or what it gained and lost between two.
import * as Dom from "./dom.js";
import * as Words from "./words.js";

/** @type {(part: Sums, index: number) => string} */
export const described = (part, index) => (
  `${Words.count(part.places[index], "place", "places")}, ~${Words.area(part.area[index])}`);

/** @param {HTMLElement} element @param {string} title */
export function setTitle(element, title) {
  if (element.title !== title) element.title = title;
}

// Ground in few letters, two figures of it; places where there is no ground.
/**
 * @param {Sums} assessed
 * @param {Sums} estimated
 * @param {number} index
 * @param {boolean} estimates whether they are shown
 * @param {boolean} inPlaces whether places are what is told of
 */
export function held(assessed, estimated, index, estimates, inPlaces) {
  const all = estimates || inPlaces;
  const places = assessed.places[index] + (all ? estimated.places[index] : 0);
  const area = assessed.area[index] + (all ? estimated.area[index] : 0);
  const inKm2 = area > 0 && !inPlaces;
  const text = inKm2 ? `${Words.compact(area)} km²` : inPlaces || places ? String(places) : "";
  return { places, text };
}

/** @param {Balance} balance @param {number} index */
export function balanced(balance, index) {
  const { known, faded, estimatedGained, estimatedLost } = balance;
  /** @type {[words: string, sign: string, sums: Sums][][]} */
  const lines = [
    [["", "+", balance.gained], ["est. ", "+", estimatedGained], ["known ", "", known]],
    [["", "\u2212", balance.lost], ["est. ", "\u2212", estimatedLost], ["faded ", "", faded]],
  ];
  const of = (/** @type {Sums} */ sums) => described(sums, index);
  const title = `gained ${of(balance.gained)}, lost ${of(balance.lost)}; newly known to hold ${of(known)}; no longer confirmed in `
    + `${of(faded)}; with an estimate on either date gained ${of(estimatedGained)}, lost ${of(estimatedLost)}`;
  return { lines: lines.map((part) => part.map((line) => worded(line, index))), title };
}

/** @param {[words: string, sign: string, sums: Sums]} line @param {number} index */
function worded([words, sign, { places, area }], index) {
  if (!places[index]) return "";
  return `${words}${sign}${places[index]}${area[index] > 0 ? ` · ~${Words.rounded(area[index])}` : ""}`;
}

// The first line is of gains or losses by reports.
/** @param {HTMLElement} element @param {string[]} texts */
export function fill(element, texts) {
  const key = texts.join("\n");
  if (element.dataset.lines === key) return;
  element.dataset.lines = key;
  element.replaceChildren(...texts.map((text, n) => (
    text && Dom.h("span", { class: n ? "cm-line cm-faint" : "cm-line" }, text))));
}
