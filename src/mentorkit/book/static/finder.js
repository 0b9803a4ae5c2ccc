// What do you see? Ticked signs, and the troubles that fit most of them. Reads the page and sends nothing anywhere.

const finder = document.querySelector(".bk-finder");
const said = finder.querySelector(".bk-finder-said");
const list = finder.querySelector(".bk-finder-fits");
const boxes = [...finder.querySelectorAll("input[data-fits]")];
const cards = new Map([...finder.querySelectorAll("a[data-id]")].map((card) => [card.dataset.id, card]));
const clear = document.createElement("button");

/** How many ticked signs each trouble shows, most first. */
function count() {
  const found = new Map();
  for (const box of boxes) {
    if (!box.checked) continue;
    for (const id of box.dataset.fits.split(" ")) found.set(id, (found.get(id) ?? 0) + 1);
  }
  return [...found].sort((one, other) => other[1] - one[1]);
}

/** One trouble as a line: its card, how many signs fit, and the question that tells it from its near-miss. */
function line([id, fits], ticked) {
  const item = document.createElement("li");
  const link = cards.get(id).cloneNode(true);
  const tell = document.createElement("p");
  tell.textContent = `${finder.dataset.look} ${link.dataset.tell}`;
  item.append(link, ` ${finder.dataset.fits.replace("{fits}", fits).replace("{all}", ticked)}`, tell);
  return item;
}

function show() {
  const found = count();
  const ticked = boxes.filter((box) => box.checked).length;
  const words = !found.length ? "none" : found.length === 1 ? "one" : "many";
  said.textContent = finder.dataset[words].replace("{count}", found.length);
  list.replaceChildren(...found.slice(0, 5).map((each) => line(each, ticked)));
  clear.hidden = !ticked;
}

clear.type = "button";
clear.textContent = finder.dataset.clear;
clear.addEventListener("click", () => {
  for (const box of boxes) box.checked = false;
  show();
  finder.querySelector("summary").focus();
});
for (const box of boxes) {
  box.hidden = false;
  box.addEventListener("change", show);
}
finder.classList.add("bk-finder--live");
list.after(clear);
show();
