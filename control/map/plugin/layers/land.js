// Land and sea, under everything else.
import * as Basemap from "../basemap.js";

/** @type {LayerModule["create"]} */
export function create(scene) {
  return {
    name: "land",
    z: 310,
    canvas: { still: true },
    paint: (ctx, view) => Basemap.paintLand(ctx, view, scene.model, scene.theme),
  };
}
