// In which colour a holder is drawn: paler where that is less certain, estimated, or long unconfirmed.
import * as Colours from "./colours.js";
import * as Filter from "./filter.js";
import * as Opacity from "./opacity.js";
import * as Row from "./row.js";
import * as Words from "./words.js";

// Under this probability colours pale, twice; see the legend.
const SURE = 0.8;
const HALF_SURE = 0.6;
const GROUND_SHARE = [1, 0.66, 0.33, 0]; // of the way from inferred to reported: sure, half sure, unsure, estimated
// Where nobody has confirmed for long, ground pales further: by how much, step by step.
const STALE_PALENESS = [0, 0.15, 0.3];

const KINDS = 6; // of ground: three of certainty, estimated, contested, divided

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
/** @type {(paleness: number, row: Row) => number} */
export const fainter = (paleness, row) => 1 - (1 - paleness) * (1 - step(STALE_PALENESS, row));

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
 * The colour that a layer of ground as opaque as the theme's `cells` has in it: paler down to what is inferred.
 * @param {Theme} theme
 * @param {string} colour
 * @param {number} kind 0 to 3: sure, half sure, unsure, estimated
 * @param {Row} row
 */
export function groundInk(theme, colour, kind, row) {
  const [inferred, reported] = Opacity.ofGround(theme, shade(theme, colour));
  const share = GROUND_SHARE[kind] * (1 - step(STALE_PALENESS, row));
  return shade(theme, colour, 1 - (inferred + share * (reported - inferred)) / Number(theme.cells));
}

/**
 * Styles of ground, made once for each theme.
 * @type {WeakMap<Theme, Map<number, GroundStyle>>}
 */
const styles = new WeakMap();

/**
 * How the ground of a place is painted: see groundimage.js.
 * @param {Model} model
 * @param {Theme} theme
 * @param {State} state
 * @param {number} place
 * @returns {GroundStyle | null}
 */
export function groundStyle(model, theme, state, place) {
  const row = state.rows[place];
  const actor = row[Row.ACTOR];
  const status = Filter.statusOf(model, state, row);
  if (status === "unknown" || Filter.isHidden(state, row)) return null;
  const shared = Words.isShared(status);
  if (!shared && actor < 0) return null;
  let known = styles.get(theme);
  if (known === undefined) styles.set(theme, known = new Map());
  const kind = status === "estimated" ? 3 : shared ? (status === "contested" ? 4 : 5) : sureness(row);
  const second = shared ? row[Row.SECOND] + 1 : 0;
  const key = ((second * (model.actors.length + 1) + actor + 1) * KINDS + kind) * STALE_PALENESS.length
    + (row[Row.STALENESS] ?? 0);
  let style = known.get(key);
  if (style === undefined) {
    style = shared ? pair(theme, model, row)
      : [groundInk(theme, model.actors[actor].colour, kind, row)];
    if (status === "divided") style = [style[0], style[1] ?? theme.paper, "upright"];
    known.set(key, style);
  }
  return style;
}
