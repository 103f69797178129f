/* Shows what the inputs of an assessment give while they are being typed: the server computes. */

(function () {
  "use strict";

  const WAIT = 350;
  const part = document.querySelector("fieldset[data-points-url]:not([disabled])");
  if (!part) return;
  const form = part.form;
  let timer = null;
  let asked = null;
  let isUnsaved = part.hasAttribute("data-unsaved");

  function words(node) {
    return node.textContent.replace(/\s+/g, " ").trim();
  }

  /* Only what reads differently is replaced, so that nothing else is read out. */
  function put(place, html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    if (words(fresh.content) !== words(place)) place.replaceChildren(fresh.content);
  }

  function show(answer) {
    for (const [prefix, outcome] of Object.entries(answer.outcomes)) {
      const place = document.getElementById(`outcome-${prefix}`);
      put(place, outcome.html);
      const edge = place.parentElement.querySelector(".edge");
      if (edge) edge.hidden = !outcome.unclear;
    }
    for (const place of form.querySelectorAll(".totals")) put(place, answer.summary);
  }

  async function ask() {
    if (asked) asked.abort();
    asked = new AbortController();
    try {
      const answer = await fetch(part.dataset.pointsUrl, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        signal: asked.signal,
      });
      if (answer.ok && !answer.redirected) show(await answer.json());
    } catch (error) {
      /* Without an answer the page keeps what it shows; saving tells what is wrong. */
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
  }

  function changed() {
    isUnsaved = true;
    clearTimeout(timer);
    timer = setTimeout(ask, WAIT);
  }

  function take(button) {
    const field = document.getElementById(button.dataset.for);
    const unit = button.closest(".indicator").querySelector(".field-unit select");
    const given = button.getAttribute("data-fill");
    field.value = given === null ? button.getAttribute(`data-fill-${unit.value}`) : given;
    field.focus();
    changed();
  }

  for (const button of part.querySelectorAll("button.take")) {
    button.hidden = false;
    button.addEventListener("click", () => take(button));
  }
  part.addEventListener("input", changed);
  form.addEventListener("submit", () => {
    isUnsaved = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (isUnsaved) event.preventDefault();
  });
})();
