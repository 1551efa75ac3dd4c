// Where the map looks: the view it opens with, its limits, and who is told of it.
import * as Host from "./host.js";
import * as State from "./state.js";

const ROOM = 600; // px of map beside the legend: with less, the legend lies on what is shown

// Leaflet slides and zooms softly, whatever a person's settings say.
/** @param {any} map */
export function keepStill(map) {
  map.options.inertia = false;
  map._zoomAnimated = false;
  for (const name of ["panBy", "panTo"]) {
    const moved = map[name];
    map[name] = (/** @type {unknown} */ target, /** @type {object} */ options) => moved.call(map, target, { ...options, animate: false });
  }
}

export class Viewport {
  /** @param {Scene} scene */
  constructor(scene) {
    this.scene = scene;
    this.fitted = false;
    this.fitting = false;
    this.lastSize = L.point(0, 0);
    this.moved = false; // by a hand, or by an order; not by the size of the window
    this.greeted = false; // the first word is that of a map that stands where it will stand
  }

  // The view, settled before anything is painted for it, and within which limits it can be moved.
  fit() {
    const { map, model, container } = this.scene;
    // A frame in a closed tab has no size yet; it will be told when it has one.
    if (!container.clientWidth || !container.clientHeight) return;
    const bounds = L.latLngBounds(model.payload.opening.bounds);
    const covered = this.#covered();
    const limits = model.cut && this.#limits(model.cut, bounds, covered);
    if (!this.fitted) map.fitBounds(bounds, { animate: false, paddingTopLeft: [0, 0], paddingBottomRight: [covered, 0] });
    this.fitted = true;
    if (!limits) return;
    // Leaflet would slide into its bounds, and what comes to rest later looks like somebody's move.
    map.panInsideBounds(limits, { animate: false });
    map.setMaxBounds(limits);
    map.options.maxBoundsViscosity = 1;
  }

  // Width that the legend covers: the map opens beside it where there is room, under it where there is not.
  #covered() {
    const { container, legend, narrow } = this.scene;
    const width = narrow ? 0 : legend.element.offsetWidth;
    return container.clientWidth - width > ROOM ? width : 0;
  }

  /**
   * Nobody gets lost where there is nothing to see. What the legend covers can be moved out from under it.
   * @param {Box} cut
   * @param {L.LatLngBounds} opening
   * @param {number} covered
   */
  #limits([west, south, east, north], opening, covered) {
    const { map } = this.scene;
    const all = L.latLngBounds([[south, west], [north, east]]);
    const least = Math.min(map.getBoundsZoom(all, true), map.getBoundsZoom(opening, false, L.point(covered, 0)));
    const beside = map.unproject(map.project([south, east], least).add([covered, 0]), least);
    map.setMinZoom(least);
    return all.extend(beside);
  }

  listen() {
    const { map, root, selection, table } = this.scene;
    this.lastSize = map.getSize();
    map.on("moveend", () => {
      // Leaflet hears of another size too, and says so a little later.
      const size = map.getSize();
      this.moved ||= !this.fitting && size.equals(this.lastSize);
      this.lastSize = size;
      selection.showPinned();
      this.tell();
      table.update();
    });
    new ResizeObserver(() => this.#resized()).observe(root);
  }

  #resized() {
    const { map, bar, theme } = this.scene;
    this.fitting = true;
    map.invalidateSize({ animate: false });
    this.fit();
    this.fitting = false;
    bar.repaint(theme);
    if (this.greeted) return;
    this.greeted = true;
    this.tell();
  }

  tell() {
    const { map, model, state } = this.scene;
    if (!this.greeted) return;
    const center = map.getCenter();
    Host.sendView([center.lat, center.lng], map.getZoom(), State.hiddenIds(model, state), !this.moved);
  }

  // Look where an order says.
  /** @param {{center: L.LatLngTuple, zoom: number}} arg0 */
  look({ center, zoom }) {
    const { map } = this.scene;
    const bounds = map.options.maxBounds;
    // Else stopping a pan that keeps the bounds starts another one, which carries this view off.
    map.setMaxBounds(/** @type {any} */ (null));
    map.setView(center, zoom, { animate: false });
    if (bounds) map.setMaxBounds(bounds);
  }
}
