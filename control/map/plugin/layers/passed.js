// Ground that passed from one holder to another, while gains and losses are shown: cell by cell, with sharp edges.
import * as GroundImage from "../groundimage.js";
import * as Layers from "../layers.js";

/** @type {LayerModule["create"]} */
export function create(scene) {
  const image = new GroundImage.GroundImage(scene.model.arcs);
  const style = (/** @type {number} */ cell) => scene.comparison.style(cell);
  return {
    name: "passed",
    z: 322,
    asleep: true,
    // Pale ground under sharp lines: more than two pixels a pixel would cost and not be seen.
    canvas: { mostRatio: 2 },
    paint(ctx, view) {
      if (scene.comparison.isChanges()) image.paint(ctx, view, style);
    },
    update(canvas, changed, extent) {
      canvas.show(scene.comparison.isChanges());
      if (extent === Layers.EVERYTHING) canvas.repaint();
      else if (changed.length && scene.comparison.isChanges()) canvas.draw((ctx, view) => image.update(ctx, view, style, changed));
    },
  };
}
