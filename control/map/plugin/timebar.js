// The time control: date in large type, slider with a histogram of changes, stepping, playing, typing a date.
const Timebar = (() => {
  const SPEEDS = [[7, "1 week/s"], [30, "1 month/s"], [91, "3 months/s"], [365, "1 year/s"]];
  const THUMB = 18; // px, as in timeline.css: the slider's range is shorter than its box by this much
  const BASELINE = 34; // px from the top of the track
  const ICONS = {
    previousChange: "M4 4h2v12H4zM16 4v12L7 10z",
    previousDay: "M13 4v12L5 10z",
    play: "M6 3.5v13L17 10z",
    pause: "M5 4h4v12H5zM11 4h4v12h-4z",
    nextDay: "M7 4l8 6-8 6z",
    nextChange: "M14 4h2v12h-2zM4 4l9 6-9 6z",
    compare: "M2 4h6v2H4v8h4v2H2zM9 1h2v18H9zM12 4h6v12h-6z",
    table: "M2 3h16v14H2zm2 5v3h4V8zm6 0v3h6V8zm-6 5v2h4v-2zm6 0v2h6v-2z",
    close: "M5 6.4L6.4 5 10 8.6 13.6 5 15 6.4 11.4 10l3.6 3.6-1.4 1.4L10 11.4 6.4 15 5 13.6 8.6 10z",
  };
  const MODES = [["changes", "Gains and losses"], ["swipe", "Swipe"]];
  const STEPS = [["day", "Day"], ["week", "Week"], ["month", "Month"]];

  function button(label, icon, onclick) {
    return Dom.h("button", { type: "button", class: "cm-button", "aria-label": label, title: label, onclick },
      Dom.icon(ICONS[icon]));
  }

  function paintTrack(canvas, model, theme) {
    const [width, height] = [canvas.clientWidth, canvas.clientHeight];
    if (!width || !height) return;
    const ratio = Math.min(window.devicePixelRatio || 1, 3);
    canvas.width = Math.round(width * ratio);
    canvas.height = Math.round(height * ratio);
    const ctx = canvas.getContext("2d");
    ctx.setTransform(ratio, 0, 0, ratio, 0, 0);
    const inner = width - THUMB;
    const bins = Math.max(1, Math.floor(inner / 4));
    const days = model.changes.map((change) => change[0]);
    ctx.fillStyle = theme.barFaint;
    Histogram.heights(Histogram.bins(days, model.length, bins)).forEach((share, n) => {
      if (share > 0) {
        const tall = Math.max(2, share * (BASELINE - 4));
        ctx.fillRect(THUMB / 2 + (n * inner) / bins, BASELINE - tall, inner / bins - 1, tall);
      }
    });
    const years = Days.yearStarts(model.start, model.start + model.length);
    const room = years.length ? inner / years.length : inner;
    ctx.font = "11px system-ui, -apple-system, 'Segoe UI', Roboto, Arial, sans-serif";
    ctx.textBaseline = "alphabetic";
    ctx.fillStyle = theme.barInk;
    const every = Math.max(1, Math.ceil(24 / room));
    years.forEach(([year, start], n) => {
      const x = THUMB / 2 + (inner * (start - model.start)) / Math.max(1, model.length - 1);
      ctx.fillRect(Math.round(x), BASELINE + 5, 1, 4);
      if (n % every) return;
      const text = room * every < 34 ? `’${String(year).slice(-2)}` : String(year);
      ctx.fillText(text, Math.min(x + 3, width - 26), height - 2);
    });
  }

  // host: {go(day), settle()}: `go` shows a day, `settle` tells the world that it is the one chosen;
  // {compare(day or null), compareBy(mode)}; `table` has the places of the map, see table.js.
  function create(model, state, host, table) {
    const last = model.length - 1;
    const span = { start: model.start, last };
    const canvas = Dom.h("canvas", { class: "cm-histogram", "aria-hidden": "true" });
    const slider = Dom.h("input", { type: "range", class: "cm-slider", min: 0, max: last, step: 1, "aria-label": "Date",
      title: "Arrow keys: a day, with Shift a week. Page Up and Page Down: a month. Home and End: the ends." });
    const title = Dom.h("div", { class: "cm-title" }, model.payload.theatre.title);
    const date = Dom.h("output", { class: "cm-date", "aria-live": "off" });
    const message = Dom.h("div", { class: "cm-message", id: "cm-message", role: "alert" });
    const live = Dom.h("div", { class: "cm-hidden", "aria-live": "polite" });
    const field = Field.create("Go to date", "cm-field", span, message, () => state.day, step);
    const speed = Dom.h("select", { class: "cm-speed", "aria-label": "Speed" },
      ...SPEEDS.map(([days, text]) => Dom.h("option", { value: days, selected: days === 30 }, text)));

    function step(day) {
      if (day === null) return;
      stop();
      host.go(Math.max(0, Math.min(last, day)));
      host.settle();
    }

    const previousChange = button("Previous change", "previousChange",
      () => step(Intervals.previousChange(model.changeDays, state.day)));
    const size = Choice.create("Step", "cm-steps", STEPS.map(([key, text]) => [key, text, `Step and play by the ${key}`]),
      "day", nameSteps);
    const stepped = (itsSize, count) => Pace.step(model.start, state.day, itsSize, count);
    const back = button("One day back", "previousDay", () => step(stepped(size.value(), -1)));
    const play = button("Play", "play", () => (timer === null ? start() : pause()));
    const on = button("One day on", "nextDay", () => step(stepped(size.value(), 1)));
    function nameSteps(itsSize) {
      for (const [element, way] of [[back, "back"], [on, "on"]]) {
        element.title = `One ${itsSize} ${way}`;
        element.setAttribute("aria-label", element.title);
      }
      if (timer !== null) start();
    }
    const nextChange = button("Next change", "nextChange",
      () => step(Intervals.nextChange(model.changeDays, state.day)));
    play.classList.add("cm-play");

    // -- playing: days pass with the clock, not with the frames, so a slow machine skips days instead of time. They pass in
    // whole steps.
    let timer = null;
    function showPlaying(playing) {
      const label = playing ? "Pause" : "Play";
      play.setAttribute("aria-label", label);
      play.title = label;
      play.replaceChildren(Dom.icon(ICONS[playing ? "pause" : "play"]));
    }
    function stop() {
      if (timer === null) return;
      cancelAnimationFrame(timer);
      timer = null;
      showPlaying(false);
    }
    function pause() {
      stop();
      host.settle();
    }
    function rest() {
      if (timer !== null) pause();
    }
    function start() {
      stop();
      const first = state.day >= last ? 0 : state.day;
      let passed = 0;
      let before = null;
      showPlaying(true);
      const tick = (now) => {
        passed += before === null ? 0 : (Math.min(now - before, 250) / 1000) * Number(speed.value);
        before = now;
        const over = first + passed >= last;
        host.go(over ? last : Math.min(last, Pace.reached(model.start, first, size.value(), passed)));
        if (over) pause();
        else timer = requestAnimationFrame(tick);
      };
      timer = requestAnimationFrame(tick);
    }

    // -- slider: arrows, Home and End are the browser's; weeks and months are ours
    slider.addEventListener("input", () => {
      stop();
      host.go(Number(slider.value));
    });
    slider.addEventListener("change", () => host.settle());
    slider.addEventListener("keydown", (event) => {
      const targets = { PageUp: ["month", 1], PageDown: ["month", -1] };
      if (event.shiftKey) {
        targets.ArrowRight = targets.ArrowUp = ["week", 1];
        targets.ArrowLeft = targets.ArrowDown = ["week", -1];
      }
      const target = targets[event.key];
      if (!target) return;
      event.preventDefault();
      step(stepped(...target));
    });

    // -- comparing with a second date
    const otherDay = () => state.other?.day ?? null;
    const otherField = Field.create("Second date", "cm-field cm-other-field", span, message, otherDay, host.compare);
    const flag = Dom.h("div", { class: "cm-flag", "aria-hidden": "true", hidden: true });
    const compare = Dom.h("button", {
      type: "button", class: "cm-button cm-worded", "aria-label": "Compare", title: "Compare two dates", "aria-pressed": "false",
      hidden: Boolean(model.payload.told), // gains and losses are of holders
      onclick: () => {
        if (state.other === null) host.compare(Compare.usualDay(model.start, model.length, state.day));
        else host.compare(null);
      },
    }, Dom.icon(ICONS.compare), Dom.h("span", { class: "cm-word" }, "Compare"));
    const modes = MODES.map(([mode, text]) => Dom.h("button", {
      type: "button", class: "cm-mode", onclick: () => host.compareBy(mode),
    }, text));
    const row = Dom.h("div", { class: "cm-comparing", role: "group", "aria-label": "Comparison", hidden: true },
      Dom.h("span", { class: "cm-with" }, "Compared with"), otherField.element,
      Dom.h("div", { class: "cm-modes", role: "group", "aria-label": "Show as" }, ...modes),
      button("End comparison", "close", () => {
        host.compare(null);
        compare.focus();
      }));

    // -- the places of the map as a table
    const tableButton = Dom.h("button", {
      type: "button", class: "cm-button cm-worded", "aria-expanded": "false", "aria-controls": "cm-table",
      title: "Places on the map as a table", "aria-label": "Table", onclick: () => openTable(!table.isOpen()),
    }, Dom.icon(ICONS.table), Dom.h("span", { class: "cm-word" }, "Table"));
    function openTable(yes) {
      table.open(yes);
      tableButton.setAttribute("aria-expanded", String(yes));
    }
    function closeTable() {
      if (!table.isOpen()) return false;
      const inside = table.element.contains(document.activeElement);
      openTable(false);
      if (inside) tableButton.focus();
      return true;
    }

    const element = Dom.h("section", { class: "cm-bar", "aria-label": "Time" },
      Dom.h("div", { class: "cm-heading" }, title, date),
      Dom.h("div", { class: "cm-buttons", role: "group", "aria-label": "Step and play" },
        previousChange, back, play, on, nextChange),
      size.element,
      Dom.h("div", { class: "cm-extras" }, speed, field.element,
        Dom.h("div", { class: "cm-tools" }, compare, tableButton, table.element)), row,
      Dom.h("div", { class: "cm-track" }, canvas, flag, slider), message, live);

    function update() {
      const number = model.start + state.day;
      const text = Days.words(number);
      Dom.setText(date, text);
      if (Number(slider.value) !== state.day) slider.value = state.day;
      slider.setAttribute("aria-valuetext", text);
      slider.style.setProperty("--done", String(last ? state.day / last : 0));
      field.update();
      updateOther();
      previousChange.disabled = Intervals.previousChange(model.changeDays, state.day) === null;
      nextChange.disabled = Intervals.nextChange(model.changeDays, state.day) === null;
      back.disabled = state.day === 0;
      on.disabled = state.day === last;
    }

    function updateOther() {
      const comparing = state.other !== null;
      compare.setAttribute("aria-pressed", String(comparing));
      row.hidden = flag.hidden = !comparing;
      if (!comparing) return;
      otherField.update();
      flag.style.setProperty("--other", String(last ? state.other.day / last : 0));
      modes.forEach((element, n) => element.setAttribute("aria-pressed", String(state.mode === MODES[n][0])));
    }

    function announce(text) {
      Dom.setText(live, text);
    }

    return { element, update, announce, stop, rest, closeTable, repaint: (theme) => paintTrack(canvas, model, theme) };
  }

  return { create };
})();
