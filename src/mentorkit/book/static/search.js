// The search page: asks Pagefind's index, which lies beside the book, and lists what it finds. Asks nobody else.

const STEP = 10; // results at a time
const FEW = 2; // talks, and passages of talks, among the first ten
const PAUSE = 250; // ms without a key before a search begins (assumption)
const box = document.querySelector("[data-bk-search]");
const words = box.dataset;
const kinds = { page: words.isPage, talk: words.isTalk, said: words.isSaid };
const form = box.querySelector(".bk-search-form");
const { q: field, kind, language } = form.elements;
const status = box.querySelector(".bk-search-count");
const list = box.querySelector(".bk-search-results");
const more = box.querySelector(".bk-search-more");
const base = new URL("..", import.meta.url).pathname;
let found = [];
let turn = 0; // the newest search: an older one that ends later shows nothing

/** Pagefind, loaded when the first word is typed; null where this copy of the book has no index. */
let loading;
function pagefind() {
  loading ??= import(new URL("../_pagefind/pagefind.js", import.meta.url).href)
    .then(async (module) => {
      await module.options({ baseUrl: base, excerptLength: 28 });
      const { language: languages = {} } = await module.filters();
      for (const name of Object.keys(languages).sort()) language.add(new Option(name, name));
      language.value = new URLSearchParams(location.search).get("language") ?? "";
      if (language.selectedIndex < 0) language.value = "";
      box.querySelector(".bk-search-choices").hidden = false;
      return module;
    })
    .catch(() => null);
  return loading;
}

const make = (name, text = "", look = "") => {
  const element = document.createElement(name);
  element.textContent = text;
  if (look) element.className = look;
  return element;
};

/** Text with <mark>, as Pagefind gives it; everything else in it is text. */
function excerpt(html) {
  const line = make("p", "", "bk-search-excerpt");
  for (const node of new DOMParser().parseFromString(html, "text/html").body.childNodes)
    line.append(node.nodeName === "MARK" ? make("mark", node.textContent) : node.textContent);
  return line;
}

function link(address, text) {
  const a = make("a", text);
  a.href = address;
  return a;
}

/** Where a result leads: a page of the book, or what the index's path says about a talk (search_index.py). */
function placeOf(url) {
  const [, place, id, second] = /^(listed|said)\/([^/]+?)(?:\/(\d+))?\.html$/.exec(url.slice(base.length)) ?? [];
  if (place === "listed") return { address: `${base}${words.list}#video-${id}` };
  if (place === "said") return { address: `${base}videos/${id}.html#t=${second}`, second: Number(second) };
  return { address: url };
}

const clock = (second) => `${Math.floor(second / 60)}:${String(second % 60).padStart(2, "0")}`;

function row({ url, excerpt: text, meta, filters, sub_results: parts = [] }) {
  const item = make("li");
  const title = make("p", "", "bk-search-title");
  const name = kinds[filters.kind[0]];
  const { address, second } = placeOf(url);
  const said = filters.talk && `${filters.talk[0]}, ${words.at.replace("{time}", clock(second))}`;
  title.append(link(address, said ?? meta.title), " ", make("span", name, "bk-search-kind"));
  item.append(title);
  if (filters.kind[0] !== "talk") item.append(excerpt(text)); // a talk's text is a heap of tags
  const headings = parts.filter((part) => part.anchor && part.url !== url && part.title !== meta.title);
  if (headings.length) {
    const weight = ({ weighted_locations: at }) => at.reduce((sum, { balanced_score: one }) => sum + one, 0);
    const places = make("ul", "", "bk-search-places");
    for (const part of headings.sort((a, b) => weight(b) - weight(a)).slice(0, 3)) {
      const place = make("li");
      place.append(link(part.url, part.title));
      places.append(place);
    }
    item.append(places);
  }
  return item;
}

/** Add the next results; the first new one gets the focus where a button asked for them. */
async function show(mine, focus = false) {
  const start = list.children.length;
  const rows = await Promise.all(found.slice(start, start + STEP).map((one) => one.data()));
  if (mine !== turn) return;
  list.append(...rows.map(row));
  more.hidden = list.children.length >= found.length;
  if (focus) list.children[start]?.querySelector("a").focus();
}

/** Pages first: they answer. But of the first ten results a few are talks, which many pages would hide. */
function mixed(by) {
  const [pages, ...talks] = by;
  return [
    ...pages.slice(0, STEP - FEW * talks.length),
    ...talks.flatMap((results) => results.slice(0, FEW)),
    ...pages.slice(STEP - FEW * talks.length),
    ...talks.flatMap((results) => results.slice(FEW)),
  ];
}

async function search() {
  const asked = field.value.trim();
  const mine = ++turn;
  const address = new URL(location.href);
  for (const [name, value] of [["q", asked], ["kind", kind.value], ["language", language.value]])
    value ? address.searchParams.set(name, value) : address.searchParams.delete(name);
  history.replaceState(null, "", address);
  if (!asked) {
    found = [];
    list.replaceChildren();
    more.hidden = true;
    status.textContent = "";
    return;
  }
  status.textContent = words.searching;
  const index = await pagefind();
  if (mine !== turn) return;
  if (!index) {
    status.textContent = words.absent;
    return;
  }
  const others = language.value ? { language: language.value } : {};
  const wanted = kind.value ? [kind.value] : Object.keys(kinds);
  const by = await Promise.all(wanted.map((one) => index.search(asked, { filters: { kind: one, ...others } })));
  if (mine !== turn) return;
  found = mixed(by.map(({ results }) => results));
  list.replaceChildren();
  more.hidden = true;
  await show(mine);
  if (mine !== turn) return;
  const text = { 0: words.none, 1: words.countOne }[found.length] ?? words.count;
  status.textContent = text.replace("{count}", found.length).replace("{words}", asked);
}

let waiting;
field.addEventListener("input", () => {
  clearTimeout(waiting);
  waiting = setTimeout(search, PAUSE);
});
form.addEventListener("submit", (event) => {
  event.preventDefault();
  clearTimeout(waiting);
  search();
});
form.addEventListener("change", (event) => event.target !== field && search());
more.addEventListener("click", () => show(turn, true));

const given = new URLSearchParams(location.search);
field.value = given.get("q") ?? "";
kind.value = given.get("kind") ?? "";
if (kind.selectedIndex < 0) kind.value = "";
field.focus();
if (field.value) pagefind().then(search);
