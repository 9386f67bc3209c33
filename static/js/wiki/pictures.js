// Files that are pasted or dropped into the text of a page become files of the page.
const area = document.querySelector(".wiki-text textarea");
const bar = document.querySelector("[data-files-url]");

async function bring(file) {
  const said = bar.querySelector("[data-text-said]");
  const mark = `![… ${file.name}]()`;
  area.setRangeText(mark, area.selectionStart, area.selectionEnd, "end");
  const data = new FormData();
  data.append("file", file);
  data.append("alt", prompt(bar.dataset.ask, "") || "");
  data.append("csrfmiddlewaretoken", area.form.csrfmiddlewaretoken.value);
  said.textContent = bar.dataset.bringing;
  let words = "";
  try {
    const answer = await fetch(bar.dataset.filesUrl, {
      method: "POST", body: data, headers: { Accept: "application/json" },
    });
    const told = await answer.json();
    words = told.markdown || "";
    said.textContent = told.errors ? told.errors.join(" ") : "";
  } catch { said.textContent = bar.dataset.failed; }
  const at = area.value.indexOf(mark);
  // The writer may have changed or removed the mark meanwhile: then it goes where they are.
  const [from, to] = at < 0 ? [area.selectionEnd, area.selectionEnd] : [at, at + mark.length];
  area.setRangeText(words, from, to, "preserve");
  area.dispatchEvent(new Event("input", { bubbles: true }));
}

function filesOf(transfer) {
  return [...(transfer?.files || [])].filter((file) => file.size);
}

if (area && bar) {
  for (const name of ["paste", "drop"]) {
    area.addEventListener(name, (event) => {
      const files = filesOf(event.clipboardData || event.dataTransfer);
      if (!files.length) return;
      event.preventDefault();
      files.reduce((before, file) => before.then(() => bring(file)), Promise.resolve());
    });
  }
}
