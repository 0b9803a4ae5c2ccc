// Keeps unsaved answers in this browser tab, so that the reload a lost connection asks for loses nothing.
// Knows a Storage and a sheet, no widget. A tab's own storage ends with the tab.

function nameOf(sheet) {
  const items = sheet.items.map(({id, title}) => `${id} ${title}`).join("\n");
  return `mentorkit.form ${location.pathname} ${sheet.assignment} ${items}`;
}

/** Keep `unsaved` (item id to value), or clear the note where nothing is unsaved. Returns whether it is safe. */
export function keepUnsaved(storage, sheet, unsaved) {
  const some = Object.keys(unsaved).length > 0;
  try {
    if (some) storage.setItem(nameOf(sheet), JSON.stringify(unsaved));
    else storage?.removeItem(nameOf(sheet));
    return true;
  } catch {
    return !some; // storage may be switched off or full; the form then says that a reload loses the answers
  }
}

/** What was kept for this sheet, or nothing. */
export function readKept(storage, sheet) {
  try {
    const kept = JSON.parse(storage.getItem(nameOf(sheet)));
    return kept !== null && typeof kept === "object" ? kept : {};
  } catch {
    return {};
  }
}
