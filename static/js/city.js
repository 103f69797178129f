/* A city's page: marks in the contents what is in view, and opens what is folded where somebody is
   led to it or prints. Without this file the contents are a plain list, and newer browsers open
   what is folded themselves. */

(function () {
  "use strict";

  const links = new Map();
  for (const link of document.querySelectorAll('.contents a[href^="#"]')) {
    const part = document.getElementById(link.hash.slice(1));
    if (part) links.set(part, link);
  }

  /* The last part that reaches into the upper half of the window is the one that is read. */
  const seen = new Set();
  const observer = new IntersectionObserver(
    (entries) => {
      for (const { target, isIntersecting } of entries) {
        if (isIntersecting) seen.add(target);
        else seen.delete(target);
      }
      const current = [...links.keys()].filter((part) => seen.has(part)).pop();
      for (const [part, link] of links) {
        if (part === current) link.setAttribute("aria-current", "true");
        else link.removeAttribute("aria-current");
      }
    },
    { rootMargin: "-10% 0px -60% 0px" },
  );
  links.forEach((_link, part) => observer.observe(part));

  function openAround(element) {
    for (let fold = element?.closest("details"); fold; fold = fold.parentElement.closest("details")) {
      fold.open = true;
    }
  }

  function show() {
    const part = location.hash && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (!part) return;
    openAround(part);
    part.closest("details")?.scrollIntoView();
    if (part.matches("form")) part.querySelector("input[type=search]").focus();
  }

  let folded = [];
  window.addEventListener("beforeprint", () => {
    folded = [...document.querySelectorAll(".chapters details:not([open])")];
    for (const fold of folded) fold.open = true;
  });
  window.addEventListener("afterprint", () => {
    for (const fold of folded) fold.open = false;
  });

  /* On a phone, contents and search lie over the page once they are the target of the address. */
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && document.querySelector(".sheet:target")) location.hash = "closed";
  });

  window.addEventListener("hashchange", show);
  show();
})();
