/* Adds a button to copy to the texts that are there to be copied, and selects them whole on focus.
   Without this file they can be selected and copied by hand. */

(function () {
  "use strict";

  async function copy(field, status) {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = status.dataset.done;
    } catch {
      /* Not allowed, or not a secure address. */
      status.textContent = status.dataset.failed;
    }
  }

  for (const text of document.querySelectorAll(".copied-text")) {
    const field = text.querySelector("textarea");
    const line = text.querySelector(".copy-line");
    field.addEventListener("focus", () => field.select());
    line.querySelector("button").addEventListener("click", () => {
      copy(field, line.querySelector("[role='status']"));
    });
    line.hidden = false;
  }
})();
