// What the map shows, as a table: for those who read with their ears or their fingers, and for anybody who wants figures.
const Table = (() => {
  const HEADINGS = ["Place", "Holder", "Status", "Probability", "Since", "Estimated from"];

  // onSelect(index) is told of the place that was chosen.
  function create(map, model, state, onSelect) {
    const caption = Dom.h("caption");
    const body = Dom.h("tbody");
    const note = Dom.h("p", { class: "cm-table-note" });
    const other = Dom.h("th", { scope: "col", class: "cm-table-other" });
    const headings = (model.payload.told?.headings ?? HEADINGS).map((text) => Dom.h("th", { scope: "col" }, text));
    headings.splice(2, 0, other);
    const table = Dom.h("table", {}, caption, Dom.h("thead", {}, Dom.h("tr", {}, ...headings)), body);
    const element = Dom.h("section", { class: "cm-table", id: "cm-table", "aria-label": "Places on the map", hidden: true },
      Dom.h("div", { class: "cm-table-scroll" }, table, note));
    let order = [];
    let current = null; // the place whose row Tab leads to

    function rowOf(index) {
      const rows = model.payload.intervals[index];
      const at = Intervals.indexAt(rows, state.day);
      const texts = Listing.cells(model, index, rows, at, Holdings.statusOf(model, state, rows[at]));
      const button = Dom.h("button", { type: "button", class: "cm-row", tabindex: index === current ? 0 : -1,
        "aria-current": index === state.selected ? "true" : null },
      model.places[index].name);
      const cells = texts.map((text) => Dom.h("td", {}, text));
      if (state.other !== null) {
        const row = state.other.rows[index];
        const actor = Compare.holder(model.statuses, row, state.estimates);
        const text = actor < 0 ? "" : model.actors[actor].short_name || model.actors[actor].name;
        cells.splice(1, 0, Dom.h("td", { class: "cm-table-other" }, text));
      } else cells.splice(1, 0, Dom.h("td", { class: "cm-table-other", hidden: true }));
      const actor = Compare.holder(model.statuses, rows[at], state.estimates);
      if (actor >= 0) {
        const swatch = Dom.h("i", { class: "cm-table-swatch", "aria-hidden": "true" });
        swatch.style.backgroundColor = model.actors[actor].colour;
        cells[0].prepend(swatch);
      }
      return Dom.h("tr", { "data-place": index, class: index === state.selected ? "cm-chosen" : null },
        Dom.h("th", { scope: "row" }, button), ...cells);
    }

    function onMap(index) {
      const place = model.places[index];
      if (!Holdings.isMarked(place, { zoom: map.getZoom() }, state)) return false;
      const row = state.rows[index];
      if (row[2] >= 0 && state.hidden.has(row[2])) return false;
      if (!place.reported && Holdings.statusOf(model, state, row) === "unknown" && index !== state.selected) return false;
      return map.getBounds().contains([place.lat, place.lon]);
    }

    // At rest only: rows that change while somebody reads them are no help.
    function update() {
      if (element.hidden) return;
      const focused = body.contains(document.activeElement);
      const { shown, more } = Listing.choose(model, onMap);
      order = shown;
      if (!order.includes(current)) current = order.includes(state.selected) ? state.selected : order[0] ?? null;
      const day = Days.words(model.start + state.day);
      Dom.setText(caption, `${Words.count(shown.length + more, "place", "places")} on the map on ${day}`);
      other.hidden = state.other === null;
      Dom.setText(other, state.other === null ? "" : `Holder on ${Days.iso(model.start + state.other.day)}`);
      body.replaceChildren(...order.map(rowOf));
      Dom.setText(note, Listing.note(more));
      if (focused) focus(current);
    }

    const buttonOf = (index) => body.querySelector(`tr[data-place="${Number(index)}"] button`);
    function focus(index) {
      if (index === null) return;
      const before = buttonOf(current);
      if (before) before.tabIndex = -1;
      current = index;
      const button = buttonOf(index);
      button.tabIndex = 0;
      button.focus();
    }

    body.addEventListener("keydown", (event) => {
      const at = order.indexOf(current);
      const target = {
        ArrowDown: at + 1, ArrowUp: at - 1, PageDown: at + 10, PageUp: at - 10, Home: 0, End: order.length - 1,
      }[event.key];
      if (target === undefined || !order.length) return;
      event.preventDefault();
      focus(order[Math.max(0, Math.min(order.length - 1, target))]);
    });
    body.addEventListener("click", (event) => {
      const row = event.target.closest("tr");
      if (!row) return;
      current = Number(row.dataset.place);
      onSelect(current);
    });

    return {
      element,
      update,
      isOpen: () => !element.hidden,
      open(yes) {
        element.hidden = !yes;
        update();
      },
    };
  }

  return { create };
})();
