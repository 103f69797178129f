/* Keeps the yearly update while it is typed, and spreads a pasted column over its rows.

   What is not kept yet stays in the browser's storage: a page that is opened again sends it. */

(function () {
  "use strict";

  const WAIT = 700;
  const RETRY = 5000;
  const form = document.getElementById("yearly-update");
  if (!form) return;
  const words = form.dataset;
  const rows = new Map(
    Array.from(form.querySelectorAll(".update-row"), (row) => [row.dataset.key, row]),
  );
  const changed = new Map(); /* key → how often the row was changed since it was kept */
  const refused = new Map(); /* key → what the row had shown before it was typed in */
  const remarks = new Map();
  const extra = {};
  let timer = null;
  let isSending = false;
  let token = form.elements.csrfmiddlewaretoken.value;

  form.classList.add("keeps-itself");
  for (const button of form.querySelectorAll("[data-next]")) button.textContent = button.dataset.next;

  /* Fields and storage */

  function fieldOf(row, name) {
    return form.elements[`${row.dataset.key}-${name}`] || null;
  }

  function contentOf(row) {
    const names = ["seen", "choice", "text", "year", "source", "reason"];
    const content = {};
    for (const name of names) {
      const field = fieldOf(row, name);
      if (field) content[name] = field.value;
    }
    return content;
  }

  function fill(row, content) {
    for (const [name, value] of Object.entries(content)) {
      const field = fieldOf(row, name);
      if (field) field.value = value;
    }
  }

  function readDrafts() {
    try {
      return JSON.parse(localStorage.getItem(words.drafts)) || {};
    } catch {
      return {};
    }
  }

  function writeDrafts() {
    const drafts = {};
    for (const key of changed.keys()) drafts[key] = contentOf(rows.get(key));
    for (const [key, seen] of refused) drafts[key] = { ...contentOf(rows.get(key)), seen };
    /* Drafts of rows on another page of a long list stay. */
    for (const [key, draft] of Object.entries(readDrafts())) if (!rows.has(key)) drafts[key] = draft;
    try {
      if (Object.keys(drafts).length) localStorage.setItem(words.drafts, JSON.stringify(drafts));
      else localStorage.removeItem(words.drafts);
    } catch {
      /* Without storage what is typed stays in the page. */
    }
  }

  /* What the page says */

  function say(text) {
    const place = form.querySelector(".update-kept");
    if (place.textContent !== text) place.textContent = text;
  }

  function timeOf(date) {
    const two = (number) => String(number).padStart(2, "0");
    return `${two(date.getHours())}:${two(date.getMinutes())}`;
  }

  function showSignedOut(isSignedOut) {
    form.querySelector(".signed-out").hidden = !isSignedOut;
  }

  function showRow(row, answer) {
    const key = row.dataset.key;
    row.dataset.state = answer.state;
    if (answer.state !== "refused") refused.delete(key);
    else if (!refused.has(key)) refused.set(key, fieldOf(row, "seen").value);
    fieldOf(row, "seen").value = answer.seen;
    for (const name of ["text", "year", "choice"]) {
      const field = fieldOf(row, name);
      if (answer.invalid.includes(name)) field.setAttribute("aria-invalid", "true");
      else field.removeAttribute("aria-invalid");
    }
    remarks.set(key, answer.remarks);
    showRemarks(row);
  }

  /* Not while somebody types a reason there; the screen reader reads out every replacement. */
  function showRemarks(row) {
    const place = row.querySelector(".update-remarks");
    if (place.contains(document.activeElement) || !remarks.has(row.dataset.key)) return;
    const fresh = document.createElement("template");
    fresh.innerHTML = remarks.get(row.dataset.key);
    const text = (node) => node.textContent.replace(/\s+/g, " ").trim();
    if (text(fresh.content) !== text(place)) place.replaceChildren(fresh.content);
  }

  /* Keeping */

  function change(row, wait = WAIT) {
    changed.set(row.dataset.key, (changed.get(row.dataset.key) || 0) + 1);
    writeDrafts();
    plan(wait);
  }

  function plan(wait) {
    clearTimeout(timer);
    timer = setTimeout(send, wait);
  }

  async function renewToken() {
    const answer = await fetch(words.keepUrl, { credentials: "same-origin" });
    if (!answer.ok) return answer;
    token = (await answer.json()).token;
    form.elements.csrfmiddlewaretoken.value = token;
    return null;
  }

  function post(keys) {
    const body = new URLSearchParams(extra);
    body.set("csrfmiddlewaretoken", token);
    for (const key of keys) {
      for (const [name, value] of Object.entries(contentOf(rows.get(key)))) {
        body.set(`${key}-${name}`, value);
      }
    }
    const options = { method: "POST", body, credentials: "same-origin" };
    options.keepalive = document.visibilityState === "hidden";
    return fetch(words.keepUrl, options);
  }

  async function send() {
    if (isSending || (!changed.size && !extra.confirm)) return;
    isSending = true;
    timer = null;
    const sent = new Map(changed);
    say(words.keeping);
    try {
      let answer = await post(sent.keys());
      if (answer.status === 403) answer = (await renewToken()) || (await post(sent.keys()));
      if (answer.ok) take(await answer.json(), sent);
      else if (answer.status === 401) say("");
      else retry(words.failed);
      showSignedOut(answer.status === 401);
    } catch (error) {
      if (!(error instanceof TypeError)) throw error;
      retry(words.offline);
    } finally {
      isSending = false;
    }
    const isWaiting = timer !== null || !form.querySelector(".signed-out").hidden;
    if (changed.size && !isWaiting) plan(WAIT);
  }

  function retry(reason) {
    say(reason);
    plan(RETRY);
  }

  function take(answer, sent) {
    delete extra.confirm;
    for (const [key, count] of sent) if (changed.get(key) === count) changed.delete(key);
    for (const [key, row] of Object.entries(answer.rows)) {
      if (rows.has(key)) showRow(rows.get(key), row);
    }
    writeDrafts();
    const done = words.done.replace("%1", answer.done).replace("%2", answer.total);
    form.querySelector(".update-done").textContent = done;
    say(words.kept.replace("%s", timeOf(new Date())));
  }

  /* Typing and choosing */

  function onText(row) {
    const choice = fieldOf(row, "choice");
    const year = fieldOf(row, "year");
    const hasText = fieldOf(row, "text").value.trim() !== "";
    if (hasText) {
      choice.value = "new";
      if (!year.value) {
        year.value = words.year;
        row.dataset.ownYear = "no";
      }
    } else if (choice.value === "new") {
      choice.value = "";
      if (row.dataset.ownYear === "no") year.value = "";
    }
  }

  function onChoice(row) {
    const text = fieldOf(row, "text");
    if (fieldOf(row, "choice").value === "new") {
      if (!text.value && row.dataset.text) text.value = row.dataset.text;
    } else {
      row.dataset.text = text.value;
      text.value = "";
      if (row.dataset.ownYear === "no") fieldOf(row, "year").value = "";
    }
  }

  function onChange(event) {
    const row = event.target.closest(".update-row");
    if (!row || !event.target.name) return;
    if (event.type === "change") {
      if (changed.has(row.dataset.key)) plan(0);
      return;
    }
    const name = event.target.name.slice(row.dataset.key.length + 1);
    if (name === "year") row.dataset.ownYear = "yes";
    if (name === "text") onText(row);
    if (name === "choice") onChoice(row);
    change(row);
  }

  /* Pasting */

  function cellsIn(text) {
    const lines = [[""]];
    let isQuoted = false;
    for (let at = 0; at < text.length; at += 1) {
      const sign = text[at];
      const line = lines[lines.length - 1];
      const cell = line[line.length - 1];
      if (sign === '"' && isQuoted && text[at + 1] === '"') {
        line[line.length - 1] += sign;
        at += 1;
      } else if (sign === '"' && (isQuoted || cell === "")) isQuoted = !isQuoted;
      else if (sign === "\t" && !isQuoted) line.push("");
      else if (sign === "\n" && !isQuoted) lines.push([""]);
      else line[line.length - 1] += sign;
    }
    while (lines.length && lines[lines.length - 1].join("").trim() === "") lines.pop();
    return lines;
  }

  function fillCell(row, name, cell) {
    const choice = fieldOf(row, "choice");
    const named = Array.from(choice.options).find(
      (option) => option.value && option.text.toLowerCase() === cell.toLowerCase(),
    );
    const field = fieldOf(row, name);
    if (name === "text" && named && named.value !== "new") {
      choice.value = named.value;
      onChoice(row);
      return;
    }
    const same = field.tagName === "SELECT" && Array.from(field.options).find(
      (option) => option.text.toLowerCase() === cell.toLowerCase(),
    );
    if (field.tagName === "SELECT" && !same) field.add(new Option(cell, cell));
    field.value = same ? same.value : cell;
    if (name === "text") onText(row);
  }

  function onPaste(event) {
    const row = event.target.closest(".update-row");
    if (!row || event.target.tagName !== "INPUT") return;
    const text = event.clipboardData.getData("text/plain").replace(/\r\n?/g, "\n");
    const lines = cellsIn(text);
    if (lines.length < 2 && !text.includes("\t")) return;
    event.preventDefault();
    const names = ["text", "year", "source"];
    const first = names.indexOf(event.target.name.slice(row.dataset.key.length + 1));
    const below = Array.from(rows.values());
    const start = below.indexOf(row);
    let filled = 0;
    for (const [index, cells] of lines.entries()) {
      const target = below[start + index];
      if (!target || first < 0) break;
      const given = cells.map((cell) => cell.trim());
      given.forEach((cell, column) => {
        if (cell && names[first + column]) fillCell(target, names[first + column], cell);
      });
      if (given.some(Boolean)) {
        filled += 1;
        change(target, 0);
      }
    }
    const surplus = start + lines.length - below.length;
    form.querySelector(".update-pasted").textContent = [
      words.pasted.replace("%s", filled),
      surplus > 0 ? words.surplus.replace("%s", surplus) : "",
    ].join(" ");
  }

  /* Buttons */

  /* Go to the action before or after, if that is on this page. */
  function step(button) {
    const bodies = Array.from(form.querySelectorAll(".update-table tbody"));
    const at = bodies.findIndex((body) => body.classList.contains("is-current"));
    const to = at + Number(button.dataset.step);
    if (!bodies[to]) return false;
    bodies[at].classList.remove("is-current");
    bodies[to].classList.add("is-current");
    showPlace(bodies, to);
    bodies[to].querySelector("th").focus();
    form.querySelector(".update-place").scrollIntoView();
    return true;
  }

  function showPlace(bodies, at) {
    const number = Number(words.first) + at + 1;
    form.querySelector(".update-place span").textContent = words.place
      .replace("%1", number)
      .replace("%2", words.actions);
    form.querySelector(".update-intro").classList.toggle("is-past", number > 1);
    const edges = { "-1": words.pageBefore, 1: words.pageAfter };
    for (const button of form.querySelectorAll("[data-step]")) {
      const there = bodies[at + Number(button.dataset.step)];
      button.value = there ? there.dataset.number : edges[button.dataset.step];
      button.hidden = !button.value;
    }
    history.replaceState(null, "", `?action=${bodies[at].dataset.number}`);
  }

  function onClick(event) {
    const button = event.target.closest("button[name]");
    if (!button) return;
    const row = button.closest(".update-row");
    if (button.dataset.step) {
      if (step(button)) event.preventDefault();
      return;
    }
    if (button.name === "take") {
      fieldOf(row, "text").value = button.value.slice(row.dataset.key.length + 1);
      onText(row);
    } else if (button.name === "confirm") {
      extra.confirm = row.dataset.key;
    } else if (button.name !== "again") {
      return;
    }
    event.preventDefault();
    fieldOf(row, "text").focus();
    change(row, 0);
  }

  function sendDrafts() {
    const drafts = readDrafts();
    const found = Object.entries(drafts).filter(([key]) => rows.has(key));
    for (const [key, content] of found) {
      fill(rows.get(key), content);
      changed.set(key, 1);
    }
    if (found.length) {
      say(words.found);
      plan(0);
    }
  }

  form.addEventListener("input", onChange);
  form.addEventListener("change", onChange);
  form.addEventListener("focusout", (event) => {
    const row = event.target.closest(".update-row");
    if (row) setTimeout(showRemarks, 0, row);
  });
  form.addEventListener("paste", onPaste);
  form.addEventListener("click", onClick);
  window.addEventListener("online", () => plan(0));
  window.addEventListener("focus", () => plan(0));
  document.addEventListener("visibilitychange", () => plan(0));
  /* The server tells the time of its own place. */
  const before = form.querySelector(".update-kept").dataset.at;
  if (before) say(words.kept.replace("%s", timeOf(new Date(before))));
  sendDrafts();
})();
