/* Fills a figure that stands in the text into the fields beside it, when somebody asks for it. */

(function () {
  "use strict";

  /* The first empty form of an own figure, or null where the action has as many as it may. */
  function ownFigure() {
    const forms = document.querySelectorAll("#own-group .inline-related:not(.has_original, .empty-form)");
    return Array.from(forms).find((form) => !form.querySelector("[name$='-name']").value.trim()) || null;
  }

  function set(field, value) {
    if (!field || (field.tagName === "SELECT" && !field.querySelector(`option[value="${CSS.escape(value)}"]`))) return;
    field.value = value;
    field.dispatchEvent(new Event("input", { bubbles: true }));
  }

  function fillValue(offer) {
    const number = document.getElementById(offer.for);
    const start = offer.for.replace(/_1$/, "");
    set(document.getElementById(`${start}_0`), offer.precision);
    set(number, offer.number);
    if (offer.unit) set(document.getElementById(`${start}_2`), offer.unit);
    number.focus();
  }

  function fillOwnFigure(offer) {
    const form = ownFigure();
    if (form === null) return;
    for (const part of form.querySelectorAll("details")) part.open = true;
    set(form.querySelector("[name$='-kind']"), offer.kind);
    set(form.querySelector("[name$='-unit']"), offer.unit);
    form.querySelector("[name$='-name']").focus();
  }

  for (const button of document.querySelectorAll(".offer button.take")) {
    const isOwn = Boolean(button.dataset.kind);
    if (isOwn && ownFigure() === null) continue;
    button.hidden = false;
    button.addEventListener("click", () => (isOwn ? fillOwnFigure : fillValue)(button.dataset));
  }
})();
