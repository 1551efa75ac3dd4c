// Which cell is at which pixel, worked out once for a view: after that a change of date is a change of colours.
// Arcs know the cell on either side, so one walk along each row of pixels finds all cells, without gaps and without
// overlaps. A pixel that a border runs through belongs to two cells by shares: where both have one colour it has
// that colour, and no seam shows.

const NOBODY = -1;
const NEAR = 1; // px: borders this close may come out in the wrong order by rounding

// A list of whole numbers that grows.
class Numbers {
  /** @param {number} room */
  constructor(room) {
    this.values = new Int32Array(room);
    this.length = 0;
  }

  /** @param {number} value */
  push(value) {
    if (this.length === this.values.length) {
      const more = new Int32Array(2 * this.length);
      more.set(this.values);
      this.values = more;
    }
    this.values[this.length++] = value;
  }
}

// Where arcs cross the lines of the picture, line by line from left to right. Each row of pixels has `lines` of them.
// `k`, `dx`, `dy` take local coordinates to pixels. -> {start, x, east, edgeCell}: the crossings of line n are those from
// start[n] up to start[n + 1] - 1; east of each begins the cell `east`; at the left edge the line is in `edgeCell`.
/** @param {ArcSet} arcs @param {PixelWindow} arg1 @param {number} lines */
function crossings(arcs, { width, height, k, dx, dy }, lines) {
  const total = height * lines;
  const edgeX = new Float64Array(total).fill(-Infinity);
  const edgeCell = new Int32Array(total).fill(NOBODY);
  const start = new Int32Array(total + 1);
  const likely = 4 * arcs.count + total;
  let [line, west, east] = [new Int32Array(likely), new Int32Array(likely), new Int32Array(likely)];
  let x = new Float64Array(likely);
  let count = 0;
  const { xy, boxes } = arcs;
  for (let n = 0; n < arcs.count; n += 1) {
    if (boxes[4 * n + 3] * k + dy < 0 || boxes[4 * n + 1] * k + dy > height || boxes[4 * n] * k + dx > width) continue;
    const left = Math.max(arcs.left[n], NOBODY);
    const right = Math.max(arcs.right[n], NOBODY);
    const last = arcs.start[n + 1];
    let x0 = xy[2 * arcs.start[n]] * k + dx;
    let y0 = xy[2 * arcs.start[n] + 1] * k + dy;
    for (let i = arcs.start[n] + 1; i < last; i += 1) {
      const x1 = xy[2 * i] * k + dx;
      const y1 = xy[2 * i + 1] * k + dy;
      const down = y1 > y0;
      // Lines lie at (line + 1/2) / lines; a segment has its upper end and not its lower one.
      const from = Math.max(0, Math.ceil((down ? y0 : y1) * lines - 0.5));
      const to = Math.min(total, Math.ceil((down ? y1 : y0) * lines - 0.5));
      if (from < to) {
        const slope = (x1 - x0) / (y1 - y0);
        // Going down the screen is going south: the left hand is in the east.
        const westward = down ? right : left;
        const eastward = down ? left : right;
        if (count + to - from > line.length) {
          const room = 2 * line.length + to - from;
          [line, x, west, east] = [grown(line, room), grown(x, room), grown(west, room), grown(east, room)];
        }
        for (let at = from; at < to; at += 1) {
          const there = x0 + ((at + 0.5) / lines - y0) * slope;
          if (there >= width) continue;
          if (there < 0) {
            // What lies at the left edge is east of the nearest crossing beyond it.
            if (there > edgeX[at]) {
              edgeX[at] = there;
              edgeCell[at] = eastward;
            }
            continue;
          }
          line[count] = at;
          x[count] = there;
          west[count] = westward;
          east[count] = eastward;
          count += 1;
          start[at + 1] += 1;
        }
      }
      x0 = x1;
      y0 = y1;
    }
  }
  for (let at = 0; at < total; at += 1) start[at + 1] += start[at];
  return walked({ start, ...sorted(start, { line, x, west, east }, count, width) }, edgeX, edgeCell, total);
}

/** @template {Int32Array | Float64Array} T @param {T} list @param {number} room @returns {T} */
function grown(list, room) {
  const more = new /** @type {any} */ (list).constructor(room);
  more.set(list);
  return more;
}

// The crossings by line and, on each line, from left to right: dealt out by columns, then by lines, which keeps the
// order of the columns; what is left to sort stands in one pixel.
/**
 * @param {Int32Array} start
 * @param {{line: Int32Array, x: Float64Array, west: Int32Array, east: Int32Array}} found
 * @param {number} count
 * @param {number} width
 */
function sorted(start, found, count, width) {
  const column = new Int32Array(width + 1);
  for (let i = 0; i < count; i += 1) column[Math.floor(found.x[i]) + 1] += 1;
  for (let at = 0; at < width; at += 1) column[at + 1] += column[at];
  const byColumn = new Int32Array(count);
  for (let i = 0; i < count; i += 1) byColumn[column[Math.floor(found.x[i])]++] = i;
  const [x, west, east] = [new Float64Array(count), new Int32Array(count), new Int32Array(count)];
  const next = start.slice();
  for (let n = 0; n < count; n += 1) {
    const i = byColumn[n];
    const line = found.line[i];
    const itsX = found.x[i];
    let at = next[line]++;
    for (; at > start[line] && x[at - 1] > itsX; at -= 1) {
      x[at] = x[at - 1];
      west[at] = west[at - 1];
      east[at] = east[at - 1];
    }
    x[at] = itsX;
    west[at] = found.west[i];
    east[at] = found.east[i];
  }
  return { x, west, east };
}

// Walk along each line: of several crossings in one spot, the one that leaves the cell we are in comes first.
/**
 * @param {{start: Int32Array, x: Float64Array, west: Int32Array, east: Int32Array}} arg0
 * @param {Float64Array} edgeX
 * @param {Int32Array} edgeCell
 * @param {number} total
 */
function walked({ start, x, west, east }, edgeX, edgeCell, total) {
  for (let n = 0; n < total; n += 1) {
    const end = start[n + 1];
    if (edgeX[n] === -Infinity && start[n] < end) edgeCell[n] = west[start[n]];
    let cell = edgeCell[n];
    for (let i = start[n]; i < end; i += 1) {
      if (west[i] !== cell) {
        for (let j = i + 1; j < end && x[j] - x[i] < NEAR; j += 1) {
          if (west[j] !== cell) continue;
          [west[i], west[j]] = [west[j], west[i]];
          [east[i], east[j]] = [east[j], east[i]];
          break;
        }
      }
      cell = east[i];
    }
  }
  return { start, x, east, edgeCell };
}

const MOST_CELLS = 64; // that a pixel is divided among; nobody will miss the next

// Writes down whose each pixel is: runs of pixels with one cell, and mixed pixels with shares of two.
class Scanner {
  /** @param {number} width @param {number} room */
  constructor(width, room) {
    this.width = width;
    this.runs = { cell: new Numbers(room), from: new Numbers(room), to: new Numbers(room) };
    this.mixed = { pixel: new Numbers(room), a: new Numbers(room), b: new Numbers(room), share: new Numbers(room) };
    // The cells in a pixel and how much of it they have.
    this.cells = new Int32Array(MOST_CELLS);
    this.weights = new Float64Array(MOST_CELLS);
    this.count = 0;
  }

  clear() {
    this.count = 0;
  }

  /** @param {number} cell @param {number} weight */
  add(cell, weight) {
    const { cells, weights, count } = this;
    for (let i = 0; i < count; i += 1) {
      if (cells[i] === cell) {
        weights[i] += weight;
        return;
      }
    }
    if (count === cells.length) return;
    cells[count] = cell;
    weights[count] = weight;
    this.count += 1;
  }

  /** @param {number} cell @param {number} from @param {number} to */
  run(cell, from, to) {
    const { runs } = this;
    const last = runs.cell.length - 1;
    if (cell < 0) return;
    if (last >= 0 && runs.cell.values[last] === cell && runs.to.values[last] === from && from % this.width) {
      runs.to.values[last] = to;
      return;
    }
    runs.cell.push(cell);
    runs.from.push(from);
    runs.to.push(to);
  }

  // Write the pixel whose cells were added. The two with the largest shares stand for all.
  /** @param {number} pixel */
  emit(pixel) {
    const { cells, weights, mixed } = this;
    let [one, two] = [0, -1];
    for (let i = 1; i < this.count; i += 1) {
      if (weights[i] > weights[one]) [one, two] = [i, one];
      else if (two < 0 || weights[i] > weights[two]) two = i;
    }
    const share = two < 0 ? 255 : Math.round((255 * weights[one]) / (weights[one] + weights[two]));
    if (share === 255) this.run(cells[one], pixel, pixel + 1);
    else {
      // Nobody comes second: a pixel has a first cell to be found by.
      const swap = cells[one] < 0;
      mixed.pixel.push(pixel);
      mixed.a.push(cells[swap ? two : one]);
      mixed.b.push(cells[swap ? one : two]);
      mixed.share.push(swap ? 255 - share : share);
    }
  }
}

// Write a row of pixels, which begins at pixel `first`. The row has a line in each slot of `at`, `end` and `cell`: the next
// crossing, the last but one, and the cell that the line is in.
/**
 * @param {Scanner} scanner
 * @param {Crossings} found
 * @param {{at: Int32Array, end: Int32Array, cell: Int32Array}} arg2
 * @param {number} first
 */
function scanRow(scanner, found, { at, end, cell }, first) {
  const lines = at.length;
  const { width } = scanner;
  for (let column = 0; column < width; column += 1) {
    let next = width;
    let same = true;
    for (let s = 0; s < lines; s += 1) {
      if (at[s] < end[s]) next = Math.min(next, Math.floor(found.x[at[s]]));
      same &&= cell[s] === cell[0];
    }
    if (same) scanner.run(cell[0], first + column, first + next);
    else {
      scanner.clear();
      for (let s = 0; s < lines; s += 1) scanner.add(cell[s], 1);
      for (let x = column; x < next; x += 1) scanner.emit(first + x);
    }
    column = next;
    if (column >= width) break;
    scanner.clear();
    for (let s = 0; s < lines; s += 1) {
      let done = column;
      while (at[s] < end[s] && found.x[at[s]] < column + 1) {
        if (found.x[at[s]] > done) scanner.add(cell[s], found.x[at[s]] - done);
        done = found.x[at[s]];
        cell[s] = found.east[at[s]];
        at[s] += 1;
      }
      scanner.add(cell[s], column + 1 - done);
    }
    scanner.emit(first + column);
  }
}

const trim = (/** @type {Numbers} */ list) => list.values.subarray(0, list.length);

// -> {width, height, rowStart, runs: {cell, from, to}, mixed: {pixel, a, b, share}, runsOf, mixedOf}. Pixels are numbered
// row by row; `to` is exclusive. `share` is that of `a`, 0 to 255; `b` may be nobody. `runsOf` and `mixedOf` are
// {first, item}: what belongs to cell c is item[first[c]] up to item[first[c + 1] - 1].
/** @param {ArcSet} arcs @param {PixelWindow} view @param {number} [lines] */
export function scan(arcs, view, lines = 4) {
  const { width, height } = view;
  const found = crossings(arcs, view, lines);
  const scanner = new Scanner(width, 2 * found.x.length + height);
  const rowStart = new Int32Array(height + 1);
  const walk = { at: new Int32Array(lines), end: new Int32Array(lines), cell: new Int32Array(lines) };
  for (let row = 0; row < height; row += 1) {
    rowStart[row] = scanner.runs.cell.length;
    for (let s = 0; s < lines; s += 1) {
      const line = row * lines + s;
      walk.at[s] = found.start[line];
      walk.end[s] = found.start[line + 1];
      walk.cell[s] = found.edgeCell[line];
    }
    scanRow(scanner, found, walk, row * width);
  }
  rowStart[height] = scanner.runs.cell.length;
  const runs = { cell: trim(scanner.runs.cell), from: trim(scanner.runs.from), to: trim(scanner.runs.to) };
  const { pixel, a, b, share } = scanner.mixed;
  const mixed = { pixel: trim(pixel), a: trim(a), b: trim(b), share: trim(share) };
  return {
    width, height, rowStart, runs, mixed,
    runsOf: grouped(arcs.cellCount, [runs.cell]), mixedOf: grouped(arcs.cellCount, [mixed.a, mixed.b]),
  };
}

/** @param {number} count @param {Int32Array[]} owners */
function grouped(count, owners) {
  const first = new Int32Array(count + 1);
  for (const list of owners) for (let i = 0; i < list.length; i += 1) if (list[i] >= 0) first[list[i] + 1] += 1;
  for (let cell = 0; cell < count; cell += 1) first[cell + 1] += first[cell];
  const item = new Int32Array(first[count]);
  const next = first.slice();
  for (const list of owners) {
    for (let i = 0; i < list.length; i += 1) if (list[i] >= 0) item[next[list[i]]++] = i;
  }
  return { first, item };
}

// The cell at a pixel, or -1. On a border: the one with the larger share may be either.
/** @param {Raster} raster @param {number} x @param {number} y */
export function cellAt(raster, x, y) {
  if (x < 0 || y < 0 || x >= raster.width || y >= raster.height) return NOBODY;
  const pixel = Math.floor(y) * raster.width + Math.floor(x);
  const { cell, from, to } = raster.runs;
  let low = raster.rowStart[Math.floor(y)];
  let high = raster.rowStart[Math.floor(y) + 1];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (to[middle] <= pixel) low = middle + 1;
    else high = middle;
  }
  return low < raster.rowStart[Math.floor(y) + 1] && from[low] <= pixel ? cell[low] : NOBODY;
}
