import type { CDPSession, Page, Protocol } from 'puppeteer-core';

/**
 * A world of our own in every frame of a page, whatever its origin and its content security policy: as the content
 * script of an extension has it that may read every site.
 */
export interface Worlds {
  /**
   * Evaluates in every frame that can be entered now. Those that go away meanwhile are left out.
   * @param onlySeen leaves out frames that the page hides, with all that they hold
   */
  everywhere<Result>(expression: string, onlySeen?: boolean): Promise<Result[]>;
}

const worldName = 'nadpis';

/** @param script evaluated first in each new frame @param start then; where it gives false the frame is left alone */
export async function worldsOf(page: Page, script: string, start: string): Promise<Worlds> {
  const session = await page.createCDPSession();
  await Promise.all([session.send('Page.enable'), session.send('DOM.enable')]);
  /** Execution contexts that are set up, and those that are to be left alone. */
  const known = new Map<number, boolean>();

  async function visit<Result>(
    { frame, childFrames = [] }: Protocol.Page.FrameTree,
    parent: number | null,
    expression: string,
    onlySeen: boolean,
    results: Result[],
  ): Promise<void> {
    try {
      if (onlySeen && parent !== null && !(await isSeen(session, frame.id, parent))) return;
      const context = await contextOf(session, frame.id);
      if (!known.has(context)) known.set(context, await setUp(session, context, script, start));
      if (known.get(context)) results.push(await evaluate<Result>(session, context, expression));
      for (const child of childFrames) await visit(child, context, expression, onlySeen, results);
    } catch (error) {
      if (!isGone(error)) throw error;
    }
  }

  return {
    async everywhere<Result>(expression: string, onlySeen = false) {
      const { frameTree } = await session.send('Page.getFrameTree');
      const results: Result[] = [];
      await visit(frameTree, null, expression, onlySeen, results);
      return results;
    },
  };
}

/** Does the page around show this frame? Asked there, as a frame of another origin does not know. */
async function isSeen(session: CDPSession, frameId: string, parent: number): Promise<boolean> {
  const { backendNodeId } = await session.send('DOM.getFrameOwner', { frameId });
  const { object } = await session.send('DOM.resolveNode', { backendNodeId, executionContextId: parent });
  const { result } = await session.send('Runtime.callFunctionOn', {
    objectId: object.objectId,
    functionDeclaration: 'function () { return nadpis.isVisible(this); }',
    returnByValue: true,
  });
  return result.value === true;
}

/** Asked for again, the same world of the same document answers. */
async function contextOf(session: CDPSession, frameId: string): Promise<number> {
  const { executionContextId } = await session.send('Page.createIsolatedWorld', { frameId, worldName });
  return executionContextId;
}

async function setUp(session: CDPSession, context: number, script: string, start: string): Promise<boolean> {
  if (await evaluate<boolean>(session, context, "typeof nadpis === 'undefined'"))
    await evaluate(session, context, `${script};globalThis.nadpis = nadpis; undefined`);
  return evaluate<boolean>(session, context, start);
}

async function evaluate<Result>(session: CDPSession, contextId: number, expression: string): Promise<Result> {
  const { result, exceptionDetails } = await session.send('Runtime.evaluate', {
    contextId,
    expression,
    returnByValue: true,
    awaitPromise: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return result.value as Result;
}

/** Frames come and go while a page loads. */
const isGone = (error: unknown): boolean =>
  /Cannot find context|context was destroyed|No frame|Frame .*not found|detached|uniqueContextId|Could not create isolated world/i.test(
    String(error),
  );
