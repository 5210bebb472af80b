// A key that can't be read is told on the page, and another way can be taken.
"use strict";

document.addEventListener("allauth.error", (event) => {
  event.preventDefault();
  document.querySelector("[data-key-problem]").hidden = false;
});
