// The plugin: on a trainer's server, a card in the launcher and a command that open the trainer's page in a tab.
// The page comes from the server, made anew at each visit, and runs no script: its frame allows none.

const COMMAND = "mentorkit:trainer-page";
const OPTION = "mentorkitTrainer"; // what the card says; there only where the server is a trainer's
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 24 24"><path class="jp-icon3" fill="#616161" ' +
  'd="M3 4h18v2H3zm0 5h4v4H3zm6 1h12v2H9zm-6 6h4v4H3zm6 1h12v2H9z"/></svg>';

/** Make the plugin from JupyterLab's own modules. */
export function makeTrainerPage({ICommandPalette, IFrame, MainAreaWidget}, {ILauncher}, {PageConfig, URLExt}, {LabIcon}) {
  function makeTab(label, icon) {
    // same origin, or the server would not know who asks; formgrader opens in a tab of the browser, not sandboxed
    const sandbox = ["allow-same-origin", "allow-popups", "allow-popups-to-escape-sandbox"];
    const content = new IFrame({sandbox, referrerPolicy: "same-origin"});
    content.url = URLExt.join(PageConfig.getBaseUrl(), "mentorkit/trainer/");
    content.node.querySelector("iframe")?.setAttribute("title", label);
    Object.assign(content.title, {label, icon, closable: true});
    return new MainAreaWidget({content});
  }

  return {
    id: COMMAND,
    description: "Opens the trainer's page of the mentor course.",
    autoStart: true,
    optional: [ILauncher, ICommandPalette],
    activate({commands, shell}, launcher, palette) {
      const label = PageConfig.getOption(OPTION);
      if (!label) return;
      const icon = new LabIcon({name: COMMAND, svgstr: ICON});
      let tab = null;
      commands.addCommand(COMMAND, {
        label,
        icon,
        execute() {
          if (tab === null || tab.isDisposed) tab = makeTab(label, icon);
          if (!tab.isAttached) shell.add(tab, "main");
          shell.activateById(tab.id);
        },
      });
      launcher?.add({command: COMMAND, category: "Other", rank: -1});
      palette?.addItem({command: COMMAND, category: "Other"});
    },
  };
}
