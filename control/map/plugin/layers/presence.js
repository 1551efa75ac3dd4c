// Fighters who are reported at a place or in an area that they do not hold: a small ring beside it.
import * as Layers from "../layers.js";
import * as Presence from "../presence.js";

/** @type {LayerModule["create"]} */
export function create(scene, shown) {
  const { model } = scene;
  const now = () => Presence.on(model.payload.presence ?? [], shown().day);
  let painted = "";
  return {
    name: "presence",
    z: 345,
    dated: true,
    paint(ctx, view) {
      const spans = now();
      painted = spans.join(";");
      if (!scene.comparison.isChanges()) Presence.paint(ctx, view, model, scene.theme, spans, shown().hidden);
    },
    // No row of a place tells of it, so what was painted is compared.
    update(canvas, changed, extent) {
      if (extent >= Layers.MARKS || now().join(";") !== painted) canvas.repaint();
    },
    legend: (theme, [first]) => (model.payload.presence?.length ? [Presence.sample(theme, first)] : []),
  };
}
