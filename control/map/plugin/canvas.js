// A canvas that lives in a Leaflet pane: L.Renderer moves and scales it during pans and zooms, `paint` draws it.
import * as Geometry from "./geometry.js";
import * as Touched from "./touched.js";

const MUCH = 0.3; // share of a canvas: beyond, painting all of it is cheaper than painting parts

let stamps = 0;

// What `paint` needs to know. `scale`, `left`, `top` take local coordinates (see geometry.js) to pixels.
/** @param {L.Map} map @param {Frame} frame @param {{min: L.Point, max: L.Point}} bounds @param {number} ratio */
function viewOf(map, frame, { min, max }, ratio) {
  const zoom = map.getZoom();
  const world = 256 * 2 ** zoom;
  const corner = map.getPixelOrigin().add(min);
  const size = max.subtract(min);
  const sight = /** @type {L.Point} */ (map.getPixelBounds().min);
  return {
    // Tells views apart: what is worked out for one can be kept until there is another.
    stamp: (stamps += 1),
    zoom,
    ratio,
    width: size.x,
    height: size.y,
    // The part that is being painted, in pixels: all of it, or a window on what a change of date touches.
    window: [0, 0, size.x, size.y],
    // The squares that all the windows of one change touch, or null where all is painted.
    touched: null,
    scale: 2 ** (zoom - Geometry.LOCAL_ZOOM),
    left: frame.origin[0] * world - corner.x,
    top: frame.origin[1] * world - corner.y,
    // The part of the canvas that is in sight now; the rest is margin for panning.
    inSight: sight.subtract(corner),
    sight: map.getSize(),
  };
}

// What to look at for a window: everything, or the part of it that one of the windows of a change may touch.
/** @param {View} view @param {any} key @param {any} everything @param {any} part */
export function among(view, key, everything, part) {
  if (view.touched === null) return everything;
  const { kept } = view.touched;
  if (!kept.has(key)) kept.set(key, part());
  return kept.get(key);
}

// Pixels -> local coordinates, as the context's transform.
/** @param {Ctx} ctx @param {View} view */
export function useLocal(ctx, view) {
  const k = view.scale * view.ratio;
  ctx.setTransform(k, 0, 0, k, view.left * view.ratio, view.top * view.ratio);
}

/** @param {Ctx} ctx @param {View} view */
export function usePixels(ctx, view) {
  ctx.setTransform(view.ratio, 0, 0, view.ratio, 0, 0);
}

// Local coordinates -> pixels, for a box.
/** @param {Box} box @param {View} view */
export function toPixels(box, view) {
  return [box[0] * view.scale + view.left, box[1] * view.scale + view.top,
    box[2] * view.scale + view.left, box[3] * view.scale + view.top];
}

// Does a box in local coordinates touch what is being painted? The margin, in pixels, is for the width of lines.
/** @param {Box} box @param {View} view @param {number} [margin] */
export function visible(box, view, margin = 2) {
  const [left, top, right, bottom] = toPixels(box, view);
  return right >= view.window[0] - margin && left <= view.window[2] + margin
    && bottom >= view.window[1] - margin && top <= view.window[3] + margin;
}

// What Leaflet's class has to know to be one of our canvases. Leaflet is there when a map is, and not before: so it is made late.
const base = () => /** @type {any} */ (L.Renderer.prototype);

/** @param {Ctx} ctx @param {number} x @param {number} y @param {number} r @param {number} width @param {string} colour */
export function ring(ctx, x, y, r, width, colour) {
  ctx.beginPath();
  ctx.arc(x, y, r, 0, 2 * Math.PI);
  ctx.lineWidth = width;
  ctx.strokeStyle = colour;
  ctx.stroke();
}

/** @type {Record<string, any> & ThisType<any>} */
const METHODS = {
  options: { padding: 0.15, className: "", mostRatio: 3, mostPixels: Infinity, still: false },

  /** @param {Frame} frame @param {Layer["paint"]} paint @param {object} options */
  initialize(frame, paint, options) {
    this._frame = frame;
    this._paint = paint;
    base().initialize.call(this, options);
  },

  getEvents() {
    return { ...base().getEvents.call(this), move: this._onMove };
  },

  _initContainer() {
    this._container = L.DomUtil.create("canvas", this.options.className);
    // Chromium copies every canvas of a page into each of its frames, whether it changed or not. One that shows a finished
    // picture it does not.
    const paintsAside = this.options.still && typeof OffscreenCanvas === "function";
    this._surface = paintsAside ? new OffscreenCanvas(1, 1) : this._container;
    this._picture = paintsAside ? this._container.getContext("bitmaprenderer") : null;
    this._context = this._surface.getContext("2d");
  },

  _destroyContainer() {
    L.DomUtil.remove(this._container);
    delete this._context;
    delete this._surface;
    delete this._picture;
    delete this._container;
  },

  // A long drag leaves the margin: draw again on the way instead of showing an empty edge until release.
  _onMove() {
    if (!this._bounds || this._map._animatingZoom || this._map.getZoom() !== this._zoom) return;
    const corner = this._map.containerPointToLayerPoint([0, 0]);
    if (!this._bounds.contains(L.bounds(corner, corner.add(this._map.getSize())))) this._update();
  },

  _update() {
    if (this._map._animatingZoom && this._bounds) return;
    base()._update.call(this);
    const size = this._bounds.getSize();
    const { mostRatio, mostPixels } = this.options;
    const ratio = Math.min(window.devicePixelRatio || 1, mostRatio, Math.sqrt(mostPixels / Math.max(1, size.x * size.y)));
    const canvas = this._container;
    const surface = this._surface;
    L.DomUtil.setPosition(canvas, this._bounds.min);
    const [width, height] = [Math.round(size.x * ratio), Math.round(size.y * ratio)];
    if (surface.width !== width || surface.height !== height) {
      for (const one of new Set([surface, canvas])) Object.assign(one, { width, height });
      canvas.style.width = `${size.x}px`;
      canvas.style.height = `${size.y}px`;
    }
    this._view = viewOf(this._map, this._frame, this._bounds, ratio);
    this.repaint();
  },

  repaint() {
    if (this._view) this._repaintWindow({ ...this._view });
  },

  // Paint again only where something changed; boxes are in pixels of the canvas. Windows are cut at whole pixels of
  // the device. Against painting everything, soft edges may differ by a few levels, which nobody sees in motion.
  /** @param {number[][]} boxes */
  repaintParts(boxes) {
    if (!this._view) return;
    const [, , right, bottom] = this._view.window;
    const parts = Touched.merged(boxes
      .map((box) => [Math.max(0, box[0]), Math.max(0, box[1]), Math.min(right, box[2]), Math.min(bottom, box[3])])
      .filter((part) => part[0] < part[2] && part[1] < part[3]));
    const area = parts.reduce((sum, part) => sum + (part[2] - part[0]) * (part[3] - part[1]), 0);
    if (area > MUCH * right * bottom || this._picture) this.repaint();
    else if (parts.length) {
      // One window after the other: a clip of many parts costs more than it saves.
      const touched = new Touched.Touched(right, bottom, parts);
      for (const part of parts) this._repaintWindow({ ...this._view, window: part, touched });
    }
  },

  /** @param {View} view */
  _repaintWindow(view) {
    const ctx = this._context;
    const { ratio, window: part } = view;
    const [left, top] = [Math.floor(part[0] * ratio), Math.floor(part[1] * ratio)];
    const [right, bottom] = [Math.ceil(part[2] * ratio), Math.ceil(part[3] * ratio)];
    ctx.save();
    ctx.setTransform(1, 0, 0, 1, 0, 0);
    ctx.beginPath();
    ctx.rect(left, top, right - left, bottom - top);
    ctx.clip();
    ctx.clearRect(left, top, right - left, bottom - top);
    view.window = [left / ratio, top / ratio, right / ratio, bottom / ratio];
    this._paint(ctx, view);
    ctx.restore();
    this._picture?.transferFromImageBitmap(this._surface.transferToImageBitmap());
  },

  // Chromium copies and lays down every canvas of a page with each frame, even an empty one; one that is not shown it does not.
  /** @param {boolean} wanted */
  show(wanted) {
    if (this._container) this._container.style.display = wanted ? "" : "none";
  },

  // Draw without being asked for a window: draw(context, view).
  /** @param {(ctx: Ctx, view: View) => void} paint */
  draw(paint) {
    if (this._view) paint(this._context, this._view);
  },

  // A point of the map's container in pixels of this canvas.
  /** @param {L.PointExpression} point */
  toCanvas(point) {
    return this._map.containerPointToLayerPoint(point).subtract(this._bounds.min);
  },

  // The view last painted, or null before the first time.
  view() {
    return this._view ?? null;
  },
};

/** @type {any} */
let layerClass = null;

/**
 * @param {Frame} frame
 * @param {(ctx: Ctx, view: View) => void} paint
 * @param {object} options those of L.Renderer; `mostRatio`, the most device pixels drawn for a CSS pixel; `still`, whether it
 *   seldom changes, and then as a whole
 * @returns {CanvasLayer}
 */
export function create(frame, paint, options) {
  layerClass ??= L.Renderer.extend(METHODS);
  return new layerClass(frame, paint, options);
}
