// Which notebooks may run by being opened: only those whose code is exactly what the course hands out, in a folder
// where nothing can pose as the course. The flag in a notebook's metadata is a wish, never a permission.

/** The code of an exercise as released. Anything else waits for a person to press Run. */
export const STARTER = "from mentorkit.workshop import exercise\n\nexercise()";

// Cells that carry marks and no code. The whole text is fixed, because IPython breaks a line where a reader sees none
// (U+2028, form feed), so that "a comment" could be followed by a command.
const MARK = /^# (Circle [1-9][0-9]?|Your playbook): graded from your answers in the form\. There is nothing to do here\.$/;

// Python looks beside the notebook before it looks where the course is installed.
const IMPORTABLE = /\.(py[cdow]?|so)$/i;

/** Whether `metadata` (a notebook's "mentorkit" entry) asks to be run on opening. */
export function asksToRun(metadata) {
  return metadata !== null && typeof metadata === "object" && metadata.run_on_open === true;
}

/** Whether `sources`, the text of every code cell, is the starter and cells without code. */
export function isKnown(sources) {
  return sources.includes(STARTER) && sources.every((source) => source === STARTER || MARK.test(source));
}

const FEEDBACK = "feedback"; // where nbgrader puts a mentor's feedback; nothing imports that name

/** Whether nothing in the notebook's folder could be imported in place of the course; `entries` are {name, type}. */
export function isSafeFolder(entries) {
  return entries.every(({name, type}) => name.startsWith(".") || (type === "directory" ? name === FEEDBACK : !IMPORTABLE.test(name)));
}
