// New talk from poll.js: put on the page without moving what somebody is reading.
const list = document.querySelector("[data-live]");
const pill = document.querySelector("[data-live-pill]");
const grows = list?.dataset.grows === "down"; // a thread; the exchange grows upwards
const elsewhere = list?.dataset.elsewhere; // the page on which new messages stand
let unseen = [];

const edge = () => list.getBoundingClientRect()[grows ? "bottom" : "top"];
const atEnd = () => !elsewhere && (grows ? edge() <= innerHeight + 40 : edge() >= -40);
const number = (row) => Number(row.id.slice(1));
const newest = () => Math.max(0, ...[...list.children].map(number));

function place({ detail: news }) {
  const followed = atEnd(), last = newest(), added = [];
  // For who is at the end the end stays in sight; for others the first line they see.
  const seen = [...list.children].find((row) => row.getBoundingClientRect().bottom > 0)?.id;
  const mark = () => (followed ? grows && edge() : document.getElementById(seen)?.getBoundingClientRect().top) || 0;
  const before = mark();
  for (const id of news.dataset.gone.split(" ")) document.getElementById(id)?.remove();
  for (const row of [...news.children]) {
    const old = document.getElementById(row.id);
    if (old?.contains(document.activeElement)) continue; // in use: a later change brings it
    if (old) old.replaceWith(row);
    else if (!grows || number(row) > last) added.push(row);
    window.htmx?.process(row);
  }
  for (const row of added) row.classList.add("message-new");
  if (!elsewhere) list[grows ? "append" : "prepend"](...added);
  if (!grows && followed) while (list.children.length > 200) list.lastElementChild.remove();
  if (before && mark()) scrollBy({ top: mark() - before, behavior: "instant" });
  // An answer sent by htmx brings what is newer than this.
  const after = document.querySelector("#reply [name=after]");
  if (Number(after?.value)) after.value = newest();
  if (!followed) unseen.push(...added);
  tell();
}

function tell() {
  if (atEnd()) unseen = [];
  pill.hidden = !unseen.length;
  const words = unseen.length === 1 ? pill.dataset.one : pill.dataset.many;
  pill.firstElementChild.textContent = words.replace("0", unseen.length);
}

if (list) {
  document.body.style.overflowAnchor = "none"; // place() does it, for every browser
  for (const link of document.querySelectorAll("[data-live-look]")) link.hidden = true;
  list.addEventListener("live:news", place);
  addEventListener("scroll", () => { if (unseen.length) tell(); }, { passive: true });
  pill.addEventListener("click", () => {
    if (elsewhere) location.assign(elsewhere);
    else (grows ? unseen[0] : list).scrollIntoView({ block: grows ? "center" : "start" });
  });
  // An answer may come back by htmx and by a poll at the same moment.
  document.addEventListener("htmx:afterSettle", () => {
    for (const row of [...list.children]) if (document.getElementById(row.id) !== row) row.remove();
  });
}
