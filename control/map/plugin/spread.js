// How far ground is blurred: by much where places are far from each other, by little at a reported place, so that its own
// ground has most of the say where it stands.

export const FARTHEST = 9; // km, one standard deviation
const REACH = 2.2; // standard deviations, as far as the samples go
const OWN = 0.72; // of the room of a place: within its room lie then more than half of the samples
const SLOPE = 0.5; // by how much more a pixel further away
const GOLDEN = Math.PI * (3 - Math.sqrt(5));

/** @type {Map<number, Float64Array>} */
const patterns = new Map();

// Where samples of a normal distribution lie, in standard deviations: the same number for each share of it, on a spiral.
/** @param {number} samples */
export function pattern(samples) {
  let known = patterns.get(samples);
  if (known === undefined) {
    known = Float64Array.from({ length: 2 * samples }, (_, n) => {
      const k = n >> 1;
      const share = ((k + 0.5) / samples) * (1 - Math.exp(-(REACH ** 2) / 2));
      const r = Math.sqrt(-2 * Math.log(1 - share));
      return n % 2 ? r * Math.sin(k * GOLDEN) : r * Math.cos(k * GOLDEN);
    });
    patterns.set(samples, known);
  }
  return known;
}

// How many pixels the samples of a blur by `spread` pixels may lie away.
/** @param {number} spread */
export function reach(spread) {
  return Math.ceil(REACH * spread);
}

// The blur at each pixel, in pixels: `most(row)` or less. `places`: {x, y, room} in pixels.
/**
 * @param {number} width
 * @param {number} height
 * @param {(row: number) => number} most
 * @param {{x: number, y: number, room: number}[]} places
 */
export function field(width, height, most, places) {
  const out = new Float32Array(width * height);
  for (let y = 0; y < height; y += 1) out.fill(most(y), y * width, (y + 1) * width);
  for (const { x, y, room } of places) {
    const [column, row] = [Math.floor(x), Math.floor(y)];
    if (column < 0 || row < 0 || column >= width || row >= height) continue;
    const at = row * width + column;
    if (OWN * room < out[at]) out[at] = OWN * room;
  }
  const DIAGONAL = SLOPE * Math.SQRT2;
  /** @type {(at: number, from: number, by: number) => void} */
  const lower = (at, from, by) => { if (out[from] + by < out[at]) out[at] = out[from] + by; };
  for (let y = 1; y < height; y += 1) {
    for (let at = y * width + 1, end = at + width - 2; at < end; at += 1) {
      lower(at, at - 1, SLOPE);
      lower(at, at - width, SLOPE);
      lower(at, at - width - 1, DIAGONAL);
      lower(at, at - width + 1, DIAGONAL);
    }
  }
  for (let y = height - 2; y >= 0; y -= 1) {
    for (let at = y * width + width - 2, end = y * width; at > end; at -= 1) {
      lower(at, at + 1, SLOPE);
      lower(at, at + width, SLOPE);
      lower(at, at + width - 1, DIAGONAL);
      lower(at, at + width + 1, DIAGONAL);
    }
  }
  return out;
}
