// The picture to show to a colleague: the table of the shown week, what happened in a sentence, and what it is not.
// An SVG that needs nothing from the page, and the same as a PNG.

import {draw, make, say} from "../screen/dom.js";

const [WIDTH, EDGE, INSET] = [880, 56, 28];
const SCENE = {x: 64, width: 752, height: 678};
const LOOK = "fill fill-opacity stroke stroke-width stroke-opacity stroke-dasharray stroke-linecap stroke-linejoin paint-order opacity font-size font-weight text-anchor".split(" ");

/** A copy of an element with its looks written into it, since it leaves the page's styles behind. */
function dressed(element) {
  const style = getComputedStyle(element);
  const copy = element.cloneNode();
  for (const name of LOOK) {
    const value = style.getPropertyValue(name);
    if (!copy.hasAttribute(name) && (value !== "none" || name === "fill")) copy.setAttribute(name, value);
  }
  for (const name of ["class", "style"]) copy.removeAttribute(name);
  for (const child of element.childNodes) {
    if (child.nodeType === Node.TEXT_NODE) copy.append(child.data);
    else if (getComputedStyle(child).display !== "none") copy.append(dressed(child));
  }
  return copy;
}

/** Lines of at most `width`; a language without spaces is cut between any two letters. */
function linesOf(text, width, font) {
  const pen = make("canvas").getContext("2d");
  pen.font = font;
  const lines = [""];
  for (const word of text.match(/[\u3000-\uffff]|[^ \u3000-\uffff]+ */gu) ?? []) {
    if (lines.at(-1) && pen.measureText(lines.at(-1) + word.trimEnd()).width > width) lines.push("");
    lines[lines.length - 1] += word;
  }
  return lines;
}

/** Draw the `scene` whose table is `shown` in the page. Returns {text, width, height}: an SVG's text and its size. */
export function drawPicture(shown, {setup, week, story, behind, hidden, catalogue: {texts, problems, responses}}) {
  // A copy in a wide room: nothing is under way in it, and no phone makes its letters large.
  const room = shown.parentNode.appendChild(make("div", {class: "mk-lab mk-room"}, shown.cloneNode(true)));
  const style = getComputedStyle(room);
  const {fontFamily, direction} = style;
  const side = (x) => (direction === "rtl" ? WIDTH - x : x);
  const colour = (name) => {
    room.style.color = `var(--mk-${name})`;
    return style.color;
  };
  const parts = [];
  let y = EDGE;
  const write = (text, size, ink, weight = 400, inset = 0) => linesOf(text, WIDTH - 2 * (EDGE + inset), `${weight} ${size}px ${fontFamily}`).forEach((line) => {
    y += size * 1.4;
    parts.push(draw("text", {x: side(EDGE + inset), y: y - size * 0.4, "font-size": size, "font-weight": weight, fill: colour(ink)}, line));
  });
  const named = (list, known) => list.map((one) => say(texts, "lab.share.cause", {...one, name: known[one.id].name}));
  write(say(texts, "lab.share.title", {...setup, circle: setup.circle + 1, week}), 32, "ink", 700);
  write([...named(hidden ? [] : setup.problems, problems), ...named(setup.responses, responses)].join(" · "), 19, "quiet");
  const table = dressed(room.firstChild);
  for (const [name, value] of Object.entries({...SCENE, y: y + 12, overflow: "visible"})) table.setAttribute(name, value);
  y += SCENE.height + 24;
  const frame = {y, x: EDGE, width: WIDTH - 2 * EDGE, rx: 6, fill: colour("soft")};
  y += 16;
  write(story, 23, "ink", 400, INSET);
  y += 16;
  const box = draw("rect", {...frame, height: y - frame.y});
  const bar = draw("path", {d: `M${side(EDGE + 3)} ${frame.y}V${y}`, stroke: colour("blue"), "stroke-width": 6});
  y += 18;
  write(say(texts, behind ? "lab.legend.behind" : "lab.legend"), 15, "quiet");
  y += 8;
  write(say(texts, "lab.about"), 17, "ink", 650);
  const size = {width: WIDTH, height: Math.ceil(y) + EDGE};
  const picture = draw("svg", {...size, "font-family": fontFamily, direction}, draw("rect", {...size, fill: colour("paper")}), table, box, bar, ...parts);
  room.remove();
  return {...size, text: new XMLSerializer().serializeToString(picture)};
}

/** The drawn picture as a PNG, twice as fine. Rejects where the browser cannot. */
export async function paintPicture({text, width, height}) {
  const image = make("img", {src: `data:image/svg+xml,${encodeURIComponent(text)}`});
  await image.decode();
  const canvas = make("canvas", {width: 2 * width, height: 2 * height});
  canvas.getContext("2d").drawImage(image, 0, 0, canvas.width, canvas.height);
  return new Promise((done, fail) => canvas.toBlob((png) => (png ? done(png) : fail())));
}
