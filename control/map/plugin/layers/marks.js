// Fronts and marks; gains and losses instead while they are compared on one map.
import * as Canvas from "../canvas.js";
import * as Fronts from "../fronts.js";
import * as GroundField from "../groundfield.js";
import * as Layers from "../layers.js";
import * as Marks from "../marks.js";
import * as Samples from "../samples.js";
import * as SharedGround from "../sharedground.js";

const FEW = 400; // places: beyond, painting everything once is cheaper than painting many parts

/** @type {LayerModule["create"]} */
export function create(scene, shown) {
  const { model } = scene;
  const field = GroundField.of(scene, shown);
  const fronts = new Fronts.Fronts(field);
  const shared = new SharedGround.SharedGround(field);
  const trace = () => {
    if (fronts.isStale()) shared.update();
    fronts.update();
  };
  return {
    name: "marks",
    z: 340,
    dated: true,
    paint(ctx, view) {
      if (scene.comparison.isChanges()) {
        scene.comparison.paint(ctx, view);
        return;
      }
      trace();
      shared.paint(ctx, view, model, scene.theme);
      fronts.paint(ctx, view, scene.theme);
      Marks.paint(ctx, view, model, scene.theme, shown());
    },
    // Most days change nothing, and most changes touch a few places: only these are painted again.
    update(canvas, changed, extent) {
      const view = canvas.view();
      const moved = field.takeMoved();
      const all = extent >= Layers.MARKS || changed.length > FEW || moved === null
        || (scene.comparison.isChanges() && changed.length > 0);
      if (all) canvas.repaint();
      else if (view) {
        const marks = changed.map((index) => Marks.extent(model.places[index], view, shown()));
        canvas.repaintParts([...marks, ...moved.map((box) => Canvas.toPixels(box, view))]);
      }
    },
    legend: (theme, colours) => (model.payload.told ? Samples.signs(model, theme) : Samples.marks(model, theme, colours)),
  };
}
