// [data-live]: asks whether there is new talk; place.js puts it on the page.
// Quick while it comes fast, slow when nothing comes, silent in a tab nobody looks at.
const list = document.querySelector("[data-live]");
const spare = list?.dataset.spare || navigator.connection?.saveData;
const QUICK = spare ? 10000 : 2000, SLOW = spare ? 120000 : 30000;
let wait = 2 * QUICK, timer, busy = false, asked = 0, stopped = !list;

function later() {
  clearTimeout(timer);
  if (stopped || document.hidden) return;
  // Not all at the same moment, after something that brought everybody here.
  timer = setTimeout(poll, wait * (0.85 + Math.random() * 0.3));
}

// A post that was taken away leaves nothing that could have changed: so what the page
// shows is told, and the answer names what may not be shown any more.
const shown = () => (list.dataset.grows === "down" ? ""
  : `&shown=${[...list.children].map((row) => row.id.slice(1)).filter(Number).slice(0, 60)}`);

async function poll() {
  if (busy || stopped || document.hidden) return;
  clearTimeout(timer);
  busy = true;
  asked = Date.now();
  try {
    const answer = await fetch(`${list.dataset.live}?at=${list.dataset.at}${shown()}`,
      { redirect: "manual", cache: "no-store", signal: AbortSignal.timeout?.(20000) });
    if (answer.status === 204) wait = Math.min(wait * 1.3, SLOW);
    else if (answer.ok) wait = take(await answer.text());
    else if (answer.status >= 500 || answer.status === 429) wait = 2 * SLOW;
    else stopped = true; // signed out, or not for this reader any more
  } catch { wait = Math.min(2 * (wait + QUICK), 2 * SLOW); }
  busy = false;
  later();
}

function take(html) {
  const box = document.createElement("template");
  box.innerHTML = html;
  const news = box.content.firstElementChild;
  list.dispatchEvent(new CustomEvent("live:news", { detail: news }));
  list.dataset.at = news.dataset.at;
  return "more" in news.dataset ? 0 : QUICK;
}

function wake() {
  if (stopped || document.hidden) return clearTimeout(timer);
  if (Date.now() - asked > 1000) wait = QUICK, poll();
}

for (const sign of ["focus", "online", "pageshow"]) window.addEventListener(sign, wake);
document.addEventListener("visibilitychange", wake);
// Somebody who has just said something waits for an answer.
document.addEventListener("htmx:afterRequest", () => { if (!stopped) { wait = QUICK; later(); } });
later();
