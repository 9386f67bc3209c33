// Single keys in a conversation: j and k (next, last message), r (answer), q (quote),
// ? (help). They never take what is typed, and the help switches them off (WCAG 2.1.4).
const OFF = "alliance:keys-off";
const help = document.getElementById("keys-help");
const messages = () => [...document.querySelectorAll(".message[id], .post[id]")];
const isOff = () => { try { return localStorage.getItem(OFF) === "1"; } catch { return false; } };

function step(by) {
  const all = messages();
  const here = all.indexOf(document.activeElement?.closest(".message, .post"));
  const next = all[here < 0 ? (by > 0 ? 0 : all.length - 1) : Math.min(all.length - 1, Math.max(0, here + by))];
  if (!next) return;
  next.tabIndex = -1;
  next.focus({ preventScroll: true });
  next.scrollIntoView({ block: "center" });
}

const follow = (part) => {
  const link = document.activeElement?.closest(".message, .post")?.querySelector(`a[href*="${part}"]`);
  if (link) link.click();
  return link;
};
const deeds = {
  j: () => step(1),
  k: () => step(-1),
  r: () => follow("?answers=") || follow("#reply") || document.querySelector("#reply textarea, #compose textarea")?.focus(),
  q: () => follow("&quote="),
  "?": () => help.showModal(),
};

if (help) {
  document.querySelector("[data-keys]").hidden = false;
  const box = help.querySelector("input");
  box.checked = !isOff();
  box.addEventListener("change", () => { try { localStorage.setItem(OFF, box.checked ? "0" : "1"); } catch { /* forbidden */ } });
  document.addEventListener("keydown", (event) => {
    const typing = event.target.closest("input, textarea, select, [contenteditable], dialog");
    if (typing || event.ctrlKey || event.altKey || event.metaKey || event.isComposing || isOff()) return;
    if (!Object.hasOwn(deeds, event.key)) return;
    event.preventDefault();
    deeds[event.key]();
  });
}
