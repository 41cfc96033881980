// Makes the pages livelier: exchanges their parts instead of loading them anew, keeps focus and
// scroll, and follows the class. Every page works without it.
"use strict";
(() => {
  const PARTS = ["top", "main", "dock"];
  const QUIET_AFTER = 6000; // milliseconds without the server until it is said
  const POLL = 5000;
  const WARNINGS = [60, 20]; // seconds before the turn closes that are said aloud
  let busy = false;
  let source = null;
  let poller = 0;
  let silent = 0;
  let told = "";
  let adopted = 0; // how many pages have been shown

  const body = () => document.body;
  const lost = () => document.getElementById("lost");

  // --- exchanging parts ---

  function scrolls() {
    const found = { window: window.scrollY };
    for (const each of document.querySelectorAll(".board, .side")) {
      found[each.className] = each.scrollTop;
    }
    return found;
  }

  function restore(kept) {
    for (const each of document.querySelectorAll(".board, .side")) {
      if (kept[each.className]) each.scrollTop = kept[each.className];
    }
    window.scrollTo(0, kept.window);
  }

  function openFolds() {
    return [...document.querySelectorAll("details[id]")].map((each) => [each.id, each.open]);
  }

  const FIELDS = ["input", "textarea", "select"];
  // What was typed: everything, or only what is kept until it is sent.
  function fields(which) {
    const kept = {};
    for (const each of document.querySelectorAll(FIELDS.map((name) => `#main ${name}[id]${which}`).join())) {
      if (each.type !== "radio" && each.type !== "hidden") kept[each.id] = each.value;
    }
    return kept;
  }

  function adopt(text, url, { keep, push }) {
    const next = new DOMParser().parseFromString(text, "text/html");
    adopted += 1;
    const kept = scrolls();
    const folds = openFolds();
    const focused = document.activeElement && document.activeElement.id;
    const typed = fields(keep === "all" ? "" : "[data-typed]");
    const samePath = new URL(url, location.href).pathname === location.pathname;
    if (push) history.pushState({}, "", url);
    document.title = next.title;
    document.documentElement.lang = next.documentElement.lang;
    for (const name of PARTS) {
      const fresh = next.getElementById(name);
      const old = document.getElementById(name);
      if (fresh && old) old.replaceWith(document.adoptNode(fresh));
    }
    body().className = next.body.className;
    for (const name of Object.keys(body().dataset)) delete body().dataset[name];
    Object.assign(body().dataset, next.body.dataset);
    for (const [id, open] of folds) {
      const fold = document.getElementById(id);
      if (fold) fold.open = open;
    }
    for (const [id, value] of Object.entries(typed)) {
      const field = document.getElementById(id);
      if (field && field.tagName !== "SELECT") field.value = value;
    }
    if (keep || samePath) restore(kept);
    else {
      restore({ ...kept, window: 0 });
      window.scrollTo(0, 0);
    }
    refocus(focused, keep || samePath, url);
    announce();
    begin();
  }

  function refocus(focused, keep, url) {
    const again = focused && document.getElementById(focused);
    const anchor = new URL(url, location.href).hash.slice(1);
    const target = anchor && document.getElementById(anchor);
    if (target && window.matchMedia("(max-width: 719px)").matches) target.scrollIntoView();
    if (again && !again.disabled && keep) return again.focus({ preventScroll: true });
    const found = document.getElementById("detail");
    const detail = found && found.offsetParent ? found : document.getElementById("main");
    if (!detail.hasAttribute("tabindex")) detail.tabIndex = -1;
    detail.focus({ preventScroll: true });
  }

  function announce() {
    const said = [...document.querySelectorAll("[data-announce]")]
      .map((each) => each.textContent.trim()).join(" ");
    if (said && said !== told) document.getElementById("live").textContent = said;
    told = said;
  }

  // One after the other, in the order of pressing; a page that nobody waits for any more is given up.
  let last = Promise.resolve();
  let fetching = null;
  function go(url, how) {
    if (fetching && !fetching.sends) fetching.abort();
    last = last.then(() => load(url, how)).catch(() => {});
  }

  async function load(url, { data, keep, push }) {
    const control = new AbortController();
    fetching = control;
    control.sends = Boolean(data);
    busy = true;
    body().setAttribute("aria-busy", "true");
    try {
      const options = { credentials: "same-origin", headers: { Accept: "text/html" }, signal: control.signal };
      if (data) Object.assign(options, { method: "POST", body: data });
      const answer = await fetch(url, options);
      const text = await answer.text();
      reached();
      adopt(text, answer.url, { keep, push: push && answer.url !== location.href });
    } catch (error) {
      if (error.name !== "AbortError") unreached();
    } finally {
      fetching = null;
      busy = false;
      body().removeAttribute("aria-busy");
    }
  }

  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (form.hasAttribute("data-whole") || form.enctype === "multipart/form-data") return;
    event.preventDefault();
    if (form.sent) return; // pressed twice
    const data = new URLSearchParams(new FormData(form, event.submitter));
    const url = form.getAttribute("action");
    if (form.method === "get") return go(`${url}?${data}`, { keep: true, push: true });
    form.sent = true;
    go(url, { data, keep: "part", push: true });
    last.then(() => (form.sent = false)); // if the server could not be reached, it can be tried again
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("a[href]");
    if (!link || event.defaultPrevented || event.button || event.metaKey || event.ctrlKey ||
      event.shiftKey || event.altKey || link.target || link.hasAttribute("download") ||
      link.hasAttribute("data-whole")) return;
    const href = link.getAttribute("href");
    if (!href.startsWith("/play") && !href.startsWith("/teach")) return;
    event.preventDefault();
    if (link.hasAttribute("data-back") && history.length > 1 && history.state) return history.back();
    go(href, { keep: link.hasAttribute("data-keep"), push: true });
  });

  window.addEventListener("popstate", () => {
    go(location.href, { push: false });
  });

  // Figures choose an answer while the conversation has the focus.
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[1-9]$/.test(event.key)) return;
    const detail = document.getElementById("detail");
    if (!detail || !detail.contains(document.activeElement)) return;
    if (/^(INPUT|TEXTAREA|SELECT)$/.test(document.activeElement.tagName)) return;
    const answer = detail.querySelector(`[data-digit="${event.key}"]`);
    if (answer && !answer.disabled) {
      event.preventDefault();
      answer.click();
    }
  });

  let searching = 0;
  document.addEventListener("input", (event) => {
    if (!event.target.hasAttribute("data-search")) return;
    clearTimeout(searching);
    searching = setTimeout(() => event.target.form && event.target.form.requestSubmit(), 350);
  });

  // --- following the class ---

  function reached() {
    silent = 0;
    if (lost()) lost().hidden = true;
  }

  function unreached() {
    silent = silent || Date.now();
    if (lost()) lost().hidden = false;
  }

  // A change that does not concern this page leaves it alone; what is being typed is kept.
  async function changed() {
    if (!body().dataset.watch) return;
    if (busy) return soon(); // what is being loaded may be older than the news
    const shownThen = adopted;
    try {
      const answer = await fetch(location.href, { credentials: "same-origin", headers: { Accept: "text/html", "X-Watching": "1" } });
      const text = await answer.text();
      reached();
      const next = new DOMParser().parseFromString(text, "text/html");
      if (busy || adopted !== shownThen) return soon();
      if (next.body.dataset.key === body().dataset.key) return;
      adopt(text, answer.url, { keep: "all", push: answer.url !== location.href });
    } catch {
      if (!silent) silent = Date.now();
      if (Date.now() - silent > QUIET_AFTER) unreached();
    }
  }

  let pending = 0;
  function soon() {
    clearTimeout(pending);
    pending = setTimeout(changed, 60 + Math.random() * 240); // a class does not ask all at once
  }

  function poll() {
    clearInterval(poller);
    poller = setInterval(changed, POLL);
  }

  function watch() {
    const url = body().dataset.watch;
    if (!url) {
      if (source) source.close();
      source = null;
      clearInterval(poller);
      return;
    }
    if (source && source.at === url && source.readyState !== 2) return;
    if (source) source.close();
    if (!window.EventSource) return poll();
    source = new EventSource(url);
    source.at = url;
    source.onopen = () => {
      if (silent) soon();
      reached();
      clearInterval(poller);
    };
    source.onmessage = soon;
    source.onerror = () => {
      if (!silent) silent = Date.now();
      setTimeout(() => silent && Date.now() - silent >= QUIET_AFTER && unreached(), QUIET_AFTER + 50);
      poll(); // until the stream is back; a closed one is opened again
      if (source.readyState === 2) setTimeout(watch, POLL);
    };
  }

  document.addEventListener("visibilitychange", () => document.hidden || soon());
  window.addEventListener("online", soon);
  window.addEventListener("pageshow", (event) => event.persisted && soon());

  // --- the clock of a turn ---

  function shown(seconds) {
    const whole = Math.max(0, Math.round(seconds));
    const minutes = String(Math.floor(whole / 60));
    return `${minutes}:${String(whole % 60).padStart(2, "0")}`;
  }

  let ticking = 0;
  function clocks() {
    clearInterval(ticking);
    const found = [...document.querySelectorAll("[data-left]")];
    if (!found.length) return;
    const ends = Date.now() + 1000 * Number(found[0].dataset.left);
    const warnings = WARNINGS.filter((each) => each < Number(found[0].dataset.left));
    const tick = () => {
      const left = (ends - Date.now()) / 1000;
      for (const each of found) {
        each.textContent = shown(left);
        each.classList.toggle("soon", left < 30);
      }
      if (left <= warnings[0] && found[0].dataset.warn) {
        const said = found[0].dataset.warn.replace("#", String(warnings.shift()));
        document.getElementById("live").textContent = said;
      }
      if (left <= 0) {
        clearInterval(ticking);
        setTimeout(soon, 800);
      }
    };
    tick();
    ticking = setInterval(tick, 1000);
  }

  // --- a key in the link: after the #, so that it is in no log; posted, and gone from the address ---

  function fromLink() {
    const form = document.querySelector("[data-from-link]");
    const key = location.hash.slice(1);
    if (!form || !key) return;
    history.replaceState({}, "", location.pathname);
    form.elements.key.value = key;
    form.submit();
  }

  // --- something that is being worked out: asked for again as soon as the server thinks it is worth it ---

  let asking = 0;
  function progress() {
    clearTimeout(asking);
    const place = document.querySelector("[data-progress]");
    if (!place) return;
    const seconds = Number(place.dataset.after) * (1 + Math.random() / 2);
    asking = setTimeout(() => ask(place).catch(progress), 1000 * seconds);
  }

  async function ask(place) {
    const answer = await fetch(place.dataset.progress, { credentials: "same-origin", headers: { Accept: "application/json" } });
    if (!answer.ok) return progress();
    const found = await answer.json();
    reached();
    if (!place.isConnected) return;
    if (found.version !== place.dataset.version) return go(location.href, { keep: "all", push: false });
    place.dataset.after = found.after;
    const text = place.querySelector("[data-progress-text]");
    if (text.textContent !== found.text) text.textContent = found.text;
    progress();
  }

  let every = 0;
  function often() {
    clearInterval(every);
    const seconds = Number(body().dataset.every);
    if (seconds) every = setInterval(() => document.hidden || changed(), 1000 * seconds);
  }

  function begin() {
    watch();
    often();
    clocks();
    progress();
  }

  window.addEventListener("hashchange", fromLink);
  fromLink();
  told = [...document.querySelectorAll("[data-announce]")].map((each) => each.textContent.trim()).join(" ");
  begin();
})();
