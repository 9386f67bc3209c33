// Forms with data-draft-url: what is typed is kept on the server as a draft, never as a
// version. Words that keep.js holds for an older version of the page are offered there.
const form = document.querySelector("form[data-draft-url]");

async function keepDraft() {
  const data = new FormData(form);
  const said = form.querySelector("[data-draft-said]");
  try {
    const answer = await fetch(form.dataset.draftUrl, {
      method: "POST", body: data, headers: { Accept: "application/json" },
    });
    if (!answer.ok) throw new Error(answer.status);
    const told = await answer.json();
    said.textContent = told.words;
    const others = document.querySelector("[data-others]");
    if (others) { others.textContent = told.others; others.hidden = !told.others; }
  } catch {
    // No line: keep.js has it on this device, and the next word tries again.
    said.textContent = "";
  }
}

function offerOlder() {
  const all = form.dataset.keepAll;
  if (!all) return;
  const prefix = "alliance:keep:";
  for (let place = 0; place < localStorage.length; place += 1) {
    const key = localStorage.key(place);
    if (!key.startsWith(prefix + all) || key === prefix + form.dataset.keep) continue;
    const base = key.slice((prefix + all).length);
    if (!/^\d+$/.test(base)) continue;
    const note = document.createElement("p");
    note.className = "kept";
    const link = document.createElement("a");
    const there = new URL(location);
    there.searchParams.set("base", base);
    link.href = there;
    link.textContent = form.dataset.olderOpen;
    note.append(`${form.dataset.older} `, link);
    form.prepend(note);
    return;
  }
}

if (form) {
  let timer;
  let sending = false;
  form.addEventListener("input", () => {
    clearTimeout(timer);
    if (!sending) timer = setTimeout(keepDraft, 4000);
  });
  // What was typed while the network was dead is sent as soon as it is back.
  window.addEventListener("online", () => { if (!sending) keepDraft(); });
  form.addEventListener("submit", () => { clearTimeout(timer); sending = true; });
  try { offerOlder(); } catch { /* the store is forbidden */ }
}
