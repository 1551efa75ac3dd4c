// The colours of a raster's pixels. An ink is a colour (0xAABBGGRR, as a canvas has its bytes) that is opaque, or none, or
// the number of some stripes with a mark that no opaque colour has.
const LONG = 24; // px: shorter runs are written faster one by one

export const NO_INK = 0;
export const STRIPED = 0x01000000;

/** @param {number} ink */
function isStriped(ink) {
  return ink >>> 24 === 1;
}

// `bands`: list of {colours, phase}, for inks that are STRIPED + their index; upright bands do not slant.
/** @param {number} ink @param {Band[]} bands @param {number} x @param {number} y */
function inkAt(ink, bands, x, y) {
  if (!isStriped(ink)) return ink;
  const { colours, phase, upright } = bands[ink - STRIPED];
  const period = colours.length;
  return colours[(((x + (upright ? 0 : y) + phase) % period) + period) % period];
}

// `share` of `a`, 0 to 255, the rest of `b`. Ink is opaque or there is none.
/** @param {number} a @param {number} b @param {number} share */
export function blend(a, b, share) {
  if (a === b) return a;
  const rest = 255 - share;
  if (b === NO_INK) return ((a & 0xffffff) | (share << 24)) >>> 0;
  if (a === NO_INK) return ((b & 0xffffff) | (rest << 24)) >>> 0;
  const red = ((a & 255) * share + (b & 255) * rest + 127) / 255;
  const green = (((a >> 8) & 255) * share + ((b >> 8) & 255) * rest + 127) / 255;
  const blue = (((a >> 16) & 255) * share + ((b >> 16) & 255) * rest + 127) / 255;
  return (0xff000000 | (blue << 16) | (green << 8) | red) >>> 0;
}

// Bands from the lower left to the upper right, half of each period in each colour, with soft edges: the colours along a
// row of pixels.
/** @param {number} first @param {number} second @param {number} period */
export function stripes(first, second, period) {
  const FINE = 8;
  return Uint32Array.from({ length: period }, (_, n) => {
    let inside = 0;
    for (let i = 0; i < FINE; i += 1) {
      for (let j = 0; j < FINE; j += 1) {
        if ((n + (i + j + 1) / FINE) % period < period / 2) inside += 1;
      }
    }
    return blend(first, second, Math.round((255 * inside) / FINE ** 2));
  });
}

/** @param {Uint32Array} pixels @param {Raster} raster @param {number} i @param {number} ink @param {Band[]} bands */
function colourRun(pixels, raster, i, ink, bands) {
  const [from, to] = [raster.runs.from[i], raster.runs.to[i]];
  if (isStriped(ink)) {
    const y = Math.floor(from / raster.width);
    for (let pixel = from; pixel < to; pixel += 1) pixels[pixel] = inkAt(ink, bands, pixel - y * raster.width, y);
  } else if (to - from > LONG) pixels.fill(ink, from, to);
  else for (let pixel = from; pixel < to; pixel += 1) pixels[pixel] = ink;
}

/** @param {Uint32Array} pixels @param {Raster} raster @param {number} n @param {ArrayLike<number>} inks @param {Band[]} bands */
function colourMixed(pixels, raster, n, inks, bands) {
  const { pixel, a, b, share } = raster.mixed;
  const one = a[n] < 0 ? NO_INK : inks[a[n]];
  const two = b[n] < 0 ? NO_INK : inks[b[n]];
  const at = pixel[n];
  if (isStriped(one) || isStriped(two)) {
    const y = Math.floor(at / raster.width);
    const x = at - y * raster.width;
    pixels[at] = blend(inkAt(one, bands, x, y), inkAt(two, bands, x, y), share[n]);
  } else pixels[at] = blend(one, two, share[n]);
}

// Write a cell's pixels anew. `inks` has one ink a cell; those of its neighbours must be right too.
/**
 * @param {Uint32Array} pixels
 * @param {Raster} raster
 * @param {number} cell
 * @param {ArrayLike<number>} inks
 * @param {Band[]} [bands]
 */
export function colour(pixels, raster, cell, inks, bands = []) {
  const { runsOf, mixedOf } = raster;
  for (let i = runsOf.first[cell]; i < runsOf.first[cell + 1]; i += 1) {
    colourRun(pixels, raster, runsOf.item[i], inks[cell], bands);
  }
  for (let i = mixedOf.first[cell]; i < mixedOf.first[cell + 1]; i += 1) {
    colourMixed(pixels, raster, mixedOf.item[i], inks, bands);
  }
}

// Write the pixels of all cells: the same picture, in one walk.
/** @param {Uint32Array} pixels @param {Raster} raster @param {ArrayLike<number>} inks @param {Band[]} [bands] */
export function colourAll(pixels, raster, inks, bands = []) {
  const { cell } = raster.runs;
  for (let i = 0; i < cell.length; i += 1) colourRun(pixels, raster, i, inks[cell[i]], bands);
  for (let n = 0; n < raster.mixed.pixel.length; n += 1) colourMixed(pixels, raster, n, inks, bands);
}
