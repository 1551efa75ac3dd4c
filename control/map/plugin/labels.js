// Labels that do not collide: the most important first, each at the first of its positions that is still free.

/** @param {Box} a @param {Box} b */
export function overlaps(a, b) {
  return a[0] < b[2] && b[0] < a[2] && a[1] < b[3] && b[1] < a[3];
}

// Boxes [x0, y0, x1, y1] on a coarse grid, so that a test looks at the neighbourhood only.
export class Board {
  /** @param {number} [size] */
  constructor(size = 64) {
    this.size = size;
    this.squares = new Map();
  }

  /** @param {Box} box */
  * keys(box) {
    for (let row = Math.floor(box[1] / this.size); row <= Math.floor(box[3] / this.size); row += 1) {
      for (let column = Math.floor(box[0] / this.size); column <= Math.floor(box[2] / this.size); column += 1) {
        yield row * 65536 + column;
      }
    }
  }

  // `except`: a label may touch the mark that it belongs to.
  /** @param {Box} box @param {unknown} [except] */
  free(box, except = null) {
    for (const key of this.keys(box)) {
      for (const taken of this.squares.get(key) ?? []) {
        if ((except === null || taken.owner !== except) && overlaps(box, taken.box)) return false;
      }
    }
    return true;
  }

  /** @param {Box} box @param {unknown} [owner] */
  take(box, owner = null) {
    for (const key of this.keys(box)) {
      if (!this.squares.has(key)) this.squares.set(key, []);
      this.squares.get(key).push({ box, owner });
    }
  }
}

// The positions of a label of `width` x `height` around a mark of `radius` at (x, y), the best first: {box, align}.
/** @param {number} x @param {number} y @param {number} radius @param {number} width @param {number} height */
export function positions(x, y, radius, width, height) {
  const gap = radius + 3;
  const half = height / 2;
  /** @type {(left: number, top: number) => Box} */
  const at = (left, top) => [left, top, left + width, top + height];
  return [
    at(x + gap, y - half), at(x - gap - width, y - half),
    at(x - width / 2, y - gap - height), at(x - width / 2, y + gap),
    at(x + gap * 0.7, y - gap * 0.7 - height), at(x + gap * 0.7, y + gap * 0.7),
    at(x - gap * 0.7 - width, y - gap * 0.7 - height), at(x - gap * 0.7 - width, y + gap * 0.7),
  ];
}

/**
 * The boxes chosen, with their candidates, which come in order of importance; at most `most`.
 * @template {Candidate} T
 * @param {T[]} candidates
 * @param {Board} board
 * @param {number} [most]
 * @returns {[T, Box][]}
 */
export function place(candidates, board, most = Infinity) {
  /** @type {[T, Box][]} */
  const chosen = [];
  for (const candidate of candidates) {
    if (chosen.length >= most) break;
    const box = candidate.boxes.find((option) => board.free(option, candidate.owner));
    if (box) {
      board.take(box, candidate.owner);
      chosen.push([candidate, box]);
    }
  }
  return chosen;
}
