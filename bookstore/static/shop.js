// Shortens the way; every page works without it. The policy allows no inline handlers and no code from strings.
(() => {
  "use strict";
  const zone = { date: { dateStyle: "medium" }, moment: { dateStyle: "medium", timeStyle: "short" }, hour: { timeStyle: "short" } };
  const each = (root, selector, act) => {
    if (root.matches?.(selector)) act(root);
    root.querySelectorAll?.(selector).forEach(act);
  };

  // Times come in UTC; the reader's own clock shows them.
  const localise = (time) => {
    const when = new Date(time.dateTime);
    const style = zone[time.dataset.show];
    delete time.dataset.show;
    if (style && !Number.isNaN(+when)) time.textContent = new Intl.DateTimeFormat(document.documentElement.lang, style).format(when);
  };

  // A hold counts down; it is said aloud at 5 minutes and at 1, and when it is over.
  const counting = new WeakMap();
  const count = (hold) => {
    // A swap may leave the element and bring a newer count.
    const known = counting.get(hold);
    if (known?.from === hold.dataset.seconds) return;
    clearInterval(known?.beat);
    const end = performance.now() + 1000 * hold.dataset.seconds;
    const clock = hold.querySelector("time[datetime^=PT]");
    const bar = hold.querySelector("progress");
    const say = (text) => { const voice = hold.querySelector("[data-say]"); if (voice) voice.textContent = text; };
    let before = Number(hold.dataset.seconds);
    const tick = () => {
      if (!hold.isConnected) return clearInterval(beat);
      const left = Math.max(0, Math.ceil((end - performance.now()) / 1000));
      const [minutes, seconds] = [Math.floor(left / 60), left % 60];
      clock.textContent = `${minutes}:${String(seconds).padStart(2, "0")}`;
      clock.dateTime = `PT${minutes}M${seconds}S`;
      bar.value = left;
      if (before > 300 && left <= 300) say(hold.dataset.left + 5);
      if (left <= 60 && hold.classList.contains("wait")) { hold.classList.replace("wait", "bad"); say(hold.dataset.late); }
      if (left === 0) { clearInterval(beat); say(hold.dataset.over); hold.dispatchEvent(new CustomEvent("shop:over", { bubbles: true })); }
      before = left;
    };
    const beat = setInterval(tick, 1000);
    counting.set(hold, { beat, from: hold.dataset.seconds });
    tick();
  };

  const wake = (root) => {
    // In a fragment that htmx brings, these hold real buttons, and Enter would press the first of them.
    each(root, "noscript", (element) => element.remove());
    each(root, "time[data-show]", localise);
    each(root, "[data-hold]", count);
  };

  // The button that asks shows the ring and the verb in progress (its data-busy), and asks once.
  const busy = (button) => { button.classList.add("waiting"); button.setAttribute("aria-disabled", "true"); };
  const rest = (button) => { button.classList.remove("waiting"); button.removeAttribute("aria-disabled"); };

  document.addEventListener("submit", (event) => {
    const button = event.submitter;
    if (!button?.matches(".btn")) return;
    if (!button.matches(".waiting")) return setTimeout(() => busy(button));
    event.preventDefault();
    event.stopImmediatePropagation();
  }, true);
  document.addEventListener("htmx:finally:request", (event) => {
    if (!event.detail?.ctx?.hx?.redirect) each(document, ".btn.waiting", rest);
  });
  addEventListener("pageshow", (event) => { if (event.persisted) each(document, ".btn.waiting", rest); });

  document.addEventListener("change", (event) => {
    if (event.target.matches("[data-sends]")) event.target.form.requestSubmit();
  });
  document.addEventListener("htmx:after:process", (event) => wake(event.target));
  wake(document);
})();
