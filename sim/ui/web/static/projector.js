// Turns the pages of a debrief by key, waits for what is being worked out, and looks again.
// Everything works without it: pages scroll, links lead from one to the next, a link reloads.
"use strict";
(function () {
  const slides = [...document.querySelectorAll("section.slide")];
  const forward = new Set(["ArrowRight", "ArrowDown", "PageDown", "Enter"]);
  const back = new Set(["ArrowLeft", "ArrowUp", "PageUp"]);

  function here() {
    const middle = window.innerHeight / 3;
    let found = -1;
    slides.forEach((slide, place) => {
      if (slide.getBoundingClientRect().top <= middle) found = place;
    });
    return found;
  }

  function go(place) {
    const slide = slides[Math.min(Math.max(place, 0), slides.length - 1)];
    slide.scrollIntoView();
    slide.focus({ preventScroll: true });
    history.replaceState(null, "", "#" + slide.id);
  }

  function onKey(event) {
    const at = event.target;
    if (event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (at.closest("input, select, textarea, summary, a, button, .scroll")) return;
    const place = here();
    if (forward.has(event.key)) go(place + 1);
    else if (back.has(event.key)) go(place - 1);
    else if (event.key === "Home") go(0);
    else if (event.key === "End") go(slides.length - 1);
    else return;
    event.preventDefault();
  }

  async function wait(panel) {
    const answer = await fetch(panel.dataset.progress, { headers: { Accept: "application/json" } });
    if (!answer.ok) return;
    const found = await answer.json();
    if (!found.busy) {
      location.reload();
      return;
    }
    const text = document.getElementById("progress");
    if (text && text.textContent !== found.text) text.textContent = found.text;
    setTimeout(() => wait(panel).catch(() => {}), 2000);
  }

  async function look(screen) {
    const answer = await fetch(screen.dataset.reload, { headers: { Accept: "application/json" } });
    if (answer.ok && (await answer.json()).key !== screen.dataset.shown) location.reload();
  }

  if (slides.length) document.addEventListener("keydown", onKey);
  const panel = document.querySelector("[data-progress]");
  if (panel) setTimeout(() => wait(panel).catch(() => {}), 1000);
  const waiting = document.querySelector("[data-reload]");
  if (waiting) setInterval(() => look(waiting).catch(() => {}), 3000);
})();
