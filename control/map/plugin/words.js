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

  function count(number, one, many) {
    return `${number} ${number === 1 ? one : many}`;
  }

  return { certainty, percent, holding, count };
})();
if (typeof module !== "undefined") module.exports = Words;
