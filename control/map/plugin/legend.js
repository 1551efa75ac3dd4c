// The legend: who, how many places on the day shown, and a switch for each; then what the signs mean.
const Legend = (() => {
  function sample(theme, look) {
    const canvas = Dom.h("canvas", { class: "cm-sample", "aria-hidden": "true" });
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    canvas.width = 24 * ratio;
    canvas.height = 24 * ratio;
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    Holdings.paintMark(ctx, { x: 12, y: 12, shape: "circle", r: 6, ...look(ctx, ratio) }, theme);
    return canvas;
  }

  function create(model, state, onToggle, onResize) {
    const used = new Set(model.payload.intervals.flatMap((rows) => rows.flatMap((row) => [row[2], row[4]])));
    const list = Dom.h("ul", { class: "cm-actors" });
    const entries = model.actors.map((actor, index) => {
      if (!used.has(index)) return null;
      const swatch = Dom.h("span", { class: "cm-swatch", "aria-hidden": "true" });
      const name = actor.short_name || actor.name;
      const count = Dom.h("span", { class: "cm-count" });
      const button = Dom.h("button", {
        type: "button",
        class: "cm-actor",
        "aria-pressed": "true",
        title: actor.name,
        onclick: () => {
          const hide = !state.hidden.has(index);
          if (hide) state.hidden.add(index);
          else state.hidden.delete(index);
          button.setAttribute("aria-pressed", String(!hide));
          onToggle();
        },
      }, swatch, Dom.h("span", { class: "cm-actor-name" }, name), count);
      list.append(Dom.h("li", {}, button));
      return { count, button, swatch };
    });

    const signs = Dom.h("ul", { class: "cm-signs" });
    const counts = { contested: Dom.h("span", { class: "cm-count" }), unknown: Dom.h("span", { class: "cm-count" }) };
    const heading = Dom.h("button", { type: "button", class: "cm-legend-toggle", "aria-controls": "cm-legend-body" },
      Dom.h("span", {}, "Legend"), Dom.icon("M4 7l6 6 6-6z"));
    const body = Dom.h("div", { class: "cm-legend-body", id: "cm-legend-body" },
      Dom.h("p", { class: "cm-legend-note" }, "Places held on this date. Press to hide or show."), list, signs,
      model.payload.cells_note ? Dom.h("p", { class: "cm-legend-note" }, model.payload.cells_note) : "");
    const element = Dom.h("section", { class: "cm-legend", "aria-label": "Legend" }, heading, body);

    function open(yes) {
      heading.setAttribute("aria-expanded", String(yes));
      body.hidden = !yes;
    }
    heading.addEventListener("click", () => {
      open(heading.getAttribute("aria-expanded") !== "true");
      onResize();
    });

    function restyle(theme) {
      // Samples in colours of this map; the very dark and the very light show least of what they are samples of.
      const middling = (colour) => Math.abs(Colours.luminance(colour) - 0.2);
      entries.forEach((entry, index) => {
        if (entry) entry.swatch.style.backgroundColor = Holdings.shade(theme, model.actors[index].colour);
      });
      const colours = model.actors.filter((_, index) => entries[index]).map((actor) => actor.colour);
      const [first = "#3a7a4a", second = "#b05030"] = colours.sort((a, b) => middling(a) - middling(b));
      const row = (canvas, text, count = "") => Dom.h("li", {}, canvas, Dom.h("span", {}, text), count);
      const known = (status) => model.statuses.includes(status);
      signs.replaceChildren(...[
        known("contested") && row(sample(theme, (ctx, ratio) => (
          { status: "contested", fill: Stripes.pattern(ctx, first, second, 6, ratio, 1) })),
        "Contested (both colours)", counts.contested),
        known("besieged") && row(sample(theme, () => (
          { status: "besieged", fill: first, besieger: second, r: 4.5 })), "Besieged (ring: by whom)"),
        known("unknown") && row(sample(theme, () => ({ status: "unknown" })), "No information", counts.unknown),
        row(sample(theme, () => (
          { status: "controlled", fill: Holdings.shade(theme, first, 0.55) })), "Paler: less certain"),
        row(sample(theme, () => (
          { status: "controlled", fill: theme.paper, shape: "square" })), "Base, oil field, other site"),
      ].filter(Boolean));
    }

    function update() {
      const tally = Intervals.tally(state.rows, model.actors.length, model.statuses);
      entries.forEach((entry, index) => {
        if (!entry) return;
        Dom.setText(entry.count, String(tally.actors[index]));
        entry.button.classList.toggle("cm-none", tally.actors[index] === 0);
      });
      Dom.setText(counts.contested, String(tally.byStatus.contested ?? 0));
      Dom.setText(counts.unknown, String(tally.byStatus.unknown ?? 0));
    }

    return { element, open, restyle, update };
  }

  return { create };
})();
