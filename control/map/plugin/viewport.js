// Where the map looks: the view it opens with, its limits, and who is told of it.
import * as Host from "./host.js";
import * as State from "./state.js";

const ROOM = 300; // px of map between legend and key: with less, they lie on what is shown

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
    if (!this.fitted) map.fitBounds(bounds, { animate: false, paddingTopLeft: [0, covered], paddingBottomRight: [0, this.#foot(bounds, covered)] });
    this.fitted = true;
    if (!limits) return;
    // Leaflet would slide into its bounds, and what comes to rest later looks like somebody's move.
    map.panInsideBounds(limits, { animate: false });
    map.setMaxBounds(limits);
    map.options.maxBoundsViscosity = 1;
  }

  // Height that the chips of the legend cover: the map opens below them where there is room.
  #covered() {
    const { container, legend } = this.scene;
    const height = legend.element.offsetTop + legend.element.offsetHeight;
    return container.clientHeight - height > ROOM ? height : 0;
  }

  // What has to be left free at the foot, so that no reported place of the opening view lies under the key.
  /** @param {L.LatLngBounds} bounds @param {number} covered */
  #foot(bounds, covered) {
    const { map, model, container, legend } = this.scene;
    const key = legend.key.element;
    if (key.hidden || container.clientHeight - covered - key.offsetHeight < ROOM) return 0;
    const [right, top] = [key.offsetLeft + key.offsetWidth, key.offsetTop];
    const zoom = map.getBoundsZoom(bounds, false, L.point(0, covered));
    const middle = map.project(bounds.getCenter(), zoom);
    const corner = L.point(middle.x - container.clientWidth / 2, middle.y - (container.clientHeight + covered) / 2);
    const isUnder = model.places.some(({ lat, lon, reported }) => {
      if (!reported || !bounds.contains([lat, lon])) return false;
      const { x, y } = map.project([lat, lon], zoom).subtract(corner);
      return x < right && y > top;
    });
    return isUnder ? container.clientHeight - top : 0;
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
    const least = Math.min(map.getBoundsZoom(all, true), map.getBoundsZoom(opening, false, L.point(0, covered + this.#foot(opening, covered))));
    const above = map.unproject(map.project([north, west], least).subtract([0, covered]), least);
    map.setMinZoom(least);
    return all.extend(above);
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
