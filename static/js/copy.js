// data-copy="text" or data-copy-from="id": puts text on the clipboard and says so.
document.addEventListener("click", async (event) => {
  const button = event.target.closest("[data-copy], [data-copy-from]");
  if (!button) return;
  event.preventDefault();
  const source = document.getElementById(button.dataset.copyFrom);
  const text = button.dataset.copy || source?.value || source?.textContent.trim() || "";
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    source?.select?.();
    return;
  }
  const before = button.innerHTML;
  button.textContent = button.dataset.copied || document.body.dataset.copied;
  button.setAttribute("aria-live", "polite");
  setTimeout(() => { button.innerHTML = before; }, 2000);
});
