import assert from "node:assert/strict";
import { test } from "node:test";
import * as Arcs from "../../control/map/plugin/arcs.js";
import * as Ink from "../../control/map/plugin/ink.js";
import * as Raster from "../../control/map/plugin/raster.js";

const [A, B] = [0xff0000ff, 0xff00ff00];

// Polygons on a grid of vertices, rings anticlockwise with north up, as arcs of one segment each.
function arcsOf(rings, cellCount, scale = 1) {
  const found = new Map();
  rings.forEach(([cell, ring]) => ring.forEach(([x, y], n) => {
    const [u, v] = ring[(n + 1) % ring.length];
    const back = `${u},${v},${x},${y}`;
    if (found.has(back)) found.get(back).sides[1] = cell;
    else found.set(`${x},${y},${u},${v}`, { arc: [x, y, u - x, v - y], sides: [cell, -1] });
  }));
  const parts = [...found.values()];
  const ground = {
    transform: { scale: [scale, scale], translate: [0, 0] },
    start: parts.map((_, n) => 2 * n).concat(2 * parts.length), steps: parts.flatMap((part) => part.arc),
    left: parts.map((part) => part.sides[0]), right: parts.map((part) => part.sides[1]),
  };
  return Arcs.decode(ground, (x, y) => [x, -y], cellCount);
}

const box = (x0, y0, x1, y1) => [[x0, y0], [x1, y0], [x1, y1], [x0, y1]];
const VIEW = { width: 8, height: 6, k: 1, dx: 0, dy: 6 }; // (0, 0) is the lower left corner, a unit is a pixel

// Cell by cell and all at once must be the same picture.
function picture(arcs, inks, view = VIEW, stripes = []) {
  const raster = Raster.scan(arcs, view);
  const [pixels, again] = [1, 2].map(() => new Uint32Array(view.width * view.height));
  for (let cell = 0; cell < arcs.cellCount; cell += 1) Ink.colour(pixels, raster, cell, inks, stripes);
  Ink.colourAll(again, raster, inks, stripes);
  assert.deepEqual(pixels, again);
  return { raster, pixels, at: (x, y) => pixels[(view.height - 1 - y) * view.width + x] };
}

test("cells fill their pixels and no others", () => {
  const { at, raster } = picture(arcsOf([[0, box(1, 1, 4, 3)], [1, box(4, 1, 6, 3)]], 2), [A, B]);
  for (let y = 0; y < 6; y += 1) {
    for (let x = 0; x < 8; x += 1) {
      const inside = y >= 1 && y < 3;
      assert.equal(at(x, y), inside && x >= 1 && x < 4 ? A : inside && x >= 4 && x < 6 ? B : 0, `${x}, ${y}`);
    }
  }
  assert.equal(Raster.cellAt(raster, 2.5, 4.5), 0);
  assert.equal(Raster.cellAt(raster, 4.5, 4.5), 1);
  assert.equal(Raster.cellAt(raster, 7.5, 4.5), -1);
  assert.equal(Raster.cellAt(raster, -1, 3), -1);
});

test("a pixel that a border runs through is shared by the parts it has", () => {
  // The border at x = 4.25: a quarter of that pixel is the first cell's. The upper edge at y = 2.5 leaves half of it.
  const { at } = picture(arcsOf([[0, box(1, 1, 4.25, 2.5)], [1, box(4.25, 1, 6, 2.5)]], 2), [A, B]);
  assert.equal(at(4, 1), Ink.blend(A, B, 64));
  assert.ok(Math.abs((at(2, 2) >>> 24) - 127.5) < 1);
  assert.equal(at(2, 2) & 0xffffff, A & 0xffffff);
});

test("neighbours of one colour show no seam, however their border runs", () => {
  const middle = [[3.3, 5], [4.7, 3.1], [2.2, 2.4], [4.1, 0]];
  const west = [[0, 5], [0, 0], ...[...middle].reverse()];
  const east = [[8, 0], [8, 5], ...middle];
  const { pixels } = picture(arcsOf([[0, west], [1, east]], 2), [A, A]);
  pixels.forEach((pixel, n) => assert.equal(pixel, n < 8 ? 0 : A));
});

// A reproducible source of numbers between 0 and 1.
function dice(seed) {
  let state = seed;
  return () => {
    state = (state * 1664525 + 1013904223) % 2 ** 32;
    return state / 2 ** 32;
  };
}

// A quilt of quadrilaterals with shaken corners: rows x columns cells that leave no gap.
function quilt(rows, columns, size, seed) {
  const random = dice(seed);
  const corner = Array.from({ length: rows + 1 }, (_, r) => Array.from({ length: columns + 1 }, (__, c) => (
    [Math.round((c + (c % columns ? (random() - 0.5) * 0.8 : 0)) * size * 64),
      Math.round((r + (r % rows ? (random() - 0.5) * 0.8 : 0)) * size * 64)])));
  const rings = [];
  for (let r = 0; r < rows; r += 1) {
    for (let c = 0; c < columns; c += 1) {
      rings.push([r * columns + c, [corner[r][c], corner[r][c + 1], corner[r + 1][c + 1], corner[r + 1][c]]]);
    }
  }
  return arcsOf(rings, rows * columns, 1 / 64);
}

test("a quilt covers everything: no gap, no overlap, in any view", () => {
  const random = dice(7);
  for (let round = 0; round < 60; round += 1) {
    const [rows, columns] = [3 + (round % 7), 4 + (round % 5)];
    const size = 1 + (round % 9) * 3;
    const arcs = quilt(rows, columns, size, round);
    // A window somewhere in the quilt, off the grid of pixels, often with the quilt going on beyond each edge.
    const k = 0.5 + random() * 2;
    const [width, height] = [17, 13].map((side) => Math.min(side, Math.floor(Math.min(rows, columns) * size * k) - 1));
    if (width < 1 || height < 1) continue;
    const dx = -random() * (columns * size * k - width);
    const dy = height + random() * (rows * size * k - height);
    const view = { width, height, k, dx, dy };
    const { pixels, raster } = picture(arcs, new Array(arcs.cellCount).fill(A), view);
    pixels.forEach((pixel, n) => assert.equal(pixel, A, `pixel ${n} of round ${round}`));
    assert.equal(raster.runs.cell.reduce((sum, _, i) => sum + raster.runs.to[i] - raster.runs.from[i], 0)
      + raster.mixed.pixel.length, width * height);
  }
});

test("writing what changed gives the picture that writing everything gives", () => {
  const arcs = quilt(6, 6, 7, 3);
  const view = { width: 40, height: 40, k: 0.93, dx: 0.4, dy: 39.2 };
  const stripes = [{ colours: Ink.stripes(A, B, 6), phase: 3 }];
  const inks = Array.from({ length: 36 }, (_, n) => [A, B, 0, Ink.STRIPED][n % 4]);
  const { pixels, raster } = picture(arcs, inks, view, stripes);
  const random = dice(11);
  for (let step = 0; step < 40; step += 1) {
    const cell = Math.floor(random() * 36);
    inks[cell] = [A, B, 0, Ink.STRIPED][Math.floor(random() * 4)];
    Ink.colour(pixels, raster, cell, inks, stripes);
  }
  assert.deepEqual(pixels, picture(arcs, inks, view, stripes).pixels);
});

test("an island lies in another cell; a hole is nobody's", () => {
  const island = box(3, 2, 5, 4);
  const around = arcsOf([[0, box(1, 1, 7, 5)], [1, island], [0, [...island].reverse()]], 2);
  const { at } = picture(around, [A, B]);
  assert.deepEqual([at(2, 3), at(3, 3), at(4, 2), at(5, 3), at(7, 3)], [A, B, B, A, 0]);
  const hole = arcsOf([[0, box(1, 1, 7, 5)], [0, [...island].reverse()]], 1);
  assert.deepEqual([2, 3, 4, 5].map((x) => picture(hole, [A]).at(x, 3)), [A, 0, 0, A]);
});

test("where a cell fills the whole view, it fills it", () => {
  const arcs = arcsOf([[0, box(-50, -50, 50, 50)]], 1);
  assert.ok(picture(arcs, [A]).pixels.every((pixel) => pixel === A));
});

test("stripes have both colours in equal parts, go on without a jump, and run to the upper right", () => {
  const colours = [...Ink.stripes(A, B, 12)];
  assert.equal(colours.filter((colour) => colour === A).length, colours.filter((colour) => colour === B).length);
  assert.equal(colours.length, 12);
  const arcs = arcsOf([[0, box(0, 0, 8, 6)]], 1);
  const { at } = picture(arcs, [Ink.STRIPED], VIEW, [{ colours: Uint32Array.from(colours), phase: 5 }]);
  for (let y = 0; y < 5; y += 1) for (let x = 0; x < 7; x += 1) assert.equal(at(x, y), at(x + 1, y + 1));
});

test("blending: same colours stay, ink thins out over nothing", () => {
  assert.equal(Ink.blend(A, A, 77), A);
  assert.equal(Ink.blend(0xff000000, 0xffffffff, 127), 0xff808080);
  assert.equal(Ink.blend(A, 0, 64), ((64 << 24) | (A & 0xffffff)) >>> 0);
  assert.equal(Ink.blend(0, A, 64), ((191 << 24) | (A & 0xffffff)) >>> 0);
});
