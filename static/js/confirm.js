// Forms with data-confirm ask first, in a native dialog. Without JavaScript the form
// is sent at once, so only use it where the deed can be undone or has its own page.
const asked = new WeakSet();

function ask(form, submitter) {
  const dialog = document.createElement("dialog");
  dialog.className = "dialog";
  const words = document.createElement("p");
  words.textContent = form.dataset.confirm;
  const row = document.createElement("div");
  row.className = "form-end";
  const yes = document.createElement("button");
  yes.className = "button button-primary";
  yes.textContent = submitter?.textContent.trim() || "OK";
  const no = document.createElement("button");
  no.className = "button button-quiet";
  no.textContent = form.dataset.confirmNo || document.body.dataset.cancel;
  row.append(yes, no);
  dialog.append(words, row);
  document.body.append(dialog);
  no.addEventListener("click", () => dialog.close());
  yes.addEventListener("click", () => {
    asked.add(form);
    dialog.close();
    form.requestSubmit(submitter || undefined);
  });
  dialog.addEventListener("close", () => dialog.remove());
  dialog.showModal();
}

// In the capture phase, so that it runs before htmx and the double-submit guard.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (!form.dataset.confirm || asked.delete(form)) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  ask(form, event.submitter);
}, true);
