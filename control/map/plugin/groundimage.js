// The ground in the colours of those who hold it: one picture in the pixels of the screen, of which a change of date
// writes the changed cells only.
import * as Arcs from "./arcs.js";
import * as Canvas from "./canvas.js";
import * as Colours from "./colours.js";
import * as Ink from "./ink.js";
import * as Raster from "./raster.js";

const BAND = 12; // px a period of the stripes of contested and divided ground
const CROWD = 8000; // cells
const MANY = 400; // cells: beyond, the whole picture is cheaper than many parts

/** @param {string} hex */
function packed(hex) {
  const [r, g, b] = Colours.parse(hex);
  return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
}

// style(cell) -> null for plain land, [colour], or [colour, colour] for stripes, upright ones with a third entry; the same array for the same style.
export class GroundImage {
  /** @param {ArcSet} arcs */
  constructor(arcs) {
    this.arcs = arcs;
    this.stamp = /** @type {number | null} */ (null);
    this.inks = new Map();
    this.stripes = /** @type {Band[]} */ ([]);
    this.shown = new Uint32Array(arcs.cellCount);
    this.raster = /** @type {Raster | null} */ (null);
    this.image = new ImageData(1, 1);
    this.pixels = new Uint32Array(this.image.data.buffer);
    this.period = BAND;
    this.phase = 0;
    this.across = 0;
  }

  // Work out which cell is where, unless this view was the last one too.
  /** @param {View} view */
  fit(view) {
    if (this.raster !== null && view.stamp === this.stamp) return this.raster;
    this.stamp = view.stamp;
    const { ratio } = view;
    const place = { k: view.scale * ratio, dx: view.left * ratio, dy: view.top * ratio };
    // A frame in a closed tab has no size, and no picture may have none.
    const size = { width: Math.max(1, Math.round(view.width * ratio)), height: Math.max(1, Math.round(view.height * ratio)) };
    // Soft edges take lines within each row of pixels: few where pixels or cells are small.
    const lines = ratio >= 2 || this.arcs.cellCount > CROWD ? 2 : 4;
    const raster = Raster.scan(this.arcs, { ...size, ...place }, lines);
    this.image = new ImageData(size.width, size.height);
    this.pixels = new Uint32Array(this.image.data.buffer);
    // Stripes lie on the ground, not on the screen.
    this.period = Math.max(4, Math.round(BAND * ratio));
    this.phase = -Math.round(place.dx + place.dy);
    this.across = -Math.round(place.dx);
    this.inks.clear();
    this.stripes.length = 0;
    this.raster = raster;
    return raster;
  }

  /** @param {GroundStyle | null} style */
  ink(style) {
    if (style === null) return Ink.NO_INK;
    const known = this.inks.get(style);
    if (known !== undefined) return known;
    const [first, second, upright] = style;
    let ink = packed(first);
    if (second !== undefined) {
      const colours = Ink.stripes(ink, packed(second), this.period);
      ink = Ink.STRIPED + this.stripes.length;
      this.stripes.push(upright ? { colours, phase: this.across, upright: true } : { colours, phase: this.phase });
    }
    this.inks.set(style, ink);
    return ink;
  }

  // Everything anew.
  /** @param {Ctx} ctx @param {View} view @param {(cell: number) => GroundStyle | null} style */
  paint(ctx, view, style) {
    const raster = this.fit(view);
    for (let cell = 0; cell < this.arcs.cellCount; cell += 1) this.shown[cell] = this.ink(style(cell));
    Ink.colourAll(this.pixels, raster, this.shown, this.stripes);
    ctx.putImageData(this.image, 0, 0);
  }

  // These cells anew, as far as their looks changed.
  /** @param {Ctx} ctx @param {View} view @param {(cell: number) => GroundStyle | null} style @param {number[]} cells */
  update(ctx, view, style, cells) {
    const { raster } = this;
    if (raster === null) return [];
    const changed = cells.filter((cell) => {
      const ink = this.ink(style(cell));
      if (ink === this.shown[cell]) return false;
      this.shown[cell] = ink;
      return true;
    });
    if (changed.length > MANY) {
      Ink.colourAll(this.pixels, raster, this.shown, this.stripes);
      ctx.putImageData(this.image, 0, 0);
      return changed;
    }
    for (const cell of changed) Ink.colour(this.pixels, raster, cell, this.shown, this.stripes);
    for (const cell of changed) {
      const [x0, y0, x1, y1] = Canvas.toPixels(Arcs.cellBox(this.arcs, cell), view);
      const [left, top] = [Math.floor(x0 * view.ratio) - 1, Math.floor(y0 * view.ratio) - 1];
      const [width, height] = [Math.ceil(x1 * view.ratio) + 1 - left, Math.ceil(y1 * view.ratio) + 1 - top];
      if (width > 0 && height > 0) ctx.putImageData(this.image, 0, 0, left, top, width, height);
    }
    return changed;
  }

  // The cell at a point in pixels of the canvas, or -1.
  /** @param {View} view @param {number} x @param {number} y */
  cellAt(view, x, y) {
    return this.raster ? Raster.cellAt(this.raster, x * view.ratio, y * view.ratio) : -1;
  }
}
