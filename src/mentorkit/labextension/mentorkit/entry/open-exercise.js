// The plugin: when an exercise is opened and its kernel is ready, run it, show the form, hide everything else.
// It does nothing to any other notebook.

import {asksToRun, isKnown, isSafeFolder} from "./known.js";

const HINT = "hint"; // a cell with metadata {"mentorkit": "hint"} says which button to press where this plugin is missing

function addStyle() {
  const href = new URL("exercise.css", import.meta.url).href;
  document.head.append(Object.assign(document.createElement("link"), {rel: "stylesheet", href}));
}

function codeOf(model) {
  const cells = Array.from(model.cells);
  return cells.filter(({type}) => type === "code").map(({sharedModel}) => sharedModel.getSource());
}

async function mayRun(panel, contents) {
  const {context, sessionContext} = panel;
  const info = await sessionContext.session?.kernel?.info;
  if (info?.language_info.name !== "python") return false;
  const folder = context.path.split("/").slice(0, -1).join("/");
  const {content} = await contents.get(folder, {content: true});
  return isSafeFolder(content) && isKnown(codeOf(panel.model)); // the code last: nothing may change after that look
}

/** JupyterLab's shortcuts leave an element alone that has this attribute; it must be on the focused one itself. */
function quietKeys(node) {
  const quiet = (element) => element.setAttribute("data-lm-suppress-shortcuts", "true");
  node.addEventListener("focusin", ({target}) => quiet(target));
  if (node.contains(document.activeElement)) quiet(document.activeElement);
}

/** Show nothing but the form: no code, no toolbar, no hint, no single-key shortcut that could delete a cell. */
function showForm(panel) {
  const notebook = panel.content;
  panel.addClass("mentorkit-exercise");
  quietKeys(notebook.node);
  for (const cell of notebook.widgets) {
    if (cell.model.getMetadata("mentorkit") === HINT) cell.addClass("mentorkit-hint");
  }
  const index = notebook.widgets.findIndex(({model}) => model.type === "code");
  notebook.activeCellIndex = index;
  notebook.widgets[index].node.scrollIntoView({block: "start"});
}

/** Make the plugin from JupyterLab's own modules. */
export function makePlugin({INotebookTracker, NotebookActions}, {ILabShell}) {
  async function run(panel, contents) {
    await panel.sessionContext.ready;
    if (!(await mayRun(panel, contents))) {
      console.info("mentorkit: this notebook asks to run on opening, but is not an exercise as released.");
      return false;
    }
    const ran = await NotebookActions.runAll(panel.content, panel.sessionContext);
    if (panel.isDisposed) return false;
    panel.model.dirty = false; // outputs are made again at every opening: nothing to save, nothing to ask on leaving
    if (ran) showForm(panel);
    return ran;
  }

  /** A new kernel knows nothing of the form on screen: run once more when it is ready. */
  function runAgainAfterRestart(panel, contents) {
    let restarted = false;
    panel.sessionContext.statusChanged.connect((_, status) => {
      if (status === "restarting" || status === "autorestarting") restarted = true;
      if (!restarted || status !== "idle") return;
      restarted = false;
      void run(panel, contents);
    });
  }

  /** In a page of its own the exercise needs none of JupyterLab's side bars; anywhere else they stay. */
  function clearTheRoom(panel, shell) {
    const look = () => {
      const alone = shell.mode === "single-document" && shell.currentWidget === panel && !panel.isDisposed;
      document.body.classList.toggle("mentorkit-alone", alone);
    };
    for (const signal of [shell.modeChanged, shell.currentChanged, panel.disposed]) signal.connect(look);
    look();
  }

  async function consider(panel, contents, shell) {
    await panel.context.ready;
    if (panel.isDisposed || !asksToRun(panel.model.getMetadata("mentorkit"))) return;
    if (shell?.mode === "single-document" && isKnown(codeOf(panel.model))) {
      shell.collapseLeft();
      shell.collapseRight();
    }
    const shown = await run(panel, contents);
    if (shown && shell) clearTheRoom(panel, shell);
    if (!panel.isDisposed) runAgainAfterRestart(panel, contents);
  }

  return {
    id: "mentorkit:open-exercise",
    description: "Opens an exercise of the mentor course as a form.",
    autoStart: true,
    requires: [INotebookTracker],
    optional: [ILabShell],
    activate({serviceManager}, tracker, shell) {
      addStyle();
      const {contents} = serviceManager;
      const look = (panel) => consider(panel, contents, shell).catch((error) => console.error("mentorkit:", error));
      tracker.forEach(look);
      tracker.widgetAdded.connect((_, panel) => look(panel));
    },
  };
}
