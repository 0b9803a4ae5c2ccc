// The entry of the form's widget: one session a model, any number of views.

import catalogue from "./catalogue.js";
import {openSession} from "./form/session.js";
import {drawForm} from "./form/view.js";

function tabStorage() {
  try {
    return window.sessionStorage;
  } catch {
    return null; // switched off in this browser
  }
}

/** Called once a model, so that all its views share one session. */
export default function makeWidget() {
  let session = null;
  return {
    initialize({model}) {
      session = openSession(model, catalogue.texts, {storage: tabStorage()});
      return () => session.close();
    },
    render({el}) {
      return drawForm(el, session, catalogue.texts);
    },
  };
}
