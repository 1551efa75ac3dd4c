// On which days places passed from one actor to another, and the ring around those that did of late.
import * as Canvas from "./canvas.js";
import * as Days from "./days.js";
import * as Filter from "./filter.js";
import * as Intervals from "./intervals.js";
import * as Marks from "./marks.js";
import * as Row from "./row.js";

export const FORTNIGHT = 14; // days
const MOST = 150; // rings: beyond, they are everywhere and tell nothing, and cost more than all else
const DATED_ZOOM = 8; // from here on a ring has its date
const GAP = 4.5; // px between a mark and its ring
const FONT = "700 10.5px system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";

// A change of hands by report: [day, place], by day. Nobody saw an estimate change, and who was not known to hold a place has not lost it.
/** @param {Row[][]} intervals @param {string[]} statuses */
export function changes(intervals, statuses) {
  const estimated = statuses.indexOf("estimated");
  /** @type {[day: number, place: number][]} */
  const found = [];
  intervals.forEach((rows, place) => {
    for (let i = 1; i < rows.length; i += 1) {
      const [before, after] = [rows[i - 1], rows[i]];
      if (before[Row.STATUS] === estimated || after[Row.STATUS] === estimated) continue;
      if (before[Row.ACTOR] < 0 || after[Row.ACTOR] < 0 || before[Row.ACTOR] === after[Row.ACTOR]) continue;
      found.push([after[Row.START], place]);
    }
  });
  return found.sort((a, b) => a[0] - b[0] || a[1] - b[1]);
}

export class Hands {
  /** @param {Row[][]} intervals @param {string[]} statuses */
  constructor(intervals, statuses) {
    this.changes = changes(intervals, statuses);
    this.days = this.changes.map(([day]) => day);
  }

  // Place -> the last day on which it changed hands, within a fortnight up to `day`; nothing where too many did.
  /** @param {number} day @returns {Map<number, number>} */
  lately(day) {
    const found = new Map();
    const last = Intervals.upperBound(this.days, day);
    const first = Intervals.upperBound(this.days, day - FORTNIGHT);
    if (last - first > MOST) return found;
    for (let i = first; i < last; i += 1) found.set(this.changes[i][1], this.changes[i][0]);
    return found;
  }
}

/** @param {Ctx} ctx @param {number} x @param {number} y @param {number} r @param {Theme} theme */
export function ring(ctx, x, y, r, theme) {
  Canvas.ring(ctx, x, y, r, 3.4, theme.halo);
  Canvas.ring(ctx, x, y, r, 1.4, theme.casing);
}

/**
 * @param {Ctx} ctx
 * @param {View} view
 * @param {Model} model
 * @param {Theme} theme
 * @param {State} state
 * @param {number} index
 * @param {number} day on which it changed hands
 */
export function paint(ctx, view, model, theme, state, index, day) {
  const place = model.places[index];
  if (!Marks.isMarked(place, view, state) || Filter.isHidden(state, state.rows[index])) return;
  const [x, y] = Marks.spot(place, view);
  const besieged = model.statuses[state.rows[index][Row.STATUS]] === "besieged";
  const r = Marks.radius(place, view) + GAP + (besieged ? 4 : 0);
  ring(ctx, x, y, r, theme);
  if (view.zoom < DATED_ZOOM) return;
  ctx.font = FONT;
  ctx.textAlign = "center";
  ctx.textBaseline = "top";
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = theme.halo;
  const text = Days.short(model.start + day);
  ctx.strokeText(text, x, y + r + 2);
  ctx.fillStyle = theme.alarm;
  ctx.fillText(text, x, y + r + 2);
}
