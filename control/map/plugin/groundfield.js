// Whose the ground is at each pixel on a date, and how it looks: of the places around it the side with the largest share, and
// the more opaque, the more of that is reported. The edge towards nobody's ground fades.
import * as Colours from "./colours.js";
import * as Filter from "./filter.js";
import * as Geometry from "./geometry.js";
import * as Opacity from "./opacity.js";
import * as Shares from "./shares.js";
import * as Sides from "./groundsides.js";
import * as Style from "./style.js";
import { Sums } from "./sums.js";

const COUNTRIES = 8; // bits of homes.js
const AROUND = 6; // pixels around a block that a seam in it may move

// What is so at each pixel.
export class Pixels {
  /** @param {number} width @param {number} height */
  constructor(width, height) {
    this.image = new ImageData(width, height);
    this.ink = new Uint32Array(this.image.data.buffer);
    this.side = new Int16Array(width * height); // that has it, or NONE
    this.holder = new Int16Array(width * height); // whom that side counts for, or NONE
    this.lead = new Float32Array(width * height); // the side's share beyond that of the next one
    this.sure = new Uint8Array(width * height); // whether reports give most of the side's share
  }
}

export class GroundField {
  /** @param {Scene} scene @param {() => State} shown */
  constructor(scene, shown) {
    const { cellCount } = scene.model.arcs;
    this.scene = scene;
    this.shown = shown;
    this.sides = new Sides.Sides(scene.model.actors.length);
    this.sideOf = new Int16Array(cellCount).fill(Sides.NONE); // of each place, as are the next two
    this.firmness = new Float32Array(cellCount); // 0 for an estimate, 1 for a fresh sure report
    this.reported = new Uint8Array(cellCount);
    this.homes = Shares.roomsOf(scene.model).homes;
    this.counts = /** @type {number[]} */ ([]); // of places, by side and country
    this.spread = false; // whether a side is in another country than before, or has left one
    this.shares = /** @type {ReturnType<typeof Shares.work> | null} */ (null);
    this.pixels = new Pixels(1, 1);
    this.roundOf = new Int32Array(1); // of each block: in which change it was worked out last
    this.round = 0;
    this.inks = { theme: /** @type {Theme | null} */ (null), rgb: new Float64Array(0), opacities: new Float64Array(0) };
    this.moved = /** @type {number[][] | null} */ (null); // boxes in local coordinates, or null for everything; see `takeMoved`
    this.version = 0; // another one when some pixel is another side's, or as sure as it was not
  }

  // Make ready for a view.
  /** @param {View} view */
  fit(view) {
    const { ratio } = view;
    const window = { width: Math.max(1, Math.round(view.width * ratio)), height: Math.max(1, Math.round(view.height * ratio)),
      k: view.scale * ratio, dx: view.left * ratio, dy: view.top * ratio };
    const { shares } = this;
    const known = shares && shares.width === window.width && shares.height === window.height && shares.k === window.k
      && shares.dx === window.dx && shares.dy === window.dy;
    if (known) return;
    this.shares = Shares.work(this.scene.model, window, view.zoom);
    this.pixels = new Pixels(window.width, window.height);
    this.roundOf = new Int32Array(this.shares.steps.length);
  }

  // Read what is so of a place on the date; true when that is something else than before.
  /** @param {number} place */
  #read(place) {
    const { model } = this.scene;
    const state = this.shown();
    const side = this.sides.of(model, state, place);
    const reported = Filter.isAssessed(model, state, place) ? 1 : 0;
    const firmness = reported ? Math.fround(Style.firmness(model, state.rows[place])) : 0;
    if (side !== this.sideOf[place]) this.#move(place, side);
    else if (firmness === this.firmness[place] && reported === this.reported[place]) return false;
    this.firmness[place] = firmness;
    this.reported[place] = reported;
    return true;
  }

  // Count a place for another side, in the countries that it may be in.
  /** @param {number} place @param {number} side */
  #move(place, side) {
    const before = this.sideOf[place];
    this.sideOf[place] = side;
    for (let bits = this.homes[place], country = 0; bits > 0; bits >>= 1, country += 1) {
      if (!(bits & 1)) continue;
      if (before >= 0 && (this.counts[before * COUNTRIES + country] -= 1) === 0) this.spread = true;
      if (side >= 0 && (this.counts[side * COUNTRIES + country] = (this.counts[side * COUNTRIES + country] ?? 0) + 1) === 1) this.spread = true;
    }
  }

  // Whether a side has a place in a country, as regions.js numbers them.
  /** @param {number} side @param {number} region */
  present(side, region) {
    return region > 0 && (this.counts[side * COUNTRIES + Math.min(region, COUNTRIES) - 1] ?? 0) > 0;
  }

  // Everything anew.
  work() {
    if (!this.shares) return;
    for (let place = 0; place < this.sideOf.length; place += 1) this.#read(place);
    this.#workAll();
  }

  // Note that seams in some blocks may run elsewhere: a box of columns and rows.
  /** @param {NonNullable<GroundField["shares"]>} shares @param {number[]} box */
  #note({ k, dx, dy }, [left, top, right, bottom]) {
    const local = (/** @type {number} */ block, /** @type {number} */ more, /** @type {number} */ shift) => (block * Shares.BLOCK + more - shift) / k;
    this.moved?.push([local(left, -AROUND, dx), local(top, -AROUND, dy), local(right, AROUND, dx), local(bottom, AROUND, dy)]);
    this.version += 1;
  }

  #workAll() {
    if (!this.shares) return;
    this.spread = false;
    this.moved = null;
    const sums = this.#sums();
    for (let block = 0; block < this.shares.steps.length; block += 1) sums.work(block);
    this.version += 1;
  }

  // What these places change; false when that is nothing.
  /** @param {number[]} places */
  update(places) {
    const { shares } = this;
    const changed = places.filter((place) => this.#read(place));
    if (!shares || changed.length === 0) return false;
    if (this.spread) {
      this.#workAll();
      return true;
    }
    const sums = this.#sums();
    this.round += 1;
    for (const place of changed) {
      const box = Geometry.emptyBox();
      for (let i = shares.blockFirst[place]; i < shares.blockFirst[place + 1]; i += 1) {
        const block = shares.blockOf[i];
        if (this.roundOf[block] === this.round) continue;
        this.roundOf[block] = this.round;
        sums.moved = false;
        sums.work(block);
        if (!sums.moved) continue;
        const [column, row] = [block % shares.columns, Math.floor(block / shares.columns)];
        Geometry.extend(box, column, row);
        Geometry.extend(box, column + 1, row + 1);
      }
      if (box[0] < box[2]) this.#note(shares, box);
    }
    return true;
  }

  #sums() {
    const shares = /** @type {NonNullable<GroundField["shares"]>} */ (this.shares);
    const { rgb, opacities } = this.#inks();
    return new Sums(shares, this.pixels, this, this.sides, rgb, opacities);
  }

  // Red, green and blue of each side, and how opaque it is; of shared ground, which is painted on its own, there are none.
  #inks() {
    const { model, theme } = this.scene;
    const { sides } = this;
    const size = sides.holders.length;
    if (this.inks.theme === theme && this.inks.rgb.length === 3 * size) return this.inks;
    const [rgb, opacities] = [new Float64Array(3 * size), new Float64Array(2 * size)];
    sides.holders.forEach((actor, side) => {
      if (sides.isShared(side)) return;
      const colour = Style.shade(theme, model.actors[actor].colour);
      rgb.set(Colours.parse(colour), 3 * side);
      opacities.set(Opacity.ofGround(theme, colour), 2 * side);
    });
    this.inks = { theme, rgb, opacities };
    return this.inks;
  }

  // Where seams may run elsewhere than when this was asked last; null for everywhere.
  takeMoved() {
    const { moved } = this;
    this.moved = [];
    return moved;
  }

  // The place whose ground gives most to a pixel, of the side that has it; or -1.
  /** @param {number} x @param {number} y */
  placeAt(x, y) {
    const { shares } = this;
    if (!shares || x < 0 || y < 0 || x >= shares.width || y >= shares.height) return -1;
    const p = Math.floor(y) * shares.width + Math.floor(x);
    const side = this.pixels.side[p];
    const [row, column] = [Math.floor(y / Shares.BLOCK), Math.floor(x / Shares.BLOCK)];
    const block = row * shares.columns + column;
    const step = shares.steps[block];
    const wide = step === 1 ? Shares.BLOCK : Shares.BLOCK / step + 1;
    const near = (/** @type {number} */ v) => (step === 1 ? Math.floor(v) : Math.round(v / step));
    const post = shares.posts[block] + near(y - row * Shares.BLOCK) * wide + near(x - column * Shares.BLOCK);
    let [best, most] = [-1, 0];
    for (let i = shares.first[post]; i < shares.first[post + 1]; i += 1) {
      if (side >= 0 && this.sideOf[shares.cell[i]] !== side) continue;
      if (shares.share[i] > most) [best, most] = [shares.cell[i], shares.share[i]];
    }
    return best;
  }
}

/** @type {WeakMap<() => State, GroundField>} */
const fields = new WeakMap();

// The field of a date, the same one for all layers that show it.
/** @param {Scene} scene @param {() => State} shown */
export function of(scene, shown) {
  let known = fields.get(shown);
  if (known === undefined) fields.set(shown, known = new GroundField(scene, shown));
  return known;
}
