// Front lines: the curves along which the ground of two actors meets, joined and smoothed, found on the pixels of a field.

const ROUNDS = 3; // of smoothing
const WINDOW = 6; // px to either side: a front is not now reported, now likely

/**
 * Edges between pixels of two sides, four numbers each: the two pixels, then the ends, which are corners of pixels.
 * @param {{width: number, height: number, side: ArrayLike<number>}} field `side` is whose each pixel is, -1 for nobody
 */
function edges({ width, height, side }) {
  let list = new Int32Array(4096);
  let length = 0;
  const wide = width + 1;
  const note = (/** @type {number} */ p, /** @type {number} */ q, /** @type {number} */ from, /** @type {number} */ to) => {
    if (length === list.length) {
      const more = new Int32Array(2 * length);
      more.set(list);
      list = more;
    }
    list[length] = p;
    list[length + 1] = q;
    list[length + 2] = from;
    list[length + 3] = to;
    length += 4;
  };
  for (let y = 0, p = 0; y < height; y += 1) {
    const last = y + 1 === height;
    for (let x = 0; x < width; x += 1, p += 1) {
      const a = side[p];
      if (a < 0) continue;
      const b = x + 1 < width ? side[p + 1] : a;
      const c = last ? a : side[p + width];
      if (b !== a && b >= 0) note(p, p + 1, y * wide + x + 1, (y + 1) * wide + x + 1);
      if (c !== a && c >= 0) note(p, p + width, (y + 1) * wide + x, (y + 1) * wide + x + 1);
    }
  }
  return list.subarray(0, length);
}

// The edges at each corner, one more than their number, four places a corner; kept from time to time, and then all 0.
let corners = new Int32Array(0);

/**
 * Chains of edges between the same two sides, each a list of their numbers; loops begin and end anywhere.
 * @param {Int32Array} list of edges
 * @param {ArrayLike<number>} side
 * @param {number} size how many corners there are
 */
function chains(list, side, size) {
  const count = list.length / 4;
  if (corners.length < 4 * size) corners = new Int32Array(4 * size);
  const pairs = new Int32Array(count);
  for (let e = 0; e < count; e += 1) {
    const [a, b] = [side[list[4 * e]], side[list[4 * e + 1]]];
    pairs[e] = a < b ? a * 4096 + b : b * 4096 + a;
    for (let end = 2; end < 4; end += 1) {
      let at = 4 * list[4 * e + end];
      while (corners[at] !== 0) at += 1;
      corners[at] = e + 1;
    }
  }
  // The one edge that goes on from an end, or -1 where none does or several do.
  const next = (/** @type {number} */ e, /** @type {number} */ end) => {
    let found = -1;
    for (let at = 4 * end; at < 4 * end + 4 && corners[at] !== 0; at += 1) {
      const other = corners[at] - 1;
      if (other === e || pairs[other] !== pairs[e]) continue;
      if (found >= 0) return -1;
      found = other;
    }
    return found;
  };
  const done = new Uint8Array(count);
  const walk = (/** @type {number} */ e, /** @type {number} */ from) => {
    const way = [];
    let end = from;
    for (let now = e; now >= 0 && !done[now]; now = next(now, end)) {
      done[now] = 1;
      way.push(now);
      end = list[4 * now + 2] === end ? list[4 * now + 3] : list[4 * now + 2];
    }
    return { way, stop: end };
  };
  const found = [];
  for (const loops of [false, true]) {
    for (let e = 0; e < count; e += 1) {
      if (done[e]) continue;
      const [one, two] = [list[4 * e + 2], list[4 * e + 3]];
      const start = next(e, one) < 0 ? one : next(e, two) < 0 ? two : undefined;
      if (!loops && start === undefined) continue;
      const { way, stop } = walk(e, start ?? one);
      found.push({ edges: way, closed: loops, start, stop, free: [start ?? one, stop].map((end) => corners[4 * end + 1] === 0) });
    }
  }
  for (let e = 0; e < count; e += 1) {
    for (let end = 2; end < 4; end += 1) for (let n = 0; n < 4; n += 1) corners[4 * list[4 * e + end] + n] = 0;
  }
  return found;
}

// Rounds off a line of x, y, x, y ...; the ends of one that is not closed stay.
/** @param {Float64Array} xy @param {boolean} closed @returns {Float64Array} */
function smooth(xy, closed) {
  const n = xy.length;
  let [now, out] = /** @type {Float64Array[]} */ ([xy, xy.slice()]);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (let i = 2; i < n - 2; i += 1) out[i] = (now[i - 2] + 2 * now[i] + now[i + 2]) / 4;
    for (let i = 0; closed && i < 2; i += 1) {
      out[i] = (now[n - 2 + i] + 2 * now[i] + now[i + 2]) / 4;
      out[n - 2 + i] = (now[n - 4 + i] + 2 * now[n - 2 + i] + now[i]) / 4;
    }
    [now, out] = [out, now];
  }
  return now;
}

// Which points are reported: what most points around say.
/** @param {Uint8Array} sure @param {boolean} closed */
function settled(sure, closed) {
  const n = sure.length;
  const at = (/** @type {number} */ i) => sure[closed ? (i + n * WINDOW) % n : Math.max(0, Math.min(n - 1, i))];
  let sum = 0;
  for (let i = -WINDOW; i <= WINDOW; i += 1) sum += at(i);
  const out = new Uint8Array(n);
  for (let i = 0; i < n; i += 1) {
    out[i] = sum > WINDOW ? 1 : 0;
    sum += at(i + WINDOW + 1) - at(i - WINDOW);
  }
  return out;
}

// The points of a chain, and at each whether both sides are reported.
/** @param {ReturnType<typeof chains>[number]} chain @param {Int32Array} list @param {{width: number, lead: ArrayLike<number>, sure: ArrayLike<number>}} field */
function points({ edges: way, start, stop, free }, list, { width, lead, sure }) {
  const open = start !== undefined ? 1 : 0;
  const xy = new Float64Array(2 * (way.length + 2 * open));
  const known = new Uint8Array(way.length + 2 * open);
  way.forEach((e, n) => {
    const [p, q] = [list[4 * e], list[4 * e + 1]];
    const both = lead[p] + lead[q];
    // The seam lies where neither leads.
    const t = both > 0 ? Math.max(0.05, Math.min(0.95, lead[p] / both)) : 0.5;
    const down = q === p + 1 ? 0 : 1;
    const at = n + open;
    xy[2 * at] = (p % width) + 0.5 + (1 - down) * t;
    xy[2 * at + 1] = Math.floor(p / width) + 0.5 + down * t;
    known[at] = sure[p] && sure[q] ? 1 : 0;
  });
  if (start !== undefined) {
    const last = known.length - 1;
    for (const n of [0, 1]) {
      const [at, end, e] = n ? [last, stop, way[way.length - 1]] : [0, start, way[0]];
      [xy[2 * at], xy[2 * at + 1]] = [end % (width + 1), Math.floor(end / (width + 1))];
      // Where no other line meets this one, it goes on straight.
      const across = list[4 * e + 1] === list[4 * e] + 1 ? 0 : 1;
      if (free[n]) xy[2 * at + across] = xy[2 * (n ? at - 1 : 1) + across];
    }
    known[0] = known[1];
    known[last] = known[last - 1];
  }
  return { xy, known };
}

/**
 * The lines between sides of a field, in pixels, without loops of no more than `least` edges.
 * @param {{width: number, height: number, side: ArrayLike<number>, lead: ArrayLike<number>, sure: ArrayLike<number>}} field
 * @param {number} least
 * @returns {{xy: Float64Array, closed: boolean, sure: Uint8Array}[]}
 */
export function find(field, least) {
  const { width, height, side } = field;
  const list = edges(field);
  const lines = [];
  for (const chain of chains(list, side, (width + 1) * (height + 1))) {
    const { closed } = chain;
    if (closed && chain.edges.length <= least) continue;
    const { xy, known } = points(chain, list, field);
    lines.push({ xy: smooth(xy, closed), closed, sure: settled(known, closed) });
  }
  return lines;
}
