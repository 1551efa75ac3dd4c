// Presence without control: [place or -1, longitude, latitude, first day, day after the last, actor].
import * as Canvas from "./canvas.js";
import * as Samples from "./samples.js";
import * as Style from "./style.js";

const ASIDE = 7; // px to the right of a place, and above it
const RADIUS = 3.2;

// What is told of on a day.
/** @param {Presence[]} presence @param {number} day */
export const on = (presence, day) => presence.filter(([, , , first, end]) => first <= day && day < end);

/** @param {Ctx} ctx @param {number} x @param {number} y @param {string} colour @param {Theme} theme */
function ring(ctx, x, y, colour, theme) {
  ctx.beginPath();
  ctx.arc(x, y, RADIUS, 0, 2 * Math.PI);
  ctx.fillStyle = theme.paper;
  ctx.fill();
  for (const [width, style] of /** @type {[number, string][]} */ ([[3.4, theme.casing], [2, colour]])) {
    ctx.lineWidth = width;
    ctx.strokeStyle = style;
    ctx.stroke();
  }
}

/**
 * @param {Ctx} ctx
 * @param {View} view
 * @param {Model} model
 * @param {Theme} theme
 * @param {Presence[]} spans
 * @param {Set<number>} hidden
 */
export function paint(ctx, view, model, theme, spans, hidden) {
  Canvas.usePixels(ctx, view);
  for (const [place, lon, lat, , , actor] of spans) {
    if (hidden.has(actor)) continue;
    const [x, y] = model.frame.local(lon, lat);
    const aside = place < 0 ? 0 : ASIDE;
    ring(ctx, x * view.scale + view.left + aside, y * view.scale + view.top - aside,
      Style.shade(theme, model.actors[actor].colour), theme);
  }
}

/** @param {Theme} theme @param {string} colour @returns {LegendLine} */
export function sample(theme, colour) {
  return { text: "Small ring: fighters there, no control", sample: Samples.drawn((ctx) => ring(ctx, 12, 12, colour, theme)) };
}

// Who is present at a place on a day, by name.
/** @param {Presence[]} presence @param {number} place @param {number} day @param {PayloadActor[]} actors */
export function names(presence, place, day, actors) {
  const present = on(presence, day).filter(([at]) => at === place).map(([, , , , , actor]) => actor);
  return [...new Set(present)].map((actor) => actors[actor].short_name || actors[actor].name);
}
