// What the switches of the legend leave to be seen of a row: estimates can be switched off, and so can each actor.
import * as Row from "./row.js";

/**
 * Without estimates, nothing is known of a place that is estimated.
 * @param {Model} model
 * @param {{estimates: boolean}} state
 * @param {Row} row
 */
export function statusOf(model, state, row) {
  const status = model.statuses[row[Row.STATUS]];
  return status === "estimated" && !state.estimates ? "unknown" : status;
}

/**
 * @param {State} state
 * @param {Row} row
 */
export function isHidden(state, row) {
  return row[Row.ACTOR] >= 0 && state.hidden.has(row[Row.ACTOR]);
}

/**
 * The actor whose colour a place's ground has, or -1.
 * @param {Model} model
 * @param {State} state
 * @param {number} place
 */
export function holder(model, state, place) {
  const row = state.rows[place];
  return isHidden(state, row) || statusOf(model, state, row) === "unknown" ? -1 : row[Row.ACTOR];
}

/**
 * @param {Model} model
 * @param {State} state
 * @param {number} place
 */
export function isAssessed(model, state, place) {
  return model.statuses[state.rows[place][Row.STATUS]] !== "estimated";
}
