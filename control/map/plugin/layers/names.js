// Names of countries, rivers and places, over everything else.
import * as Layers from "../layers.js";
import * as Names from "../names.js";

/** @type {LayerModule["create"]} */
export function create(scene) {
  // Where the controls lie on the map, names would not be seen: boxes in pixels of the container.
  function covered() {
    const { left, top } = scene.container.getBoundingClientRect();
    return [...scene.stage.querySelectorAll(".cm-legend li:not([hidden]), .cm-key:not([hidden]), .cm-key-opener, .cm-attribution, .leaflet-control")].map((element) => {
      const box = element.getBoundingClientRect();
      return [box.left - left, box.top - top, box.right - left, box.bottom - top];
    });
  }
  return {
    name: "names",
    z: 350,
    canvas: { still: true },
    paint: (ctx, view) => Names.paint(ctx, view, scene.model, scene.theme, scene.state, covered()),
    // No name depends on the date, but the legend may cover more or less of the map.
    update(canvas, changed, extent) {
      if (extent === Layers.EVERYTHING) canvas.repaint();
    },
  };
}
