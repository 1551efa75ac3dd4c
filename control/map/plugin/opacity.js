// How opaque an actor's ground is: inferred, and reported. As tints.py, which a test compares.
import * as Colours from "./colours.js";

const NEAR_BLACK = { chroma: 24, luminance: 0.05 };

// A thin coat of near-black is a pale grey, which land abroad is too.
/** @param {string} colour */
const isNearBlack = (colour) => Colours.chroma(colour) < NEAR_BLACK.chroma
  && Colours.luminance(colour) < NEAR_BLACK.luminance;

/**
 * Of ground in a colour, as it is drawn on this theme.
 * @param {Theme} theme
 * @param {string} colour
 * @returns {[inferred: number, reported: number]}
 */
export function ofGround(theme, colour) {
  const least = isNearBlack(colour) ? Number(theme.leastOfBlack) : 0;
  return [Math.max(least, Number(theme.inferred)), Math.max(least, Number(theme.reported))];
}
