// The lab in a page of the book, with no kernel: mounts one in every place the page has made for it, and loads no more
// than those places need. What they need is named in lab/assets.py too, for the page to ask for all of it at once.

import catalogue from "./catalogue.js";

const placesOf = (kind) => [...document.querySelectorAll(`.mentorkit-lab[data-lab="${kind}"]`)];

const [circles, explorables] = [placesOf("circle"), placesOf("explorable")];
if (circles.length > 0) (await import("./sandbox/in-page.js")).mountCircles(circles, catalogue);
if (explorables.length > 0) (await import("./explore/in-page.js")).mountExplorables(explorables, catalogue);
