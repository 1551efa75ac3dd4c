// Front lines: the arcs where the ground of two actors meets.
import * as Arcs from "./arcs.js";
import * as Canvas from "./canvas.js";

export const NONE = 0;
export const ESTIMATED = 1; // at least one side is an estimate
export const ASSESSED = 2;

export const WIDTH = 2; // px of the line
export const EDGE = 1.5; // px of light on either side, which part it from dark ground
export const DASH = [5, 5]; // px, where it is likely and not reported
const FEW = 0.25; // share of the cells: beyond, looking at all arcs once is cheaper than at many arcs twice

// What every arc is on the date shown.
export class Fronts {
  /** @param {ArcSet} arcs */
  constructor(arcs) {
    this.arcs = arcs;
    this.kinds = new Uint8Array(arcs.count);
    this.codes = new Int32Array(arcs.cellCount); // of cells: twice the holder, one more for an assessment; -1 for nobody's
    this.found = new Int32Array(arcs.count);
    this.length = 0;
  }

  // Bring up to date what is around `cells`; everything when it is null. `holder(cell)` is the actor seen to hold a cell,
  // or -1; `sure(cell)` tells whether that is an assessment.
  /** @param {number[] | null} cells @param {(cell: number) => number} holder @param {(cell: number) => boolean} sure */
  update(cells, holder, sure) {
    const { kinds, codes, found } = this;
    const { count, cellCount, left, right, firstOf, arcOf } = this.arcs;
    const look = (/** @type {number} */ cell) => {
      const actor = holder(cell);
      codes[cell] = actor < 0 ? -1 : 2 * actor + (sure(cell) ? 1 : 0);
    };
    const judge = (/** @type {number} */ n) => {
      const a = left[n] < 0 ? -1 : codes[left[n]];
      const b = right[n] < 0 ? -1 : codes[right[n]];
      kinds[n] = a < 0 || b < 0 || a >> 1 === b >> 1 ? NONE : a & b & 1 ? ASSESSED : ESTIMATED;
    };
    if (cells === null) for (let cell = 0; cell < cellCount; cell += 1) look(cell);
    else for (const cell of cells) look(cell);
    if (cells === null || cells.length > FEW * cellCount) for (let n = 0; n < count; n += 1) judge(n);
    else for (const cell of cells) for (let i = firstOf[cell]; i < firstOf[cell + 1]; i += 1) judge(arcOf[i]);
    if (cells !== null && cells.length === 0) return;
    this.length = 0;
    for (let n = 0; n < count; n += 1) if (kinds[n] !== NONE) found[this.length++] = n;
  }

  // The arcs that are fronts.
  list() {
    return this.found.subarray(0, this.length);
  }
}

// A front is where the ground of two actors meets; ground of nobody known has none. Where one side is an estimate, so
// is the front.
/** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme @param {Fronts} fronts */
export function paint(ctx, view, model, theme, fronts) {
  const { arcs } = model;
  const { boxes } = arcs;
  const { scale, left, top, touched } = view;
  const all = fronts.list();
  const near = Canvas.among(view, fronts, all, () => all.filter((n) => touched?.any(boxes[4 * n] * scale + left - 3,
    boxes[4 * n + 1] * scale + top - 3, boxes[4 * n + 2] * scale + left + 3, boxes[4 * n + 3] * scale + top + 3)));
  const [west, north, east, south] = [(view.window[0] - 3 - left) / scale, (view.window[1] - 3 - top) / scale,
    (view.window[2] + 3 - left) / scale, (view.window[3] + 3 - top) / scale];
  Canvas.useLocal(ctx, view);
  ctx.lineJoin = "round";
  const thick = view.zoom < 6 ? 0.7 : 1;
  /** @type {(kinds: number[], colour: string, width: number, dash?: number[]) => void} */
  const stroke = (kinds, colour, width, dash = []) => {
    let any = false;
    ctx.beginPath();
    for (const n of near) {
      if (!kinds.includes(fronts.kinds[n]) || boxes[4 * n + 2] < west || boxes[4 * n] > east || boxes[4 * n + 3] < north
        || boxes[4 * n + 1] > south) continue;
      Arcs.trace(ctx, arcs, n);
      any = true;
    }
    if (!any) return;
    ctx.strokeStyle = colour;
    ctx.lineWidth = (width * thick) / scale;
    ctx.setLineDash(dash.map((length) => length / scale));
    ctx.stroke();
  };
  // All light edges first: where fronts meet none cuts through another.
  ctx.lineCap = "round";
  stroke([ESTIMATED, ASSESSED], theme.frontCasing, WIDTH + 2 * EDGE);
  stroke([ASSESSED], theme.front, WIDTH);
  ctx.lineCap = "butt";
  stroke([ESTIMATED], theme.front, WIDTH, DASH);
  ctx.setLineDash([]);
}
