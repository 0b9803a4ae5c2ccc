// The container that JupyterLab loads: a module-federation remote written by hand, so that nothing needs building.
// JupyterLab hands `init` its shared modules, then asks `get` for the module named in package.json.

(() => {
  const here = document.currentScript.src;
  let shared = {};

  /** JupyterLab's own copy of a package: the loaded one, else the newest. */
  async function use(name) {
    const versions = shared[name] ?? {};
    const newest = Object.keys(versions).sort((a, b) => b.localeCompare(a, "en", {numeric: true}));
    const chosen = newest.find((version) => versions[version].loaded) ?? newest[0];
    if (chosen === undefined) throw new Error(`This JupyterLab does not share ${name}`);
    return (await versions[chosen].get())();
  }

  async function exercisePlugin() {
    const names = ["notebook", "application"].map((name) => use(`@jupyterlab/${name}`));
    const [notebook, application, {makePlugin}] = await Promise.all([...names, import(new URL("open-exercise.js", here))]);
    return makePlugin(notebook, application);
  }

  async function trainerPlugin() {
    const names = ["apputils", "launcher", "coreutils", "ui-components"].map((name) => use(`@jupyterlab/${name}`));
    const [{makeTrainerPage}, ...modules] = await Promise.all([import(new URL("trainer-page.js", here)), ...names]);
    return makeTrainerPage(...modules);
  }

  (window._JUPYTERLAB ??= {}).mentorkit = {
    init(scope) {
      shared = scope;
    },
    async get(name) {
      if (name !== "./extension") throw new Error(`mentorkit has no module ${name}`);
      const made = await Promise.allSettled([exercisePlugin(), trainerPlugin()]); // one does without the other
      for (const {reason} of made) if (reason) console.error("mentorkit:", reason);
      const plugins = made.filter(({status}) => status === "fulfilled").map(({value}) => value);
      // A plain object: JupyterLab writes to what it gets, and a module may not be written to.
      return () => ({__esModule: true, default: plugins});
    },
  };
})();
