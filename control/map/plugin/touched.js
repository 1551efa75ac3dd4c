// The parts of a canvas that a change touches.
const SQUARE = 32; // px

// Boxes of which no two overlap and that cover what these cover.
/** @param {Box[]} boxes */
export function merged(boxes) {
  const result = [];
  for (const box of boxes) {
    let grown = box;
    for (let n = 0; n < result.length;) {
      const [left, top, right, bottom] = result[n];
      if (left < grown[2] && right > grown[0] && top < grown[3] && bottom > grown[1]) {
        grown = [Math.min(left, grown[0]), Math.min(top, grown[1]), Math.max(right, grown[2]), Math.max(bottom, grown[3])];
        result.splice(n, 1);
        n = 0;
      } else n += 1;
    }
    result.push(grown);
  }
  return result;
}

// The squares of a canvas that any of several boxes touches. What lies in none of them has to be looked at once, and not
// once a box: `kept` is for the lists of what may lie in one.
export class Touched {
  /** @param {number} width @param {number} height @param {Box[]} boxes */
  constructor(width, height, boxes) {
    this.columns = Math.ceil(width / SQUARE) + 1;
    this.rows = Math.ceil(height / SQUARE) + 1;
    this.squares = new Uint8Array(this.columns * this.rows);
    this.kept = new Map();
    for (const [left, top, right, bottom] of boxes) {
      for (let row = this.row(top - 1); row <= this.row(bottom + 1); row += 1) {
        this.squares.fill(1, row * this.columns + this.column(left - 1), row * this.columns + this.column(right + 1) + 1);
      }
    }
  }

  /** @param {number} x */
  column(x) {
    return Math.max(0, Math.min(this.columns - 1, Math.floor(x / SQUARE)));
  }

  /** @param {number} y */
  row(y) {
    return Math.max(0, Math.min(this.rows - 1, Math.floor(y / SQUARE)));
  }

  /** @param {number} left @param {number} top @param {number} right @param {number} bottom */
  any(left, top, right, bottom) {
    const [from, to, last] = [this.column(left), this.column(right), this.row(bottom)];
    for (let row = this.row(top); row <= last; row += 1) {
      for (let column = from; column <= to; column += 1) if (this.squares[row * this.columns + column]) return true;
    }
    return false;
  }
}
