// Fronts and marks; gains and losses instead while they are compared on one map.
import * as Filter from "../filter.js";
import * as Fronts from "../fronts.js";
import * as Layers from "../layers.js";
import * as Marks from "../marks.js";
import * as Samples from "../samples.js";

const FEW = 400; // places: beyond, painting everything once is cheaper than painting many parts

/** @type {LayerModule["create"]} */
export function create(scene, shown) {
  const { model } = scene;
  const fronts = new Fronts.Fronts(model.arcs);
  const drawFronts = (/** @type {number[] | null} */ changed) => fronts.update(changed,
    (cell) => Filter.holder(model, shown(), cell), (cell) => Filter.isAssessed(model, shown(), cell));
  drawFronts(null);
  return {
    name: "marks",
    z: 340,
    dated: true,
    paint(ctx, view) {
      if (scene.comparison.isChanges()) {
        scene.comparison.paint(ctx, view);
        return;
      }
      Fronts.paint(ctx, view, model, scene.theme, fronts);
      Marks.paint(ctx, view, model, scene.theme, shown());
    },
    // Most days change nothing, and most changes touch a few places: only these are painted again.
    update(canvas, changed, extent) {
      drawFronts(extent === Layers.EVERYTHING ? null : changed);
      const view = canvas.view();
      const all = extent >= Layers.MARKS || changed.length > FEW || (scene.comparison.isChanges() && changed.length > 0);
      if (all) canvas.repaint();
      else if (view) canvas.repaintParts(changed.map((index) => Marks.extent(model, model.places[index], view, shown())));
    },
    legend: (theme, colours) => (model.payload.told ? Samples.signs(model, theme) : Samples.marks(model, theme, colours)),
  };
}
