// The payload made ready for drawing: local coordinates, paths, and what each place looks like on the day shown.
const Model = (() => {
  const SETTLEMENTS = new Set(["town", "quarter", "camp"]);
  const CROSSINGS = new Set(["border-crossing", "bridge"]);

  function pathOf(rings, frame, box, cut = null) {
    const path = new Path2D();
    for (const ring of rings) {
      let drawing = false;
      ring.forEach((point, n) => {
        const [x, y] = frame.local(point[0], point[1]);
        Geometry.extend(box, x, y);
        if (drawing && cut !== null && Geometry.alongBox(ring[n - 1], point, cut)) drawing = false;
        if (drawing) path.lineTo(x, y);
        else path.moveTo(x, y);
        drawing = true;
      });
    }
    return path;
  }

  function shapeOf(kind) {
    if (SETTLEMENTS.has(kind)) return "circle";
    return CROSSINGS.has(kind) ? "diamond" : "square";
  }

  function placeOf(place, index, frame) {
    const [x, y] = frame.local(place.lon, place.lat);
    const box = Geometry.emptyBox();
    const cell = place.cell && place.cell.length ? pathOf(place.cell.flat(), frame, box) : null;
    return { ...place, index, x, y, shape: shapeOf(place.kind), cell, box };
  }

  function dataBox(features) {
    const box = Geometry.emptyBox();
    for (const feature of features) {
      for (const line of Geometry.lines(feature.geometry)) for (const [lon, lat] of line) Geometry.extend(box, lon, lat);
    }
    return box;
  }

  function countryOf(feature, frame, cut) {
    const box = Geometry.emptyBox();
    const rings = Geometry.lines(feature.geometry);
    return {
      name: feature.properties.name ?? "",
      inside: Boolean(feature.properties.inside),
      area: pathOf(rings, frame, box),
      outline: pathOf(rings, frame, Geometry.emptyBox(), cut),
      rings: rings.map((ring) => ring.map(([lon, lat]) => frame.local(lon, lat))),
      box,
    };
  }

  function riverOf(feature, frame) {
    const box = Geometry.emptyBox();
    const lines = Geometry.lines(feature.geometry);
    return {
      name: feature.properties.name ?? "",
      rank: feature.properties.rank ?? 9,
      path: pathOf(lines, frame, box),
      lines: lines.map((line) => line.map(([lon, lat]) => frame.local(lon, lat))),
      box,
    };
  }

  function frontsOf(places, frame) {
    return Geometry.sharedEdges(places.map((place) => place.cell ?? [])).map(([a, b, edges]) => {
      const path = new Path2D();
      const box = Geometry.emptyBox();
      for (const [lon0, lat0, lon1, lat1] of edges) {
        const [p, q] = [frame.local(lon0, lat0), frame.local(lon1, lat1)];
        path.moveTo(p[0], p[1]);
        path.lineTo(q[0], q[1]);
        Geometry.extend(box, p[0], p[1]);
        Geometry.extend(box, q[0], q[1]);
      }
      return { a, b, path, box };
    });
  }

  function prepare(payload) {
    const frame = Geometry.frame(payload.opening.bounds);
    const start = Days.parse(payload.span[0]);
    const length = Days.parse(payload.span[1]) - start;
    const geography = payload.geography ?? {};
    const countries = geography.borders?.features ?? [];
    const cut = countries.length ? dataBox(countries) : null;
    const changes = payload.changes ?? Intervals.changes(payload.intervals);
    return {
      payload,
      frame,
      start,
      length,
      cut,
      sheet: cut && [...frame.local(cut[0], cut[3]), ...frame.local(cut[2], cut[1])],
      statuses: payload.statuses,
      actors: payload.actors,
      places: payload.places.map((place, index) => placeOf(place, index, frame)),
      // Drawing order: the important ones last, on top. Labels go the other way round.
      byRank: payload.places.map((_, index) => index).sort((a, b) => payload.places[a].rank - payload.places[b].rank),
      fronts: frontsOf(payload.places, frame),
      countries: countries.map((feature) => countryOf(feature, frame, cut)),
      rivers: (geography.rivers?.features ?? []).map((feature) => riverOf(feature, frame)),
      lakes: (geography.lakes?.features ?? []).map((feature) => {
        const box = Geometry.emptyBox();
        return { path: pathOf(Geometry.lines(feature.geometry), frame, box), box };
      }),
      changes,
      changeDays: Intervals.distinctDays(changes),
    };
  }

  // The rows that hold on `day`, one a place.
  function rowsAt(model, day) {
    return model.payload.intervals.map((rows) => rows[Intervals.indexAt(rows, day)]);
  }

  return { prepare, rowsAt };
})();
