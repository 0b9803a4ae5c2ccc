// A stand-in for a notebook's widget model, so that a page without a kernel mounts the very same lab.

/** A model with get, set, on, off and save_changes that keeps its values in the page. */
export function standIn(values) {
  const kept = {...values};
  const listeners = new Map();
  return {
    get: (name) => kept[name],
    set(name, value) {
      if (Object.is(kept[name], value)) return;
      kept[name] = value;
      for (const listener of [...(listeners.get(`change:${name}`) ?? [])]) listener();
    },
    on(event, listener) {
      listeners.set(event, [...(listeners.get(event) ?? []), listener]);
    },
    off(event, listener) {
      listeners.set(event, (listeners.get(event) ?? []).filter((other) => other !== listener));
    },
    save_changes() {},
  };
}
