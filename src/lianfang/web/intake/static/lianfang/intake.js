// Several files at once, each with its progress. Without this file the form sends them together.
"use strict";

function told(list, name) {
  const row = document.createElement("li");
  const bar = document.createElement("progress");
  const said = document.createElement("span");
  bar.max = 1;
  bar.value = 0;
  bar.setAttribute("aria-label", name);
  said.textContent = name;
  row.append(said, bar);
  list.append(row);
  list.hidden = false;
  return { row, bar, said };
}

function ended(form, shown, name, answer) {
  shown.bar.remove();
  if (!answer?.address) {
    shown.row.className = "problem";
    shown.said.textContent = answer?.said || `${name}: ${form.dataset.failed}`;
    return;
  }
  const link = document.createElement("a");
  link.href = answer.address;
  link.textContent = form.dataset.done;
  shown.said.textContent = [name, answer.said].filter(Boolean).join(" · ");
  shown.row.append(" ", link);
}

function sent(form, file) {
  const shown = told(form.querySelector(".uploads"), file.name);
  const body = new FormData();
  body.append("csrfmiddlewaretoken", form.elements.csrfmiddlewaretoken.value);
  body.append("file", file);
  return new Promise((resolve) => {
    const asked = new XMLHttpRequest();
    asked.open("POST", form.action);
    asked.setRequestHeader("Accept", "application/json");
    asked.responseType = "json";
    asked.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) shown.bar.value = event.loaded / event.total;
    });
    asked.addEventListener("loadend", () => {
      ended(form, shown, file.name, asked.response);
      resolve(asked.response);
    });
    asked.send(body);
  });
}

async function all(form, files) {
  const button = form.querySelector("button");
  button.disabled = true;
  let last = null;
  for (const file of files) last = await sent(form, file);
  button.disabled = false;
  form.reset();
  if (files.length === 1 && last?.address) location.assign(last.address);
}

for (const form of document.querySelectorAll("[data-files]")) {
  const over = (on) => (event) => {
    event.preventDefault();
    form.classList.toggle("over", on);
  };
  form.addEventListener("dragover", over(true));
  form.addEventListener("dragleave", over(false));
  form.addEventListener("drop", (event) => {
    over(false)(event);
    const files = [...event.dataTransfer.files];
    if (files.length) all(form, files);
  });
  form.addEventListener("submit", (event) => {
    const files = [...form.elements.file.files];
    if (!files.length) return;
    event.preventDefault();
    all(form, files);
  });
}
