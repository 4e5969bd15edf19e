/**
 * Pieces of text as a body, one after another as the reader takes them. The work is begun here, and goes on in the same
 * request: at the edge a database belongs to one.
 */
export function written(pieces: AsyncGenerator<string, void>): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let taken = (): void => {};
  return new ReadableStream<Uint8Array>({
    start(controller) {
      const run = async (): Promise<void> => {
        for await (const piece of pieces) {
          controller.enqueue(encoder.encode(piece));
          if ((controller.desiredSize ?? 0) <= 0) {
            await new Promise<void>((resolve) => {
              taken = resolve;
            });
          }
        }
        controller.close();
      };
      run().catch((error: unknown) => controller.error(error));
    },
    pull: () => taken(),
    cancel: async () => {
      taken();
      await pieces.return();
    },
  });
}
