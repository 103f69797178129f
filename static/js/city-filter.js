/* Suggests cities while a name is typed into the filter by city, and filters by the one chosen.
   Without this file the rows of all cities of such a name are listed. */

(function () {
  "use strict";

  const input = document.querySelector("#changelist-filter input[data-suggestions]");
  if (!input) return;

  const list = input.list;
  let keys = new Map();

  async function suggest() {
    const typed = input.value.trim();
    if (!typed || keys.has(typed)) return;
    const query = new URLSearchParams({ term: typed });
    const answer = await fetch(`${input.dataset.suggestions}&${query}`);
    if (!answer.ok || typed !== input.value.trim()) return;
    const cities = (await answer.json()).results;
    const names = cities.map((city) => city.text);
    /* Cities of the same name stay for the list that follows: their names alone do not tell them. */
    const once = cities.filter((city) => names.indexOf(city.text) === names.lastIndexOf(city.text));
    keys = new Map(once.map((city) => [city.text, city.id]));
    list.replaceChildren(...[...new Set(names)].map((name) => new Option(name, name)));
  }

  input.addEventListener("input", suggest);
  input.form.addEventListener("submit", () => {
    const key = keys.get(input.value.trim());
    if (!key) return;
    input.name = input.dataset.chosen;
    input.value = key;
  });
})();
