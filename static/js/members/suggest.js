// Textareas with data-suggest="address": members after "@", hashtags after "#", while
// typing. The list is the server's; arrows choose, Enter or Tab takes, Escape closes.
const TOKEN = /(?:^|[^A-Za-z0-9_@#/.&+-])(@[\p{L}\p{N}][\p{L}\p{M}\p{N}'’-]{0,40}(?: [\p{L}\p{M}\p{N}'’-]{0,30})?|#[\p{L}\p{M}\p{N}_-]{1,40})$/u;
const STATES = { role: "combobox", "aria-expanded": "true", "aria-controls": "suggest", "aria-autocomplete": "list", "aria-activedescendant": "" };
let open = null; // { box, element, options, place }
let timer, turn = 0;
const token = (box) => TOKEN.exec(box.value.slice(0, box.selectionStart).slice(-90))?.[1];
function close() {
  clearTimeout(timer);
  turn += 1;
  if (!open) return;
  Object.keys(STATES).forEach((name) => open.box.removeAttribute(name));
  open.element.remove();
  open = null;
}
function point(place) {
  open.place = (place + open.options.length) % open.options.length;
  open.options.forEach((option, number) => option.setAttribute("aria-selected", number === open.place));
  open.options[open.place].scrollIntoView({ block: "nearest" });
  open.box.setAttribute("aria-activedescendant", open.options[open.place].id);
}
function take(option) {
  const { box } = open;
  const start = box.selectionStart - (token(box)?.length || 0);
  box.setRangeText(`${option.dataset.insert} `, start, box.selectionStart, "end");
  close();
  box.dispatchEvent(new Event("input", { bubbles: true }));
}
async function ask(box, typed) {
  const own = turn;
  const answer = await fetch(`${box.dataset.suggest}?q=${encodeURIComponent(typed)}`).catch(() => null);
  const html = answer?.ok ? await answer.text() : "";
  if (own === turn) close();
  if (own !== turn - 1 || !html.includes("<li")) return;
  box.insertAdjacentHTML("afterend", html);
  open = { box, element: box.nextElementSibling, options: [...box.nextElementSibling.children] };
  for (const [name, value] of Object.entries(STATES)) box.setAttribute(name, value);
  point(0);
}
document.addEventListener("input", ({ target }) => {
  if (!target.dataset?.suggest) return;
  const typed = token(target);
  if (!typed) return close();
  clearTimeout(timer);
  turn += 1;
  timer = setTimeout(ask, 150, target, typed);
});
document.addEventListener("keydown", (event) => {
  if (!open || event.isComposing || event.target !== open.box) return;
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step) point(open.place + step);
  else if (event.key === "Enter" || event.key === "Tab") take(open.options[open.place]);
  else if (event.key === "Escape") close();
  else return;
  event.preventDefault();
}, true);
document.addEventListener("pointerdown", (event) => {
  const option = open && event.target.closest?.("[data-insert]");
  if (option) { event.preventDefault(); take(option); } else close(); // the box keeps the focus
});
