// What every view of one form shares: the answers, what is not saved yet, and what the course last said.
// It talks to Python through `model`; it draws nothing. Nothing a mentor chose is dropped before it is saved.

import {say} from "../screen/dom.js";
import {fits, isWhole} from "./answer.js";
import {keepUnsaved, readKept} from "./kept.js";

const PATIENCE = 5000; // milliseconds until silence counts as a lost connection: assumption
const LONG_PATIENCE = 60000; // a submission copies files and may take a while: assumption

function newName() {
  return Math.random().toString(36).slice(2, 12); // tells this tab's changes from another tab's
}

/** Only what the sheet offers, so that a stale or foreign note never reaches the course. */
function onTheSheet(sheet, answers) {
  return Object.fromEntries((sheet.items ?? []).filter((item) => fits(item, answers[item.id])).map(({id}) => [id, answers[id]]));
}

/**
 * Open the session of one model. `storage` (a Storage or null) holds what could not be saved across a reload.
 * state: {answers, status: {kind, text}, sending, refused, receipt, tried: item id to what came of trying it}; kind is "idle", "saving", "saved", "failed" or "lost".
 */
export function openSession(model, texts, {storage = null, patience = PATIENCE, longPatience = LONG_PATIENCE} = {}) {
  const sheet = model.get("sheet");
  const tab = newName();
  const watchers = new Set();
  const first = model.get("saved") ?? {};
  const state = {
    answers: {...model.get("answers")},
    status: first.text ? {kind: first.ok ? "saved" : "failed", text: first.text} : {kind: "idle", text: ""},
    sending: false,
    refused: "",
    receipt: model.get("receipt") ?? {},
    tried: {},
    at: 0, // where the reader is, so that a view made again opens there
  };
  let unsaved = {};
  let count = 0;
  let last = null;
  let timer = null;
  let gone = false;

  const tell = () => watchers.forEach((watcher) => watcher());
  const stopWaiting = () => clearTimeout(timer);

  function lose(key = state.sending ? "form.lost-submitting" : "form.lost") {
    stopWaiting();
    const kept = keepUnsaved(storage, sheet, unsaved) ? "form.kept" : "form.not-kept";
    state.status = {kind: "lost", text: `${say(texts, key)} ${say(texts, kept)}`};
    state.sending = false;
    tell();
  }

  function endSubmission(refused) {
    stopWaiting();
    Object.assign(state, {sending: false, refused});
  }

  function send(kind) {
    last = `${tab}-${(count += 1)}`;
    stopWaiting();
    state.status = {kind: "saving", text: say(texts, kind === "submit" ? "form.sending" : "form.saving")};
    state.refused = "";
    timer = setTimeout(lose, patience);
    tell();
    keepUnsaved(storage, sheet, unsaved);
    try {
      if (gone) throw new Error("the widget is closed");
      model.send({kind, change: last, answers: unsaved});
    } catch {
      lose();
    }
  }

  function onSaved() {
    const saved = model.get("saved") ?? {};
    if (saved.change !== last) return; // an earlier change, or another tab's: the latest one is still on its way
    stopWaiting();
    if (saved.ok) unsaved = {};
    keepUnsaved(storage, sheet, unsaved);
    state.status = {kind: saved.ok ? "saved" : "failed", text: saved.text};
    if (state.sending && saved.ok) timer = setTimeout(lose, longPatience);
    else state.sending = false;
    tell();
  }

  function onReceipt() {
    state.receipt = model.get("receipt") ?? {};
    if (state.receipt.change === last && state.sending) endSubmission("");
    tell();
  }

  function onRefusal() {
    const refusal = model.get("refusal") ?? {};
    if (refusal.change === last && state.sending) endSubmission(refusal.text);
    tell();
  }

  function onTried() {
    const {item, text} = model.get("tried") ?? {};
    if (item) state.tried = {...state.tried, [item]: text};
    tell();
  }

  function onAnswers() {
    state.answers = {...model.get("answers"), ...unsaved};
    tell();
  }

  function onClosed() {
    gone = true;
    lose(Object.keys(unsaved).length > 0 || state.sending ? undefined : "form.closed");
  }

  const events = {
    "change:saved": onSaved,
    "change:receipt": onReceipt,
    "change:refusal": onRefusal,
    "change:answers": onAnswers,
    "change:tried": onTried,
    destroy: onClosed,
  };
  for (const [name, callback] of Object.entries(events)) model.on(name, callback);

  const kept = onTheSheet(sheet, readKept(storage, sheet));
  if (Object.keys(kept).length > 0) {
    unsaved = kept;
    state.answers = {...state.answers, ...kept};
    send("change");
  }

  return {
    sheet,
    state,
    answer(item, value) {
      state.answers[item] = value;
      unsaved[item] = value;
      delete state.tried[item]; // it belongs to the answer before
      if (state.receipt.ok) state.receipt = {...state.receipt, stale: true};
      send("change");
    },
    /** Try an item's answer out; what came of it arrives later. */
    attempt(item) {
      state.tried = {...state.tried, [item]: say(texts, "form.trying")};
      tell();
      try {
        model.send({kind: "try", item});
      } catch {
        lose();
      }
    },
    submit() {
      if (state.sending) return;
      state.sending = true;
      send("submit");
    },
    open: () => sheet.items.filter((item) => !isWhole(item, state.answers[item.id])),
    watch(watcher) {
      watchers.add(watcher);
      return () => watchers.delete(watcher);
    },
    close() {
      stopWaiting();
      for (const [name, callback] of Object.entries(events)) model.off(name, callback);
    },
  };
}
