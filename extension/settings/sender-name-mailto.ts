/**
 * Opens the mail program with the statement, in the click that accepted it or asked for it (R20). A link of the page itself, as
 * a person would click: the browser hands it to the mail program and this page stays.
 */
export function openMailProgram(url: string): void {
  const link = document.createElement('a');
  link.href = url;
  link.click();
}

/** Gives a file to the user. */
export function saveFile(file: Blob, name: string): void {
  const link = document.createElement('a');
  link.href = URL.createObjectURL(file);
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000);
}
