// The map's own colours, read from timeline.css so that light and dark are settled in one place.

const NAMES = ["sea", "land", "neighbour", "border", "neighbour-border", "river", "river-name", "ink", "halo",
  "soft-halo", "country-name", "neighbour-name", "name-faint",
  "casing", "paper", "unknown", "front", "front-casing", "front-estimated", "accent", "bar-ink",
  "bar-faint", "unchanged", "cells", "inferred", "reported", "least-of-black"];

/** @param {Element} root */
export function read(root) {
  const style = getComputedStyle(root);
  const camel = (/** @type {string} */ name) => name.replace(/-(.)/g, (_, letter) => letter.toUpperCase());
  return Object.fromEntries(NAMES.map((name) => [camel(name), style.getPropertyValue(`--cm-${name}`).trim()]));
}
