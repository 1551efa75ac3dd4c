// How far one step of the date goes: a day, a week, or a month of the calendar. Days are counted from `start`, which is in
// days since 1970.
import * as Days from "./days.js";

export const SIZES = ["day", "week", "month"];
/** @type {Record<string, number>} */
const MOST_DAYS = { day: 1, week: 7, month: 31 };

// The day that `count` steps lead to; below zero they lead back.
/** @param {number} start @param {number} day @param {string} size @param {number} count */
export function step(start, day, size, count) {
  if (size === "month") return Days.addMonths(start + day, count) - start;
  return day + count * MOST_DAYS[size];
}

// While playing from `first`: where the whole steps lead for which `passed` days, a fraction maybe, are enough. Months are
// counted from the first day, so that a month on from 31 January and one more is 31 March.
/** @param {number} start @param {number} first @param {string} size @param {number} passed */
export function reached(start, first, size, passed) {
  let count = Math.floor(passed / MOST_DAYS[size]);
  while (step(start, first, size, count + 1) - first <= passed) count += 1;
  return step(start, first, size, count);
}
