// In which colour a holder is drawn: paler where that is less certain, estimated, or long unconfirmed.
import * as Colours from "./colours.js";
import * as Row from "./row.js";
import * as Words from "./words.js";

// Under this probability colours pale, twice; see the legend.
const SURE = 0.8;
const HALF_SURE = 0.6;
const GROUND_SHARE = [1, 0.66, 0.33]; // of the way from inferred to reported: sure, half sure, unsure
// Where nobody has confirmed for long, ground pales further: by how much, step by step.
const STALE_PALENESS = [0, 0.15, 0.3];

// Colours that are others on a dark page.
/** @type {Map<string, string>} */
const darkOnes = new Map();

/** @param {PayloadActor[]} actors */
export function learn(actors) {
  for (const { colour, colour_dark: dark } of actors) if (dark) darkOnes.set(colour, dark);
}

const isDark = (/** @type {Theme} */ theme) => Colours.luminance(theme.land) < 0.2;

/**
 * An actor's colour on this ground, made once for each theme. On dark ground a dark grey would pass for no colour at
 * all, as an open dot does; there it becomes black. Dark colours that are colours stay.
 * @type {Map<string, string>}
 */
const shades = new Map();

/**
 * @param {Theme} theme
 * @param {string} colour
 * @param {number} paleness 0 to 1
 */
export function shade(theme, colour, paleness = 0) {
  const key = `${colour} ${theme.land} ${paleness}`;
  let known = shades.get(key);
  if (known === undefined) {
    const own = (isDark(theme) && darkOnes.get(colour)) || colour;
    const lost = isDark(theme) && Colours.luminance(own) < Colours.luminance(theme.land) && Colours.chroma(own) < 24;
    known = Colours.mix(lost ? Colours.mix(own, "#000000", 0.75) : own, theme.land, paleness);
    shades.set(key, known);
  }
  return known;
}

/** @type {(values: number[], row: Row) => number} */
const step = (values, row) => values[Math.min(row[Row.STALENESS] ?? 0, values.length - 1)];
/** @type {(row: Row) => number} */
const sureness = (row) => (row[Row.PROBABILITY] >= SURE ? 0 : row[Row.PROBABILITY] >= HALF_SURE ? 1 : 2);

/**
 * The colour of a mark that has one: the ground says how sure that is.
 * @param {Theme} theme
 * @param {Model} model
 * @param {Row} row
 */
export function markInk(theme, model, row) {
  const actor = row[Row.ACTOR];
  if (actor < 0) return theme.unknown;
  return shade(theme, model.actors[actor].colour);
}

/**
 * The two colours of a contested or divided place. The second is pale when nobody is named.
 * @param {Theme} theme
 * @param {Model} model
 * @param {Row} row
 * @returns {[string, string]}
 */
export function pair(theme, model, row) {
  /** @type {(actor: number, fallback: string) => string} */
  const colour = (actor, fallback) => (actor >= 0 ? shade(theme, model.actors[actor].colour) : fallback);
  return [colour(row[Row.ACTOR], theme.unknown), colour(row[Row.SECOND], theme.paper)];
}

/**
 * How firmly the ground of a reported place is held, 0 to 1: less where that is less certain or long unconfirmed.
 * @param {Model} model
 * @param {Row} row
 */
export function firmness(model, row) {
  if (Words.isShared(model.statuses[row[Row.STATUS]])) return 1;
  return GROUND_SHARE[sureness(row)] * (1 - step(STALE_PALENESS, row));
}
