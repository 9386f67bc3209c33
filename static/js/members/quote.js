// "Quote" without a new page: the words that are marked, or else the whole message, are
// put behind ">" in the form below. Without JavaScript the link brings a page with them.
const words = (message) => {
  // The first line of a post is the title of its page.
  const whole = message.closest(".opening") || message;
  const marked = document.getSelection();
  const isInside = (node) => whole.contains(node) && !node.parentElement.closest(".byline");
  if (marked?.toString().trim() && isInside(marked.anchorNode) && isInside(marked.focusNode)) return marked.toString();
  const title = whole === message ? null : whole.querySelector("h1:not(.hidden-visually)");
  return `${title ? `${title.innerText}\n` : ""}${message.querySelector(".prose").innerText}`;
};

document.addEventListener("click", (event) => {
  const link = event.target.closest?.('a[href*="&quote="][href$="#reply"]');
  const box = document.querySelector("#reply textarea");
  if (!link || !box || event.ctrlKey || event.metaKey || event.shiftKey) return;
  event.preventDefault();
  const message = link.closest(".message");
  const name = message.querySelector(".byline-name").textContent;
  const quote = [`**${name}:**`, ...words(message).trim().slice(0, 1200).split("\n")].map((line) => `> ${line}`.trimEnd()).join("\n");
  box.value = `${box.value ? `${box.value.trimEnd()}\n\n` : ""}${quote}\n\n`;
  const answers = box.form.elements.answers;
  if (answers && !answers.value) answers.value = new URL(link.href).searchParams.get("answers");
  box.dispatchEvent(new Event("input", { bubbles: true }));
  box.focus();
  box.setSelectionRange(box.value.length, box.value.length);
  box.scrollIntoView({ block: "center" });
});
