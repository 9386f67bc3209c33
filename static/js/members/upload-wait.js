// A form with [data-upload] waits for what is still on its way; pressed twice, it goes.
document.addEventListener("submit", (event) => {
  const place = event.target.querySelector("[data-upload]");
  if (!place?.sending || place.warned) return;
  event.preventDefault();
  event.stopImmediatePropagation();
  place.warned = true;
  const line = place.querySelector(".media-sent").appendChild(document.createElement("li"));
  line.textContent = place.dataset.first;
  const button = event.submitter;
  const timer = setInterval(() => {
    if (place.sending) return;
    clearInterval(timer);
    if (event.target.isConnected) event.target.requestSubmit(button);
  }, 300);
}, true);
