// The legend: who, how many places on the day shown, and a switch for each; then what the signs mean.
const Legend = (() => {
  const WIDE = 24; // px of a sample

  function blank() {
    const canvas = Dom.h("canvas", { class: "cm-sample", "aria-hidden": "true" });
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    canvas.width = WIDE * ratio;
    canvas.height = WIDE * ratio;
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    return { canvas, ctx, ratio };
  }

  function sample(theme, look) {
    const { canvas, ctx, ratio } = blank();
    Holdings.paintMark(ctx, { x: 12, y: 12, shape: "circle", r: 6, ...look(ctx, ratio) }, theme);
    return canvas;
  }

  // A piece of ground: paint(ctx, ratio) fills it.
  function groundSample(theme, paint) {
    const { canvas, ctx, ratio } = blank();
    ctx.fillStyle = theme.land;
    ctx.fillRect(3, 5, 18, 14);
    paint(ctx, ratio);
    ctx.globalAlpha = 1;
    ctx.lineWidth = 1;
    ctx.strokeStyle = theme.casing;
    ctx.strokeRect(2.5, 4.5, 19, 15);
    return canvas;
  }

  // Ground as the map shows it: reported on the left, estimated on the right.
  const paleSample = (theme, colour) => groundSample(theme, (ctx) => {
    ctx.globalAlpha = Number(theme.cells);
    [0, 3].forEach((step, n) => {
      ctx.fillStyle = Holdings.shade(theme, colour, Holdings.GROUND_PALENESS[step]);
      ctx.fillRect(3 + 9 * n, 5, 9, 14);
    });
  });

  // Ground that passed from one actor to another.
  const hatchSample = (theme, from, to) => groundSample(theme, (ctx, ratio) => {
    ctx.globalAlpha = Number(theme.cells);
    ctx.fillStyle = to === null ? theme.unchanged : Holdings.shade(theme, to);
    ctx.fillRect(3, 5, 18, 14);
    if (from === null) return;
    ctx.globalAlpha = 0.9;
    ctx.fillStyle = Stripes.hatch(ctx, Holdings.shade(theme, from), Changes.HATCH, ratio, 1);
    ctx.fillRect(3, 5, 18, 14);
  });

  function halvesSample(theme, from, to) {
    const { canvas, ctx } = blank();
    Changes.paintHalves(ctx, 12, 12, 6, Holdings.shade(theme, from), Holdings.shade(theme, to), theme);
    return canvas;
  }

  // A mark that was confirmed of late, and what it comes to without.
  function staleSample(theme, colour, steps) {
    const { canvas, ctx } = blank();
    for (let n = 0; n <= steps; n += 1) {
      const row = [0, 0, 0, 1, -1, n];
      Holdings.paintMark(ctx, { x: 4.5 + (16 * n) / steps, y: 12, shape: "circle", r: Holdings.faded(3.8, row), status: "controlled",
        fill: Holdings.shade(theme, colour, Holdings.fainter(0, row)) }, theme);
    }
    return canvas;
  }

  // Front lines: between reports above, with an estimate on either side below.
  function frontSample(theme) {
    const { canvas, ctx } = blank();
    for (const [y, colour, width, dash] of [[8, theme.front, 1.8, []], [16, theme.frontEstimated, 1.4, [4, 3]]]) {
      ctx.beginPath();
      ctx.moveTo(2, y);
      ctx.lineTo(22, y);
      ctx.lineWidth = width;
      ctx.setLineDash(dash);
      ctx.strokeStyle = colour;
      ctx.stroke();
    }
    return canvas;
  }

  function create(model, state, onToggle, onResize) {
    const { told } = model.payload; // instead of holdings, see ControlTimeline
    const used = new Set();
    for (const rows of model.payload.intervals) for (const row of rows) used.add(row[2]).add(row[4]);
    const list = Dom.h("ul", { class: "cm-actors" });
    const entries = model.actors.map((actor, index) => {
      if (!used.has(index)) return null;
      const swatch = Dom.h("span", { class: "cm-swatch", "aria-hidden": "true" });
      const name = actor.short_name || actor.name;
      const count = Dom.h("span", { class: "cm-count" });
      const area = Dom.h("span", { class: "cm-area" });
      const guess = Dom.h("span", { class: "cm-guess" });
      const gained = Dom.h("span", { class: "cm-gained" });
      const lost = Dom.h("span", { class: "cm-lost" });
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
      }, swatch, Dom.h("span", { class: "cm-actor-name" }, name), count, area, guess, gained, lost);
      list.append(Dom.h("li", {}, button));
      return { count, area, guess, gained, lost, button, swatch };
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

    const stale = model.payload.stale_after ?? [];
    const signs = Dom.h("ul", { class: "cm-signs" });
    const changeSigns = Dom.h("ul", { class: "cm-signs", hidden: true });
    const counts = { contested: Dom.h("span", { class: "cm-count" }), unknown: Dom.h("span", { class: "cm-count" }) };
    const heading = Dom.h("button", { type: "button", class: "cm-legend-toggle", "aria-controls": "cm-legend-body" },
      Dom.h("span", {}, "Legend"), Dom.icon("M4 7l6 6 6-6z"));
    const note = Dom.h("p", { class: "cm-legend-note" });
    const columns = Dom.h("div", { class: "cm-columns", "aria-hidden": "true", hidden: true },
      Dom.h("span", {}, "Gained"), Dom.h("span", {}, "Lost"));
    const openNote = Dom.h("p", { class: "cm-legend-note", hidden: true });
    const body = Dom.h("div", { class: "cm-legend-body", id: "cm-legend-body" }, note, columns, list, openNote,
      model.statuses.includes("estimated") && !told ? estimates : "", signs, changeSigns,
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
      if (told) {
        signs.replaceChildren(...told.signs.map(({ status, actor, text }) => {
          const colour = actor < 0 ? theme.unknown : Holdings.shade(theme, model.actors[actor].colour);
          const r = status === "besieged" ? 4.5 : 6;
          return row(sample(theme, () => ({ status, fill: colour, besieger: colour, r })), text);
        }));
        return;
      }
      estimateSample.replaceChildren(paleSample(theme, first));
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
        stale.length > 0 && row(staleSample(theme, first, stale.length), `Small: ${Words.unconfirmed(stale)}`),
        row(frontSample(theme), known("estimated") ? "Front; dashed: estimated" : "Front"),
        row(sample(theme, () => (
          { status: "controlled", fill: theme.paper, shape: "square" })), "Base, oil field, other site"),
      ].filter(Boolean));
      changeSigns.replaceChildren(
        row(hatchSample(theme, second, first), "Tint: who has it; hatch: who had it"),
        row(hatchSample(theme, second, null), "Lost, to nobody known"),
        row(halvesSample(theme, second, first), "Left before, right after"),
        row(hatchSample(theme, null, null), "Grey: no other holder"));
    }

    // Show which switches are on.
    function sync() {
      entries.forEach((entry, index) => entry?.button.setAttribute("aria-pressed", String(!state.hidden.has(index))));
      estimates.setAttribute("aria-pressed", String(state.estimates));
    }

    const ground = (km2) => (km2 > 0 ? `~${Words.area(km2)}` : "");
    const described = (part, index) => (
      `${Words.count(part.places[index], "place", "places")}, ~${Words.area(part.area[index])}`);
    const say = (element, title) => {
      if (element.title !== title) element.title = title;
    };
    // `changed`: places whose row may be another one; null for all.
    const tally = new Intervals.Tally(model.places, model.actors.length, model.statuses);
    const sum = (list) => list.reduce((a, b) => a + b, 0);
    function update(changed) {
      tally.update(state.rows, changed);
      const { assessed, estimated } = tally;
      entries.forEach((entry, index) => {
        if (!entry || state.other !== null) return;
        const guessed = state.estimates && estimated.places[index] > 0;
        Dom.setText(entry.count, String(assessed.places[index] + (told ? estimated.places[index] : 0)));
        Dom.setText(entry.area, ground(assessed.area[index]));
        Dom.setText(entry.guess, guessed && estimated.area[index] > 0 ? `+ ${ground(estimated.area[index])} estimated` : "");
        entry.button.classList.toggle("cm-none", assessed.places[index] === 0 && !guessed);
        say(entry.button, told ? `${model.actors[index].name}: ${Words.count(Number(entry.count.textContent), "place", "places")}`
          : `${model.actors[index].name}: ${described(assessed, index)} reported; `
            + `${described(estimated, index)} estimated`);
      });
      const [places, area] = [sum(estimated.places), sum(estimated.area)];
      say(estimates, `${Words.count(places, "place", "places")}, ~${Words.area(area)}, of which no report tells: `
        + "estimated from the places around");
      Dom.setText(estimateCount, state.estimates ? String(places) : "");
      Dom.setText(estimateArea, state.estimates ? ground(area) : "");
      const { contested, unknown } = tally.open(state.estimates);
      Dom.setText(counts.contested, String(contested));
      Dom.setText(counts.unknown, String(unknown));
    }

    // -- two dates compared: gains and losses take the place of what each actor has
    function fill(element, sign, { assessed, estimated }, index) {
      const line = (part) => {
        if (!part.places[index]) return "";
        return `${sign}${part.places[index]}${part.area[index] > 0 ? ` · ~${Words.rounded(part.area[index])}` : ""}`;
      };
      const texts = [line(assessed), estimated.places[index] ? `est. ${line(estimated)}` : ""];
      const key = texts.join("\n");
      if (element.dataset.lines === key) return;
      element.dataset.lines = key;
      element.replaceChildren(...texts.map((text, n) => (
        text && Dom.h("span", { class: n ? "cm-line cm-faint" : "cm-line" }, text))));
    }
    function compare(balance, dates, mode) {
      element.classList.toggle("cm-comparison", balance !== null);
      columns.hidden = openNote.hidden = balance === null;
      changeSigns.hidden = balance === null || mode !== "changes";
      signs.hidden = !changeSigns.hidden;
      Dom.setText(note, balance === null ? told?.note ?? "Reported places and their ground. Press to hide or show."
        : `${dates[0]} to ${dates[1]}: places · km². Press to hide or show.`);
      if (balance === null) return;
      const { gained, lost, open } = balance;
      const parts = (side, index) => `${described(side.assessed, index)} reported, ${described(side.estimated, index)} estimated`;
      entries.forEach((entry, index) => {
        if (!entry) return;
        fill(entry.gained, "+", gained, index);
        fill(entry.lost, "\u2212", lost, index);
        entry.button.classList.toggle("cm-none", !entry.gained.firstChild && !entry.lost.firstChild);
        say(entry.button, `${model.actors[index].name}: gained ${parts(gained, index)}; lost ${parts(lost, index)}`);
      });
      Dom.setText(openNote, open ? `In ${Words.count(open, "place", "places")} nobody is known for one of the dates.` : "");
    }
    compare(null);

    return { element, open, restyle, update, compare, sync };
  }

  return { create };
})();
