// The ground around the places, in the colours of those who hold it.
import * as GroundField from "../groundfield.js";
import * as Layers from "../layers.js";

const PIXELS = 220000; // of the field: the browser makes soft ground as large as the screen

/** @type {LayerModule["create"]} */
export function create(scene, shown) {
  const field = GroundField.of(scene, shown);
  const put = (/** @type {Ctx} */ ctx) => ctx.putImageData(field.pixels.image, 0, 0);
  return {
    name: "cells",
    z: 320,
    dated: true,
    canvas: { mostRatio: 1, mostPixels: PIXELS },
    paint(ctx, view) {
      field.fit(view);
      field.work();
      if (!scene.comparison.isChanges()) put(ctx);
    },
    update(canvas, changed, extent) {
      if (extent === Layers.EVERYTHING) canvas.repaint();
      else if (changed.length && field.update(changed) && !scene.comparison.isChanges()) canvas.draw(put);
    },
    placeAt: (view, x, y) => field.placeAt(x * view.ratio, y * view.ratio),
  };
}
