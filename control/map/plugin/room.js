// How much room a place has on its own ground, worked out once from the arcs: how far its ground may be blurred without hiding
// whose the place is, and whether it stands alone.
import * as Geometry from "./geometry.js";

const ALONE = 0.75; // share of the rim beyond which nobody has ground: a post in the desert
const NOBODY = -1;
const GLOW = 13; // km: so far the ground of a place that stands alone is drawn

/** @type {(px: number, py: number, ax: number, ay: number, bx: number, by: number) => number} */
function squared(px, py, ax, ay, bx, by) {
  const [dx, dy] = [bx - ax, by - ay];
  const length = dx * dx + dy * dy;
  const t = length === 0 ? 0 : Math.max(0, Math.min(1, ((px - ax) * dx + (py - ay) * dy) / length));
  return (px - ax - t * dx) ** 2 + (py - ay - t * dy) ** 2;
}

// `room`: from a place to the nearest ground of another one, Infinity where there is none. `glow`: 0, or how far the ground is
// drawn of a place that stands alone. In local coordinates.
/** @param {ArcSet} arcs @param {{x: number, y: number}[]} places @param {Frame} frame */
export function measure(arcs, places, frame) {
  const { count, cellCount, left, right, start, xy } = arcs;
  const room = new Float64Array(cellCount).fill(Infinity);
  const [rim, borders] = [new Float64Array(cellCount), new Float64Array(cellCount)];
  for (let n = 0; n < count; n += 1) {
    let length = 0;
    const both = left[n] >= 0 && right[n] >= 0;
    for (let i = start[n] + 1; i < start[n + 1]; i += 1) {
      const [ax, ay, bx, by] = [xy[2 * i - 2], xy[2 * i - 1], xy[2 * i], xy[2 * i + 1]];
      length += Math.hypot(bx - ax, by - ay);
      if (!both) continue;
      for (const cell of [left[n], right[n]]) {
        const away = squared(places[cell].x, places[cell].y, ax, ay, bx, by);
        if (away < room[cell]) room[cell] = away;
      }
    }
    for (const [cell, beyond] of [[left[n], right[n]], [right[n], left[n]]]) {
      if (cell < 0 || beyond < NOBODY) continue;
      borders[cell] += length;
      if (beyond === NOBODY) rim[cell] += length;
    }
  }
  const glow = new Float64Array(cellCount);
  for (let cell = 0; cell < cellCount; cell += 1) {
    room[cell] = Math.sqrt(room[cell]);
    if (rim[cell] === 0 || rim[cell] < ALONE * borders[cell]) continue;
    glow[cell] = GLOW / Geometry.kilometres(frame, places[cell].y);
    room[cell] = Math.min(room[cell], glow[cell]);
  }
  return { room, glow };
}
