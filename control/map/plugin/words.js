// An assessment in words. Everything here is plain text; it reaches the page as text content only.
const Words = (() => {
  function certainty(probability) {
    if (probability >= 0.95) return "almost certain";
    if (probability >= 0.8) return "very likely";
    if (probability >= 0.65) return "likely";
    if (probability >= 0.5) return "more likely than not";
    return "uncertain";
  }

  function percent(probability) {
    // 99.6 % is not certainty, and must not be rounded into it.
    if (probability > 0.99 && probability < 1) return "over 99 %";
    return `${Math.round(probability * 100)} %`;
  }

  // `actors` is the payload's list; -1 is nobody.
  function holding(status, actor, second, actors) {
    const first = actor >= 0 ? actors[actor].name : null;
    const other = second >= 0 ? actors[second].name : null;
    if (status === "unknown") return "No information";
    if (status === "contested") {
      if (first && other) return `Contested between ${first} and ${other}`;
      return first ? `Contested, ${first} present` : "Contested";
    }
    if (status === "besieged") {
      return `${first ? `Held by ${first}` : "Held"}, besieged${other ? ` by ${other}` : ""}`;
    }
    return first ? `Held by ${first}` : "Held";
  }

  // `known`: [name, kilometres] of the places that an estimate rests on, the weightiest first.
  function sources(known) {
    const from = known.map(([name, km]) => `${name}, ${Math.round(km)} km`);
    return from.length > 1 ? `${from.slice(0, -1).join(", ")}, and ${from.at(-1)}` : from.join("");
  }

  function estimate(actor, probability, known, actors) {
    const who = actors[actor].short_name || actors[actor].name;
    const rest = known.length ? `; from ${sources(known)}` : "";
    return `estimated: ${who}, ${percent(probability)}${rest}`;
  }

  // A status in a word or two, where the holder stands beside it.
  function status(name, second, actors) {
    const other = second >= 0 ? actors[second].short_name || actors[second].name : null;
    if (name === "unknown") return "no information";
    if (name === "contested") return other ? `contested with ${other}` : "contested";
    if (name === "besieged") return other ? `besieged by ${other}` : "besieged";
    return name === "controlled" ? "held" : name;
  }

  // Days as months, which is how fine anybody remembers half a year.
  const months = (days) => Math.round(days / 30.44);

  // `bounds`: the days without confirmation from which on a place is drawn fainter.
  function unconfirmed(bounds) {
    return `unconfirmed ${bounds.map(months).join(", ")} months`;
  }

  // The same of one place, at one step of staleness; nothing at step 0.
  function stale(step, bounds) {
    return step > 0 ? `nearest confirmation over ${count(months(bounds[step - 1]), "month", "months")} away` : "";
  }

  // Two figures of an area, for more would pretend to be measured.
  function rounded(km2) {
    const digits = Math.max(0, String(Math.round(km2)).length - 2);
    return String(Math.round(km2 / 10 ** digits) * 10 ** digits).replace(/\B(?=(\d{3})+$)/g, ",");
  }

  function area(km2) {
    return `${rounded(km2)} km²`;
  }

  function count(number, one, many) {
    return `${number} ${number === 1 ? one : many}`;
  }

  return { certainty, percent, holding, estimate, sources, status, unconfirmed, stale, rounded, area, count };
})();
if (typeof module !== "undefined") module.exports = Words;
