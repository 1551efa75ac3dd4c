// The map while two dates are compared. Nothing is fetched and nothing moves: there is a second list of rows, and either
// another way to paint the ground, or a second pair of canvases on the other side of a divider.
const Comparison = (() => {
  const MODES = ["changes", "swipe"];

  // `layer(name, zIndex, paint, options)` puts a canvas on the map; `theme()` are the colours of now.
  function create({ map, stage, model, state, layer, theme }) {
    const changes = new Changes.Changes(model);
    let second = null; // {tint, fronts, layers}, once the divider was wanted
    let raised = false;
    const swipe = Swipe.create(stage, clip);

    const isChanges = () => state.other !== null && state.mode === "changes";
    const isSwipe = () => state.other !== null && state.mode === "swipe";
    const laterIsMain = () => state.day >= state.other.day;
    const dates = () => [state.day, state.other.day].sort((a, b) => a - b).map((day) => Days.words(model.start + day));

    function prepareSecond() {
      const tint = new Tint.Tint(model.arcs);
      const fronts = new Arcs.Fronts(model.arcs);
      second = { fronts };
      second.layers = [
        layer("cells-other", 321, (ctx, view) => tint.paint(ctx, view,
          (cell) => Holdings.groundStyle(model, theme(), state.other, cell)), { mostRatio: 2 }),
        layer("marks-other", 341, (ctx, view) => {
          Holdings.paintFronts(ctx, view, model, theme(), fronts);
          Holdings.paintMarks(ctx, view, model, theme(), state.other);
        }),
      ];
    }

    function drawSecond() {
      second.fronts.update(null,
        (cell) => Holdings.holder(model, state.other, cell), (cell) => Holdings.isAssessed(model, state.other, cell));
      for (const part of second.layers) part.repaint();
    }

    // Either pair of canvases is cut at the divider. Panes move with the map, the divider does not.
    function clip() {
      const names = [["cm-cells", "cm-marks"], ["cm-cells-other", "cm-marks-other"]];
      if (isSwipe() && laterIsMain()) names.reverse();
      const size = map.getSize();
      const { x, y } = map.containerPointToLayerPoint([size.x * swipe.position(), 0]);
      const far = 100000; // px, beyond every screen
      names.forEach((panes, side) => {
        const [from, to] = side === 0 ? [x - far, x] : [x, x + far];
        const shape = `polygon(${from}px ${y - far}px, ${to}px ${y - far}px, ${to}px ${y + far}px, ${from}px ${y + far}px)`;
        for (const name of panes) {
          const pane = map.getPane(name);
          if (pane) pane.style.clipPath = isSwipe() ? shape : "";
        }
      });
    }
    map.on("move zoom viewreset resize", () => { if (isSwipe()) clip(); });

    // Compare with a day, or with none.
    function set(day) {
      if (day === null) state.other = null;
      else {
        // Estimates, filter and selection are those of the map.
        const other = Object.create(state);
        other.day = day;
        other.rows = Model.rowsAt(model, day);
        state.other = other;
      }
    }

    // Bring everything up to date but the canvases of the map itself. `moved`: some rows are other ones; `also`: more than
    // the date may have changed.
    function update(moved, also) {
      if (isChanges() && (moved || also)) changes.update(state);
      if (isSwipe()) {
        const fresh = second === null || !raised;
        if (second === null) prepareSecond();
        else if (!raised) for (const part of second.layers) part.addTo(map);
        raised = true;
        if (also || fresh) drawSecond();
        swipe.show(...dates());
      } else {
        swipe.hide();
        if (raised) for (const part of second.layers) part.remove();
        raised = false;
        clip();
      }
    }

    return {
      set,
      update,
      isChanges,
      isSwipe,
      dates,
      style: (cell) => Changes.groundStyle(model, theme(), state, cell),
      paint: (ctx, view) => changes.paint(ctx, view, theme(), state),
      // The date that is seen at a point in pixels of the container.
      stateAt: (point) => (
        isSwipe() && (point.x < map.getSize().x * swipe.position()) === laterIsMain() ? state.other : state),
      balance() {
        const [before, after] = laterIsMain() ? [state.other.rows, state.rows] : [state.rows, state.other.rows];
        return Compare.gainsAndLosses(model.places, model.actors.length, model.statuses, before, after, state.estimates);
      },
    };
  }

  return { create, MODES };
})();
