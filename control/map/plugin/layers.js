// The layers of a map. Each is a file of layers/; who adds one there has added it to every map.
import * as Canvas from "./canvas.js";

// How much a change may have touched, beyond the places whose rows are other ones.
export const NOTHING = 0;
export const MARKS = 1;
export const EVERYTHING = 2;

/**
 * The layers from the ground up, as they show the date that `shown` has.
 * @param {Scene} scene
 * @param {() => State} shown
 * @returns {Layer[]}
 */
export function create(scene, shown) {
  return scene.modules.map((module) => module.create(scene, shown)).sort((a, b) => a.z - b.z);
}

/**
 * Put a layer on the map, on a canvas in a pane of its own.
 * @param {Scene} scene
 * @param {Layer} layer
 * @param {string} suffix of the pane's name, where there is another instance
 * @returns {MountedLayer}
 */
export function mount({ map, model }, layer, suffix = "") {
  const name = `cm-${layer.name}${suffix}`;
  const pane = map.createPane(name);
  pane.style.zIndex = String(layer.z + (suffix ? 1 : 0));
  pane.style.pointerEvents = "none";
  const canvas = Canvas.create(model.frame, layer.paint, { pane: name, className: name, ...layer.canvas });
  canvas.addTo(map);
  canvas.show(!layer.asleep);
  return { layer, canvas };
}
