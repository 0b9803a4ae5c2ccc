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

  (window._JUPYTERLAB ??= {}).mentorkit = {
    init(scope) {
      shared = scope;
    },
    async get(name) {
      if (name !== "./extension") throw new Error(`mentorkit has no module ${name}`);
      const [notebook, application, {makePlugin}] = await Promise.all([
        use("@jupyterlab/notebook"),
        use("@jupyterlab/application"),
        import(new URL("open-exercise.js", here)),
      ]);
      // A plain object: JupyterLab writes to what it gets, and a module may not be written to.
      return () => ({__esModule: true, default: makePlugin(notebook, application)});
    },
  };
})();
