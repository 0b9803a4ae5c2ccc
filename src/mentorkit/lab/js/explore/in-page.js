// The explorables of a page of the book.

import {mountExplorable} from "./explorable.js";

/** Mount one in each of `places`. */
export function mountExplorables(places, catalogue) {
  for (const place of places) mountExplorable(place, place.dataset.explorable, catalogue);
}
