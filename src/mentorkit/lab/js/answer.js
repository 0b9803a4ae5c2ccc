// A button in a notebook, and the answer it brings: a sentence that is read aloud, and a table. The kernel counts.

import {makeButton} from "./screen/control.js";
import {focusWhileScrolling, keepKeys, make, write} from "./screen/dom.js";

const PARTS = ["told", "caption", "head", "rows", "former"];

export default {
  render({model, el}) {
    const button = makeButton(model.get("label"), () => {
      write(told, model.get("wait"));
      write(former, "");
      model.set("asked", model.get("asked") + 1);
      model.save_changes();
    });
    const [told, former] = [make("p"), make("p", {class: "mk-note"})];
    const table = make("table", {class: "mk-numbers"});
    const box = make("div", {class: "mk-answer-table"}, table);
    const settle = focusWhileScrolling(box, model.get("label"));
    el.classList.add("mk-lab");
    el.append(make("div", {class: "mk-lab-body mk-answer"}, make("div", {class: "mk-buttons"}, button), make("div", {role: "status"}, told, former), box));
    const release = keepKeys(el);

    function paint() {
      const [head, rows] = [model.get("head"), model.get("rows")];
      const look = head.map((_, at) => (rows.some((row) => /\p{L}/u.test(row[at])) ? {class: "mk-words"} : {}));
      const line = ([first, ...rest]) => make("tr", {}, make("th", {scope: "row"}, first), ...rest.map((text, at) => make("td", look[at + 1], text)));
      write(told, model.get("told"));
      write(former, model.get("former"));
      table.hidden = rows.length === 0;
      table.replaceChildren(make("caption", {}, model.get("caption")),
        make("thead", {}, make("tr", {}, ...head.map((text, at) => make("th", {scope: "col", ...look[at]}, text)))), make("tbody", {}, ...rows.map(line)));
    }

    for (const part of PARTS) model.on(`change:${part}`, paint);
    paint();
    return () => {
      for (const part of PARTS) model.off(`change:${part}`, paint);
      settle();
      release();
    };
  },
};
