// [data-record="id of a file input"]: records a voice and puts it there as a file.
// What cannot record keeps the plain input, where phones offer their own recorder.
const FORMS = [["audio/webm;codecs=opus", "weba"], ["audio/mp4", "m4a"], ["audio/ogg", "ogg"]];
const LONGEST = 30 * 60;

function put(input, file) {
  const holder = new DataTransfer();
  for (const each of input.files) holder.items.add(each);
  holder.items.add(file);
  input.files = holder.files;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

async function record(box) {
  const [button, status] = [box.querySelector("button"), box.querySelector("[role=status]")];
  const words = button.querySelector("span");
  const [type, ending] = FORMS.find(([each]) => MediaRecorder.isTypeSupported(each)) ?? ["", "weba"];
  let stream;
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: true });
  } catch {
    status.textContent = status.dataset.denied;
    return;
  }
  const recorder = new MediaRecorder(stream, { mimeType: type, audioBitsPerSecond: 32000 });
  const [pieces, before, began] = [[], words.textContent, Date.now()];
  const clock = setInterval(() => {
    const seconds = Math.floor((Date.now() - began) / 1000);
    status.textContent = `● ${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
    if (seconds >= LONGEST) recorder.stop();
  }, 500);
  recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
  recorder.addEventListener("stop", () => {
    clearInterval(clock);
    for (const track of stream.getTracks()) track.stop();
    [words.textContent, status.textContent, box.recorder] = [before, "", null];
    button.classList.remove("is-recording");
    const file = new File(pieces, `voice-${new Date(began).toISOString().slice(0, 16).replace(":", "-")}.${ending}`, { type });
    const player = Object.assign(document.createElement("audio"), { controls: true, src: URL.createObjectURL(file) });
    box.append(player);
    put(document.getElementById(box.dataset.record), file);
  });
  box.recorder = recorder;
  words.textContent = button.dataset.stop;
  button.classList.add("is-recording");
  recorder.start(1000);
}

if (window.MediaRecorder && navigator.mediaDevices) {
  document.querySelectorAll("[data-record]").forEach((box) => { box.hidden = false; });
  document.addEventListener("click", (event) => {
    const box = event.target.closest("[data-record] button")?.parentElement;
    if (box?.recorder) box.recorder.stop(); else if (box) record(box);
  });
}
