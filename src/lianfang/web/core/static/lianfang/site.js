// Keys, dropped files, progress. Everything works without this file, too.
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

function decide(after) {
  const form = find("[data-decide]");
  if (!form) return;
  const reason = form.elements.reason;
  if (after === "rejected" && !reason.value.trim()) {
    reason.focus();
    return;
  }
  form.querySelector(`[value="${after}"]`).click();
}

const follow = (what) => find(what)?.click();
const help = () => find("#help")?.showModal();
const KEYS = {
  j: () => (rows().length ? move(1) : follow("[data-next]")),
  k: () => (rows().length ? move(-1) : history.back()),
  c: () => decide("confirmed"),
  r: () => decide("rejected"),
  s: () => decide("unsure"),
  z: () => find("[data-undo]")?.requestSubmit(),
  b: () => follow("[data-back]"),
  "?": help,
};

document.addEventListener("keydown", (event) => {
  const typing = event.target.matches("input:not([type=radio]), select, textarea");
  if (event.ctrlKey || event.metaKey || event.altKey || find("dialog[open]")) return;
  if (typing) {
    if (event.key === "Escape") event.target.blur();
    return;
  }
  const act = KEYS[event.key];
  if (act) {
    event.preventDefault();
    act();
  }
});
document.addEventListener("click", (event) => {
  if (event.target.closest("[data-help]")) help();
});
find(".filters .tabs")?.addEventListener("change", (event) => event.target.form.requestSubmit());

// On a narrow screen the menu is longer than its line.
const here = find(".menu [aria-current]");
if (here) here.parentElement.scrollLeft = here.offsetLeft - here.parentElement.offsetLeft - 40;

for (const form of document.querySelectorAll("[data-drop]")) {
  const over = (on) => (event) => {
    event.preventDefault();
    form.classList.toggle("over", on);
  };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    if (event.dataTransfer.files.length) {
      form.elements.file.files = event.dataTransfer.files;
      form.requestSubmit();
    }
  });
}

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
