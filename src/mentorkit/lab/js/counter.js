// Counts pairs of circles in a worker, beside the page: nothing on the screen waits for it.

import {pairs} from "./model.js";

const WARM = 100; // circles run at once, since a browser's first ones are many times slower
let catalogue = null;

/** First comes {catalogue, setup}, to get ready with; then {turn, setup, first, count}, answered by {turn, some}. */
addEventListener("message", ({data}) => {
  if (data.catalogue) {
    ({catalogue} = data);
    pairs(catalogue, data.setup, WARM);
  } else {
    const {turn, setup, first, count} = data;
    postMessage({turn, some: pairs(catalogue, setup, count, first)});
  }
});
