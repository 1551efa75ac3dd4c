// An assessment in words. Everything here is plain text; it reaches the page as text content only.
import SCALE from "../../assessment/likelihood.json" with { type: "json" };

/** @type {[least: number, word: string][]} */
const WORDS = /** @type {any} */ (SCALE.words);

// Whole percent of a probability, halves upwards, by way of the thousandths that are recorded: as in likelihood.py. 0 and
// 100 stand for less than 1 and more than 99.
const whole = (/** @type {number} */ probability) => Math.floor((Math.floor(probability * 1000 + 0.5 + 1e-7) + 5) / 10);

/** @param {number} probability */
export function percent(probability) {
  const figure = whole(probability);
  if (figure <= 0) return "under 1 %";
  return figure >= 100 ? "over 99 %" : `${figure} %`;
}

// The word goes by the figure that is printed beside it.
/** @param {number} probability */
export function likelihood(probability) {
  const figure = whole(probability);
  return WORDS.find(([least]) => figure >= least)?.[1] ?? WORDS[WORDS.length - 1][1];
}

// The probability of an estimate, no finer than an estimate is.
/** @param {number} probability */
export function about(probability) {
  const step = SCALE.step_of_estimates;
  const figure = step * Math.floor((probability * 100) / step + 0.5 + 1e-7);
  return figure >= 100 ? `over ${100 - step} %` : `about ${Math.max(figure, step)} %`;
}

// An actor in few letters: its name, or its short name where that is long. As `side_name` in Python.
const LONGEST_NAME = 18;
/** @type {(actor: {name: string, short_name: string}) => string} */
const side = ({ name, short_name: short }) => (name.length > LONGEST_NAME && short ? short : name);

// `actors` is the payload's list; -1 is nobody.
/** @param {string} status @param {number} actor @param {number} second @param {PayloadActor[]} actors */
export function holding(status, actor, second, actors) {
  const first = actor >= 0 ? actors[actor].name : null;
  const other = second >= 0 ? actors[second].name : null;
  if (status === "unknown") return "No information";
  if (status === "contested") {
    if (first && other) return `Contested between ${side(actors[actor])} and ${side(actors[second])}`;
    return first ? `Contested, ${first} present` : "Contested";
  }
  if (status === "divided") {
    return first && other ? `Divided between ${side(actors[actor])} and ${side(actors[second])}` : "Divided";
  }
  if (status === "besieged") {
    return `${first ? `Held by ${first}` : "Held"}, besieged${other ? ` by ${other}` : ""}`;
  }
  return first ? `Held by ${first}` : "Held";
}

// Several sides are named, of whom nobody can be said to hold the place.
/** @param {string} status */
export const isShared = (status) => status === "contested" || status === "divided";

// The same with how sure that is. Who prevails in a contested place is what nobody can say: no odds for it.
/**
 * @param {string} status
 * @param {number} actor
 * @param {number} second
 * @param {number} probability
 * @param {PayloadActor[]} actors
 */
export function assessment(status, actor, second, probability, actors) {
  const said = holding(status, actor, second, actors);
  if (status === "unknown" || isShared(status)) return said;
  const sure = likelihood(probability);
  return `${sure[0].toUpperCase()}${sure.slice(1)} ${said[0].toLowerCase()}${said.slice(1)} (${percent(probability)})`;
}

// `known`: [name, kilometres] of the places whose reports an estimate rests on; they are told the nearest first. Without
// a name it is the place itself, of which something is reported at other times.
/** @param {[name: string | null, km: number][]} known */
export function sources(known) {
  const away = (/** @type {number} */ km) => (km >= 0.95 ? `${Math.round(km)} km` : "less than 1 km");
  const near = [...known].sort((a, b) => a[1] - b[1]);
  const from = near.map(([name, km]) => (name === null ? "this place at other times" : `${name} (${away(km)} away)`));
  const far = near.length > 0 && near[0][1] > SCALE.far_km ? "places far away: " : "";
  return far + (from.length > 2 ? `${from.slice(0, -1).join(", ")}, and ${from.at(-1)}` : from.join(" and "));
}

/**
 * @param {number} actor
 * @param {number} probability
 * @param {[name: string | null, km: number][]} known
 * @param {PayloadActor[]} actors
 */
export function estimate(actor, probability, known, actors) {
  const who = actors[actor].short_name || actors[actor].name;
  const rest = known.length ? `; from reports of ${sources(known)}` : "";
  return `estimated: ${likelihood(probability)} ${who}, ${about(probability)}${rest}`;
}

// A status in a word or two, where the holder stands beside it.
/** @param {string} name @param {number} second @param {PayloadActor[]} actors */
export function statusWord(name, second, actors) {
  const other = second >= 0 ? actors[second].short_name || actors[second].name : null;
  if (name === "unknown") return "no information";
  if (name === "contested") return other ? `contested with ${other}` : "contested";
  if (name === "divided") return other ? `divided with ${other}` : "divided";
  if (name === "besieged") return other ? `besieged by ${other}` : "besieged";
  return name === "controlled" ? "held" : name;
}

// Days as months, which is how fine anybody remembers half a year.
const months = (/** @type {number} */ days) => Math.round(days / 30.44);

// `bounds`: the days without a report of its holder from which on a place is drawn fainter.
/** @param {number[]} bounds */
export function unconfirmed(bounds) {
  return `no report for ${bounds.map(months).join(", ")} months`;
}

// The same of one place, at one step of staleness; nothing at step 0.
/** @param {number} step @param {number[]} bounds */
export function stale(step, bounds) {
  return step > 0 ? `nearest report over ${count(months(bounds[step - 1]), "month", "months")} away` : "";
}

// Two figures of an area, for more would pretend to be measured.
/** @param {number} km2 */
export function rounded(km2) {
  const digits = Math.max(0, String(Math.round(km2)).length - 2);
  return String(Math.round(km2 / 10 ** digits) * 10 ** digits).replace(/\B(?=(\d{3})+$)/g, ",");
}

// The same in few letters: 110k, 6.9k, 410.
/** @param {number} km2 */
export function compact(km2) {
  const figure = Number(rounded(km2).replaceAll(",", ""));
  return figure < 1000 ? String(figure) : `${figure / 1000}k`;
}

/** @param {number} km2 */
export function area(km2) {
  return `${rounded(km2)} km²`;
}

/** @param {number} number @param {string} one @param {string} many */
export function count(number, one, many) {
  return `${number} ${number === 1 ? one : many}`;
}
