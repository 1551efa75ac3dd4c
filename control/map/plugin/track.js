// The track of the date slider: a histogram of changes, and the years.
import * as Days from "./days.js";
import * as Histogram from "./histogram.js";

const THUMB = 18; // px, as in timeline.css: the slider's range is shorter than its box by this much
const BASELINE = 34; // px from the top of the track

/** @param {HTMLCanvasElement} canvas @param {Model} model @param {Theme} theme */
export function paint(canvas, model, theme) {
  const [width, height] = [canvas.clientWidth, canvas.clientHeight];
  if (!width || !height) return;
  const ratio = Math.min(window.devicePixelRatio || 1, 3);
  canvas.width = Math.round(width * ratio);
  canvas.height = Math.round(height * ratio);
  const ctx = /** @type {Ctx} */ (canvas.getContext("2d"));
  ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
  const inner = width - THUMB;
  const bins = Math.max(1, Math.floor(inner / 4));
  const days = model.changes.map((change) => change[0]);
  ctx.fillStyle = theme.barFaint;
  Histogram.heights(Histogram.bins(days, model.length, bins)).forEach((share, n) => {
    if (share > 0) {
      const tall = Math.max(2, share * (BASELINE - 4));
      ctx.fillRect(THUMB / 2 + (n * inner) / bins, BASELINE - tall, inner / bins - 1, tall);
    }
  });
  const years = Days.yearStarts(model.start, model.start + model.length);
  const room = years.length ? inner / years.length : inner;
  ctx.font = "11px system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
  ctx.textBaseline = "alphabetic";
  ctx.fillStyle = theme.barInk;
  const every = Math.max(1, Math.ceil(24 / room));
  years.forEach(([year, start], n) => {
    const x = THUMB / 2 + (inner * (start - model.start)) / Math.max(1, model.length - 1);
    ctx.fillRect(Math.round(x), BASELINE + 5, 1, 4);
    if (n % every) return;
    const text = room * every < 34 ? `’${String(year).slice(-2)}` : String(year);
    ctx.fillText(text, Math.min(x + 3, width - 26), height - 2);
  });
}
