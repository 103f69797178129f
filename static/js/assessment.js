/* Shows the points of an assessment while its inputs are typed; the server computes them. */

(function () {
  "use strict";

  const WAIT = 350;
  const part = document.querySelector("fieldset[data-points-url]:not([disabled])");
  if (!part) return;
  const form = part.form;
  let timer = null;
  let pendingRequest = null;

  function textOf(node) {
    return node.textContent.replace(/\s+/g, " ").trim();
  }

  /* Replaces the content only if its text differs: a screen reader reads out every replacement. */
  function replaceIfChanged(element, html) {
    const fresh = document.createElement("template");
    fresh.innerHTML = html;
    if (textOf(fresh.content) !== textOf(element)) element.replaceChildren(fresh.content);
  }

  function showPoints(answer) {
    for (const [prefix, outcome] of Object.entries(answer.outcomes)) {
      const element = document.getElementById(`outcome-${prefix}`);
      replaceIfChanged(element, outcome.html);
      const edge = element.parentElement.querySelector(".edge");
      if (edge) edge.hidden = !outcome.unclear;
    }
    for (const element of form.querySelectorAll(".totals")) replaceIfChanged(element, answer.summary);
  }

  async function requestPoints() {
    if (pendingRequest) pendingRequest.abort();
    pendingRequest = new AbortController();
    try {
      const answer = await fetch(part.dataset.pointsUrl, {
        method: "POST",
        body: new FormData(form),
        credentials: "same-origin",
        signal: pendingRequest.signal,
      });
      if (answer.ok && !answer.redirected) showPoints(await answer.json());
    } catch (error) {
      /* Without an answer the page stays as it is; errors are shown when the form is saved. */
      if (error.name !== "AbortError" && !(error instanceof TypeError)) throw error;
    }
  }

  function onChange() {
    clearTimeout(timer);
    timer = setTimeout(requestPoints, WAIT);
  }

  function fillIn(button) {
    const field = document.getElementById(button.dataset.for);
    const unit = button.closest(".indicator").querySelector(".field-unit select");
    const given = button.getAttribute("data-fill");
    field.value = given === null ? button.getAttribute(`data-fill-${unit.value}`) : given;
    field.focus();
    onChange();
  }

  for (const button of part.querySelectorAll("button.take")) {
    button.hidden = false;
    button.addEventListener("click", () => fillIn(button));
  }
  part.addEventListener("input", onChange);
})();
