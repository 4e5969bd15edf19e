/**
 * Bytes of one value that every database takes: a libSQL server refuses texts and blobs of 5 MB ("string or blob too
 * big"), a file those of 1 GB.
 */
export const longestValue = 4_000_000;

/**
 * Rows as JSON arrays for `json_each(?)`, in as few texts as are short enough for one value each. A row that is longer
 * than that by itself is a text of its own.
 *
 * @param longest bytes of one text, about: characters outside ASCII count as three
 */
export function jsonPieces(rows: readonly unknown[], longest = longestValue): string[] {
  const whole = JSON.stringify(rows);
  // Even if each character were of three bytes.
  if (whole.length * 3 <= longest || bytesOf(whole) <= longest) return [whole];
  const pieces: string[] = [];
  let piece: string[] = [];
  let size = 0;
  for (const row of rows) {
    const text = JSON.stringify(row);
    const bytes = bytesOf(text) + 1;
    if (piece.length > 0 && size + bytes > longest) {
      pieces.push(`[${piece.join(',')}]`);
      piece = [];
      size = 0;
    }
    piece.push(text);
    size += bytes;
  }
  pieces.push(`[${piece.join(',')}]`);
  return pieces;
}

/** A blob in as many pieces as are short enough for one value each; one for an empty blob. */
export function blobPieces(bytes: Uint8Array, longest = longestValue): Uint8Array[] {
  const pieces = [bytes.subarray(0, longest)];
  for (let at = longest; at < bytes.length; at += longest) pieces.push(bytes.subarray(at, at + longest));
  return pieces;
}

const encoder = new TextEncoder();
const bytesOf = (text: string): number => encoder.encode(text).length;
