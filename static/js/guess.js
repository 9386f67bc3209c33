// Fills empty time zone and language inputs (data-guess) from the browser.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
const guesses = { zone, language: navigator.language?.split("-")[0] };
for (const input of document.querySelectorAll("[data-guess], input[type=hidden][name=time_zone]")) {
  const value = guesses[input.dataset.guess || "zone"];
  if (!value || input.dataset.guessed) continue;
  const offered = input.tagName !== "SELECT"
    || [...input.options].some((option) => option.value === value);
  if (offered && (!input.value || input.value === "UTC")) input.value = value;
  input.dataset.guessed = "1";
}
