// An explorable as a notebook's widget: anywidget calls render() with its model and an empty element.

import catalogue from "./catalogue.js";
import data from "./explorables.js";
import {mountExplorable} from "./explore/explorable.js";
import {keepKeys} from "./screen/dom.js";

export default {
  render({model, el}) {
    mountExplorable(el, model.get("name"), catalogue, data);
    return keepKeys(el);
  },
};
