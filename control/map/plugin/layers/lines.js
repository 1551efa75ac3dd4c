// Lakes, rivers and borders, on the ground of those who hold it.
import * as Basemap from "../basemap.js";
import * as SheetEdge from "../sheetedge.js";

/** @type {LayerModule["create"]} */
export function create(scene) {
  return {
    name: "lines",
    z: 330,
    canvas: { still: true },
    paint(ctx, view) {
      Basemap.paintLines(ctx, view, scene.model, scene.theme);
      SheetEdge.paint(ctx, view, scene.model, scene.theme);
    },
  };
}
