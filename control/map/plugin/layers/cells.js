// The ground around the places, in the colours of those who hold it.
import * as GroundImage from "../groundimage.js";
import * as Layers from "../layers.js";
import * as Style from "../style.js";

/** @type {LayerModule["create"]} */
export function create(scene, shown) {
  const image = new GroundImage.GroundImage(scene.model.arcs);
  const style = (/** @type {number} */ cell) => (scene.comparison.isChanges() ? scene.comparison.style(cell)
    : Style.groundStyle(scene.model, scene.theme, shown(), cell));
  return {
    name: "cells",
    z: 320,
    dated: true,
    // Pale ground under sharp lines: more than two pixels a pixel would cost and not be seen.
    canvas: { mostRatio: 2 },
    paint: (ctx, view) => image.paint(ctx, view, style),
    update(canvas, changed, extent) {
      if (extent === Layers.EVERYTHING) canvas.repaint();
      else if (changed.length) canvas.draw((ctx, view) => image.update(ctx, view, style, changed));
    },
    cellAt: (view, x, y) => image.cellAt(view, x, y),
  };
}
