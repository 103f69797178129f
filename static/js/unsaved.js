/* Asks before a page is left whose form holds something that is not saved. */

(function () {
  "use strict";

  const form = document.querySelector("#content-main form[method=post][id$=_form]");
  if (!form) return;

  function contentOf() {
    const fields = Array.from(new FormData(form), ([name, value]) => [
      name,
      value instanceof File ? value.name : value,
    ]);
    return JSON.stringify(fields);
  }

  /* A form that comes back with errors, or after a sign-in, holds what is not saved yet. */
  const isUnsaved = document.querySelector(".error-summary, .conflict, .errornote") !== null;
  const before = contentOf();
  let isSent = false;

  form.addEventListener("submit", () => {
    isSent = true;
  });
  window.addEventListener("pageshow", () => {
    isSent = false;
  });
  window.addEventListener("beforeunload", (event) => {
    if (!isSent && (isUnsaved || contentOf() !== before)) event.preventDefault();
  });
})();
