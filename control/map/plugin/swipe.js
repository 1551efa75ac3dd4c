// The divider between two dates: the earlier one on its left, the later one on its right.
const Swipe = (() => {
  const STEP = 2; // per cent of the map's width, for an arrow key
  const STRIDE = 10;

  // `onMove` is called after every move.
  function create(stage, onMove) {
    let share = 50;
    let texts = ["", ""];
    const before = Dom.h("span", { class: "cm-swipe-date cm-swipe-before", "aria-hidden": "true" });
    const after = Dom.h("span", { class: "cm-swipe-date cm-swipe-after", "aria-hidden": "true" });
    const handle = Dom.h("span", { class: "cm-swipe-handle", "aria-hidden": "true" },
      Dom.icon("M8 4v12L2 10zM12 4v12l6-6z"));
    const element = Dom.h("div", {
      class: "cm-swipe", role: "slider", tabindex: 0, hidden: true, "aria-label": "Divider between the two dates",
      "aria-orientation": "horizontal", "aria-valuemin": 0, "aria-valuemax": 100,
    }, before, after, handle);
    stage.append(element);

    function move(to) {
      share = Math.max(0, Math.min(100, to));
      element.style.left = `${share}%`;
      element.setAttribute("aria-valuenow", String(Math.round(share)));
      element.setAttribute("aria-valuetext", `${Math.round(share)} %: ${texts[0]} on the left, ${texts[1]} on the right`);
      onMove();
    }

    element.addEventListener("keydown", (event) => {
      const by = event.shiftKey ? STRIDE : STEP;
      const target = {
        ArrowLeft: share - by, ArrowDown: share - by, ArrowRight: share + by, ArrowUp: share + by,
        PageDown: share - STRIDE, PageUp: share + STRIDE, Home: 0, End: 100,
      }[event.key];
      if (target === undefined) return;
      event.preventDefault();
      move(target);
    });
    element.addEventListener("pointerdown", (event) => {
      if (event.button !== 0) return;
      event.preventDefault();
      element.focus({ preventScroll: true });
      element.setPointerCapture(event.pointerId);
    });
    element.addEventListener("pointermove", (event) => {
      if (!element.hasPointerCapture(event.pointerId)) return;
      const box = stage.getBoundingClientRect();
      move((100 * (event.clientX - box.left)) / box.width);
    });

    return {
      element,
      position: () => share / 100,
      show(first, second) {
        texts = [first, second];
        Dom.setText(before, first);
        Dom.setText(after, second);
        element.hidden = false;
        move(share);
      },
      hide() {
        element.hidden = true;
      },
    };
  }

  return { create };
})();
