// Who holds what: tinted ground, fronts, and a mark for every place. Painted anew at every step of the date.
const Holdings = (() => {
  // Under this probability colours pale, twice; see the legend.
  const SURE = 0.8;
  const HALF_SURE = 0.6;
  const GROUND_PALENESS = [0, 0.2, 0.4, 0.68]; // sure, half sure, unsure, estimated
  const MARK_PALENESS = [0, 0.3, 0.55]; // sure, half sure, unsure
  const ESTIMATE_PALENESS = 0.3; // of the outline of a mark
  // Where nobody has confirmed for long, colours pale further and marks shrink: by how much, step by step.
  const STALE_PALENESS = [0, 0.15, 0.3];
  const STALE_SIZE = [1, 0.84, 0.68];
  const LEAST_RADIUS = 1.9; // px, of a mark that shrinks
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

  // An estimated place is an outline in its actor's colour.
  function estimateInk(theme, colour) {
    return shade(theme, colour, ESTIMATE_PALENESS);
  }

  const step = (values, row) => values[Math.min(row[5] ?? 0, values.length - 1)];
  const sureness = (row) => (row[3] >= SURE ? 0 : row[3] >= HALF_SURE ? 1 : 2);
  const fainter = (paleness, row) => 1 - (1 - paleness) * (1 - step(STALE_PALENESS, row));

  function held(theme, model, row) {
    if (model.statuses[row[1]] === "estimated") return estimateInk(theme, model.actors[row[2]].colour);
    if (row[2] < 0) return theme.unknown;
    return shade(theme, model.actors[row[2]].colour, fainter(MARK_PALENESS[sureness(row)], row));
  }

  // The two colours of a contested place. The second is pale when nobody is named.
  function pair(theme, model, row) {
    const colour = (actor, fallback) => (actor >= 0 ? shade(theme, model.actors[actor].colour) : fallback);
    return [colour(row[2], theme.unknown), colour(row[4], theme.paper)];
  }

  function radius(place, view) {
    if (!place.reported) return view.zoom < 9 ? 1.8 : 2.4;
    const base = 2.7 + 4.1 * place.rank ** 2;
    return base * (view.zoom < 6 ? 0.75 : view.zoom < 7.5 ? 1 : 1.3);
  }

  // Smaller where nobody has confirmed for long. Pointing keeps to the full size.
  function faded(size, row) {
    return Math.max(Math.min(size, LEAST_RADIUS), size * step(STALE_SIZE, row));
  }

  // -- what is seen of a row
  // Estimates can be switched off; then nothing is known of the place.
  function statusOf(model, state, row) {
    const status = model.statuses[row[1]];
    return status === "estimated" && !state.estimates ? "unknown" : status;
  }

  function isHidden(state, row) {
    return row[2] >= 0 && state.hidden.has(row[2]);
  }

  // The actor whose colour a place's ground has, or -1.
  function holder(model, state, place) {
    const row = state.rows[place];
    return isHidden(state, row) || statusOf(model, state, row) === "unknown" ? -1 : row[2];
  }

  function isAssessed(model, state, place) {
    return model.statuses[state.rows[place][1]] !== "estimated";
  }

  // -- ground
  // Styles of ground for tint.js, made once for each theme.
  const styles = new WeakMap();
  function groundStyle(model, theme, state, place) {
    const row = state.rows[place];
    const status = statusOf(model, state, row);
    if (status === "unknown" || isHidden(state, row)) return null;
    if (status !== "contested" && row[2] < 0) return null;
    if (!styles.has(theme)) styles.set(theme, new Map());
    const known = styles.get(theme);
    const kind = status === "estimated" ? 3 : status === "contested" ? 4 : sureness(row);
    const second = status === "contested" ? row[4] + 1 : 0;
    const key = ((second * (model.actors.length + 1) + row[2] + 1) * 5 + kind) * STALE_PALENESS.length + (row[5] ?? 0);
    if (!known.has(key)) {
      known.set(key, status === "contested" ? pair(theme, model, row)
        : [shade(theme, model.actors[row[2]].colour, fainter(GROUND_PALENESS[kind], row))]);
    }
    return known.get(key);
  }

  // What to look at for a window: everything, or the part of it that one of the windows of a change may touch.
  function among(view, key, everything, part) {
    if (view.touched === null) return everything;
    const { kept } = view.touched;
    if (!kept.has(key)) kept.set(key, part());
    return kept.get(key);
  }

  // A front is where the ground of two actors meets; ground of nobody known has none. Where one side is an estimate, so
  // is the front.
  function paintFronts(ctx, view, model, theme, fronts) {
    const { arcs } = model;
    const { boxes } = arcs;
    const { scale, left, top, touched } = view;
    const all = fronts.list();
    const near = among(view, fronts, all, () => all.filter((n) => touched.any(boxes[4 * n] * scale + left - 2,
      boxes[4 * n + 1] * scale + top - 2, boxes[4 * n + 2] * scale + left + 2, boxes[4 * n + 3] * scale + top + 2)));
    const [west, north, east, south] = [(view.window[0] - 2 - left) / scale, (view.window[1] - 2 - top) / scale,
      (view.window[2] + 2 - left) / scale, (view.window[3] + 2 - top) / scale];
    Canvas.useLocal(ctx, view);
    ctx.lineJoin = "round";
    const thick = view.zoom < 6 ? 0.8 : view.zoom < 8 ? 1 : 1.3;
    const stroke = (kind, colour, width, dash) => {
      let any = false;
      ctx.beginPath();
      for (const n of near) {
        if (fronts.kinds[n] !== kind || boxes[4 * n + 2] < west || boxes[4 * n] > east || boxes[4 * n + 3] < north
          || boxes[4 * n + 1] > south) continue;
        Arcs.trace(ctx, arcs, n);
        any = true;
      }
      if (!any) return;
      ctx.strokeStyle = colour;
      ctx.lineWidth = (width * thick) / scale;
      ctx.setLineDash(dash.map((length) => length / scale));
      ctx.stroke();
    };
    ctx.lineCap = "butt";
    stroke(Arcs.ESTIMATED, theme.frontEstimated, 1, [3, 2.5]);
    ctx.lineCap = "round";
    ctx.setLineDash([]);
    stroke(Arcs.ASSESSED, theme.front, 1.5, []);
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
    if (status === "estimated") {
      // Hollow, in a pale outline of the actor's colour: nobody was there to see.
      outline(ctx, shape, x, y, look.tiny ? r : Math.max(2.4, r - 0.5));
      ctx.fillStyle = theme.land;
      ctx.fill();
      ctx.lineWidth = look.tiny ? 1.1 : 1.8;
      ctx.strokeStyle = look.fill;
      ctx.stroke();
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

  // Is there a mark at this zoom? Not knowing of a place that nobody reported is no news.
  function isMarked(place, view, state) {
    return view.zoom >= place.minZoom || place.index === state.selected;
  }

  // The places with a mark in a view, the important ones last: three numbers each, index, x, y. Kept for two views, since
  // two dates beside each other have one each.
  const spots = [];
  function spotsIn(view, model) {
    const known = spots.find((one) => one.stamp === view.stamp);
    if (known) return known.list;
    const list = [];
    for (const index of model.byRank) {
      const place = model.places[index];
      if (view.zoom < place.minZoom) continue;
      const [x, y] = [place.x * view.scale + view.left, place.y * view.scale + view.top];
      if (x > -REACH && y > -REACH && x < view.width + REACH && y < view.height + REACH) list.push(index, x, y);
    }
    spots.unshift({ stamp: view.stamp, list: Float64Array.from(list) });
    spots.length = Math.min(spots.length, 2);
    return spots[0].list;
  }

  function paintPlace(ctx, view, model, theme, state, index, x, y) {
    const place = model.places[index];
    const row = state.rows[index];
    const r = faded(radius(place, view), row);
    const status = statusOf(model, state, row);
    if (status === "unknown" && !place.reported && index !== state.selected) return;
    if (isHidden(state, row)) {
      // A trace stays, so that its label does not name an empty spot.
      outline(ctx, place.shape, x, y, Math.min(r, 2));
      ctx.fillStyle = theme.unknown;
      ctx.fill();
      return;
    }
    const fill = status === "contested"
      ? Stripes.pattern(ctx, ...pair(theme, model, row), 6, view.ratio, 1)
      : held(theme, model, row);
    const besieger = row[4] >= 0 ? shade(theme, model.actors[row[4]].colour) : theme.unknown;
    paintMark(ctx, { x, y, r, shape: place.shape, status, fill, besieger, tiny: !place.reported }, theme);
  }

  function paintMarks(ctx, view, model, theme, state) {
    Canvas.usePixels(ctx, view);
    const [left, top, right, bottom] = view.window;
    const all = spotsIn(view, model);
    const list = among(view, "marks", all, () => {
      const found = [];
      for (let n = 0; n < all.length; n += 3) {
        const [x, y] = [all[n + 1], all[n + 2]];
        if (view.touched.any(x - REACH, y - REACH, x + REACH, y + REACH)) found.push(all[n], x, y);
      }
      return found;
    });
    for (let n = 0; n < list.length; n += 3) {
      const [x, y] = [list[n + 1], list[n + 2]];
      if (x > left - REACH && y > top - REACH && x < right + REACH && y < bottom + REACH) {
        paintPlace(ctx, view, model, theme, state, list[n], x, y);
      }
    }
    if (state.selected === null) return;
    const place = model.places[state.selected];
    const [x, y] = [place.x * view.scale + view.left, place.y * view.scale + view.top];
    if (view.zoom < place.minZoom) paintPlace(ctx, view, model, theme, state, state.selected, x, y);
    paintRing(ctx, x, y, radius(place, view) + 8, theme.accent, { casing: theme.paper });
  }

  // What a place covers on the canvas, in pixels: its cell, and its mark where it has one.
  function extent(model, place, view, state) {
    const [x, y] = [place.x * view.scale + view.left, place.y * view.scale + view.top];
    const reach = isMarked(place, view, state) ? REACH : 0;
    const mark = [x - reach, y - reach, x + reach, y + reach];
    if (!Arcs.hasGround(model.arcs, place.index)) return mark;
    const cell = Canvas.toPixels(Arcs.cellBox(model.arcs, place.index), view);
    return [Math.min(mark[0], cell[0] - 2), Math.min(mark[1], cell[1] - 2),
      Math.max(mark[2], cell[2] + 2), Math.max(mark[3], cell[3] + 2)];
  }

  // The place nearest to a point in pixels of the container, or null when none is within `reach` of its mark.
  function pick(map, model, state, point, reach) {
    const zoom = map.getZoom();
    const scale = 2 ** (zoom - Geometry.LOCAL_ZOOM);
    const world = 256 * 2 ** zoom;
    const corner = map.getPixelBounds().min;
    const x = (point.x + corner.x - model.frame.origin[0] * world) / scale;
    const y = (point.y + corner.y - model.frame.origin[1] * world) / scale;
    let best = null;
    let least = Infinity;
    for (const place of model.places) {
      if (!isMarked(place, { zoom }, state)) continue;
      if (!place.reported && holder(model, state, place.index) < 0 && place.index !== state.selected) continue;
      const distance = Math.hypot(place.x - x, place.y - y) * scale - radius(place, { zoom });
      if (distance < reach && distance < least) {
        least = distance;
        best = place.index;
      }
    }
    return best;
  }

  return {
    groundStyle, holder, isAssessed, isMarked, statusOf, paintFronts, paintMarks, paintMark, radius, extent, pick, shade,
    estimateInk, fainter, faded, GROUND_PALENESS,
  };
})();
