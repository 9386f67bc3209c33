// data-count="500" on a textarea: says how many characters are left near the end.
document.addEventListener("input", (event) => {
  const box = event.target;
  if (!box.dataset?.count) return;
  const left = Number(box.dataset.count) - box.value.length;
  let note = box.parentElement.querySelector(".field-count");
  if (!note) {
    note = document.createElement("div");
    note.className = "field-count";
    note.setAttribute("role", "status");
    box.after(note);
  }
  note.hidden = left > Number(box.dataset.count) * 0.2;
  note.classList.toggle("is-over", left < 0);
  note.textContent = note.hidden ? "" : String(left);
});
