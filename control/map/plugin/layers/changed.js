// What changed hands of late: a ring around places that did in the last fortnight, and a pulse on the day itself.
import * as Canvas from "../canvas.js";
import * as Hands from "../hands.js";
import * as Layers from "../layers.js";
import * as Marks from "../marks.js";
import * as Pulses from "../pulses.js";
import * as Samples from "../samples.js";

const WITHIN = 40; // px around a place: its ring and its date
const FEW = 12; // rings: beyond, painting all of them once is cheaper than painting many parts

/** @type {LayerModule["create"]} */
export function create(scene, shown) {
  const { model } = scene;
  const hands = model.payload.told ? null : new Hands.Hands(model.payload.intervals, model.statuses);
  const pulses = new Pulses.Pulses(scene);
  let painted = /** @type {Map<number, number>} */ (new Map()); // place -> day of its change
  let day = shown().day;
  const now = () => (hands === null || scene.comparison.isChanges() ? new Map() : hands.lately(shown().day));
  return {
    name: "changed",
    z: 343,
    dated: true,
    paint(ctx, view) {
      painted = now();
      Canvas.usePixels(ctx, view);
      const [left, top, right, bottom] = view.window;
      for (const [index, when] of painted) {
        const [x, y] = Marks.spot(model.places[index], view);
        const isSeen = x > left - WITHIN && x < right + WITHIN && y > top - WITHIN && y < bottom + WITHIN;
        if (isSeen) Hands.paint(ctx, view, model, scene.theme, shown(), index, when);
      }
    },
    update(canvas, changed, extent) {
      const next = now();
      const view = canvas.view();
      const { day: today } = shown();
      if (today > day && hands !== null) pulses.show([...next].filter(([, when]) => when > day), view);
      day = today;
      // Where there is no mark there is no ring.
      const others = [...next.keys(), ...painted.keys()].filter((index) => next.get(index) !== painted.get(index)
        && view && Marks.isMarked(model.places[index], view, shown()));
      if (extent >= Layers.MARKS || others.length > FEW) canvas.repaint();
      else if (view && others.length) {
        canvas.repaintParts(others.map((index) => {
          const [x, y] = Marks.spot(model.places[index], view);
          return [x - WITHIN, y - WITHIN, x + WITHIN, y + WITHIN];
        }));
      }
    },
    legend: (theme, [first]) => (hands === null ? [] : [
      { text: `Changed in ${Hands.FORTNIGHT} days`, chief: true, sample: Samples.changed(theme, first) }]),
  };
}
