// Who holds what: tinted ground, fronts, and a mark for every place. Painted anew at every step of the date.
const Holdings = (() => {
  // Under this probability colours pale, twice; see the legend.
  const SURE = 0.8;
  const HALF_SURE = 0.6;
  const REACH = 24; // px: no mark with its rings is larger

  // An actor's colour on this ground, made once for each theme. On dark ground a dark grey would pass for no colour at
  // all, as an open dot does; there it becomes black. Dark colours that are colours stay.
  const made = new Map();
  function shade(theme, colour, paleness = 0) {
    const key = `${colour} ${theme.land} ${paleness}`;
    if (!made.has(key)) {
      const lost = Colours.luminance(theme.land) < 0.2 && Colours.luminance(colour) < Colours.luminance(theme.land)
        && Colours.chroma(colour) < 40;
      made.set(key, Colours.mix(lost ? Colours.mix(colour, "#000000", 0.75) : colour, theme.land, paleness));
    }
    return made.get(key);
  }

  function held(theme, model, row) {
    const paleness = row[3] >= SURE ? 0 : row[3] >= HALF_SURE ? 0.3 : 0.55;
    return row[2] >= 0 ? shade(theme, model.actors[row[2]].colour, paleness) : theme.unknown;
  }

  // The two colours of a contested place. The second is pale when nobody is named.
  function pair(theme, model, row) {
    const colour = (actor, fallback) => (actor >= 0 ? shade(theme, model.actors[actor].colour) : fallback);
    return [colour(row[2], theme.unknown), colour(row[4], theme.paper)];
  }

  function radius(place, view) {
    const base = 2.7 + 4.1 * place.rank ** 2;
    return base * (view.zoom < 6 ? 0.75 : view.zoom < 7.5 ? 1 : 1.3);
  }

  function isHidden(state, row) {
    return row[2] >= 0 && state.hidden.has(row[2]);
  }

  function paintCells(ctx, view, model, theme, state) {
    Canvas.useLocal(ctx, view);
    ctx.lineJoin = "round";
    ctx.lineWidth = 1 / view.scale;
    for (const place of model.places) {
      const row = state.rows[place.index];
      const status = model.statuses[row[1]];
      if (place.cell === null || status === "unknown" || isHidden(state, row)) continue;
      if (!Canvas.visible(place.box, view)) continue;
      const style = status === "contested"
        ? Stripes.pattern(ctx, ...pair(theme, model, row), 12, view.ratio, view.scale)
        : held(theme, model, row);
      ctx.fillStyle = style;
      ctx.fill(place.cell, "evenodd");
      // Neighbours of one colour would show a hairline where their soft edges meet.
      ctx.strokeStyle = style;
      ctx.stroke(place.cell);
    }
  }

  // A front is where the ground of two actors meets; ground of nobody known has none.
  function paintFronts(ctx, view, model, theme, state) {
    Canvas.useLocal(ctx, view);
    ctx.strokeStyle = theme.front;
    ctx.lineWidth = 1.1 / view.scale;
    ctx.lineCap = "round";
    for (const front of model.fronts) {
      const [a, b] = [state.rows[front.a], state.rows[front.b]];
      if (a[2] < 0 || b[2] < 0 || a[2] === b[2] || isHidden(state, a) || isHidden(state, b)) continue;
      if (Canvas.visible(front.box, view)) ctx.stroke(front.path);
    }
  }

  function outline(ctx, shape, x, y, r) {
    ctx.beginPath();
    if (shape === "square") ctx.rect(x - r * 0.85, y - r * 0.85, r * 1.7, r * 1.7);
    else if (shape === "diamond") {
      ctx.moveTo(x, y - r * 1.2);
      ctx.lineTo(x + r * 1.2, y);
      ctx.lineTo(x, y + r * 1.2);
      ctx.lineTo(x - r * 1.2, y);
      ctx.closePath();
    } else ctx.arc(x, y, r, 0, 2 * Math.PI);
  }

  function paintRing(ctx, x, y, r, colour, theme) {
    for (const [width, style] of [[4.4, theme.casing], [2.6, colour]]) {
      ctx.beginPath();
      ctx.arc(x, y, r, 0, 2 * Math.PI);
      ctx.lineWidth = width;
      ctx.strokeStyle = style;
      ctx.stroke();
    }
  }

  // One mark at (x, y) in pixels; also draws the samples of the legend.
  function paintMark(ctx, look, theme) {
    const { x, y, r, shape, status } = look;
    if (status === "unknown") {
      // Broken outline: an open dot alone looks like a dark actor's on a dark map.
      outline(ctx, shape, x, y, Math.max(2.4, r - 0.4));
      ctx.lineWidth = 1.4;
      ctx.strokeStyle = theme.unknown;
      ctx.setLineDash([2.2, 1.5]);
      ctx.stroke();
      ctx.setLineDash([]);
      return;
    }
    if (status === "besieged") paintRing(ctx, x, y, r + 4, look.besieger, theme);
    outline(ctx, shape, x, y, status === "contested" ? Math.max(r, 5) : r);
    ctx.fillStyle = look.fill;
    ctx.fill();
    ctx.lineWidth = 1.1;
    ctx.strokeStyle = theme.casing;
    ctx.stroke();
  }

  function paintMarks(ctx, view, model, theme, state) {
    Canvas.usePixels(ctx, view);
    for (const index of model.byRank) {
      const place = model.places[index];
      if (!Canvas.visible([place.x, place.y, place.x, place.y], view, REACH)) continue;
      const [x, y] = Canvas.toPixels([place.x, place.y, place.x, place.y], view);
      const row = state.rows[index];
      const r = radius(place, view);
      if (isHidden(state, row)) {
        // A trace stays, so that its label does not name an empty spot.
        outline(ctx, place.shape, x, y, Math.min(r, 2));
        ctx.fillStyle = theme.unknown;
        ctx.fill();
        continue;
      }
      const status = model.statuses[row[1]];
      const fill = status === "contested"
        ? Stripes.pattern(ctx, ...pair(theme, model, row), 6, view.ratio, 1)
        : held(theme, model, row);
      const besieger = row[4] >= 0 ? shade(theme, model.actors[row[4]].colour) : theme.unknown;
      paintMark(ctx, { x, y, r, shape: place.shape, status, fill, besieger }, theme);
    }
    if (state.selected !== null) {
      const place = model.places[state.selected];
      const [x, y] = [place.x * view.scale + view.left, place.y * view.scale + view.top];
      paintRing(ctx, x, y, radius(place, view) + 8, theme.accent, { casing: theme.paper });
    }
  }

  // What a place covers on the canvas, in pixels: its cell and its mark.
  function extent(place, view) {
    const [x, y] = Canvas.toPixels([place.x, place.y, place.x, place.y], view);
    const mark = [x - REACH, y - REACH, x + REACH, y + REACH];
    if (place.cell === null) return mark;
    const cell = Canvas.toPixels(place.box, view);
    return [Math.min(mark[0], cell[0] - 2), Math.min(mark[1], cell[1] - 2),
      Math.max(mark[2], cell[2] + 2), Math.max(mark[3], cell[3] + 2)];
  }

  // The place nearest to a point in pixels of the container, or null when none is within `reach` of its mark.
  function pick(map, model, point, reach) {
    const zoom = map.getZoom();
    const scale = 2 ** (zoom - Geometry.LOCAL_ZOOM);
    const world = 256 * 2 ** zoom;
    const corner = map.getPixelBounds().min;
    const x = (point.x + corner.x - model.frame.origin[0] * world) / scale;
    const y = (point.y + corner.y - model.frame.origin[1] * world) / scale;
    let best = null;
    let least = Infinity;
    for (const place of model.places) {
      const distance = Math.hypot(place.x - x, place.y - y) * scale - radius(place, { zoom });
      if (distance < reach && distance < least) {
        least = distance;
        best = place.index;
      }
    }
    return best;
  }

  return { paintCells, paintFronts, paintMarks, paintMark, radius, extent, pick, shade };
})();
