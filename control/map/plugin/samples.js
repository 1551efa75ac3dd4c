// Samples of the map for the legend: marks, ground and fronts as they are drawn.
import * as Colours from "./colours.js";
import * as Dom from "./dom.js";
import * as Fronts from "./fronts.js";
import * as GainsMap from "./gainsmap.js";
import * as Hands from "./hands.js";
import * as Marks from "./marks.js";
import * as Opacity from "./opacity.js";
import * as Stripes from "./stripes.js";
import * as Style from "./style.js";

const WIDE = 24; // px of a sample
const RAMP = [38, 12]; // px

function blank() {
  const canvas = Dom.h("canvas", { class: "cm-sample", "aria-hidden": "true" });
  const ratio = Math.min(window.devicePixelRatio || 1, 3);
  canvas.width = WIDE * ratio;
  canvas.height = WIDE * ratio;
  const ctx = /** @type {Ctx} */ (canvas.getContext("2d"));
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  return { canvas, ctx, ratio };
}

// A sample of anything that paint(ctx) draws.
/** @param {(ctx: Ctx) => void} paint */
export function drawn(paint) {
  const { canvas, ctx } = blank();
  paint(ctx);
  return canvas;
}

// look(ctx, ratio) has what tells the mark from a plain one: see Marks.paintMark.
/** @param {Theme} theme @param {(ctx: Ctx, ratio: number) => Partial<MarkLook>} look */
function mark(theme, look) {
  const { canvas, ctx, ratio } = blank();
  Marks.paintMark(ctx, { x: 12, y: 12, shape: "circle", r: 6, status: "controlled", ...look(ctx, ratio) }, theme);
  return canvas;
}

// A piece of ground: paint(ctx, ratio) fills it.
/** @param {Theme} theme @param {(ctx: Ctx, ratio: number) => void} paint */
function ground(theme, paint) {
  const { canvas, ctx, ratio } = blank();
  ctx.fillStyle = theme.land;
  ctx.fillRect(3, 5, 18, 14);
  paint(ctx, ratio);
  ctx.globalAlpha = 1;
  ctx.lineWidth = 1;
  ctx.strokeStyle = theme.casing;
  ctx.strokeRect(2.5, 4.5, 19, 15);
  return canvas;
}

// Ground as the map shows it, from inferred to reported.
/** @param {Theme} theme @param {string} colour */
export function ramp(theme, colour) {
  const canvas = Dom.h("canvas", { class: "cm-sample cm-wide", "aria-hidden": "true" });
  const ratio = Math.min(window.devicePixelRatio || 1, 3);
  [canvas.width, canvas.height] = [RAMP[0] * ratio, RAMP[1] * ratio];
  const ctx = /** @type {Ctx} */ (canvas.getContext("2d"));
  const [inferred, reported] = Opacity.ofGround(theme, Style.shade(theme, colour));
  const steps = ctx.createLinearGradient(0, 0, canvas.width, 0);
  for (const [at, share] of [[0, inferred], [1, reported]]) {
    steps.addColorStop(at, Colours.mix(theme.land, Style.shade(theme, colour), share));
  }
  ctx.fillStyle = steps;
  ctx.fillRect(0, 0, canvas.width, canvas.height);
  return canvas;
}

// A place that changed hands of late.
/** @param {Theme} theme @param {string} colour */
export function changed(theme, colour) {
  return drawn((ctx) => {
    Marks.paintMark(ctx, { x: 12, y: 12, r: 4, shape: "circle", status: "controlled", fill: Style.shade(theme, colour) }, theme);
    Hands.ring(ctx, 12, 12, 8.5, theme);
  });
}

// Ground that passed from one actor to another.
/** @param {Theme} theme @param {string | null} from @param {string | null} to */
function passed(theme, from, to) {
  return ground(theme, (ctx, ratio) => {
    ctx.globalAlpha = Number(theme.cells);
    ctx.fillStyle = to === null ? theme.unchanged : Style.shade(theme, to);
    ctx.fillRect(3, 5, 18, 14);
    if (from === null) return;
    ctx.globalAlpha = 0.9;
    ctx.fillStyle = Stripes.hatch(ctx, Style.shade(theme, from), GainsMap.HATCH, ratio, 1);
    ctx.fillRect(3, 5, 18, 14);
  });
}

/** @param {Theme} theme @param {string} from @param {string} to */
function halves(theme, from, to) {
  const { canvas, ctx } = blank();
  GainsMap.paintHalves(ctx, 12, 12, 6, Style.shade(theme, from), Style.shade(theme, to), theme);
  return canvas;
}

// Front lines: between reports above, likely ones below.
/** @param {Theme} theme */
function front(theme) {
  const { canvas, ctx } = blank();
  const width = 0.8 * Fronts.WIDTH;
  for (const [y, dash] of /** @type {[number, number[]][]} */ ([[8, []], [17, [4, 3]]])) {
    ctx.beginPath();
    ctx.moveTo(2, y);
    ctx.lineTo(22, y);
    ctx.setLineDash([]);
    ctx.lineWidth = width + 2 * Fronts.EDGE;
    ctx.strokeStyle = theme.frontCasing;
    ctx.stroke();
    ctx.setLineDash(dash);
    ctx.lineWidth = width;
    ctx.strokeStyle = theme.front;
    ctx.stroke();
  }
  return canvas;
}

/**
 * What marks and fronts mean, as far as the payload has statuses for them.
 * @param {Model} model
 * @param {Theme} theme
 * @param {[string, string]} colours
 * @returns {LegendLine[]}
 */
export function marks(model, theme, [first, second]) {
  const known = (/** @type {string} */ status) => model.statuses.includes(status);
  /** @type {[boolean, () => LegendLine][]} */
  const lines = [
    [known("contested"), () => ({ text: "Contested (both colours)", count: "contested", sample: mark(theme, (ctx, ratio) => (
      { status: "contested", fill: Stripes.pattern(ctx, first, second, 6, ratio, 1) })) })],
    [known("divided"), () => ({ text: "Divided (both colours, upright)", count: "divided", sample: mark(theme, (ctx, ratio) => (
      { status: "divided", fill: Stripes.upright(ctx, first, second, 6, ratio, 1) })) })],
    [known("besieged"), () => ({ text: "Besieged, by whom", chief: true, sample: mark(theme, () => (
      { status: "besieged", fill: first, besieger: second, r: 4 })) })],
    [known("estimated"), () => ({ text: "No rim: inferred", sample: mark(theme, () => ({ status: "estimated", fill: Style.shade(theme, first) })) })],
    [known("unknown"), () => ({ text: "No information", count: "unknown", sample: mark(theme, () => ({ status: "unknown" })) })],
    [true, () => ({ text: known("estimated") ? "Front: reported, likely" : "Front", chief: true, sample: front(theme) })],
    [true, () => ({ text: "Base, oil field, other site", sample: mark(theme, () => (
      { status: "controlled", fill: theme.paper, shape: "square" })) })],
  ];
  return lines.filter(([wanted]) => wanted).map(([, line]) => line());
}

/**
 * What marks mean where something else is told than who holds a place.
 * @param {Model} model
 * @param {Theme} theme
 * @returns {LegendLine[]}
 */
export function signs(model, theme) {
  return (model.payload.told?.signs ?? []).map(({ status, actor, text }) => {
    const colour = actor < 0 ? theme.unknown : Style.shade(theme, model.actors[actor].colour);
    const r = status === "besieged" ? 4.5 : 6;
    return { text, sample: mark(theme, () => ({ status, fill: colour, besieger: colour, r })) };
  });
}

/**
 * What ground and marks mean while gains and losses are shown.
 * @param {Theme} theme
 * @param {[string, string]} colours
 * @returns {LegendLine[]}
 */
export function gains(theme, [first, second]) {
  return [
    { sample: passed(theme, second, first), text: "Tint: who has it; hatch: who had it" },
    { sample: passed(theme, second, null), text: "Hatch on grey: no longer confirmed" },
    { sample: passed(theme, null, first), text: "Tint alone: first known" },
    { sample: halves(theme, second, first), text: "Left before, right after" },
    { sample: passed(theme, null, null), text: "Grey: no other holder" },
  ];
}
