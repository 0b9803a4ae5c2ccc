// The lab as a notebook's widget: anywidget calls render() with its model and an empty element.

import catalogue from "./catalogue.js";
import {mountCircleLab} from "./sandbox/circle-lab.js";
import {withOwn} from "./sandbox/own.js";

export default {
  render({model, el}) {
    let leave = () => {};
    const mount = () => {
      leave();
      leave = mountCircleLab(el, model, withOwn(catalogue, model.get("own")));
    };
    model.on("change:own", mount); // other problems to choose from: the lab begins anew
    mount();
    return () => {
      model.off("change:own", mount);
      leave();
    };
  },
};
