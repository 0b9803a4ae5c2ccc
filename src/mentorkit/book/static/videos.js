// The filter over the list of talks and videos. Without it the list is whole; it loads nothing.

for (const box of document.querySelectorAll("[data-bk-videos]")) {
  const form = box.querySelector(".bk-video-filter");
  const status = form.querySelector("[role=status]");
  const items = [...box.querySelectorAll(".bk-video-items > li")];
  const groups = [...box.querySelectorAll(".bk-video-group")];

  const fits = (item, name, value) =>
    name === "words"
      ? value.toLowerCase().split(/\s+/).every((word) => item.dataset.words.includes(word))
      : item.dataset[name].split(" ").includes(value);

  const apply = () => {
    const wanted = [...new FormData(form)].filter(([, value]) => value.trim());
    for (const item of items) item.hidden = !wanted.every(([name, value]) => fits(item, name, value.trim()));
    for (const group of groups) group.hidden = !group.querySelector("li:not([hidden])");
    const shown = items.filter((item) => !item.hidden).length;
    status.textContent = shown
      ? box.dataset.count.replace("{count}", shown).replace("{all}", items.length)
      : box.dataset.none;
  };

  form.addEventListener("submit", (event) => event.preventDefault());
  form.addEventListener("input", apply);
  form.addEventListener("reset", () => setTimeout(apply));
  form.hidden = false;
  apply();
}
