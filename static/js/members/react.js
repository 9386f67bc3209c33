// Reactions without a new page: their buttons, wherever they stand, belong to one form.
document.addEventListener("submit", async (event) => {
  const button = event.submitter;
  if (event.target.id !== "react" || !button) return;
  event.preventDefault();
  const data = new FormData(event.target);
  data.set(button.name, button.value);
  const place = button.closest(".nods");
  const { id } = button;
  const answer = await fetch(button.formAction, { method: "POST", body: data, headers: { "HX-Request": "true" } }).catch(() => null);
  if (!answer?.ok) return;
  place.outerHTML = await answer.text();
  (document.getElementById(id) || document.getElementById(place.id)?.querySelector("summary"))?.focus();
});
