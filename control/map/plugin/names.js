// Names on the map: countries, rivers, places. None overlaps another; what finds no room is left out.
import * as Canvas from "./canvas.js";
import * as Geometry from "./geometry.js";
import * as Labels from "./labels.js";
import * as Marks from "./marks.js";

const FACE = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Noto Sans', Arial, sans-serif";
const ESTIMATE_ZOOM = 9.5; // from here on, places that nobody reported have names
const ROOM = 9000; // square pixels of map a name may claim on average

const widths = new Map();
/** @param {Ctx} ctx @param {string} text @param {string} font */
function widthOf(ctx, text, font) {
  const key = `${font} ${text}`;
  if (!widths.has(key)) {
    ctx.font = font;
    widths.set(key, ctx.measureText(text).width);
  }
  return widths.get(key);
}

/**
 * @param {Ctx} ctx
 * @param {string} text
 * @param {number} x
 * @param {number} y
 * @param {string} font
 * @param {string} colour
 * @param {string} halo
 */
function write(ctx, text, x, y, font, colour, halo) {
  ctx.font = font;
  ctx.lineJoin = "round";
  ctx.lineWidth = 3;
  ctx.strokeStyle = halo;
  ctx.strokeText(text, x, y);
  ctx.fillStyle = colour;
  ctx.fillText(text, x, y);
}

/** @param {Box} box @param {View} view */
function inSight(box, view) {
  const { inSight: corner, sight } = view;
  return box[0] >= corner.x + 2 && box[1] >= corner.y + 2
    && box[2] <= corner.x + sight.x - 2 && box[3] <= corner.y + sight.y - 2;
}

// A country's name goes where its box lies wholly in the country and covers the fewest marks.
/**
 * @param {Ctx} ctx
 * @param {View} view
 * @param {Model} model
 * @param {Theme} theme
 * @param {Labels.Board} board
 * @param {NameMark[]} marks
 */
function paintCountries(ctx, view, model, theme, board, marks) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  for (const country of model.countries) {
    if (!country.name || !Canvas.visible(country.box, view)) continue;
    const text = country.name.toUpperCase();
    const font = `600 ${country.inside ? 15 : 11}px ${FACE}`;
    const spacing = country.inside ? 5 : 3;
    ctx.letterSpacing = "0px";
    const width = widthOf(ctx, text, font) + spacing * text.length;
    const height = country.inside ? 20 : 16;
    const middle = [(country.box[0] + country.box[2]) / 2, (country.box[1] + country.box[3]) / 2]
      .map((value, axis) => value * view.scale + (axis ? view.top : view.left));
    /** @type {(x: number, y: number) => boolean} */
    const within = (x, y) => {
      const [lx, ly] = [(x - view.left) / view.scale, (y - view.top) / view.scale];
      return country.rings.reduce((odd, ring) => odd !== Geometry.insideRing(lx, ly, ring), false);
    };
    let best = null;
    const { inSight: corner, sight } = view;
    for (let gy = 1; gy < 16; gy += 1) {
      for (let gx = 1; gx < 16; gx += 1) {
        const [x, y] = [corner.x + (sight.x * gx) / 16, corner.y + (sight.y * gy) / 16];
        const box = [x - width / 2, y - height / 2, x + width / 2, y + height / 2];
        if (!inSight(box, view) || !board.free(box)) continue;
        const corners = [[box[0], box[1]], [box[2], box[1]], [box[0], box[3]], [box[2], box[3]], [x, y]];
        if (!corners.every(([cx, cy]) => within(cx, cy))) continue;
        const covered = marks.reduce((sum, mark) => sum + (Labels.overlaps(box, mark.box) ? mark.weight : 0), 0);
        const cost = covered + Math.hypot(x - middle[0], y - middle[1]) / 400;
        if (best === null || cost < best.cost) best = { x, y, box, cost };
      }
    }
    if (best === null) continue;
    board.take(best.box);
    ctx.letterSpacing = `${spacing}px`;
    const colour = country.inside ? theme.countryName : theme.neighbourName;
    write(ctx, text, best.x + spacing / 2, best.y, font, colour, theme.softHalo);
  }
  ctx.letterSpacing = "0px";
}

// Squares along a slanted text, since the board knows upright boxes only.
/** @param {number} x @param {number} y @param {number} angle @param {number} width @param {number} height */
function slantedBoxes(x, y, angle, width, height) {
  const count = Math.max(2, Math.ceil(width / height));
  return Array.from({ length: count }, (_, n) => {
    const along = (n / (count - 1) - 0.5) * (width - height);
    const [cx, cy] = [x + Math.cos(angle) * along, y + Math.sin(angle) * along];
    return [cx - height / 2, cy - height / 2, cx + height / 2, cy + height / 2];
  });
}

/** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme @param {Labels.Board} board */
function paintRivers(ctx, view, model, theme, board) {
  ctx.textAlign = "center";
  ctx.textBaseline = "middle";
  const font = `italic 500 12px ${FACE}`;
  /** @type {Map<string, number[][]>} where each name stands already */
  const written = new Map();
  const rivers = model.rivers.filter((river) => river.name && Canvas.visible(river.box, view));
  rivers.sort((a, b) => a.rank - b.rank);
  for (const river of rivers) {
    if (river.rank > 1 && view.zoom < 5.75 + 0.75 * (river.rank - 1)) continue;
    const width = widthOf(ctx, river.name, font) + 8;
    const spots = river.lines.flatMap((line) => {
      const points = line.map(([x, y]) => [x * view.scale + view.left, y * view.scale + view.top]);
      return Geometry.stretches(points, width);
    });
    for (const spot of spots) {
      // Beside the line, above it as one reads.
      const x = spot.x + Math.sin(spot.angle) * 9;
      const y = spot.y - Math.cos(spot.angle) * 9;
      const others = written.get(river.name) ?? [];
      if (others.length >= 3 || others.some(([ox, oy]) => Math.hypot(ox - x, oy - y) < 380)) continue;
      const boxes = slantedBoxes(x, y, spot.angle, width, 14);
      if (!boxes.every((box) => inSight(box, view) && board.free(box))) continue;
      boxes.forEach((box) => board.take(box));
      written.set(river.name, [...others, [x, y]]);
      ctx.save();
      ctx.translate(x, y);
      ctx.rotate(spot.angle);
      write(ctx, river.name, 0, 0, font, theme.riverName, theme.halo);
      ctx.restore();
    }
  }
}

/** @param {Ctx} ctx @param {View} view @param {Model} model @param {State} state */
function placeCandidates(ctx, view, model, state) {
  const marks = [];
  const candidates = [];
  for (let n = model.byRank.length - 1; n >= 0; n -= 1) {
    const place = model.places[model.byRank[n]];
    if (!Marks.isMarked(place, view, state)) continue;
    const x = place.x * view.scale + view.left;
    const y = place.y * view.scale + view.top;
    if (x < 0 || y < 0 || x > view.width || y > view.height) continue;
    const r = Marks.radius(place, view);
    marks.push({ box: [x - r, y - r, x + r, y + r], weight: 0.2 + place.rank, owner: place.index, r });
    if (!inSight([x, y, x, y], view)) continue;
    const selected = place.index === state.selected;
    if (!place.reported && !selected && (view.zoom < ESTIMATE_ZOOM || !state.estimates)) continue;
    const size = place.rank >= 0.75 ? 13 : place.rank >= 0.4 ? 12 : 11;
    const font = `${selected || place.rank >= 0.75 ? 650 : 500} ${size}px ${FACE}`;
    const reach = selected ? r + 8 : r;
    const candidate = {
      owner: place.index, name: place.name, font, faint: !place.reported && !selected,
      // Measured when its turn comes: of thousands, most find the map full. A name that its edge would cut is worse than
      // none.
      get boxes() {
        const positions = Labels.positions(x, y, reach, widthOf(ctx, place.name, font), size + 3);
        return positions.filter((box) => inSight(box, view));
      },
    };
    if (selected) candidates.unshift(candidate);
    else candidates.push(candidate);
  }
  return { marks, candidates };
}

// covered: boxes in pixels of the container that something lies upon.
/** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme @param {State} state @param {Box[]} covered */
export function paint(ctx, view, model, theme, state, covered) {
  Canvas.usePixels(ctx, view);
  const board = new Labels.Board();
  const { x: left, y: top } = view.inSight;
  for (const box of covered) board.take([box[0] + left, box[1] + top, box[2] + left, box[3] + top]);
  const { marks, candidates } = placeCandidates(ctx, view, model, state);
  for (const mark of marks) if (mark.r >= 4) board.take(mark.box, mark.owner);
  const most = Math.max(8, Math.round((view.sight.x * view.sight.y) / ROOM));
  // The chief places first, then water and countries, then whatever still fits.
  const chief = Math.ceil(most / 4);
  const chosen = Labels.place(candidates.slice(0, chief), board);
  paintRivers(ctx, view, model, theme, board);
  paintCountries(ctx, view, model, theme, board, marks);
  chosen.push(...Labels.place(candidates.slice(chief), board, most - chosen.length));
  ctx.textAlign = "left";
  ctx.textBaseline = "middle";
  for (const [candidate, box] of chosen.reverse()) {
    const colour = candidate.faint ? theme.nameFaint : theme.ink;
    write(ctx, candidate.name, box[0], (box[1] + box[3]) / 2, candidate.font, colour, theme.halo);
  }
}
