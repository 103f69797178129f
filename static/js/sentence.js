/* Shows the sentence of a baseline as the page will have it, while its gaps are being filled in. */

(function () {
  "use strict";

  /* 1886.5 as 1,886.5, with the sign of the reader's language between groups. */
  function grouped(number) {
    const [whole, ...decimals] = number.split(".");
    const digits = whole.replace(/[\s\u00a0\u2009\u202f’']/g, "");
    if (!/^\d+$/.test(digits)) return number;
    const language = document.documentElement.lang || "en";
    return [BigInt(digits).toLocaleString(language), ...decimals].join(".");
  }

  function numberWords(gap, [precision, number, unit]) {
    if (!number.value.trim()) return "…";
    const units = JSON.parse(gap.dataset.units);
    const words = units[unit.value] || "";
    const amount = grouped(number.value.trim()) + (words === "%" ? "%" : words && ` ${words}`);
    const before = precision.value === "exactly" ? "" : precision.selectedOptions[0].textContent;
    return before ? `${before} ${amount}` : amount;
  }

  function wordsOf(gap) {
    const fields = gap.querySelectorAll("select, textarea, input");
    return fields.length === 3 ? numberWords(gap, fields) : fields[0].value.trim() || "…";
  }

  function show(form) {
    const output = form.querySelector("output");
    output.replaceChildren();
    for (const part of form.querySelector(".sentence-gaps").children) {
      const isGap = part.classList.contains("gap");
      const piece = document.createElement(isGap ? "strong" : "span");
      piece.textContent = isGap ? wordsOf(part) : part.textContent;
      output.append(piece);
    }
    form.querySelector(".sentence-preview").hidden = false;
  }

  for (const form of document.querySelectorAll(".sentence-form")) {
    form.addEventListener("input", () => show(form));
    show(form);
  }
})();
