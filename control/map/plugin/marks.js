// A mark for every place: its shape tells the kind of place, its colour the holder.
import * as Canvas from "./canvas.js";
import * as Filter from "./filter.js";
import * as Geometry from "./geometry.js";
import * as Row from "./row.js";
import * as Stripes from "./stripes.js";
import * as Style from "./style.js";
import * as Words from "./words.js";

const REACH = 24; // px: no mark with its rings is larger

// Radius of a place's mark, in pixels.
/** @param {Place} place @param {{zoom: number}} view */
export function radius(place, view) {
  if (!place.reported) return view.zoom < 9 ? 1.8 : 2.4;
  const base = 2.7 + 4.1 * place.rank ** 2;
  // A whole war on a phone: larger marks would hide the ground that they stand on.
  if (view.zoom < 5.5) return base * 0.5;
  return base * (view.zoom < 6 ? 0.75 : view.zoom < 7.5 ? 1 : 1.3);
}

// Where a place lies, in pixels of the canvas.
/** @param {Place} place @param {View} view */
export const spot = (place, view) => [place.x * view.scale + view.left, place.y * view.scale + view.top];

/** @param {Ctx} ctx @param {string} shape @param {number} x @param {number} y @param {number} r */
function outline(ctx, shape, x, y, r) {
  ctx.beginPath();
  if (shape === "square") ctx.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
  else if (shape === "diamond") {
    ctx.moveTo(x, y - r * 1.2);
    ctx.lineTo(x + r * 1.2, y);
    ctx.lineTo(x, y + r * 1.2);
    ctx.lineTo(x - r * 1.2, y);
    ctx.closePath();
  } else ctx.arc(x, y, r, 0, 2 * Math.PI);
}

/**
 * @param {Ctx} ctx
 * @param {number} x
 * @param {number} y
 * @param {number} r
 * @param {string} colour
 * @param {Record<string, string>} theme
 */
function paintRing(ctx, x, y, r, colour, theme) {
  Canvas.ring(ctx, x, y, r, 4.4, theme.casing);
  Canvas.ring(ctx, x, y, r, 2.6, colour);
}

// One mark at (x, y) in pixels; also draws the samples of the legend.
/** @param {Ctx} ctx @param {MarkLook} look @param {Theme} theme */
export function paintMark(ctx, look, theme) {
  const { x, y, r, shape, status, fill = theme.unknown, besieger = theme.unknown } = look;
  if (status === "unknown") {
    // Broken outline: an open dot alone looks like a dark actor's on a dark map.
    outline(ctx, shape, x, y, Math.max(2.4, r - 0.4));
    ctx.lineWidth = 1.4;
    ctx.strokeStyle = theme.unknown;
    ctx.setLineDash([2.2, 1.5]);
    ctx.stroke();
    ctx.setLineDash([]);
    return;
  }
  if (status === "estimated") {
    // A plain dot without a rim: nobody was there to see.
    outline(ctx, shape, x, y, r);
    ctx.fillStyle = fill;
    ctx.fill();
    ctx.lineWidth = look.tiny ? 0.8 : 1.6;
    ctx.strokeStyle = theme.halo;
    ctx.stroke();
    return;
  }
  if (status === "besieged") paintRing(ctx, x, y, r + 4, besieger, theme);
  outline(ctx, shape, x, y, Words.isShared(status) ? Math.max(r, 5) : r);
  ctx.fillStyle = fill;
  ctx.fill();
  ctx.lineWidth = 1.1;
  ctx.strokeStyle = theme.casing;
  ctx.stroke();
}

// Is there a mark at this zoom? Not knowing of a place that nobody reported is no news.
/** @param {Place} place @param {{zoom: number}} view @param {State} state */
export function isMarked(place, view, state) {
  return view.zoom >= place.minZoom || place.index === state.selected;
}

// The places with a mark in a view, the important ones last: three numbers each, index, x, y. Kept for two views, since
// two dates beside each other have one each.
/** @type {{stamp: number, list: Float64Array}[]} */
const spots = [];
/** @param {View} view @param {Model} model */
function spotsIn(view, model) {
  const known = spots.find((one) => one.stamp === view.stamp);
  if (known) return known.list;
  const list = [];
  for (const index of model.byRank) {
    const place = model.places[index];
    if (view.zoom < place.minZoom) continue;
    const [x, y] = [place.x * view.scale + view.left, place.y * view.scale + view.top];
    if (x > -REACH && y > -REACH && x < view.width + REACH && y < view.height + REACH) list.push(index, x, y);
  }
  spots.unshift({ stamp: view.stamp, list: Float64Array.from(list) });
  spots.length = Math.min(spots.length, 2);
  return spots[0].list;
}

/**
 * @param {Ctx} ctx
 * @param {View} view
 * @param {Model} model
 * @param {Theme} theme
 * @param {State} state
 * @param {number} index
 * @param {number} x
 * @param {number} y
 */
function paintPlace(ctx, view, model, theme, state, index, x, y) {
  const place = model.places[index];
  const row = state.rows[index];
  const r = radius(place, view);
  const status = Filter.statusOf(model, state, row);
  if (status === "unknown" && !place.reported && index !== state.selected) return;
  if (Filter.isHidden(state, row)) {
    // A trace stays, so that its label does not name an empty spot.
    outline(ctx, place.shape, x, y, Math.min(r, 2));
    ctx.fillStyle = theme.unknown;
    ctx.fill();
    return;
  }
  const stripes = status === "contested" ? Stripes.pattern : status === "divided" ? Stripes.upright : null;
  const fill = stripes ? stripes(ctx, ...Style.pair(theme, model, row), 6, view.ratio, 1) : Style.markInk(theme, model, row);
  const besieger = row[Row.SECOND] >= 0 ? Style.shade(theme, model.actors[row[Row.SECOND]].colour) : theme.unknown;
  paintMark(ctx, { x, y, r, shape: place.shape, status, fill, besieger, tiny: !place.reported }, theme);
}

/** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme @param {State} state */
export function paint(ctx, view, model, theme, state) {
  Canvas.usePixels(ctx, view);
  const [left, top, right, bottom] = view.window;
  const all = spotsIn(view, model);
  const list = Canvas.among(view, "marks", all, () => {
    const found = [];
    for (let n = 0; n < all.length; n += 3) {
      const [x, y] = [all[n + 1], all[n + 2]];
      if (view.touched?.any(x - REACH, y - REACH, x + REACH, y + REACH)) found.push(all[n], x, y);
    }
    return found;
  });
  for (let n = 0; n < list.length; n += 3) {
    const [x, y] = [list[n + 1], list[n + 2]];
    if (x > left - REACH && y > top - REACH && x < right + REACH && y < bottom + REACH) {
      paintPlace(ctx, view, model, theme, state, list[n], x, y);
    }
  }
  if (state.selected === null) return;
  const place = model.places[state.selected];
  const [x, y] = [place.x * view.scale + view.left, place.y * view.scale + view.top];
  if (view.zoom < place.minZoom) paintPlace(ctx, view, model, theme, state, state.selected, x, y);
  paintRing(ctx, x, y, radius(place, view) + 8, theme.accent, { casing: theme.paper });
}

// What a place covers on the canvas, in pixels: its mark, where it has one.
/** @param {Place} place @param {View} view @param {State} state */
export function extent(place, view, state) {
  const [x, y] = [place.x * view.scale + view.left, place.y * view.scale + view.top];
  const reach = isMarked(place, view, state) ? REACH : 0;
  return [x - reach, y - reach, x + reach, y + reach];
}

// The place nearest to a point in pixels of the container, or null when none is within `reach` of its mark.
/** @param {L.Map} map @param {Model} model @param {State} state @param {L.Point} point @param {number} reach */
export function pick(map, model, state, point, reach) {
  const zoom = map.getZoom();
  const scale = 2 ** (zoom - Geometry.LOCAL_ZOOM);
  const world = 256 * 2 ** zoom;
  const corner = /** @type {L.Point} */ (map.getPixelBounds().min);
  const x = (point.x + corner.x - model.frame.origin[0] * world) / scale;
  const y = (point.y + corner.y - model.frame.origin[1] * world) / scale;
  let best = null;
  let least = Infinity;
  for (const place of model.places) {
    if (!isMarked(place, { zoom }, state)) continue;
    if (!place.reported && Filter.holder(model, state, place.index) < 0 && place.index !== state.selected) continue;
    const distance = Math.hypot(place.x - x, place.y - y) * scale - radius(place, { zoom });
    if (distance < reach && distance < least) {
      least = distance;
      best = place.index;
    }
  }
  return best;
}
