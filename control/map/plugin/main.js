// Puts the parts together: one state, and one repaint for each frame in which it changed.
const Main = (() => {
  const SETTLE_MS = 150; // arrow keys repeat: the host hears of the date they end on

  const FEW = 400; // places: beyond, painting everything once is cheaper than painting many parts

  // Leaflet slides and zooms softly, whatever a person's settings say.
  function keepStill(map) {
    map.options.inertia = false;
    map._zoomAnimated = false;
    for (const name of ["panBy", "panTo"]) {
      const moved = map[name];
      map[name] = (target, options) => moved.call(map, target, { ...options, animate: false });
    }
  }

  function start(map, payload) {
    const model = Model.prepare(payload);
    const opening = Days.parse(payload.opening.date);
    const firstDay = opening === null ? 0 : Math.max(0, Math.min(model.length - 1, opening - model.start));
    const state = {
      day: firstDay, rows: Model.rowsAt(model, firstDay), shownDay: firstDay, selected: null, hidden: new Set(),
      estimates: true,
      // The second date that is compared with this one, {day, rows}, and how: see comparison.js.
      other: null, mode: Comparison.MODES[0],
    };
    if (window.matchMedia("(prefers-reduced-motion: reduce)").matches) keepStill(map);

    // -- the page: map above, bar below, in the room that the map had
    const container = map.getContainer();
    const root = Dom.h("div", { class: "cm-root" });
    container.before(root);
    container.classList.add("cm-map");
    container.setAttribute("role", "region");
    container.setAttribute("aria-label", `Map: ${payload.theatre.title}`);
    const stage = Dom.h("div", { class: "cm-stage" }, container);
    map.attributionControl?.setPosition("bottomleft"); // ours, of the data, is on the right
    let theme = Theme.read(root);
    const legend = Legend.create(model, state, switched, () => names.repaint());
    const table = Table.create(map, model, state, (index) => {
      show(index);
      settle();
    });
    const bar = Timebar.create(model, state, { go, settle, compare, compareBy }, table);
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

    // -- the view, settled before anything is painted for it
    let fitted = false;
    function fit() {
      // A frame in a closed tab has no size yet; it will be told when it has one.
      if (!container.clientWidth || !container.clientHeight) return;
      const bounds = L.latLngBounds(payload.opening.bounds);
      // Beside the legend where there is room, under it where there is not.
      const legendWidth = narrow ? 0 : legend.element.offsetWidth;
      const covered = container.clientWidth - legendWidth > 600 ? legendWidth : 0;
      let limits = null;
      if (model.cut) {
        // Nobody gets lost where there is nothing to see. What the legend covers can be moved out from under it.
        const [west, south, east, north] = model.cut;
        const all = L.latLngBounds([[south, west], [north, east]]);
        const least = Math.min(map.getBoundsZoom(all, true), map.getBoundsZoom(bounds, false, L.point(covered, 0)));
        const beside = map.unproject(map.project([south, east], least).add([covered, 0]), least);
        map.setMinZoom(least);
        limits = all.extend(beside);
      }
      if (!fitted) map.fitBounds(bounds, { animate: false, paddingTopLeft: [0, 0], paddingBottomRight: [covered, 0] });
      fitted = true;
      if (!limits) return;
      // Leaflet would slide into its bounds, and what comes to rest later looks like somebody's move.
      map.panInsideBounds(limits, { animate: false });
      map.setMaxBounds(limits);
      map.options.maxBoundsViscosity = 1;
    }
    // Controls in their final size first: ground that is painted for another size is painted twice.
    legend.restyle(theme);
    legend.update(null);
    bar.update();
    map.invalidateSize({ animate: false });
    fit();

    // -- canvases, from the ground up; only cells and marks depend on the date
    const STILL = { still: true };
    const layer = (name, zIndex, paint, more = {}) => {
      const pane = map.createPane(`cm-${name}`);
      pane.style.zIndex = zIndex;
      pane.style.pointerEvents = "none";
      const options = { pane: `cm-${name}`, className: `cm-${name}`, ...more };
      return Canvas.CanvasLayer(model.frame, paint, options).addTo(map);
    };
    const comparison = Comparison.create({ map, stage, model, state, layer, theme: () => theme });
    const ground = [layer("land", 310, (ctx, view) => Ground.paintLand(ctx, view, model, theme), STILL)];
    const tint = new Tint.Tint(model.arcs);
    const style = (cell) => (
      comparison.isChanges() ? comparison.style(cell) : Holdings.groundStyle(model, theme, state, cell));
    // Pale ground under sharp lines: more than two pixels a pixel would cost and not be seen.
    const cells = layer("cells", 320, (ctx, view) => tint.paint(ctx, view, style), { mostRatio: 2 });
    ground.push(layer("lines", 330, (ctx, view) => Ground.paintLines(ctx, view, model, theme), STILL));
    // Tiles bring land and rivers of their own. Where none arrive, in a train say, there is ours.
    map.eachLayer((tiles) => {
      if (!(tiles instanceof L.TileLayer)) return;
      tiles.once("tileload", () => {
        for (const name of ["cm-land", "cm-lines"]) map.getPane(name).style.display = "none";
      });
    });
    const fronts = new Arcs.Fronts(model.arcs);
    const drawFronts = (changed) => fronts.update(changed,
      (cell) => Holdings.holder(model, state, cell), (cell) => Holdings.isAssessed(model, state, cell));
    drawFronts(null);
    const marks = layer("marks", 340, (ctx, view) => {
      if (comparison.isChanges()) {
        comparison.paint(ctx, view);
        return;
      }
      Holdings.paintFronts(ctx, view, model, theme, fronts);
      Holdings.paintMarks(ctx, view, model, theme, state);
    });
    const names = layer("names", 350, (ctx, view) => Names.paint(ctx, view, model, theme, state, covered()), STILL);

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
    const NOTHING = 0; // beyond what changed with the date
    const MARKS = 1;
    const EVERYTHING = 2;
    function repaint(also) {
      const changed = Intervals.move(state.rows, payload.intervals, model.starts, state.shownDay, state.day);
      state.shownDay = state.day;
      drawFronts(also === EVERYTHING ? null : changed);
      if (also === EVERYTHING) cells.repaint();
      else if (changed.length) cells.draw((ctx, view) => tint.update(ctx, view, style, changed));
      const comparing = state.other !== null;
      if (also === EVERYTHING || comparing) comparison.update(changed.length > 0, also === EVERYTHING);
      const view = marks.view();
      if (also >= MARKS || changed.length > FEW || (comparison.isChanges() && changed.length)) marks.repaint();
      else if (view) marks.repaintParts(changed.map((index) => Holdings.extent(model, model.places[index], view, state)));
      if (also === EVERYTHING || changed.length) legend.update(changed);
      if (comparing) legend.compare(comparison.balance(), comparison.dates(), state.mode);
      else if (also === EVERYTHING) legend.compare(null);
      if (also === EVERYTHING) names.repaint(); // the legend may cover more or less of the map
    }

    let frameAsked = null;
    let wanted = NOTHING;
    function refresh(also = EVERYTHING) {
      wanted = Math.max(wanted, also);
      frameAsked ??= requestAnimationFrame(() => {
        frameAsked = null;
        repaint(wanted);
        wanted = NOTHING;
        bar.update();
        showPinned();
        if (pointed !== null) pointed = estimateUnder(pointed.point);
        showHover();
      });
    }

    let passing = false; // the date has moved since the host was last told
    function go(day) {
      if (day === state.day) return;
      if (!passing) Host.sendMoving();
      passing = true;
      state.day = day;
      refresh(NOTHING);
    }

    // -- settling: one announcement and one message for a burst of steps
    let settling = null;
    let asker; // of the last order that has not been answered; somebody's own step may come in between
    function settle(nonce) {
      asker = nonce ?? asker;
      clearTimeout(settling);
      settling = setTimeout(() => {
        passing = false;
        // At rest the same date gives the same picture, whichever way it was reached. Cells give it anyway.
        refresh(MARKS);
        const day = model.start + state.day;
        const count = model.changes.filter((change) => change[0] === state.day).length;
        const changed = count ? `, ${Words.count(count, "place changes", "places change")} hands or status` : "";
        bar.announce(state.other === null ? `${Days.words(day)}${changed}` : compared());
        table.update();
        Host.sendState(Days.iso(day), state.selected === null ? null : model.places[state.selected].id, asker, hiddenIds(),
          state.other === null ? null : Days.iso(model.start + state.other.day));
        asker = undefined;
      }, SETTLE_MS);
    }

    // -- comparing with a second date
    function compared() {
      const { changed } = comparison.balance();
      const [first, second] = comparison.dates();
      return `${first} compared with ${second}: ${Words.count(changed.length, "place", "places")} with another holder`;
    }
    function turnTo(day) {
      comparison.set(day);
      refresh();
    }
    function compare(day) {
      turnTo(day);
      settle();
    }
    function compareBy(mode) {
      state.mode = mode;
      refresh();
    }

    // -- switching actors and estimates off and on
    const ESTIMATES = "estimates"; // stands among the ids of hidden actors
    function hiddenIds() {
      const actors = [...state.hidden].map((index) => model.actors[index].id);
      return state.estimates ? actors : [...actors, ESTIMATES];
    }
    let fitting = false;
    let lastSize = map.getSize();
    let moved = false; // by a hand, or by an order; not by the size of the window
    let greeted = false; // the first word is that of a map that stands where it will stand
    function tellView() {
      if (!greeted) return;
      const center = map.getCenter();
      Host.sendView([center.lat, center.lng], map.getZoom(), hiddenIds(), !moved);
    }
    function switched() {
      refresh();
      tellView();
      table.update();
    }
    function hide(ids) {
      state.hidden = new Set(model.actors.flatMap((actor, index) => (ids.includes(actor.id) ? [index] : [])));
      state.estimates = !ids.includes(ESTIMATES);
      legend.sync();
      refresh();
    }

    // -- pointing and selecting
    let hovered = null;
    let pointed = null; // {index, point}: the estimated ground under the pointer, where there is no mark
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
      if (hovered === null && pointed !== null) hover.show(model, pointed.index, state, pointed.point, 16);
      else if (hovered === null || hovered === state.selected) hover.hide();
      else hover.show(model, hovered, state, pointOf(hovered), gapOf(hovered));
    }
    function select(index) {
      if (index === state.selected) return;
      state.selected = index;
      names.repaint();
      refresh(MARKS);
      showHover();
    }
    // Marks tell of reported places; pale ground has no mark to tell of it.
    function estimateUnder(point) {
      const view = cells.view();
      if (!view) return null;
      const { x, y } = cells.toCanvas(point);
      const index = tint.cellAt(view, x, y);
      const seen = comparison.stateAt(point);
      if (index < 0 || Holdings.holder(model, seen, index) < 0 || Holdings.isAssessed(model, seen, index)) return null;
      return { index, point };
    }
    map.on("mousemove", (event) => {
      const index = Holdings.pick(map, model, state, event.containerPoint, 6);
      const ground = index === null ? estimateUnder(event.containerPoint) : null;
      if (index === hovered && ground === null && pointed === null) return;
      hovered = index;
      pointed = ground;
      container.classList.toggle("cm-pointing", index !== null);
      showHover();
    });
    map.on("mouseout", () => {
      hovered = pointed = null;
      hover.hide();
    });
    map.on("click", (event) => {
      const coarse = window.matchMedia("(pointer: coarse)").matches;
      const index = Holdings.pick(map, model, state, event.containerPoint, coarse ? 18 : 8);
      if (index === state.selected) return;
      select(index);
      settle();
    });
    // Escape takes back one thing at a time: the table, what is chosen on the map, the comparison.
    root.addEventListener("keydown", (event) => {
      if (event.key !== "Escape" || bar.closeTable()) return;
      const onMap = container.contains(event.target);
      if (state.selected !== null && (onMap || state.other === null)) select(null);
      else if (state.other !== null) comparison.set(null);
      else return;
      refresh();
      settle();
    });
    map.on("move zoom", () => {
      hover.hide();
      hovered = pointed = null;
      showPinned();
    });
    map.on("zoomanim", () => pinned.hide());
    map.on("moveend", () => {
      // Leaflet hears of another size too, and says so a little later.
      const size = map.getSize();
      moved ||= !fitting && size.equals(lastSize);
      lastSize = size;
      showPinned();
      tellView();
      table.update();
    });

    // -- told by the host
    function show(index) {
      select(index);
      // In what the table leaves to be seen of the map.
      const { x: width, y: height } = map.getSize();
      const covered = table.element.offsetHeight;
      const room = height - covered;
      const point = pointOf(index);
      const near = Math.abs(point.x / width - 0.5) < 0.35 && Math.abs(point.y / room - 0.5) < 0.35;
      if (!near) map.panTo(map.containerPointToLatLng([point.x, point.y + covered / 2]));
    }
    function orderComparison(date) {
      const day = date === null ? null : Days.parse(date);
      if (date === null) turnTo(null);
      else if (day !== null && day >= model.start && day < model.start + model.length) turnTo(day - model.start);
    }
    // A map that takes the place of another one takes over the keyboard where it was.
    const labelOf = (element) => element.getAttribute("aria-label");
    root.addEventListener("focusin", (event) => Host.sendFocus(labelOf(event.target) ?? ""));
    function focusOn(label) {
      const same = [...root.querySelectorAll("[aria-label]")].find((element) => element.tabIndex >= 0 && labelOf(element) === label);
      (same ?? root.querySelector(".cm-slider")).focus({ preventScroll: true });
    }
    Host.listen((order) => {
      if (order.rest) {
        bar.rest();
        return;
      }
      if (order.focus !== undefined) {
        focusOn(order.focus);
        return;
      }
      if (order.view && Array.isArray(order.view.center) && Number.isFinite(order.view.zoom)) {
        const bounds = map.options.maxBounds;
        map.setMaxBounds(null); // else stopping a pan that keeps the bounds starts another one, which carries this view off
        map.setView(order.view.center, order.view.zoom, { animate: false });
        if (bounds) map.setMaxBounds(bounds);
      }
      if (Array.isArray(order.hidden)) hide(order.hidden);
      if (order.compare !== undefined) orderComparison(order.compare);
      const day = order.date === undefined ? null : Days.parse(order.date);
      if (day !== null && day >= model.start && day < model.start + model.length) {
        bar.stop();
        go(day - model.start);
      }
      if (order.place === null) select(null);
      else if (order.place !== undefined) {
        const index = model.places.findIndex((place) => place.id === order.place);
        if (index >= 0) show(index);
      }
      settle(order.nonce);
    });

    // -- fitting in
    function restyle() {
      theme = Theme.read(root);
      legend.restyle(theme);
      bar.repaint(theme);
      for (const part of ground) part.repaint();
      refresh();
    }
    new ResizeObserver(() => {
      fitting = true;
      map.invalidateSize({ animate: false });
      fit();
      fitting = false;
      bar.repaint(theme);
      if (greeted) return;
      greeted = true;
      tellView();
    }).observe(root);
    window.matchMedia("(prefers-color-scheme: dark)").addEventListener("change", restyle);

    return { go, select, state };
  }

  // Start once the payload is unwrapped, which is a matter of milliseconds.
  async function open(map, text) {
    if (Wrapped.isSupported()) start(map, Packed.unpack(await Wrapped.open(text)));
    else map.getContainer().textContent = "This map needs a browser of 2023 or later.";
  }

  return { open };
})();
