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

  // Ground as the map shows it: reported on the left, estimated on the right.
  function groundSample(theme, colour, opacity) {
    const canvas = Dom.h("canvas", { class: "cm-sample", "aria-hidden": "true" });
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    canvas.width = 24 * ratio;
    canvas.height = 24 * ratio;
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    ctx.fillStyle = theme.land;
    ctx.fillRect(3, 5, 18, 14);
    ctx.globalAlpha = opacity;
    [0, 3].forEach((step, n) => {
      ctx.fillStyle = Holdings.shade(theme, colour, Holdings.GROUND_PALENESS[step]);
      ctx.fillRect(3 + 9 * n, 5, 9, 14);
    });
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1;
    ctx.strokeStyle = theme.casing;
    ctx.strokeRect(2.5, 4.5, 19, 15);
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
      const area = Dom.h("span", { class: "cm-area" });
      const button = Dom.h("button", {
        type: "button",
        class: "cm-actor",
        "aria-pressed": "true",
        onclick: () => {
          const hide = !state.hidden.has(index);
          if (hide) state.hidden.add(index);
          else state.hidden.delete(index);
          sync();
          onToggle();
        },
      }, swatch, Dom.h("span", { class: "cm-actor-name" }, name), count, area);
      list.append(Dom.h("li", {}, button));
      return { count, area, button, swatch };
    });

    // Estimates can be switched off: what is left is what somebody reported.
    const estimateSample = Dom.h("span", { class: "cm-estimate-sample" });
    const estimateCount = Dom.h("span", { class: "cm-count" });
    const estimateArea = Dom.h("span", { class: "cm-area" });
    const estimates = Dom.h("button", {
      type: "button",
      class: "cm-actor cm-estimates",
      "aria-pressed": "true",
      onclick: () => {
        state.estimates = !state.estimates;
        sync();
        onToggle();
      },
    }, estimateSample, Dom.h("span", { class: "cm-actor-name" }, "Estimated"), estimateCount, estimateArea);

    const signs = Dom.h("ul", { class: "cm-signs" });
    const counts = { contested: Dom.h("span", { class: "cm-count" }), unknown: Dom.h("span", { class: "cm-count" }) };
    const heading = Dom.h("button", { type: "button", class: "cm-legend-toggle", "aria-controls": "cm-legend-body" },
      Dom.h("span", {}, "Legend"), Dom.icon("M4 7l6 6 6-6z"));
    const body = Dom.h("div", { class: "cm-legend-body", id: "cm-legend-body" },
      Dom.h("p", { class: "cm-legend-note" }, "Reported places and their ground. Press to hide or show."), list,
      model.statuses.includes("estimated") ? estimates : "", signs,
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
      estimateSample.replaceChildren(groundSample(theme, first, Number(theme.cells)));
      signs.replaceChildren(...[
        known("contested") && row(sample(theme, (ctx, ratio) => (
          { status: "contested", fill: Stripes.pattern(ctx, first, second, 6, ratio, 1) })),
        "Contested (both colours)", counts.contested),
        known("besieged") && row(sample(theme, () => (
          { status: "besieged", fill: first, besieger: second, r: 4.5 })), "Besieged (ring: by whom)"),
        known("estimated") && row(sample(theme, () => (
          { status: "estimated", fill: Holdings.estimateInk(theme, first) })), "Hollow: estimated"),
        known("unknown") && row(sample(theme, () => ({ status: "unknown" })), "No information", counts.unknown),
        row(sample(theme, () => (
          { status: "controlled", fill: Holdings.shade(theme, first, 0.55) })), "Paler: less certain"),
        row(sample(theme, () => (
          { status: "controlled", fill: theme.paper, shape: "square" })), "Base, oil field, other site"),
      ].filter(Boolean));
    }

    // Show which switches are on.
    function sync() {
      entries.forEach((entry, index) => entry?.button.setAttribute("aria-pressed", String(!state.hidden.has(index))));
      estimates.setAttribute("aria-pressed", String(state.estimates));
    }

    const described = (part, index) => (
      `${Words.count(part.places[index], "place", "places")}, ~${Words.area(part.area[index])}`);
    // `changed`: places whose row may be another one; null for all.
    const tally = new Intervals.Tally(model.places, model.actors.length, model.statuses);
    const sum = (list) => list.reduce((a, b) => a + b, 0);
    function update(changed) {
      tally.update(state.rows, changed);
      const { assessed, estimated } = tally;
      entries.forEach((entry, index) => {
        if (!entry) return;
        const nothing = assessed.places[index] === 0;
        Dom.setText(entry.count, String(assessed.places[index]));
        Dom.setText(entry.area, assessed.area[index] > 0 ? `~${Words.area(assessed.area[index])}` : "");
        entry.button.classList.toggle("cm-none", nothing && !(state.estimates && estimated.places[index] > 0));
        const title = `${model.actors[index].name}: ${described(assessed, index)} reported; `
          + `${described(estimated, index)} estimated`;
        if (entry.button.title !== title) entry.button.title = title;
      });
      const [places, ground] = [sum(estimated.places), sum(estimated.area)];
      const title = `${Words.count(places, "place", "places")}, ~${Words.area(ground)}, of which no report tells: `
        + "estimated from the places around";
      if (estimates.title !== title) estimates.title = title;
      Dom.setText(estimateCount, state.estimates ? String(places) : "");
      Dom.setText(estimateArea, state.estimates && ground > 0 ? `~${Words.area(ground)}` : "");
      const { contested, unknown } = tally.open(state.estimates);
      Dom.setText(counts.contested, String(contested));
      Dom.setText(counts.unknown, String(unknown));
    }

    return { element, open, restyle, update, sync };
  }

  return { create };
})();
