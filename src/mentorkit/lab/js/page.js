// The lab in a page of the book, with no kernel: mounts one in every place the page has made for it.

import catalogue from "./catalogue.js";
import {mountCircleLab} from "./sandbox/circle-lab.js";
import {standIn} from "./stand-in.js";

/** What a place asks for; anything that is not JSON is left for the lab to refuse with a sentence. */
function askedFor(place) {
  try {
    return JSON.parse(place.dataset.setup || "{}");
  } catch {
    return null;
  }
}

for (const place of document.querySelectorAll('.mentorkit-lab[data-lab="circle"]')) {
  place.replaceChildren(); // what stood there was for readers without JavaScript
  mountCircleLab(place, standIn({setup: askedFor(place), week: 1}), catalogue);
}
