// The ground in the colours of those who hold it: one picture in the pixels of the screen, of which a change of date
// writes the changed cells only.
const Tint = (() => {
  const BAND = 12; // px a period of the stripes of contested ground
  const CROWD = 8000; // cells
  const MANY = 400; // cells: beyond, the whole picture is cheaper than many parts

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
      this.stripes = [];
      this.shown = new Uint32Array(arcs.cellCount);
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
      this.stripes.length = 0;
    }

    ink(style) {
      if (style === null) return Raster.NO_INK;
      const known = this.inks.get(style);
      if (known !== undefined) return known;
      const colours = style.map(packed);
      let ink = colours[0];
      if (colours.length > 1) {
        ink = Raster.STRIPED + this.stripes.length;
        this.stripes.push({ colours: Raster.stripes(...colours, this.period), phase: this.phase });
      }
      this.inks.set(style, ink);
      return ink;
    }

    // Everything anew.
    paint(ctx, view, style) {
      this.fit(view);
      for (let cell = 0; cell < this.arcs.cellCount; cell += 1) this.shown[cell] = this.ink(style(cell));
      Raster.colourAll(this.pixels, this.raster, this.shown, this.stripes);
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
      if (changed.length > MANY) {
        Raster.colourAll(this.pixels, this.raster, this.shown, this.stripes);
        ctx.putImageData(this.image, 0, 0);
        return changed;
      }
      for (const cell of changed) Raster.colour(this.pixels, this.raster, cell, this.shown, this.stripes);
      for (const cell of changed) {
        const [x0, y0, x1, y1] = Canvas.toPixels(Arcs.cellBox(this.arcs, cell), view);
        const [left, top] = [Math.floor(x0 * view.ratio) - 1, Math.floor(y0 * view.ratio) - 1];
        const [width, height] = [Math.ceil(x1 * view.ratio) + 1 - left, Math.ceil(y1 * view.ratio) + 1 - top];
        if (width > 0 && height > 0) ctx.putImageData(this.image, 0, 0, left, top, width, height);
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
