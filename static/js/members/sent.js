// Forms with data-keep that htmx sends in place: no next page will forget what keep.js
// kept, and a line that breaks is said in words; what was typed stays where it is.
document.addEventListener("htmx:afterRequest", ({ detail }) => {
  const form = detail.requestConfig?.elt;
  const key = form?.dataset.keep;
  if (!key) return;
  form.querySelector(".unsent")?.remove();
  if (detail.successful) {
    try { localStorage.removeItem(`alliance:keep:${key}`); } catch { /* forbidden */ }
  } else if (detail.xhr.status !== 422) {
    const note = document.createElement("p");
    note.className = "unsent notice notice-warn";
    note.setAttribute("role", "alert");
    note.textContent = document.body.dataset.unsent;
    form.prepend(note);
  }
});
