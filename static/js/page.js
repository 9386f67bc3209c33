// Small courtesies of a page: errors are read first, the current tab is in sight.
document.querySelector(".error-summary")?.focus();
for (const current of document.querySelectorAll("[data-tabs] [aria-current]")) {
  const line = current.closest("ul");
  const box = current.getBoundingClientRect();
  const around = line.getBoundingClientRect();
  if (box.right > around.right || box.left < around.left) {
    line.scrollLeft += box.left - around.left - (around.width - box.width) / 2;
  }
}
document.addEventListener("htmx:afterSwap", (event) => {
  event.target.querySelector?.(".error-summary")?.focus();
});
