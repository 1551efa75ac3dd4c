// Stripes for contested and divided ground: two colours, so that it does not rest on telling colours apart.

const cache = new Map();

/** @param {number} size */
function square(size) {
  const canvas = document.createElement("canvas");
  canvas.width = size;
  canvas.height = size;
  return { canvas, ctx: /** @type {Ctx} */ (canvas.getContext("2d")) };
}

// A seamless tile of diagonal bands, `size` device pixels wide.
/** @param {string} first @param {string} second @param {number} size */
function tile(first, second, size) {
  const { canvas, ctx } = square(size);
  ctx.fillStyle = first;
  ctx.fillRect(0, 0, size, size);
  ctx.fillStyle = second;
  const half = size / 2;
  for (const shift of [-size, 0, size]) {
    ctx.beginPath();
    ctx.moveTo(shift, size);
    ctx.lineTo(shift + size, 0);
    ctx.lineTo(shift + size + half, 0);
    ctx.lineTo(shift + half, size);
    ctx.fill();
  }
  return canvas;
}

// A seamless tile of upright bands: parts that lie beside each other, and not a fight.
/** @param {string} first @param {string} second @param {number} size */
function uprightTile(first, second, size) {
  const { canvas, ctx } = square(size);
  ctx.fillStyle = first;
  ctx.fillRect(0, 0, size, size);
  ctx.fillStyle = second;
  ctx.fillRect(size / 2, 0, size / 2, size);
  return canvas;
}

// A seamless tile of thin lines on nothing, the other way than the bands: a hatch is no contested ground.
/** @param {string} colour @param {number} size */
function hatchTile(colour, size) {
  const { canvas, ctx } = square(size);
  ctx.strokeStyle = colour;
  ctx.lineWidth = size * 0.24;
  for (const shift of [-size, 0, size]) {
    ctx.beginPath();
    ctx.moveTo(shift - size / 2, -size / 2);
    ctx.lineTo(shift + 1.5 * size, 1.5 * size);
    ctx.stroke();
  }
  return canvas;
}

// A pattern of bands, `size` CSS pixels a period, for a context whose transform scales by `zoomed` besides the
// device's `ratio`. It is anchored at the origin of that transform and so stays put on the ground while panning.
/**
 * @param {Ctx} ctx
 * @param {string} first
 * @param {string} second
 * @param {number} size
 * @param {number} ratio
 * @param {number} zoomed
 */
export function pattern(ctx, first, second, size, ratio, zoomed) {
  return laid(ctx, `${first} ${second}`, (pixels) => tile(first, second, pixels), size, ratio, zoomed);
}

// The same for the bands of divided ground, upright ones.
/**
 * @param {Ctx} ctx
 * @param {string} first
 * @param {string} second
 * @param {number} size
 * @param {number} ratio
 * @param {number} zoomed
 */
export function upright(ctx, first, second, size, ratio, zoomed) {
  return laid(ctx, `upright ${first} ${second}`, (pixels) => uprightTile(first, second, pixels), size, ratio, zoomed);
}

// The same for a hatch, `size` CSS pixels from line to line along either axis.
/** @param {Ctx} ctx @param {string} colour @param {number} size @param {number} ratio @param {number} zoomed */
export function hatch(ctx, colour, size, ratio, zoomed) {
  return laid(ctx, `hatch ${colour}`, (pixels) => hatchTile(colour, pixels), size, ratio, zoomed);
}

/**
 * @param {Ctx} ctx
 * @param {string} name
 * @param {(pixels: number) => HTMLCanvasElement} make
 * @param {number} size
 * @param {number} ratio
 * @param {number} zoomed
 */
function laid(ctx, name, make, size, ratio, zoomed) {
  const pixels = Math.max(4, Math.round(size * ratio));
  const key = `${name} ${pixels}`;
  if (!cache.has(key)) cache.set(key, make(pixels));
  const result = /** @type {CanvasPattern} */ (ctx.createPattern(cache.get(key), "repeat"));
  result.setTransform(new DOMMatrix().scale(1 / (ratio * zoomed)));
  return result;
}
