// The lab in a page of the book, with no kernel: mounts one in every place the page has made for it. What a page loads is
// named in lab/assets.py too, for the page to ask for all of it at once.

import catalogue from "./catalogue.js";
import {mountExplorables} from "./explore/in-page.js";
import {mountCircles} from "./sandbox/in-page.js";

// It waits for the page, and not for the theme's scripts, which are many times heavier than the lab.
if (document.readyState === "loading") await new Promise((done) => document.addEventListener("readystatechange", done, {once: true}));

const placesOf = (kind) => [...document.querySelectorAll(`.mentorkit-lab[data-lab="${kind}"]`)];

const [circles, explorables] = [placesOf("circle"), placesOf("explorable")];
if (circles.length > 0) mountCircles(circles, catalogue, new URL("./counter.js", import.meta.url));
// Only where there is one: their circles are data of 30 KB.
if (explorables.length > 0) mountExplorables(explorables, catalogue, (await import("./explorables.js")).default);
