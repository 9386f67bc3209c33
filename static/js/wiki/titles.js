// After "[[" the titles of this wiki are offered, from the list that the form carries.
const area = document.querySelector(".wiki-text textarea");
const list = document.querySelector("#wiki-titles");

function typed() {
  const before = area.value.slice(0, area.selectionStart);
  const match = /\[\[([^[\]|#\n]{1,80})$/.exec(before);
  return match ? match[1] : null;
}

function offer(box) {
  const start = typed();
  const titles = start === null ? [] : [...list.options]
    .map((option) => option.value)
    .filter((title) => title.toLowerCase().includes(start.toLowerCase()))
    .slice(0, 6);
  box.replaceChildren(...titles.map((title) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "tag";
    button.textContent = title;
    button.addEventListener("click", () => {
      const end = area.selectionStart;
      area.setRangeText(`${title}]]`, end - typed().length, end, "end");
      box.replaceChildren();
      area.focus();
      area.dispatchEvent(new Event("input", { bubbles: true }));
    });
    return button;
  }));
}

if (area && list) {
  const box = document.createElement("p");
  box.className = "text-titles";
  box.setAttribute("aria-live", "polite");
  area.after(box);
  area.addEventListener("input", () => offer(box));
}
