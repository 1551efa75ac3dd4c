// Puts the parts together: one state, and one repaint for each frame in which it changed.
const Main = (() => {
  const SETTLE_MS = 150; // arrow keys repeat: the host hears of the date they end on

  const FEW = 8; // places: beyond, painting everything once is cheaper than painting many parts

  function start(map, payload) {
    const model = Model.prepare(payload);
    const opening = Days.parse(payload.opening.date);
    const firstDay = opening === null ? 0 : Math.max(0, Math.min(model.length - 1, opening - model.start));
    const state = { day: firstDay, rows: Model.rowsAt(model, firstDay), selected: null, hidden: new Set() };

    // -- the page: map above, bar below, in the room that the map had
    const container = map.getContainer();
    const root = Dom.h("div", { class: "cm-root" });
    container.before(root);
    container.classList.add("cm-map");
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", `Map: ${payload.theatre.title}`);
    const stage = Dom.h("div", { class: "cm-stage" }, container);
    let theme = Theme.read(root);
    const legend = Legend.create(model, state, () => refresh(), () => names.repaint());
    const bar = Timebar.create(model, state, { go, settle });
    stage.append(legend.element, attribution());
    root.append(stage, bar.element);
    theme = Theme.read(root);
    const pinned = new Tips.Tip(stage, "cm-pinned");
    const hover = new Tips.Tip(stage, "cm-hover");
    const narrow = window.innerWidth < 640;
    legend.open(!narrow);

    function attribution() {
      const text = payload.attribution ?? "";
      if (!text) return "";
      return Dom.h("details", { class: "cm-attribution", open: window.innerWidth >= 900 },
        Dom.h("summary", { "aria-label": "Sources and licences", title: "Sources and licences" }, "i"),
        Dom.h("span", {}, text));
    }

    // -- canvases, from the ground up; only cells and marks depend on the date
    let tiled = false;
    map.eachLayer((layer) => { tiled ||= layer instanceof L.TileLayer; });
    const layer = (name, zIndex, paint) => {
      const pane = map.createPane(`cm-${name}`);
      pane.style.zIndex = zIndex;
      pane.style.pointerEvents = "none";
      const result = Canvas.CanvasLayer(model.frame, paint, { pane: `cm-${name}`, className: `cm-${name}` });
      return result.addTo(map);
    };
    const ground = tiled ? [] : [layer("land", 310, (ctx, view) => Ground.paintLand(ctx, view, model, theme))];
    const cells = layer("cells", 320, (ctx, view) => Holdings.paintCells(ctx, view, model, theme, state));
    if (!tiled) ground.push(layer("lines", 330, (ctx, view) => Ground.paintLines(ctx, view, model, theme)));
    const marks = layer("marks", 340, (ctx, view) => {
      Holdings.paintFronts(ctx, view, model, theme, state);
      Holdings.paintMarks(ctx, view, model, theme, state);
    });
    const names = layer("names", 350, (ctx, view) => Names.paint(ctx, view, model, theme, state, covered()));

    // Where the controls lie on the map, names would not be seen: boxes in pixels of the container.
    function covered() {
      const { left, top } = container.getBoundingClientRect();
      return [...stage.querySelectorAll(".cm-legend, .cm-attribution, .leaflet-control")].map((element) => {
        const box = element.getBoundingClientRect();
        return [box.left - left, box.top - top, box.right - left, box.bottom - top];
      });
    }

    // -- painting
    // Most days change nothing, and most changes touch a few places: only these are painted again.
    function repaint(everything) {
      const before = state.rows;
      state.rows = Model.rowsAt(model, state.day);
      const changed = model.places.filter((place) => state.rows[place.index] !== before[place.index]);
      for (const part of [cells, marks]) {
        const view = part.view();
        if (everything || changed.length > FEW) part.repaint();
        else if (view) part.repaintParts(changed.map((place) => Holdings.extent(place, view)));
      }
    }

    let frameAsked = null;
    let everything = false;
    function refresh(all = true) {
      everything ||= all;
      frameAsked ??= requestAnimationFrame(() => {
        frameAsked = null;
        repaint(everything);
        everything = false;
        bar.update();
        legend.update();
        showPinned();
        if (hovered !== null) showHover();
      });
    }

    function go(day) {
      if (day === state.day) return;
      state.day = day;
      refresh(false);
    }

    // -- settling: one announcement and one message for a burst of steps
    let settling = null;
    function settle(nonce) {
      clearTimeout(settling);
      settling = setTimeout(() => {
        // At rest the same date gives the same picture, whichever way it was reached.
        refresh();
        const day = model.start + state.day;
        const count = model.changes.filter((change) => change[0] === state.day).length;
        const changed = count ? `, ${Words.count(count, "place changes", "places change")} hands or status` : "";
        bar.announce(`${Days.words(day)}${changed}`);
        Host.sendState(Days.iso(day), state.selected === null ? null : model.places[state.selected].id, nonce);
      }, SETTLE_MS);
    }

    // -- pointing and selecting
    let hovered = null;
    const pointOf = (index) => {
      const place = model.places[index];
      return map.latLngToContainerPoint([place.lat, place.lon]);
    };
    const gapOf = (index) => Holdings.radius(model.places[index], { zoom: map.getZoom() }) + 14;
    function showPinned() {
      if (state.selected === null) pinned.hide();
      else pinned.show(model, state.selected, state, pointOf(state.selected), gapOf(state.selected));
    }
    function showHover() {
      if (hovered === null || hovered === state.selected) hover.hide();
      else hover.show(model, hovered, state, pointOf(hovered), gapOf(hovered));
    }
    function select(index) {
      if (index === state.selected) return;
      state.selected = index;
      names.repaint();
      refresh();
      showHover();
    }
    map.on("mousemove", (event) => {
      const index = Holdings.pick(map, model, event.containerPoint, 6);
      if (index === hovered) return;
      hovered = index;
      container.classList.toggle("cm-pointing", index !== null);
      showHover();
    });
    map.on("mouseout", () => {
      hovered = null;
      hover.hide();
    });
    map.on("click", (event) => {
      const coarse = window.matchMedia("(pointer: coarse)").matches;
      const index = Holdings.pick(map, model, event.containerPoint, coarse ? 18 : 8);
      if (index === state.selected) return;
      select(index);
      settle();
    });
    container.addEventListener("keydown", (event) => {
      if (event.key === "Escape" && state.selected !== null) {
        select(null);
        settle();
      }
    });
    map.on("move zoom", () => {
      hover.hide();
      hovered = null;
      showPinned();
    });
    map.on("zoomanim", () => pinned.hide());
    map.on("moveend", () => {
      showPinned();
      const center = map.getCenter();
      Host.sendView([center.lat, center.lng], map.getZoom());
    });

    // -- told by the host
    function show(index) {
      select(index);
      const inner = map.getSize().multiplyBy(0.15);
      const point = pointOf(index);
      const size = map.getSize();
      const near = point.x > inner.x && point.y > inner.y && point.x < size.x - inner.x && point.y < size.y - inner.y;
      if (!near) map.panTo([model.places[index].lat, model.places[index].lon]);
    }
    Host.listen((wanted) => {
      if (wanted.view && Array.isArray(wanted.view.center) && Number.isFinite(wanted.view.zoom)) {
        map.setView(wanted.view.center, wanted.view.zoom, { animate: false });
      }
      const day = wanted.date === undefined ? null : Days.parse(wanted.date);
      if (day !== null && day >= model.start && day < model.start + model.length) {
        bar.stop();
        go(day - model.start);
      }
      if (wanted.place === null) select(null);
      else if (wanted.place !== undefined) {
        const index = model.places.findIndex((place) => place.id === wanted.place);
        if (index >= 0) show(index);
      }
      settle(wanted.nonce);
    });

    // -- fitting in
    function restyle() {
      theme = Theme.read(root);
      legend.restyle(theme);
      bar.repaint(theme);
      for (const part of [...ground, cells, marks, names]) part.repaint();
    }
    let fitted = false;
    function fit() {
      // A frame in a closed tab has no size yet; it will be told when it has one.
      if (!container.clientWidth || !container.clientHeight) return;
      const bounds = L.latLngBounds(payload.opening.bounds);
      if (model.cut) {
        // Nobody gets lost where there is nothing to see.
        const [west, south, east, north] = model.cut;
        const all = L.latLngBounds([[south, west], [north, east]]);
        map.setMinZoom(Math.min(map.getBoundsZoom(all, true), map.getBoundsZoom(bounds)));
        map.setMaxBounds(all);
        map.options.maxBoundsViscosity = 1;
      }
      if (fitted) return;
      fitted = true;
      // Beside the legend where there is room, under it where there is not.
      const covered = narrow ? 0 : legend.element.offsetWidth;
      const padding = container.clientWidth - covered > 600 ? [covered, 0] : [0, 0];
      map.fitBounds(bounds, { animate: false, paddingTopLeft: [0, 0], paddingBottomRight: padding });
    }
    new ResizeObserver(() => {
      map.invalidateSize({ animate: false });
      fit();
      bar.repaint(theme);
    }).observe(root);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);

    map.invalidateSize({ animate: false });
    fit();
    restyle();
    bar.update();
    legend.update();
    return { go, select, state };
  }

  return { start };
})();
