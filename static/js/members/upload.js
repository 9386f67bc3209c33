// [data-upload]: files chosen in it are sent at once, in pieces that go on where the line
// broke (files/upload_views.py). Without this they are sent with the form.
const PIECE = 512 * 1024;
const wait = (ms) => new Promise((resolve) => { setTimeout(resolve, ms); });
const text64 = (text) => btoa(String.fromCharCode(...new TextEncoder().encode(text)));

async function ask(address, method, headers, body) {
  headers["X-CSRFToken"] = JSON.parse(document.body.getAttribute("hx-headers"))["X-CSRFToken"];
  return fetch(address, { method, headers, body });
}

async function send(file, place, say) {
  let answer = await ask(place.dataset.upload, "POST", {
    "Upload-Length": file.size, "Upload-Metadata": `filename ${text64(file.name)}`,
  });
  if (answer.status !== 201) throw new Error(await answer.text());
  const address = answer.headers.get("Location");
  for (let offset = 0, tries = 0; offset < file.size;) {
    say(`${Math.floor(100 * offset / file.size)} %`);
    try {
      const headers = { "Upload-Offset": offset, "Content-Type": "application/offset+octet-stream" };
      answer = await ask(address, "PATCH", headers, file.slice(offset, offset + PIECE));
      // Whatever became of that piece: how much is there?
      if (answer.status !== 204) answer = await ask(address, "HEAD", {});
      if (answer.status === 404) throw new RangeError();
      offset = Number(answer.headers.get("Upload-Offset") ?? offset);
      tries = 0;
    } catch (fault) {
      if (fault instanceof RangeError || ++tries > 60) throw fault;
      say(place.dataset.waits);
      await wait(Math.min(30000, 1000 * 2 ** Math.min(tries, 5)));
      const known = await ask(address, "HEAD", {}).catch(() => null);
      if (known?.ok) offset = Number(known.headers.get("Upload-Offset"));
    }
  }
  return address.split("/").at(-2);
}

document.addEventListener("change", async (event) => {
  const input = event.target;
  const place = input.closest?.("[data-upload]");
  if (!place || input.type !== "file" || !input.files.length) return;
  const files = [...input.files];
  input.value = "";
  document.getElementById(input.dataset.preview)?.replaceChildren();
  for (const file of files) {
    const line = place.querySelector(".media-sent").appendChild(document.createElement("li"));
    const say = (words) => { line.textContent = `${file.name} · ${words}`; };
    if (file.size > Number(place.dataset.most)) { say(place.dataset.large); continue; }
    place.sending = (place.sending ?? 0) + 1;
    await send(file, place, say).then((token) => {
      place.querySelector("[name=arrived]").value += `${token},`;
      say(`✓ ${place.dataset.arrived}`);
    }, (fault) => say(fault.message)).finally(() => { place.sending -= 1; });
  }
});
