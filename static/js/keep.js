// Forms with data-keep="key": what is typed survives a closed tab or a lost line.
// It is forgotten when the form was sent and the page that answers is no refusal. Its
// client_id is kept with it: what arrived although the line broke is not sent twice.
const PREFIX = "alliance:keep:";
const SENT = "alliance:sent";
const store = (key, value) => { try { localStorage.setItem(key, value); } catch { /* full or forbidden */ } };
const read = (key) => { try { return localStorage.getItem(key); } catch { return null; } };
const forget = (key) => { try { localStorage.removeItem(key); } catch { /* forbidden */ } };

const inputs = (form) => [...form.elements].filter((input) => input.name === "client_id" || (input.name
  && !["file", "password", "hidden", "submit", "button"].includes(input.type)));

function save(form) {
  if (!form.isConnected) return; // htmx has sent it and put a fresh one in its place
  const values = inputs(form).map((input) => [input.name, input.value, /radio|checkbox/.test(input.type) ? input.checked : null]);
  store(PREFIX + form.dataset.keep, JSON.stringify({ values, at: Date.now() }));
}

function restore(form) {
  const raw = read(PREFIX + form.dataset.keep);
  // An answer with errors already holds what was typed; it is newer than ours.
  if (!raw || form.querySelector(".error-summary")) return;
  let changed = false;
  for (const [name, value, checked] of JSON.parse(raw).values) {
    for (const input of inputs(form).filter((each) => each.name === name)) {
      if (checked === null ? input.value !== value : input.value === value && input.checked !== checked) {
        if (checked === null) input.value = value; else input.checked = checked;
        changed ||= input.type !== "hidden";
      }
    }
  }
  if (!changed) return;
  const note = Object.assign(document.createElement("p"), { className: "kept", textContent: document.body.dataset.kept });
  note.setAttribute("role", "status");
  form.prepend(note);
}

// Whether this page is the answer to what was sent from that page.
function answers(page) {
  const [visit] = performance.getEntriesByType("navigation");
  return document.referrer === page && visit?.type !== "back_forward"
    && !location.pathname.startsWith("/accounts/") && !document.querySelector(".error-summary, .fault");
}

const sent = JSON.parse(read(SENT));
if (sent && answers(sent.page)) forget(PREFIX + sent.key);
forget(SENT);
document.querySelectorAll("form[data-keep]").forEach(restore);
let timer;
document.addEventListener("input", (event) => {
  const form = event.target.closest?.("form[data-keep]");
  if (form) clearTimeout(timer); else return;
  timer = setTimeout(save, 400, form);
});
document.addEventListener("submit", (event) => {
  if (!event.target.dataset.keep || event.defaultPrevented) return;
  clearTimeout(timer);
  save(event.target);
  store(SENT, JSON.stringify({ key: event.target.dataset.keep, page: location.href.split("#")[0] }));
});
