// Draws the charts. Without this file the tables beside them say the same.
"use strict";

// The policy of the site allows no code made of text, and no styles but ours.
const OPTIONS = {
  actions: false,
  ast: true,
  defaultStyle: false,
  renderer: "svg",
  tooltip: { disableDefaultStyle: true },
};
for (const place of document.querySelectorAll("[data-chart]")) {
  const spec = JSON.parse(document.getElementById(place.dataset.chart).textContent);
  vegaEmbed(place, spec, OPTIONS);
}
