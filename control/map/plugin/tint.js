// The ground in the colours of those who hold it: one picture in the pixels of the screen, of which a change of date
// writes the changed cells only.
const Tint = (() => {
  const BAND = 12; // px a period of the stripes of contested ground
  const CROWD = 8000; // cells
  const MANY = 400; // cells: beyond, handing over the whole picture is cheaper than many parts

  function packed(hex) {
    const [r, g, b] = Colours.parse(hex);
    return ((255 << 24) | (b << 16) | (g << 8) | r) >>> 0;
  }

  // style(cell) -> null for plain land, [colour], or [colour, colour] for stripes; the same array for the same style.
  class Tint {
    constructor(arcs) {
      this.arcs = arcs;
      this.stamp = null;
      this.inks = new Map();
      this.shown = new Array(arcs.cellCount).fill(null);
    }

    // Work out which cell is where, unless this view was the last one too.
    fit(view) {
      if (view.stamp === this.stamp) return;
      this.stamp = view.stamp;
      const { ratio } = view;
      const place = { k: view.scale * ratio, dx: view.left * ratio, dy: view.top * ratio };
      // A frame in a closed tab has no size, and no picture may have none.
      const size = { width: Math.max(1, Math.round(view.width * ratio)), height: Math.max(1, Math.round(view.height * ratio)) };
      // Soft edges take lines within each row of pixels: few where pixels or cells are small.
      const lines = ratio >= 2 || this.arcs.cellCount > CROWD ? 2 : 4;
      this.raster = Raster.scan(this.arcs, { ...size, ...place }, lines);
      this.image = new ImageData(size.width, size.height);
      this.pixels = new Uint32Array(this.image.data.buffer);
      // Stripes lie on the ground, not on the screen.
      this.period = Math.max(4, Math.round(BAND * ratio));
      this.phase = -Math.round(place.dx + place.dy);
      this.inks.clear();
    }

    ink(style) {
      if (style === null) return Raster.NO_INK;
      if (!this.inks.has(style)) {
        const colours = style.map(packed);
        this.inks.set(style, colours.length < 2 ? colours[0]
          : { colours: Raster.stripes(...colours, this.period), phase: this.phase });
      }
      return this.inks.get(style);
    }

    inkOf = (cell) => (cell < 0 ? Raster.NO_INK : this.shown[cell]);

    // Everything anew.
    paint(ctx, view, style) {
      this.fit(view);
      for (let cell = 0; cell < this.arcs.cellCount; cell += 1) this.shown[cell] = this.ink(style(cell));
      this.pixels.fill(0);
      for (let cell = 0; cell < this.arcs.cellCount; cell += 1) Raster.colour(this.pixels, this.raster, cell, this.inkOf);
      ctx.putImageData(this.image, 0, 0);
    }

    // These cells anew, as far as their looks changed.
    update(ctx, view, style, cells) {
      const changed = cells.filter((cell) => {
        const ink = this.ink(style(cell));
        if (ink === this.shown[cell]) return false;
        this.shown[cell] = ink;
        return true;
      });
      for (const cell of changed) Raster.colour(this.pixels, this.raster, cell, this.inkOf);
      if (changed.length > MANY) ctx.putImageData(this.image, 0, 0);
      else {
        for (const cell of changed) {
          const [x0, y0, x1, y1] = Canvas.toPixels(Arcs.cellBox(this.arcs, cell), view).map((value) => value * view.ratio);
          const [left, top] = [Math.floor(x0) - 1, Math.floor(y0) - 1];
          const [width, height] = [Math.ceil(x1) + 1 - left, Math.ceil(y1) + 1 - top];
          if (width > 0 && height > 0) ctx.putImageData(this.image, 0, 0, left, top, width, height);
        }
      }
      return changed;
    }

    // The cell at a point in pixels of the canvas, or -1.
    cellAt(view, x, y) {
      return this.raster ? Raster.cellAt(this.raster, x * view.ratio, y * view.ratio) : -1;
    }
  }

  return { Tint };
})();
