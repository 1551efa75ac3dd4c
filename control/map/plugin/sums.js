// Sums of shares by side, block by block: whose each pixel is, and its colour.
import * as Shares from "./shares.js";
import * as Sides from "./groundsides.js";

const FADE = [0.33, 0.73]; // shares of held ground between which an edge fades
const HELD = 0.53; // a little more than half: bays of bare land and lakes fill up otherwise
const STEEP = 0.62; // half of what shares differ by at a seam, a pixel on, with a blur of one pixel
const { BLOCK } = Shares;
const REGIONS = 10; // countries that are told apart, and nowhere

/** @type {(share: number) => number} */
function fade(share) {
  const t = Math.max(0, Math.min(1, (share - FADE[0]) / (FADE[1] - FADE[0])));
  return t * t * (3 - 2 * t);
}

export class Sums {
  /**
   * @param {ReturnType<typeof Shares.work>} shares
   * @param {FieldPixels} pixels
   * @param {{sideOf: Int16Array, firmness: Float32Array, reported: Uint8Array, present: (side: number, region: number) => boolean}} places
   * @param {InstanceType<typeof Sides.Sides>} sides
   * @param {Float64Array} rgb three numbers a side
   * @param {Float64Array} opacities of inferred and of reported ground, two numbers a side
   */
  constructor(shares, pixels, places, sides, rgb, opacities) {
    const size = sides.holders.length;
    this.shares = shares;
    this.pixels = pixels;
    this.places = places;
    this.sides = sides;
    this.rgb = rgb;
    this.opacities = opacities;
    this.moved = false; // whether a pixel is another side's, or as sure as it was not
    this.found = new Int32Array(size);
    this.count = 0; // sides found
    this.allowed = new Uint8Array(size * REGIONS); // whether a side has a place in a country
    for (let at = 0; at < this.allowed.length; at += 1) this.allowed[at] = places.present(Math.floor(at / REGIONS), at % REGIONS) ? 1 : 0;
    // Of each side: its share, how firm that is, how much of it is reported. First of one pixel, then of each post of a block.
    this.sum = new Float64Array(3 * size);
    this.posts = new Float64Array(3 * size * (BLOCK + 1) ** 2);
  }

  /** @param {number} block */
  work(block) {
    const { columns, width, height, steps, posts } = this.shares;
    const [left, top] = [(block % columns) * BLOCK, Math.floor(block / columns) * BLOCK];
    const [right, bottom] = [Math.min(width, left + BLOCK), Math.min(height, top + BLOCK)];
    const step = steps[block];
    if (step > 1) {
      this.#between(posts[block], step, left, top, right, bottom);
      return;
    }
    for (let y = top; y < bottom; y += 1) {
      for (let x = left, post = posts[block] + (y - top) * BLOCK; x < right; x += 1, post += 1) {
        this.count = 0;
        this.#add(post, this.sum, 0);
        this.#settle(y * width + x);
        for (let i = 0; i < this.count; i += 1) for (let n = 3 * this.found[i], end = n + 3; n < end; n += 1) this.sum[n] = 0;
      }
    }
  }

  // Add up a post.
  /** @param {number} post @param {Float64Array} sum @param {number} offset */
  #add(post, sum, offset) {
    const { found, allowed, shares: { first, cell, share, regionOf }, places: { sideOf, firmness, reported } } = this;
    const region = regionOf[post];
    for (let i = first[post], end = first[post + 1]; i < end; i += 1) {
      const place = cell[i];
      const side = sideOf[place];
      if (side < 0 || allowed[side * REGIONS + region] === 0) continue;
      const at = offset + 3 * side;
      if (sum[at] === 0 && !this.#isFound(side)) found[this.count++] = side;
      sum[at] += share[i];
      sum[at + 1] += share[i] * firmness[place];
      sum[at + 2] += share[i] * reported[place];
    }
  }

  /** @param {number} side */
  #isFound(side) {
    for (let i = 0; i < this.count; i += 1) if (this.found[i] === side) return true;
    return false;
  }

  // A block whose pixels lie between posts: each is made of the four around it.
  /** @param {number} post @param {number} step @param {number} left @param {number} top @param {number} right @param {number} bottom */
  #between(post, step, left, top, right, bottom) {
    const { sum, posts, found } = this;
    const wide = BLOCK / step + 1;
    const stride = sum.length;
    posts.fill(0, 0, wide * wide * stride);
    this.count = 0;
    for (let n = 0; n < wide * wide; n += 1) this.#add(post + n, posts, n * stride);
    for (let y = top; y < bottom; y += 1) {
      const row = Math.floor((y - top) / step);
      const down = ((y - top) % step) / step;
      for (let x = left; x < right; x += 1) {
        const column = Math.floor((x - left) / step);
        const along = ((x - left) % step) / step;
        const at = (row * wide + column) * stride;
        for (let i = 0; i < this.count; i += 1) {
          for (let n = 3 * found[i], end = n + 3; n < end; n += 1) {
            const [a, b, c, d] = [posts[at + n], posts[at + stride + n], posts[at + wide * stride + n], posts[at + (wide + 1) * stride + n]];
            sum[n] = (a * (1 - along) + b * along) * (1 - down) + (c * (1 - along) + d * along) * down;
          }
        }
        this.#settle(y * this.shares.width + x);
      }
    }
    sum.fill(0);
  }

  // Whose a pixel is, from the sums.
  /** @param {number} p */
  #settle(p) {
    const { sum, found, count, sides } = this;
    const { ink, side, holder, lead, sure } = this.pixels;
    let [best, next, held] = [-1, -1, 0];
    for (let i = 0; i < count; i += 1) {
      const one = found[i];
      const weight = sum[3 * one];
      if (weight === 0) continue;
      held += weight;
      if (best < 0 || weight > sum[3 * best]) [best, next] = [one, best];
      else if (next < 0 || weight > sum[3 * next]) next = one;
    }
    const before = 2 * side[p] + sure[p];
    if (best < 0) {
      side[p] = holder[p] = Sides.NONE;
      sure[p] = ink[p] = 0;
      if (before >= 0) this.moved = true;
      return;
    }
    const all = held / Shares.WHOLE;
    const weight = sum[3 * best];
    lead[p] = (weight - (next < 0 ? 0 : sum[3 * next])) / Shares.WHOLE;
    side[p] = all >= HELD ? best : Sides.NONE;
    holder[p] = all >= HELD ? sides.holders[best] : Sides.NONE;
    sure[p] = 2 * sum[3 * best + 2] >= weight ? 1 : 0;
    ink[p] = sides.isShared(best) ? 0 : this.#ink(p, best, next, fade(all));
    if (before !== 2 * side[p] + sure[p]) this.moved = true;
  }

  // A pixel that a seam runs through has both colours.
  /** @param {number} p @param {number} best @param {number} next @param {number} faded */
  #ink(p, best, next, faded) {
    const { sum, sides, rgb, opacities } = this;
    const [least, most] = [opacities[2 * best], opacities[2 * best + 1]];
    const opacity = (least + (most - least) * (sum[3 * best + 1] / sum[3 * best])) * faded;
    let part = 1;
    if (next >= 0 && !sides.isShared(next)) part = Math.min(1, 0.5 + STEEP * this.pixels.lead[p] * this.shares.blur[p]);
    const [a, b] = [3 * best, 3 * next];
    let colour = Math.round(255 * opacity) << 24;
    for (let c = 0; c < 3; c += 1) colour |= (part < 1 ? rgb[a + c] * part + rgb[b + c] * (1 - part) : rgb[a + c]) << (8 * c);
    return colour >>> 0;
  }
}
