/* Previews the sentence of a baseline while its gaps are filled in. */

(function () {
  "use strict";

  /* 1886.50 → 1,886.5, with the group separator of the reader's language. */
  function grouped(number) {
    const [whole, ...decimals] = number.split(".");
    const digits = whole.replace(/[\s\u00a0\u2009\u202f’']/g, "");
    if (!/^\d+$/.test(digits)) return number;
    const language = document.documentElement.lang || "en";
    const kept = decimals.map((part) => part.replace(/0+$/, "")).filter(Boolean);
    return [BigInt(digits).toLocaleString(language), ...kept].join(".");
  }

  /* The words of a number, with the metric area beside a unit of some countries: (53.3 km²). */
  function withMetric(words, number, areas) {
    if (!areas || !/^\d+(\.\d+)?$/.test(number)) return words;
    const { factor, text } = areas.find((area) => number * area.factor >= 0.1) || areas.at(-1);
    const amount = number * factor;
    const places = amount ? Math.max(0, 2 - Math.floor(Math.log10(amount))) : 0;
    const language = document.documentElement.lang || "en";
    const shown = amount.toLocaleString(language, { maximumFractionDigits: Math.min(places, 20) });
    return text.replace("{value}", () => words).replace("{number}", shown);
  }

  function numberWords(gap, [precision, number, unit]) {
    if (!number.value.trim()) return "…";
    const patterns = JSON.parse(gap.dataset.patterns);
    const words = patterns.units[unit.value].replace("{number}", () => grouped(number.value.trim()));
    const amount = withMetric(words, number.value.trim(), patterns.metric[unit.value]);
    return patterns.precisions[precision.value].replace("{value}", () => amount);
  }

  /* The text of a field as the page prints it in the sentence: on one line, without a full stop. */
  function textWords(field) {
    return field.value.trim().replace(/\s+/g, " ").replace(/[.。．।։።۔ ]+$/, "") || "…";
  }

  function wordsOf(gap) {
    const fields = gap.querySelectorAll("select, textarea, input");
    return gap.dataset.patterns ? numberWords(gap, fields) : textWords(fields[0]);
  }

  function pieces(form) {
    if (form.dataset.sentences) {
      const sentence = JSON.parse(form.dataset.sentences)[form.querySelector("select").value];
      return [sentence || "…"];
    }
    return Array.from(form.querySelector(".sentence-gaps").children, (part) => {
      if (!part.classList.contains("gap")) return part.textContent;
      const strong = document.createElement("strong");
      strong.textContent = wordsOf(part);
      return strong;
    });
  }

  function show(form) {
    form.querySelector("output").replaceChildren(...pieces(form));
    form.querySelector(".sentence-preview").hidden = false;
  }

  for (const form of document.querySelectorAll(".sentence-form")) {
    form.addEventListener("input", () => show(form));
    show(form);
  }
})();
