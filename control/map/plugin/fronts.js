// Front lines: where the ground of two actors meets; ground of nobody known has none. Solid where reports tell of both sides,
// dashed where one is an estimate.
import * as Canvas from "./canvas.js";
import * as Geometry from "./geometry.js";
import * as Seams from "./seams.js";

export const WIDTH = 2; // px of the line
export const EDGE = 1.5; // px of light on either side, which part it from dark ground
export const DASH = [5, 5]; // px
const SMALL = 8; // pixels of the field around an enclave: the dot of its place says as much
const TILE = 48; // pixels of the field: lines are cut at tiles, and so may be painted again in part

// Add a closed line of a field to a path in local coordinates.
/** @param {Path2D} path @param {ReturnType<typeof Seams.find>[number]} line @param {number} k @param {number} dx @param {number} dy */
export function trace(path, { xy }, k, dx, dy) {
  for (let i = 0; i < xy.length; i += 2) {
    const [x, y] = [(xy[i] - dx) / k, (xy[i + 1] - dy) / k];
    if (i === 0) path.moveTo(x, y);
    else path.lineTo(x, y);
  }
  path.closePath();
}

/** @typedef {{xy: number[], sure: number, box: number[]}} Piece a piece of a line in local coordinates, with what it covers */

// Cut a line at tiles, and where it comes to be likely or reported; pieces share their ends.
/** @param {Piece[]} pieces @param {ReturnType<typeof Seams.find>[number]} line @param {number} k @param {number} dx @param {number} dy */
function cut(pieces, { xy, closed, sure }, k, dx, dy) {
  const n = sure.length;
  let piece = /** @type {Piece | null} */ (null);
  let [tile, known] = ["", -1];
  for (let i = 0; i < (closed ? n + 1 : n); i += 1) {
    const [px, py] = [xy[2 * (i % n)], xy[2 * (i % n) + 1]];
    const [x, y] = [(px - dx) / k, (py - dy) / k];
    if (piece) add(piece, x, y);
    const here = `${Math.floor(px / TILE)} ${Math.floor(py / TILE)}`;
    if (here === tile && sure[i % n] === known) continue;
    [tile, known] = [here, sure[i % n]];
    piece = { xy: [], sure: known, box: Geometry.emptyBox() };
    add(piece, x, y);
    pieces.push(piece);
  }
}

/** @param {Piece} piece @param {number} x @param {number} y */
function add({ xy, box }, x, y) {
  xy.push(x, y);
  Geometry.extend(box, x, y);
}

// The fronts of a date.
export class Fronts {
  /** @param {GroundField} field */
  constructor(field) {
    this.field = field;
    this.version = -1;
    this.pieces = /** @type {Piece[]} */ ([]);
  }

  isStale() {
    return this.version !== this.field.version;
  }

  update() {
    const { shares, pixels: { holder, lead, sure } } = this.field;
    if (!shares || !this.isStale()) return;
    this.version = this.field.version;
    this.pieces = [];
    const { width, height, k, dx, dy } = shares;
    for (const line of Seams.find({ width, height, side: holder, lead, sure }, SMALL)) cut(this.pieces, line, k, dx, dy);
  }

  /** @param {Ctx} ctx @param {View} view @param {Theme} theme */
  paint(ctx, view, theme) {
    const near = this.pieces.filter((piece) => Canvas.visible(piece.box, view, WIDTH + EDGE));
    if (near.length === 0) return;
    const paths = [new Path2D(), new Path2D()];
    for (const { xy, sure } of near) {
      paths[sure].moveTo(xy[0], xy[1]);
      for (let i = 2; i < xy.length; i += 2) paths[sure].lineTo(xy[i], xy[i + 1]);
    }
    Canvas.useLocal(ctx, view);
    const thick = (view.zoom < 6 ? 0.7 : 1) / view.scale;
    ctx.lineJoin = "round";
    ctx.lineCap = "round";
    ctx.setLineDash([]);
    // All light edges first: where fronts meet none cuts through another.
    ctx.strokeStyle = theme.frontCasing;
    ctx.lineWidth = (WIDTH + 2 * EDGE) * thick;
    for (const path of paths) ctx.stroke(path);
    ctx.strokeStyle = theme.front;
    ctx.lineWidth = WIDTH * thick;
    ctx.stroke(paths[1]);
    ctx.lineCap = "butt";
    ctx.setLineDash(DASH.map((length) => length / view.scale));
    ctx.stroke(paths[0]);
    ctx.setLineDash([]);
  }
}
