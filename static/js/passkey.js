// Passkey buttons show only where the device can do it; a failure is said in words.
// What is said to people without JavaScript is no <noscript>: that is not drawn where
// scripts are switched off by the reader rather than missing from the browser.
for (const place of document.querySelectorAll("[data-passkey-scriptless]")) place.hidden = true;
if (window.PublicKeyCredential) {
  for (const place of document.querySelectorAll("[data-passkey]")) place.hidden = false;
} else {
  for (const place of document.querySelectorAll("[data-passkey-missing]")) place.hidden = false;
}
// allauth's script tells of a failure by this event; our own words stand in the page.
document.addEventListener("allauth.error", (event) => {
  const words = document.querySelector("[data-passkey-error]");
  if (!words) return;
  event.preventDefault();
  words.hidden = false;
  words.scrollIntoView({ block: "nearest" });
});
