// A short pulse where places change hands on the day that comes; none for those who asked for less motion.
import * as Dom from "./dom.js";
import * as Marks from "./marks.js";

const MOST = 8; // at once: more would be a flicker

export class Pulses {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
  }

  /** @param {[place: number, day: number][]} changes @param {View | null} view */
  show(changes, view) {
    const { map, model, state } = this.scene;
    if (view === null || changes.length === 0 || changes.length > MOST) return;
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) return;
    for (const [index] of changes) {
      const place = model.places[index];
      if (!Marks.isMarked(place, view, state)) continue;
      const { x, y } = map.latLngToLayerPoint([place.lat, place.lon]);
      const element = Dom.h("i", { class: "cm-pulse", "aria-hidden": "true", style: `left:${x}px;top:${y}px`,
        onanimationend: () => element.remove() });
      map.getPanes().markerPane.append(element);
    }
  }
}
