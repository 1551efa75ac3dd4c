// Draws a map: unpacks what it is of and puts its parts together. scene.js has the parts, layers/ what is painted.
import * as Packed from "./packed.js";
import * as Scene from "./scene.js";
import * as Viewport from "./viewport.js";
import * as Wrapped from "./wrapped.js";

// Start once the payload is unwrapped, which is a matter of milliseconds. `modules`: those of layers/.
/** @param {L.Map} map @param {string} text @param {LayerModule[]} modules */
export async function open(map, text, modules) {
  if (!Wrapped.isSupported()) {
    map.getContainer().textContent = "This map needs a browser of 2023 or later.";
    return;
  }
  const payload = Packed.unpack(await Wrapped.open(text));
  if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) Viewport.keepStill(map);
  new Scene.Scene(map, payload, modules);
}
