/** What the server takes of a list, in characters. */
export const longestList = 8_000_000;

export interface ReadList {
  csv: string;
  /** It was not UTF-8, and Polish spreadsheets write this instead: to be told. */
  isWindows1250: boolean;
}

/** The text of a list. Spreadsheets on Polish Windows still write its old code page, which is never valid UTF-8 with Polish letters. */
export async function readList(file: Blob): Promise<ReadList> {
  const bytes = await file.arrayBuffer();
  try {
    return { csv: new TextDecoder('utf-8', { fatal: true }).decode(bytes), isWindows1250: false };
  } catch {
    return { csv: new TextDecoder('windows-1250').decode(bytes), isWindows1250: true };
  }
}
