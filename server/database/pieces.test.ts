import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blobPieces, jsonPieces } from './pieces.ts';

describe('a value that is too long for a libSQL server', () => {
  it('rows are told in texts that are short enough, and together are all of them in their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.string({ unit: 'binary', maxLength: 30 })),
        fc.integer({ min: 150, max: 400 }),
        (rows, longest) => {
          const pieces = jsonPieces(rows, longest);
          expect(pieces.flatMap((piece) => JSON.parse(piece))).toEqual(rows);
          for (const piece of pieces) expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(longest + 2);
        },
      ),
    );
  });

  it('what is short is one text', () => {
    expect(jsonPieces([1, 'ż'])).toEqual(['[1,"ż"]']);
    expect(jsonPieces([])).toEqual(['[]']);
  });

  it('bytes are cut and put together again', () => {
    const bytes = Uint8Array.from({ length: 25 }, (_, at) => at);
    expect(blobPieces(bytes, 10).map((piece) => piece.length)).toEqual([10, 10, 5]);
    expect(Buffer.concat(blobPieces(bytes, 10))).toEqual(Buffer.from(bytes));
    expect(blobPieces(new Uint8Array(), 10)).toHaveLength(1);
  });
});
