// Which cell is at which pixel, worked out once for a view: after that a change of date is a change of colours.
// Arcs know the cell on either side, so one walk along each row of pixels finds all cells, without gaps and without
// overlaps. A pixel that a border runs through belongs to two cells by shares: where both have one colour it has
// that colour, and no seam shows.
const Raster = (() => {
  const NOBODY = -1;
  const LONG = 24; // px: shorter runs are written faster one by one
  const NEAR = 1; // px: borders this close may come out in the wrong order by rounding

  // A list of whole numbers that grows.
  class Numbers {
    constructor(room) {
      this.values = new Int32Array(room);
      this.length = 0;
    }

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
  function crossings(arcs, { width, height, k, dx, dy }, lines) {
    const total = height * lines;
    const edgeX = new Float64Array(total).fill(-Infinity);
    const edgeCell = new Int32Array(total).fill(NOBODY);
    const start = new Int32Array(total + 1);
    const likely = 4 * arcs.count + total;
    let [line, x, west, east] = [Int32Array, Float64Array, Int32Array, Int32Array].map((list) => new list(likely));
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

  function grown(list, room) {
    const more = new list.constructor(room);
    more.set(list);
    return more;
  }

  // The crossings by line and, on each line, from left to right: dealt out by columns, then by lines, which keeps the
  // order of the columns; what is left to sort stands in one pixel.
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

  // -> {width, height, rowStart, runs: {cell, from, to}, mixed: {pixel, a, b, share}, runsOf, mixedOf}. Pixels are numbered
  // row by row; `to` is exclusive. `share` is that of `a`, 0 to 255; `b` may be nobody. `runsOf` and `mixedOf` are
  // {first, item}: what belongs to cell c is item[first[c]] up to item[first[c + 1] - 1].
  function scan(arcs, view, lines = 4) {
    const { width, height } = view;
    const found = crossings(arcs, view, lines);
    const room = 2 * found.x.length + height;
    const runs = { cell: new Numbers(room), from: new Numbers(room), to: new Numbers(room) };
    const mixed = { pixel: new Numbers(room), a: new Numbers(room), b: new Numbers(room), share: new Numbers(room) };
    const rowStart = new Int32Array(height + 1);
    const at = new Int32Array(lines);
    const end = new Int32Array(lines);
    const cell = new Int32Array(lines);
    const [names, weights] = [new Int32Array(64), new Float64Array(64)];
    let kinds = 0;
    const add = (name, weight) => {
      for (let i = 0; i < kinds; i += 1) {
        if (names[i] === name) {
          weights[i] += weight;
          return;
        }
      }
      if (kinds === names.length) return; // sixty cells in a pixel: nobody will miss the next
      names[kinds] = name;
      weights[kinds] = weight;
      kinds += 1;
    };
    const run = (name, from, to) => {
      const last = runs.cell.length - 1;
      if (name < 0) return;
      if (last >= 0 && runs.cell.values[last] === name && runs.to.values[last] === from && from % width) {
        runs.to.values[last] = to;
        return;
      }
      runs.cell.push(name);
      runs.from.push(from);
      runs.to.push(to);
    };
    // The two cells with the largest shares stand for all.
    const emit = (pixel) => {
      let [one, two] = [0, -1];
      for (let i = 1; i < kinds; i += 1) {
        if (weights[i] > weights[one]) [one, two] = [i, one];
        else if (two < 0 || weights[i] > weights[two]) two = i;
      }
      const share = two < 0 ? 255 : Math.round((255 * weights[one]) / (weights[one] + weights[two]));
      if (share === 255) run(names[one], pixel, pixel + 1);
      else {
        // Nobody comes second: a pixel has a first cell to be found by.
        const swap = names[one] < 0;
        mixed.pixel.push(pixel);
        mixed.a.push(names[swap ? two : one]);
        mixed.b.push(names[swap ? one : two]);
        mixed.share.push(swap ? 255 - share : share);
      }
    };
    for (let row = 0; row < height; row += 1) {
      rowStart[row] = runs.cell.length;
      for (let s = 0; s < lines; s += 1) {
        const line = row * lines + s;
        at[s] = found.start[line];
        end[s] = found.start[line + 1];
        cell[s] = found.edgeCell[line];
      }
      for (let column = 0; column < width;) {
        let next = width;
        let same = true;
        for (let s = 0; s < lines; s += 1) {
          if (at[s] < end[s]) next = Math.min(next, Math.floor(found.x[at[s]]));
          same &&= cell[s] === cell[0];
        }
        if (same) run(cell[0], row * width + column, row * width + next);
        else {
          kinds = 0;
          for (let s = 0; s < lines; s += 1) add(cell[s], 1);
          for (let x = column; x < next; x += 1) emit(row * width + x);
        }
        column = next;
        if (column >= width) break;
        kinds = 0;
        for (let s = 0; s < lines; s += 1) {
          let done = column;
          while (at[s] < end[s] && found.x[at[s]] < column + 1) {
            if (found.x[at[s]] > done) add(cell[s], found.x[at[s]] - done);
            done = found.x[at[s]];
            cell[s] = found.east[at[s]];
            at[s] += 1;
          }
          add(cell[s], column + 1 - done);
        }
        emit(row * width + column);
        column += 1;
      }
    }
    rowStart[height] = runs.cell.length;
    const trim = (lists) => Object.fromEntries(Object.entries(lists).map(([k, v]) => [k, v.values.subarray(0, v.length)]));
    const result = { width, height, rowStart, runs: trim(runs), mixed: trim(mixed) };
    result.runsOf = grouped(arcs.cellCount, [result.runs.cell]);
    result.mixedOf = grouped(arcs.cellCount, [result.mixed.a, result.mixed.b]);
    return result;
  }

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
  function cellAt(raster, x, y) {
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

  // -- colours. An ink is a colour (0xAABBGGRR, as a canvas has its bytes) that is opaque, or none, or the number of some
  // stripes with a mark that no opaque colour has.
  const NO_INK = 0;
  const STRIPED = 0x01000000;

  function isStriped(ink) {
    return ink >>> 24 === 1;
  }

  // `stripes`: list of {colours, phase}, for inks that are STRIPED + their index.
  function inkAt(ink, stripes, x, y) {
    if (!isStriped(ink)) return ink;
    const { colours, phase } = stripes[ink - STRIPED];
    const period = colours.length;
    return colours[(((x + y + phase) % period) + period) % period];
  }

  // `share` of `a`, 0 to 255, the rest of `b`. Ink is opaque or there is none.
  function blend(a, b, share) {
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
  function stripes(first, second, period) {
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

  function colourRun(pixels, raster, i, ink, stripes) {
    const [from, to] = [raster.runs.from[i], raster.runs.to[i]];
    if (isStriped(ink)) {
      const y = Math.floor(from / raster.width);
      for (let pixel = from; pixel < to; pixel += 1) pixels[pixel] = inkAt(ink, stripes, pixel - y * raster.width, y);
    } else if (to - from > LONG) pixels.fill(ink, from, to);
    else for (let pixel = from; pixel < to; pixel += 1) pixels[pixel] = ink;
  }

  function colourMixed(pixels, raster, n, inks, stripes) {
    const { pixel, a, b, share } = raster.mixed;
    const one = a[n] < 0 ? NO_INK : inks[a[n]];
    const two = b[n] < 0 ? NO_INK : inks[b[n]];
    const at = pixel[n];
    if (isStriped(one) || isStriped(two)) {
      const y = Math.floor(at / raster.width);
      const x = at - y * raster.width;
      pixels[at] = blend(inkAt(one, stripes, x, y), inkAt(two, stripes, x, y), share[n]);
    } else pixels[at] = blend(one, two, share[n]);
  }

  // Write a cell's pixels anew. `inks` has one ink a cell; those of its neighbours must be right too.
  function colour(pixels, raster, cell, inks, stripes = []) {
    const { runsOf, mixedOf } = raster;
    for (let i = runsOf.first[cell]; i < runsOf.first[cell + 1]; i += 1) {
      colourRun(pixels, raster, runsOf.item[i], inks[cell], stripes);
    }
    for (let i = mixedOf.first[cell]; i < mixedOf.first[cell + 1]; i += 1) {
      colourMixed(pixels, raster, mixedOf.item[i], inks, stripes);
    }
  }

  // Write the pixels of all cells: the same picture, in one walk.
  function colourAll(pixels, raster, inks, stripes = []) {
    const { cell } = raster.runs;
    for (let i = 0; i < cell.length; i += 1) colourRun(pixels, raster, i, inks[cell[i]], stripes);
    for (let n = 0; n < raster.mixed.pixel.length; n += 1) colourMixed(pixels, raster, n, inks, stripes);
  }

  return { scan, cellAt, colour, colourAll, stripes, blend, NO_INK, STRIPED };
})();
if (typeof module !== "undefined") module.exports = Raster;
