// What the ground at each pixel is made of: the places whose ground lies around it, with their shares. It depends on the view
// and on no date: after it, a change of date is a sum of shares by side.
//
// Shares are counted on samples around a pixel. The picture is dealt into blocks: where the blur is wide, that is done at some
// posts of a block only, with more samples, and what lies between is made of those around.
import * as Geometry from "./geometry.js";
import * as Homes from "./homes.js";
import * as Raster from "./raster.js";
import * as Regions from "./regions.js";
import * as Room from "./room.js";
import * as Spread from "./spread.js";

const WIDEST = 110; // px of margin around a view: beyond, samples stay at its edge
const SHARP = 0.35; // px: blurs below are none
const GROWN = 2; // px of ground beyond a border, which is painted over
const NOBODY = -1;
export const BLOCK = 4; // px
const LOOSE = 1.4; // blur, times the distance between two posts
/** @type {Record<number, number>} */
const SAMPLES = { 1: 40, 2: 64, 4: 128 }; // of a post, by their distance
const SMALL_BLURS = [[0.8, 12], [1.5, 24]]; // up to so many px: fewer samples tell as much
export const WHOLE = 4096; // the sum of all shares of a pixel, with those of nobody

/** @type {WeakMap<Model, ReturnType<typeof Room.measure> & {homes: Uint8Array}>} */
const rooms = new WeakMap();

// What is so of places whatever the view and the date: see room.js and homes.js.
/** @param {Model} model */
export function roomsOf(model) {
  let known = rooms.get(model);
  if (known === undefined) {
    rooms.set(model, known = { ...Room.measure(model.arcs, model.places, model.frame), homes: Homes.measure(model) });
  }
  return known;
}

// Whose cell each pixel is, the larger share where there are two.
/** @param {Model} model @param {PixelWindow} window */
function cells(model, window) {
  const { runs, mixed } = Raster.scan(model.arcs, window, 1);
  const out = new Int32Array(window.width * window.height).fill(NOBODY);
  for (let i = 0; i < runs.cell.length; i += 1) for (let at = runs.from[i]; at < runs.to[i]; at += 1) out[at] = runs.cell[i];
  for (let n = 0; n < mixed.pixel.length; n += 1) out[mixed.pixel[n]] = mixed.share[n] >= 128 ? mixed.a[n] : mixed.b[n];
  const { glow } = roomsOf(model);
  if (!glow.some(Boolean)) return out;
  const { width, k, dx, dy } = window;
  for (let at = 0; at < out.length; at += 1) {
    const cell = out[at];
    if (cell < 0 || glow[cell] === 0) continue;
    const { x, y } = model.places[cell];
    if (Math.hypot((at % width) + 0.5 - x * k - dx, Math.floor(at / width) + 0.5 - y * k - dy) > glow[cell] * k) out[at] = NOBODY;
  }
  return out;
}

// Lists of cells with their shares, one after the other, that grow.
class Lists {
  /** @param {number} places @param {number} room */
  constructor(places, room) {
    this.cell = new Int32Array(room);
    this.share = new Uint16Array(room);
    this.length = 0;
    this.begin = 0; // of the list that is being written
    this.slot = new Int32Array(places).fill(-1); // where a cell stands in it
  }

  open() {
    this.begin = this.length;
  }

  /** @param {number} cell @param {number} share */
  add(cell, share) {
    const at = this.slot[cell];
    if (at >= this.begin) {
      this.share[at] += share;
      return;
    }
    if (this.length === this.cell.length) {
      const [grown, shares] = [new Int32Array(2 * this.length), new Uint16Array(2 * this.length)];
      grown.set(this.cell);
      shares.set(this.share);
      [this.cell, this.share] = [grown, shares];
    }
    this.slot[cell] = this.length;
    this.cell[this.length] = cell;
    this.share[this.length++] = share;
  }

  // Make counts of samples the shares of all.
  /** @param {number} samples */
  close(samples) {
    for (let i = this.begin; i < this.length; i += 1) this.share[i] = Math.round((this.share[i] * WHOLE) / samples);
  }
}

/** @param {Model} model @param {PixelWindow} wide @param {number} zoom */
function blurs(model, wide, zoom) {
  const { room } = roomsOf(model);
  const places = model.places.filter(({ reported, index, minZoom }) => reported && minZoom <= zoom && room[index] < Infinity)
    .map(({ x, y, index }) => ({ x: x * wide.k + wide.dx, y: y * wide.k + wide.dy, room: room[index] * wide.k }));
  const most = (/** @type {number} */ row) => (
    Spread.FARTHEST / Geometry.kilometres(model.frame, (row - wide.dy) / wide.k)) * wide.k;
  return Spread.field(wide.width, wide.height, most, places);
}

// The grounds around a view, with a margin of `margin` pixels.
/** @param {Model} model @param {PixelWindow} window @param {number} margin @param {number} zoom */
function surveyed(model, window, margin, zoom) {
  const wide = { width: window.width + 2 * margin, height: window.height + 2 * margin, k: window.k,
    dx: window.dx + margin, dy: window.dy + margin };
  const regions = Regions.scan(model, wide);
  return { width: wide.width, height: wide.height, owner: cells(model, wide), regions,
    homes: Regions.grown(regions, wide.width, GROWN), blur: blurs(model, wide, zoom) };
}

// Write the list of one pixel from samples around it.
/** @param {Lists} lists @param {ReturnType<typeof surveyed>} ground @param {number} at @param {number} most */
function sample(lists, { width, height, owner, regions, homes, blur }, at, most) {
  const home = homes[at];
  lists.open();
  if (home === 0) return;
  const abroad = regions[at] === 0;
  const spread = abroad ? Math.max(1, blur[at]) + GROWN / 2 : blur[at];
  if (spread < SHARP) {
    if (owner[at] >= 0) lists.add(owner[at], WHOLE);
    return;
  }
  const pattern = Spread.pattern(SMALL_BLURS.find(([blurred]) => spread < blurred)?.[1] ?? most);
  const [x, y] = [(at % width) + 0.5, Math.floor(at / width) + 0.5];
  let seen = 0;
  for (let n = 0; n < pattern.length; n += 2) {
    const sx = Math.max(0, Math.min(width - 1, Math.floor(x + spread * pattern[n])));
    const sy = Math.max(0, Math.min(height - 1, Math.floor(y + spread * pattern[n + 1])));
    const there = sy * width + sx;
    if (regions[there] !== home) continue;
    seen += 1;
    if (owner[there] >= 0) lists.add(owner[there], 1);
  }
  lists.close(seen);
}

// How far apart the posts of a block may be: 1 where a border runs through it.
/** @param {ReturnType<typeof surveyed>} ground @param {number} corner of the block, and whatever it touches */
function stepOf({ width, regions, blur }, corner) {
  const home = regions[corner];
  if (home === 0) return 1;
  let least = Infinity;
  for (let y = 0; y <= BLOCK; y += 1) {
    for (let at = corner + y * width, end = at + BLOCK; at <= end; at += 1) {
      if (regions[at] !== home) return 1;
      if (blur[at] < least) least = blur[at];
    }
  }
  let step = 1;
  while (step < BLOCK && least >= 2 * step * LOOSE) step *= 2;
  return step;
}

// -> {width, height, columns, rows, steps, posts, first, regionOf, cell, share, blur, blockFirst, blockOf}: block b, of `columns` in a row,
// has posts steps[b] pixels apart, beginning with posts[b], row by row: BLOCK in a row, or one more where they are not each
// pixel. Of post n the cells are those from first[n] up to first[n + 1] - 1, each with its share of WHOLE; what is missing is
// nobody's. regionOf has the country of each post, blockOf the blocks of each cell.
/** @param {Model} model @param {PixelWindow} window @param {number} zoom */
export function work(model, window, zoom) {
  const { width, height, k, dx, dy } = window;
  const { cellCount } = model.arcs;
  const widest = (Spread.FARTHEST / Geometry.kilometres(model.frame, (height / 2 - dy) / k)) * k;
  const margin = BLOCK + Math.min(WIDEST, Spread.reach(1.15 * widest));
  const ground = surveyed(model, window, margin, zoom);
  const [columns, rows] = [Math.ceil(width / BLOCK), Math.ceil(height / BLOCK)];
  const lists = new Lists(cellCount, 3 * width * height);
  const steps = new Uint8Array(columns * rows);
  const posts = new Int32Array(columns * rows + 1);
  const first = new Int32Array(columns * rows * BLOCK * BLOCK + 1);
  const regionOf = new Uint8Array(columns * rows * BLOCK * BLOCK);
  const blocks = new Blocks(cellCount, 8 * columns * rows);
  let count = 0;
  for (let b = 0; b < steps.length; b += 1) {
    const corner = (Math.floor(b / columns) * BLOCK + margin) * ground.width + (b % columns) * BLOCK + margin;
    const step = stepOf(ground, corner);
    const side = step === 1 ? BLOCK : BLOCK / step + 1;
    steps[b] = step;
    posts[b] = count;
    const begin = lists.length;
    for (let n = 0; n < side * side; n += 1) {
      const at = corner + Math.floor(n / side) * step * ground.width + (n % side) * step;
      regionOf[count] = ground.homes[at];
      first[count++] = lists.length;
      sample(lists, ground, at, SAMPLES[step]);
    }
    blocks.note(b, lists.cell, begin, lists.length);
  }
  posts[steps.length] = count;
  first[count] = lists.length;
  const blur = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) {
    const at = (y + margin) * ground.width + margin;
    blur.set(ground.blur.subarray(at, at + width), y * width);
  }
  const found = { cell: lists.cell.subarray(0, lists.length), share: lists.share.subarray(0, lists.length) };
  return { width, height, k, dx, dy, columns, rows, steps, posts, first: first.subarray(0, count + 1), regionOf, ...found, blur, ...blocks.sorted() };
}

// In which blocks each cell is.
class Blocks {
  /** @param {number} places @param {number} room */
  constructor(places, room) {
    this.last = new Int32Array(places).fill(-1);
    this.first = new Int32Array(places + 1);
    this.pairs = new Int32Array(2 * room); // cell, block
    this.length = 0;
  }

  /** @param {number} block @param {Int32Array} cell @param {number} from @param {number} to */
  note(block, cell, from, to) {
    for (let i = from; i < to; i += 1) {
      if (this.last[cell[i]] === block) continue;
      this.last[cell[i]] = block;
      if (this.length === this.pairs.length) {
        const more = new Int32Array(2 * this.length);
        more.set(this.pairs);
        this.pairs = more;
      }
      this.first[cell[i] + 1] += 1;
      this.pairs[this.length++] = cell[i];
      this.pairs[this.length++] = block;
    }
  }

  sorted() {
    const { first, pairs, length } = this;
    for (let n = 1; n < first.length; n += 1) first[n] += first[n - 1];
    const next = first.slice();
    const blockOf = new Int32Array(length / 2);
    for (let i = 0; i < length; i += 2) blockOf[next[pairs[i]]++] = pairs[i + 1];
    return { blockFirst: first, blockOf };
  }
}
