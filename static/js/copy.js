/* Adds a button to copy to the texts that are there to be copied, and selects them whole on focus.
   Without this file they can be selected and copied by hand. */

(function () {
  "use strict";

  /* Whether the text of the field, which is selected, could be copied. */
  async function copy(field) {
    try {
      await navigator.clipboard.writeText(field.value);
      return true;
    } catch {
      /* Not allowed, or the address is not a secure one: the older way asks for neither. */
      return document.execCommand("copy");
    }
  }

  for (const text of document.querySelectorAll(".copied-text")) {
    const field = text.querySelector("textarea");
    const line = text.querySelector(".copy-line");
    field.addEventListener("focus", () => field.select());
    line.querySelector("button").addEventListener("click", async () => {
      const status = line.querySelector("[role='status']");
      field.select();
      status.textContent = (await copy(field)) ? status.dataset.done : status.dataset.failed;
    });
    line.hidden = false;
  }
})();
