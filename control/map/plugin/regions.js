// Which country each pixel is in: ground is blurred within its country only, so that nothing crosses a border.

// Fills rings of a country by the even-odd rule. `k`, `dx`, `dy` take local coordinates to pixels.
/** @param {Uint8Array} out @param {number[][][]} rings @param {PixelWindow} window @param {number} value */
function fill(out, rings, { width, height, k, dx, dy }, value) {
  /** @type {number[][]} */
  const rows = Array.from({ length: height }, () => []);
  for (const ring of rings) {
    for (let i = 0, j = ring.length - 1; i < ring.length; j = i, i += 1) {
      const [x0, y0, x1, y1] = [ring[j][0] * k + dx, ring[j][1] * k + dy, ring[i][0] * k + dx, ring[i][1] * k + dy];
      const [top, bottom] = [Math.max(0, Math.ceil(Math.min(y0, y1) - 0.5)), Math.min(height, Math.ceil(Math.max(y0, y1) - 0.5))];
      for (let y = top; y < bottom; y += 1) rows[y].push(x0 + ((y + 0.5 - y0) / (y1 - y0)) * (x1 - x0));
    }
  }
  rows.forEach((xs, y) => {
    xs.sort((a, b) => a - b);
    for (let i = 0; i + 1 < xs.length; i += 2) {
      const [from, to] = [Math.max(0, Math.ceil(xs[i] - 0.5)), Math.min(width, Math.ceil(xs[i + 1] - 0.5))];
      if (from < to) out.fill(value, y * width + from, y * width + to);
    }
  });
}

/** @param {Box} box @param {PixelWindow} window */
function seen(box, { width, height, k, dx, dy }) {
  return box[2] * k + dx > 0 && box[0] * k + dx < width && box[3] * k + dy > 0 && box[1] * k + dy < height;
}

// The number of the country of the theatre that each pixel is in, from 1 on; 0 beyond, and in lakes. Without countries all is one.
/** @param {{countries: Country[], lakes: Lake[]}} model @param {PixelWindow} window */
export function scan({ countries, lakes }, window) {
  const out = new Uint8Array(window.width * window.height);
  const inside = countries.filter((country) => country.inside);
  if (inside.length === 0) return out.fill(1);
  inside.forEach((country, n) => fill(out, country.rings, window, n + 1));
  for (const lake of lakes) if (seen(lake.box, window)) fill(out, lake.rings, window, 0);
  return out;
}

// The same, with every country grown over what is beyond by some pixels: what lies there is painted over, and soft pixels
// at a border would else show bare land.
/** @param {Uint8Array} regions @param {number} width @param {number} pixels */
export function grown(regions, width, pixels) {
  let now = regions;
  for (let round = 0; round < pixels; round += 1) {
    const next = now.slice();
    for (let at = width + 1; at < now.length - width - 1; at += 1) {
      if (now[at] === 0) next[at] = now[at - 1] || now[at + 1] || now[at - width] || now[at + width];
    }
    now = next;
  }
  return now;
}
