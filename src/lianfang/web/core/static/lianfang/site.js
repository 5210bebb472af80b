// Keys and progress. Everything works without this file, too.
"use strict";

const find = (what) => document.querySelector(what);
const rows = () => [...document.querySelectorAll("[data-row]")];

function move(step) {
  const all = rows();
  if (!all.length) return;
  const at = all.indexOf(document.activeElement);
  const next = at < 0 ? 0 : Math.min(Math.max(at + step, 0), all.length - 1);
  all[next].focus();
}

const boxes = () => [...document.querySelectorAll("[name=ticked]")];
const boxOfRow = () => document.activeElement?.closest("li")?.querySelector("[name=ticked]");

function tick(box, on = !box?.checked) {
  if (box) box.checked = on;
  const count = boxes().filter((one) => one.checked).length;
  const told = find("[data-ticked]");
  if (told) told.textContent = count || "";
  if (told) told.hidden = !count;
}
function tickAll(on = !boxes().every((one) => one.checked)) {
  for (const box of boxes()) tick(box, on);
}

// In the list a key acts upon what is ticked, or else upon the row where one is.
function decide(after) {
  const form = find("[data-decide]");
  if (!form) return;
  if (boxes().length && !boxes().some((one) => one.checked)) tick(boxOfRow());
  const reason = form.elements.reason;
  if (after === "rejected" && !reason.value.trim()) {
    form.dataset.wish = after;
    reason.focus();
    return;
  }
  form.querySelector(`[name=after][value="${after}"]`)?.click();
}
function choose(field) {
  if (boxes().length && !boxes().some((one) => one.checked)) tick(boxOfRow());
  find("[data-decide]")?.elements[field]?.focus();
}

const follow = (what) => find(what)?.click();
const help = () => find("#help")?.showModal();
const undo = () => {
  const form = find("[data-undo]");
  form?.requestSubmit(form.querySelector("button"));
};
const KEYS = {
  j: () => (rows().length ? move(1) : follow("[data-next]")),
  k: () => (rows().length ? move(-1) : follow("[data-before]")),
  c: () => decide("confirmed"),
  r: () => decide("rejected"),
  s: () => decide("unsure"),
  a: () => decide("mine"),
  A: () => choose("to"),
  l: () => decide("snoozed"),
  L: () => choose("until"),
  x: () => tick(boxOfRow()),
  X: () => tickAll(),
  z: undo,
  b: () => follow("[data-back]"),
  "/": () => (find("[data-search]") ? find("[data-search]").focus() : follow("[data-back]")),
  "?": help,
};
// What Enter does in a field of the form that decides: what the field is for.
const MEANT = { reason: "rejected", to: "assigned", until: "snoozed" };

function enter(event) {
  const form = event.target.closest("[data-decide]");
  const meant = MEANT[event.target.name];
  if (!form || !meant || (meant === "rejected" && form.dataset.wish !== meant)) return;
  event.preventDefault();
  decide(meant);
}

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=radio], [type=checkbox]), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    if (event.key === "Enter") enter(event);
    return;
  }
  const act = KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
document.addEventListener("change", (event) => {
  if (event.target.matches("[data-tick-all]")) tickAll(event.target.checked);
  if (event.target.matches("[name=ticked]")) tick(event.target, event.target.checked);
});
for (const one of document.querySelectorAll("[data-scripted]")) one.hidden = false;
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) help();
});
find(".filters .tabs")?.addEventListener("change", (event) => event.target.form.requestSubmit());

// On a narrow screen the menu is longer than its line.
const here = find(".menu [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 40;

// What scrolls can be scrolled by keys.
const sizes = new ResizeObserver((seen) => {
  for (const { target } of seen) {
    if (target.scrollWidth > target.clientWidth) target.tabIndex = 0;
    else target.removeAttribute("tabindex");
  }
});
for (const one of document.querySelectorAll(".wide")) sizes.observe(one);

async function watch(bar) {
  const answer = await fetch(bar.dataset.progress);
  if (!answer.ok) return;
  const told = await answer.json();
  bar.value = told.share;
  for (const cell of document.querySelectorAll("[data-count]")) cell.textContent = told[cell.dataset.count];
  if (told.ended) location.reload();
  else setTimeout(watch, 1000, bar);
}
const bar = find("[data-progress]");
if (bar) setTimeout(watch, 500, bar);
