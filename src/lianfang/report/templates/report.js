"use strict";
(() => {
  const form = document.getElementById("filter");

  // A printed page can't be unfolded, and a link into a folded guide must open it.
  let unfolded = [];
  addEventListener("beforeprint", () => {
    unfolded = [...document.querySelectorAll("details:not([open])")];
    for (const one of unfolded) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of unfolded) one.open = false;
  });
  const follow = () => {
    const target = location.hash.length > 1 && document.getElementById(location.hash.slice(1));
    if (!target) return;
    if (target.matches("details")) target.open = true;
    // A card that a filter has taken away comes back.
    else if (target.hidden) form.reset();
    else return;
    setTimeout(() => target.scrollIntoView());
  };
  addEventListener("hashchange", follow);
  // A second click on the same link changes no hash.
  addEventListener("click", (event) => {
    if (event.target.closest("a[href^='#']")) setTimeout(follow);
  });
  follow();
  if (!form) return;

  const plain = (text) => text.normalize("NFKC").toLowerCase();
  const rows = [...document.querySelectorAll("#cards > li")].map((item) => ({
    item,
    kind: item.dataset.kind,
    stance: item.dataset.stance,
    activities: item.dataset.activities.split(" "),
    text: plain([...item.querySelectorAll("[data-find]")].map((one) => one.textContent).join("\n")),
  }));
  const buttons = [...form.querySelectorAll("button[data-kind]")];
  const count = document.getElementById("count");
  const number = new Intl.NumberFormat("en");
  let kind = "";

  const fits = (row, words) =>
    (!kind || row.kind === kind) &&
    (!form.elements.stance.value || row.stance === form.elements.stance.value) &&
    (!form.elements.activity.value || row.activities.includes(form.elements.activity.value)) &&
    words.every((word) => row.text.includes(word));

  const apply = () => {
    const words = plain(form.elements.words.value).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const row of rows) {
      row.item.hidden = !fits(row, words);
      shown += row.item.hidden ? 0 : 1;
    }
    for (const one of buttons) one.setAttribute("aria-pressed", String(one.dataset.kind === kind));
    document.getElementById("no-match").hidden = shown > 0;
    count.textContent = count.dataset.say
      .replace("{shown}", number.format(shown))
      .replace("{all}", number.format(rows.length));
  };

  let waiting = 0;
  form.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(apply, 120);
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("reset", () => {
    kind = "";
    setTimeout(apply);
  });
  for (const one of buttons) {
    one.addEventListener("click", () => {
      kind = one.dataset.kind;
      apply();
    });
  }

  // Pointing at a reason lights up the places that gave it.
  const light = (reason, on) => {
    const card = reason.closest("article");
    for (const mark of card.querySelectorAll("[data-by]")) {
      const given = mark.dataset.by.split(" ").includes(reason.dataset.reason);
      mark.classList.toggle("lit", on && given);
      mark.classList.toggle("dim", on && !given);
    }
  };
  const times = [["mouseover", true], ["mouseout", false], ["focusin", true], ["focusout", false]];
  for (const [name, on] of times) {
    document.addEventListener(name, (event) => {
      const reason = event.target.closest("[data-reason]");
      if (reason) light(reason, on);
    });
  }

  form.hidden = false;
  apply();
})();
