// Contested and divided ground: stripes in the colours of both sides, in curves like all ground.
import * as Canvas from "./canvas.js";
import * as Fronts from "./fronts.js";
import * as Seams from "./seams.js";
import { BLOCK } from "./shares.js";
import * as Stripes from "./stripes.js";
import * as Style from "./style.js";

const BAND = 12; // px a period of the stripes

export class SharedGround {
  /** @param {GroundField} field */
  constructor(field) {
    this.field = field;
    this.paths = /** @type {Map<number, Path2D>} */ (new Map());
  }

  // Work out the outlines anew.
  update() {
    const { shares, sideOf, sides } = this.field;
    this.paths.clear();
    if (!shares || sides.pairs.size === 0) return;
    for (let place = 0; place < sideOf.length; place += 1) {
      const side = sideOf[place];
      if (side < 0 || !sides.isShared(side) || shares.blockFirst[place] === shares.blockFirst[place + 1]) continue;
      this.#outline(place, side);
    }
  }

  // The ground of a side around a place; where two places of it are neighbours, the same may come twice.
  /** @param {number} place @param {number} side */
  #outline(place, side) {
    const { shares, pixels } = this.field;
    if (!shares) return;
    let [left, top, right, bottom] = [shares.width, shares.height, 0, 0];
    for (let i = shares.blockFirst[place]; i < shares.blockFirst[place + 1]; i += 1) {
      const [x, y] = [(shares.blockOf[i] % shares.columns) * BLOCK, Math.floor(shares.blockOf[i] / shares.columns) * BLOCK];
      [left, top] = [Math.min(left, x), Math.min(top, y)];
      [right, bottom] = [Math.max(right, Math.min(shares.width, x + BLOCK) - 1), Math.max(bottom, Math.min(shares.height, y + BLOCK) - 1)];
    }
    if (left > right) return;
    // A pixel of something else around: outlines close.
    const [width, height] = [right - left + 3, bottom - top + 3];
    const mine = new Uint8Array(width * height);
    for (let y = 1; y < height - 1; y += 1) {
      for (let x = 1; x < width - 1; x += 1) {
        if (pixels.side[(top + y - 1) * shares.width + left + x - 1] === side) mine[y * width + x] = 1;
      }
    }
    const none = new Uint8Array(width * height);
    const path = this.paths.get(side) ?? new Path2D();
    const { k } = shares;
    for (const line of Seams.find({ width, height, side: mine, lead: none, sure: none }, 0)) {
      Fronts.trace(path, line, k, shares.dx - left + 1, shares.dy - top + 1);
    }
    this.paths.set(side, path);
  }

  /** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme */
  paint(ctx, view, model, theme) {
    Canvas.useLocal(ctx, view);
    const { pairs } = this.field.sides;
    ctx.globalAlpha = Number(theme.reported);
    for (const [side, path] of this.paths) {
      const { row, upright } = /** @type {{row: Row, upright: boolean}} */ (pairs.get(side));
      const [first, second] = Style.pair(theme, model, row);
      const make = upright ? Stripes.upright : Stripes.pattern;
      ctx.fillStyle = make(ctx, first, second ?? theme.paper, BAND, view.ratio, view.scale);
      ctx.fill(path, "nonzero");
    }
    ctx.globalAlpha = 1;
  }
}
