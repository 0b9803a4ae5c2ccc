// The lab as a notebook's widget: anywidget calls render() with its model and an empty element.

import catalogue from "./catalogue.js";
import {mountCircleLab} from "./sandbox/circle-lab.js";

export default {
  render({model, el}) {
    return mountCircleLab(el, model, catalogue);
  },
};
