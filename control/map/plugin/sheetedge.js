// Where the geography ends: it fades into plain land abroad, for a sea that stops at a straight line looks like a coast.
import * as Canvas from "./canvas.js";

const WIDE = 90; // px

/** @param {Ctx} ctx @param {View} view @param {Model} model @param {Theme} theme */
export function paint(ctx, view, model, theme) {
  if (!model.sheet) return;
  Canvas.usePixels(ctx, view);
  const [left, top, right, bottom] = Canvas.toPixels(model.sheet, view);
  /** @type {[from: number, to: number, upright: boolean][]} from plain to clear */
  const edges = [[left, left + WIDE, false], [right, right - WIDE, false], [top, top + WIDE, true], [bottom, bottom - WIDE, true]];
  for (const [from, to, upright] of edges) {
    if (Math.max(from, to) < 0 || Math.min(from, to) > (upright ? view.height : view.width)) continue;
    const fade = upright ? ctx.createLinearGradient(0, from, 0, to) : ctx.createLinearGradient(from, 0, to, 0);
    fade.addColorStop(0, theme.neighbour);
    fade.addColorStop(1, `${theme.neighbour}00`);
    ctx.fillStyle = fade;
    const [low, high] = [Math.min(from, to) - 1, WIDE + 2];
    if (upright) ctx.fillRect(0, low, view.width, high);
    else ctx.fillRect(low, 0, high, view.height);
  }
}
