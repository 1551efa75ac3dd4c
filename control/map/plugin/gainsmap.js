// Gains and losses on one map: ground that passed to another holder in the gainer's colour, hatched in the loser's;
// all other ground is grey.
import * as Arcs from "./arcs.js";
import * as Canvas from "./canvas.js";
import * as Dissolve from "./dissolve.js";
import * as Gains from "./gains.js";
import * as Marks from "./marks.js";
import * as Stripes from "./stripes.js";
import * as Style from "./style.js";

export const HATCH = 9; // px between the lines of the hatch
const ESTIMATE_PALENESS = 0.55;

// `state` is what the map shows, `state.other` the same with the rows of the second date.
/** @param {State} state */
function sides(state) {
  const other = state.other ?? state;
  return state.day < other.day ? [state.rows, other.rows] : [other.rows, state.rows];
}

// [from, to, estimated] of a place, or null where no change is to be seen.
/**
 * @param {Model} model
 * @param {State} state
 * @param {number} place
 * @returns {[from: number, to: number, estimated: boolean] | null}
 */
function changeOf(model, state, place) {
  const [before, after] = sides(state);
  const from = Gains.holder(model.statuses, before[place], state.estimates);
  const to = Gains.holder(model.statuses, after[place], state.estimates);
  if (!Gains.isShown(from, to, state.hidden)) return null;
  return [from, to, Gains.isEstimated(model.statuses, before[place], after[place], state.estimates)];
}

const styles = new WeakMap();
/** @param {Theme} theme @param {string} key @param {() => string} make */
function styleOf(theme, key, make) {
  if (!styles.has(theme)) styles.set(theme, new Map());
  const known = styles.get(theme);
  if (!known.has(key)) known.set(key, [make()]);
  return known.get(key);
}

// Styles of ground for groundimage.js.
/** @param {Model} model @param {Theme} theme @param {State} state @param {number} place */
export function groundStyle(model, theme, state, place) {
  const change = changeOf(model, state, place);
  if (change === null || change[1] < 0) {
    const known = sides(state).some((rows) => Gains.holder(model.statuses, rows[place], state.estimates) >= 0);
    return known ? styleOf(theme, "unchanged", () => theme.unchanged) : null;
  }
  const [, to, estimated] = change;
  return styleOf(theme, `${to} ${estimated}`, () => (
    Style.shade(theme, model.actors[to].colour, estimated ? ESTIMATE_PALENESS : 0)));
}

export class GainsMap {
  /** @param {Model} model */
  constructor(model) {
    this.model = model;
    this.kinds = new Map(); // "from to estimated" -> number
    this.hatches = /** @type {{path: Path2D, from: number, estimated: boolean}[]} */ ([]);
  }

  // Work out the outlines anew: after a change of either date, of estimates, or of the filter.
  /** @param {State} state */
  update(state) {
    const { model } = this;
    this.kinds = new Map();
    /** @type {[from: number, to: number, estimated: boolean][]} */
    const keys = [];
    const groups = new Int32Array(model.places.length).fill(-1);
    for (let place = 0; place < groups.length; place += 1) {
      const change = Arcs.hasGround(model.arcs, place) ? changeOf(model, state, place) : null;
      if (change === null) continue;
      const key = change.join(" ");
      if (!this.kinds.has(key)) {
        this.kinds.set(key, keys.length);
        keys.push(change);
      }
      groups[place] = this.kinds.get(key);
    }
    const found = Dissolve.rings(model.arcs, (cell) => groups[cell]);
    this.hatches = [...found].map(([group, rings]) => {
      const path = new Path2D();
      for (const one of rings) Dissolve.trace(path, model.arcs, one);
      const [from, , estimated] = keys[group];
      return { path, from, estimated };
    });
  }

  /** @param {Ctx} ctx @param {View} view @param {Theme} theme @param {State} state */
  paint(ctx, view, theme, state) {
    const { model } = this;
    Canvas.useLocal(ctx, view);
    ctx.lineJoin = "round";
    for (const { path, from, estimated } of this.hatches) {
      if (from >= 0) {
        const colour = Style.shade(theme, model.actors[from].colour);
        ctx.globalAlpha = estimated ? 0.5 : 0.9;
        ctx.fillStyle = Stripes.hatch(ctx, colour, HATCH, view.ratio, view.scale);
        ctx.fill(path, "evenodd");
        ctx.globalAlpha = 1;
      }
      ctx.setLineDash((estimated ? [3, 2.5] : []).map((length) => length / view.scale));
      ctx.lineWidth = 1.1 / view.scale;
      ctx.strokeStyle = estimated ? theme.frontEstimated : theme.front;
      ctx.stroke(path);
    }
    ctx.setLineDash([]);
    this.paintMarks(ctx, view, theme, state);
  }

  /** @param {Ctx} ctx @param {View} view @param {Theme} theme @param {State} state */
  paintMarks(ctx, view, theme, state) {
    const { model } = this;
    Canvas.usePixels(ctx, view);
    for (const index of model.byRank) {
      const place = model.places[index];
      const selected = index === state.selected;
      if (!selected && !Marks.isMarked(place, view, state)) continue;
      const [x, y] = [place.x * view.scale + view.left, place.y * view.scale + view.top];
      if (x < -20 || y < -20 || x > view.width + 20 || y > view.height + 20) continue;
      const r = Marks.radius(place, view);
      const change = changeOf(model, state, index);
      if (change !== null) {
        const colour = (/** @type {number} */ actor) => (actor >= 0 ? Style.shade(theme, model.actors[actor].colour) : theme.paper);
        paintHalves(ctx, x, y, place.reported ? Math.max(r, 4) : r, colour(change[0]), colour(change[1]), theme);
      } else if (place.reported || selected) paintDot(ctx, x, y, Math.min(r, 2.2), theme.unknown);
      if (selected) {
        Canvas.ring(ctx, x, y, r + 8, 4.4, theme.paper);
        Canvas.ring(ctx, x, y, r + 8, 2.6, theme.accent);
      }
    }
  }
}

/** @param {Ctx} ctx @param {number} x @param {number} y @param {number} r @param {string} colour */
function paintDot(ctx, x, y, r, colour) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.fillStyle = colour;
  ctx.fill();
}

// Left half as before, right half as after.
/**
 * @param {Ctx} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {string} before
 * @param {string} after
 * @param {Theme} theme
 */
export function paintHalves(ctx, x, y, r, before, after, theme) {
  for (const [colour, turn] of /** @type {[string, number][]} */ ([[before, 0.5], [after, 1.5]])) {
    ctx.beginPath();
    ctx.arc(x, y, r, turn * Math.PI, (turn + 1) * Math.PI);
    ctx.closePath();
    ctx.fillStyle = colour;
    ctx.fill();
  }
  Canvas.ring(ctx, x, y, r, 1.1, theme.casing);
}
