// Follows a review that is being worked out and says how far it is. A page that only waits is loaded
// anew when there is something to see; one that is being read says that there is more.
// Without it the pages say how far the review was when they were loaded.
"use strict";
(() => {
  const PACE = 4000; // milliseconds, and up to half as much again: a class does not ask all at once
  const panel = document.querySelector("[data-review]");
  if (!panel) return;

  function later() {
    setTimeout(() => look().catch(later), PACE * (1 + Math.random() / 2));
  }

  async function look() {
    const answer = await fetch(panel.dataset.review, { headers: { Accept: "application/json" } });
    if (!answer.ok) return later();
    const found = await answer.json();
    const text = document.getElementById("progress");
    if (text && text.textContent !== found.text) text.textContent = found.text;
    if (found.version !== panel.dataset.version) {
      if (panel.hasAttribute("data-waits")) return location.reload();
      const fresh = document.getElementById("fresh");
      if (fresh) fresh.hidden = false;
    }
    if (found.busy) later();
  }

  later();
})();
