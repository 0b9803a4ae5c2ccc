// Shows a module's slides one at a time: keys, buttons, full screen, and the trainer's notes in step with them. Without
// this script all slides stand below each other. Knows the page that slides.html.j2 makes, and nothing of what it says.

const slides = [...document.querySelectorAll(".sl")];
const notes = document.querySelector("#notes");
const aside = new URLSearchParams(location.search).has("notes") && notes; // this window shows the notes
const said = document.body.dataset;
const button = (name) => document.querySelector(`[data-do="${name}"]`);
const channel = "BroadcastChannel" in window ? new BroadcastChannel(`slides ${location.pathname}`) : null;
let [at, alone] = [0, true];

const titleOf = (slide) => slide?.querySelector("h1, h2").textContent ?? said.end;

/** Show the slide number `to` (from 0), as near as there is one. */
function show(to, {told = true, focus = true} = {}) {
  at = Math.min(Math.max(to, 0), slides.length - 1);
  slides.forEach((slide, number) => slide.classList.toggle("now", number === at));
  document.querySelector(".at").textContent = said.at.replace("{at}", at + 1).replace("{all}", slides.length);
  button("previous").disabled = at === 0;
  button("next").disabled = at === slides.length - 1;
  history.replaceState(null, "", `#${at + 1}`); // no place in the page: nothing scrolls there
  if (focus && !aside) slides[at].focus({preventScroll: alone});
  if (alone) scrollTo(0, 0);
  else if (!aside) slides[at].scrollIntoView({block: "nearest"});
  if (aside) {
    aside.querySelector('[data-show="now"]').textContent = titleOf(slides[at]);
    aside.querySelector('[data-show="then"]').textContent = titleOf(slides[at + 1]);
  }
  if (told) channel?.postMessage({at});
}

/** Show one slide at a time, or all below each other. */
function setAlone(now) {
  alone = now;
  document.body.classList.toggle("one", alone);
  button("all").textContent = alone ? said.all : said.one;
  show(at, {told: false});
}

function setNotes(open) {
  notes.hidden = !open;
  button("notes").setAttribute("aria-expanded", open);
}

const full = () =>
  document.fullscreenElement ? document.exitFullscreen() : document.documentElement.requestFullscreen?.();
const actions = {
  previous: () => show(at - 1),
  next: () => show(at + 1),
  first: () => show(0),
  last: () => show(slides.length - 1),
  full: () => (setAlone(true), full()),
  all: () => setAlone(!alone),
  leave: () => alone && !document.fullscreenElement && setAlone(false),
  notes: () => notes && !aside && setNotes(notes.hidden),
  window: () => window.open("?notes", "notes", "width=720,height=800"),
};
const keys = {
  ArrowLeft: "previous", ArrowUp: "previous", PageUp: "previous",
  ArrowRight: "next", ArrowDown: "next", PageDown: "next",
  Home: "first", End: "last", Escape: "leave", f: "full", n: "notes",
};

/** What has keys of its own keeps them: a slider, a field, a list that scrolls. */
const busy = (target) => target.closest("input, select, textarea, [contenteditable], .mentorkit-lab");

addEventListener("keydown", (event) => {
  const name = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
  if (!name || event.ctrlKey || event.altKey || event.metaKey || busy(event.target)) return;
  if (!alone && !aside && !["full", "leave", "notes"].includes(name)) return; // the page scrolls as any other
  // a slide taller than the screen scrolls first
  const tall = document.documentElement.scrollHeight > innerHeight + 2;
  if (tall && (event.key === "ArrowDown" || event.key === "ArrowUp")) return;
  event.preventDefault();
  actions[name]();
});
document.addEventListener("click", (event) => {
  const name = event.target.closest("[data-do]")?.dataset.do;
  if (name) actions[name]();
});
channel?.addEventListener("message", ({data}) => show(data.at, {told: false, focus: false}));

document.querySelector(".needs-script").hidden = false;
if (notes) setNotes(Boolean(aside));
if (aside) {
  // here the notes are what the page is for
  const title = document.createElement("h1");
  title.textContent = document.title;
  aside.setAttribute("role", "group");
  document.querySelector("main").replaceChildren(title, aside);
  document.body.classList.add("aside");
  for (const line of aside.querySelectorAll(".now")) line.hidden = false;
  const began = Date.now();
  setInterval(() => {
    aside.querySelector('[data-show="clock"]').textContent = Math.floor((Date.now() - began) / 60000);
  }, 5000);
}
const asked = /^#(\d{1,4})$/.exec(location.hash);
at = asked ? Number(asked[1]) - 1 : 0;
alone = !aside;
document.body.classList.toggle("one", alone);
show(at, {told: false, focus: false});
