/* Forms of the admin: sections that fold, and how many characters a text has. */

(function () {
  "use strict";

  const form = document.querySelector("#content-main form[method=post]");
  if (!form) return;

  /* Sections. What somebody folds stays folded on forms of this kind, unless something is wrong in
     it or the address leads to it. */

  const page = location.pathname.replace(/\d+/g, "n");
  const isWrong = (section) => section.querySelector(".errorlist, .has-error, .errors") !== null;
  const keyOf = (section) => `folded ${page} ${section.querySelector("summary > [id]").id}`;

  function unfoldTarget() {
    const target = document.getElementById(location.hash.slice(1));
    if (!target || !form.contains(target)) return;
    for (let part = target; part; part = part.parentElement) {
      if (part.tagName === "DETAILS") part.open = true;
    }
    for (const part of target.querySelectorAll("details.fold:not(fieldset.folded *), details.fill")) {
      part.open = true;
    }
    target.scrollIntoView();
  }

  for (const section of form.querySelectorAll("details.fold:has(> summary > [id])")) {
    try {
      if (localStorage.getItem(keyOf(section)) && !isWrong(section)) section.open = false;
    } catch {
      break; /* A browser that keeps nothing. */
    }
    section.querySelector("summary").addEventListener("click", () => {
      if (section.open) localStorage.setItem(keyOf(section), "1");
      else localStorage.removeItem(keyOf(section));
    });
  }
  unfoldTarget();
  window.addEventListener("hashchange", unfoldTarget);

  /* Counts. They are seen while one types, and read aloud only where few characters are left. */

  const FEW = 20;
  const said = document.getElementById("count-said");
  let pause = 0;

  function count(field) {
    const limit = Number(field.dataset.limit);
    const length = Array.from(field.value).length;
    const words = said.dataset.words.replace("{number}", length).replace("{limit}", limit);
    let place = field.parentElement.querySelector(":scope > .count");
    if (!place) {
      place = document.createElement("p");
      place.className = "count";
      place.setAttribute("aria-hidden", "true");
      field.after(place);
    }
    place.textContent = words;
    place.classList.toggle("missing", length > limit);
    clearTimeout(pause);
    if (limit - length <= FEW) pause = setTimeout(() => { said.textContent = words; }, 1000);
  }

  for (const kind of said ? ["input", "focusin"] : []) {
    form.addEventListener(kind, (event) => {
      if (event.target.dataset.limit && (kind === "input" || event.target.value)) count(event.target);
    });
  }
})();
