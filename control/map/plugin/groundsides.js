// Sides that ground can belong to: an actor, or several who share a place. As small numbers, so that a pixel can be summed up.
import * as Filter from "./filter.js";
import * as Row from "./row.js";
import * as Words from "./words.js";

export const NONE = -1;

export class Sides {
  /** @param {number} actors how many there are */
  constructor(actors) {
    this.actors = actors;
    this.holders = Array.from({ length: actors }, (_, n) => n); // of each side: the actor it counts for, or -1
    this.shared = new Map(); // "first second status" -> number
    this.pairs = /** @type {Map<number, {row: Row, upright: boolean}>} */ (new Map());
  }

  // The side that the ground of a place belongs to, or NONE.
  /** @param {Model} model @param {State} state @param {number} place */
  of(model, state, place) {
    const row = state.rows[place];
    const status = Filter.statusOf(model, state, row);
    if (status === "unknown" || Filter.isHidden(state, row)) return NONE;
    const actor = row[Row.ACTOR];
    if (!Words.isShared(status)) return actor < 0 ? NONE : actor;
    const key = `${actor} ${row[Row.SECOND]} ${status}`;
    let number = this.shared.get(key);
    if (number === undefined) {
      this.shared.set(key, number = this.holders.length);
      this.holders.push(actor);
      this.pairs.set(number, { row, upright: status === "divided" });
    }
    return number;
  }

  // Whether a side is several, who share a place.
  /** @param {number} side */
  isShared(side) {
    return side >= this.actors;
  }
}
