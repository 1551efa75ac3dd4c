// What a place is on the day shown: a small card at its mark, for the pointer and for the selected place.
const Tips = (() => {
  class Tip {
    constructor(container, className) {
      this.title = Dom.h("strong");
      this.status = Dom.h("div");
      this.since = Dom.h("div", { class: "cm-tip-faint" });
      this.element = Dom.h("div", { class: `cm-tip ${className}`, hidden: true }, this.title, this.status, this.since);
      container.append(this.element);
      this.container = container;
    }

    hide() {
      this.element.hidden = true;
    }

    show(model, index, state, point, gap) {
      const place = model.places[index];
      const rows = model.payload.intervals[index];
      const at = Intervals.indexAt(rows, state.day);
      const [, status, actor, probability, second] = rows[at];
      const since = Intervals.heldSince(rows, at);
      const name = model.statuses[status];
      Dom.setText(this.title, place.name);
      const holding = Words.holding(name, actor, second, model.actors);
      // Who prevails in a contested place is what nobody can say: no odds for it.
      Dom.setText(this.status, name === "unknown" || name === "contested" ? holding
        : `${holding}: ${Words.certainty(probability)} (${Words.percent(probability)})`);
      Dom.setText(this.since, since === 0 ? "" : `since ${Days.words(model.start + since)}`);
      this.element.hidden = false;
      this.put(point, gap);
    }

    // Above the mark, or below where there is no room; never beyond the map's edge.
    put(point, gap) {
      const { offsetWidth: width, offsetHeight: height } = this.element;
      const room = { width: this.container.clientWidth, height: this.container.clientHeight };
      const outside = point.x < 0 || point.y < 0 || point.x > room.width || point.y > room.height;
      this.element.style.visibility = outside ? "hidden" : "visible";
      const left = Math.max(6, Math.min(room.width - width - 6, point.x - width / 2));
      const above = point.y - gap - height;
      const top = above >= 6 ? above : point.y + gap;
      this.element.style.transform = `translate(${Math.round(left)}px, ${Math.round(top)}px)`;
    }
  }

  return { Tip };
})();
