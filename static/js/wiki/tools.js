// The text of a page: a row of tools, and keys for them. All of it can be typed as well.
const area = document.querySelector(".wiki-text textarea");
const bar = document.querySelector("[data-text-tools]");

function wrap(before, after, sample) {
  const { selectionStart: start, selectionEnd: end } = area;
  const chosen = area.value.slice(start, end) || sample;
  area.setRangeText(before + chosen + after, start, end, "end");
  area.setSelectionRange(start + before.length, start + before.length + chosen.length);
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function startLines(sign) {
  const from = area.value.lastIndexOf("\n", area.selectionStart - 1) + 1;
  const lines = area.value.slice(from, area.selectionEnd) || "";
  area.setRangeText(lines.replace(/^/gm, sign), from, area.selectionEnd, "end");
  area.focus();
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

if (area && bar) {
  bar.hidden = false;
  bar.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    if (button.dataset.start) startLines(button.dataset.start);
    else wrap(button.dataset.before, button.dataset.after, button.dataset.sample || "");
  });
  area.addEventListener("keydown", (event) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const button = bar.querySelector(`[data-key="${event.key.toLowerCase()}"]`);
    if (button) { event.preventDefault(); button.click(); }
  });
}
