// data-preview="id" on a file input: shows names, sizes and small pictures beforehand.
const size = (bytes) => bytes > 1e6 ? `${(bytes / 1e6).toFixed(1)} MB` : `${Math.ceil(bytes / 1e3)} KB`;
document.addEventListener("change", (event) => {
  const input = event.target;
  if (!input.dataset?.preview) return;
  const place = document.getElementById(input.dataset.preview);
  if (!place) return;
  place.replaceChildren(...[...input.files].map((file) => {
    const line = document.createElement("div");
    if (/^image\/(png|jpe?g|webp|gif)$/.test(file.type)) {
      // Read as a data URL: the content policy allows data:, not blob:, for pictures.
      const reader = new FileReader();
      reader.addEventListener("load", () => {
        const picture = new Image();
        picture.src = reader.result;
        picture.alt = "";
        line.prepend(picture);
      });
      reader.readAsDataURL(file);
    }
    line.append(`${file.name} · ${size(file.size)}`);
    return line;
  }));
});
