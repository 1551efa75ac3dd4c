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
  };

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

  // host: {go(day), settle()}: `go` shows a day, `settle` tells the world that it is the one chosen.
  function create(model, state, host) {
    const last = model.length - 1;
    const span = `${Days.words(model.start)} to ${Days.words(model.start + last)}`;
    const canvas = Dom.h("canvas", { class: "cm-histogram", "aria-hidden": "true" });
    const slider = Dom.h("input", { type: "range", class: "cm-slider", min: 0, max: last, step: 1, "aria-label": "Date" });
    const title = Dom.h("div", { class: "cm-title" }, model.payload.theatre.title);
    const date = Dom.h("output", { class: "cm-date", "aria-live": "off" });
    const message = Dom.h("div", { class: "cm-message", id: "cm-message", role: "alert" });
    const live = Dom.h("div", { class: "cm-hidden", "aria-live": "polite" });
    const field = Dom.h("input", {
      type: "date", class: "cm-field", "aria-label": "Go to date", "aria-describedby": "cm-message",
      min: Days.iso(model.start), max: Days.iso(model.start + last),
    });
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
    const previousDay = button("One day back", "previousDay", () => step(state.day - 1));
    const play = button("Play", "play", () => (timer === null ? start() : pause()));
    const nextDay = button("One day on", "nextDay", () => step(state.day + 1));
    const nextChange = button("Next change", "nextChange",
      () => step(Intervals.nextChange(model.changeDays, state.day)));
    play.classList.add("cm-play");

    // -- playing: days pass with the clock, not with the frames, so a slow machine skips days instead of time
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
    function start() {
      let shown = state.day >= last ? 0 : state.day;
      let before = null;
      showPlaying(true);
      const tick = (now) => {
        shown += before === null ? 0 : (Math.min(now - before, 250) / 1000) * Number(speed.value);
        before = now;
        host.go(Math.min(last, Math.floor(shown)));
        if (shown >= last) pause();
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
      const month = (count) => Days.addMonths(model.start + state.day, count) - model.start;
      const targets = { PageUp: () => month(1), PageDown: () => month(-1) };
      if (event.shiftKey) {
        targets.ArrowRight = targets.ArrowUp = () => state.day + 7;
        targets.ArrowLeft = targets.ArrowDown = () => state.day - 7;
      }
      const target = targets[event.key];
      if (!target) return;
      event.preventDefault();
      step(target());
    });

    // -- typed date: browsers report half-typed years too, so a complaint waits for Enter or for leaving the field
    function typed(complain) {
      if (field.value === "") {
        if (complain && field.validity?.badInput) Dom.setText(message, `Not a date. The map covers ${span}.`);
        return;
      }
      const day = Days.parse(field.value);
      const inside = day !== null && day >= model.start && day <= model.start + last;
      if (inside) {
        Dom.setText(message, "");
        if (day - model.start !== state.day) step(day - model.start);
      } else if (complain) Dom.setText(message, `The map covers ${span}.`);
    }
    field.addEventListener("change", () => typed(false));
    field.addEventListener("keydown", (event) => { if (event.key === "Enter") typed(true); });
    field.addEventListener("blur", () => {
      typed(true);
      // Leave no date standing in the field that the map does not show.
      if (message.textContent === "") field.value = Days.iso(model.start + state.day);
    });

    const element = Dom.h("section", { class: "cm-bar", "aria-label": "Time" },
      Dom.h("div", { class: "cm-heading" }, title, date),
      Dom.h("div", { class: "cm-buttons", role: "group", "aria-label": "Step and play" },
        previousChange, previousDay, play, nextDay, nextChange),
      Dom.h("div", { class: "cm-extras" }, speed, field),
      Dom.h("div", { class: "cm-track" }, canvas, slider), message, live);

    function update() {
      const number = model.start + state.day;
      const text = Days.words(number);
      Dom.setText(date, text);
      if (Number(slider.value) !== state.day) slider.value = state.day;
      slider.setAttribute("aria-valuetext", text);
      slider.style.setProperty("--done", String(last ? state.day / last : 0));
      if (document.activeElement !== field) {
        field.value = Days.iso(number);
        Dom.setText(message, "");
      }
      previousChange.disabled = Intervals.previousChange(model.changeDays, state.day) === null;
      nextChange.disabled = Intervals.nextChange(model.changeDays, state.day) === null;
      previousDay.disabled = state.day === 0;
      nextDay.disabled = state.day === last;
    }

    function announce(text) {
      Dom.setText(live, text);
    }

    return { element, update, announce, stop, repaint: (theme) => paintTrack(canvas, model, theme) };
  }

  return { create };
})();
