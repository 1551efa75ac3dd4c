// In which countries each place may be, worked out once: nothing is drawn across a border that no place of its side is beyond.
import * as Geometry from "./geometry.js";
import * as Regions from "./regions.js";

const SIDE = 1024; // px of the picture that tells, along its longer side

// One bit a country, as regions.js numbers them; the bits of both where a place stands at a border.
/** @param {Model} model */
export function measure(model) {
  const { arcs, places, countries } = model;
  const out = new Uint8Array(places.length).fill(255);
  if (!countries.some((country) => country.inside) || places.length === 0) return out;
  const box = Geometry.emptyBox();
  for (const { index, x, y } of places) {
    if (arcs.firstOf[index + 1] === arcs.firstOf[index]) continue;
    Geometry.extend(box, x, y);
  }
  if (box[0] === Infinity) return out; // no place has ground: the first map comes without
  const k = SIDE / Math.max(box[2] - box[0], box[3] - box[1], 1e-6);
  const window = { width: Math.ceil((box[2] - box[0]) * k) + 4, height: Math.ceil((box[3] - box[1]) * k) + 4, k,
    dx: 2 - box[0] * k, dy: 2 - box[1] * k };
  const regions = Regions.scan(model, window);
  for (const { index, x, y } of places) {
    const [column, row] = [Math.floor(x * k + window.dx), Math.floor(y * k + window.dy)];
    if (column < 1 || row < 1 || column > window.width - 2 || row > window.height - 2) continue;
    let bits = 0;
    for (let n = 0; n < 9; n += 1) {
      const region = regions[(row + Math.floor(n / 3) - 1) * window.width + column + (n % 3) - 1];
      if (region > 0) bits |= 1 << (region - 1);
    }
    if (bits !== 0) out[index] = bits;
  }
  return out;
}
