// The explorables of a page of the book.

import {mountExplorable} from "./explorable.js";

/** Mount one in each of `places`, with the `data` of explorables.js. */
export function mountExplorables(places, catalogue, data) {
  for (const place of places) mountExplorable(place, place.dataset.explorable, catalogue, data);
}
