import type { Statement } from '../../database/database.ts';
import { type Move, moveMessages } from '../moving.ts';
import { unmadeCalls, type WrittenCall } from './calling.ts';

/** Calls that are written down and were not made: as if they had never been planned. */
export function giveBackStatements(calls: readonly WrittenCall[], now: number): Statement[] {
  const moves = new Map<number, Move & { messages: Map<number, null> }>();
  for (const message of calls.flatMap((call) => call.messages)) {
    const { attempt } = message;
    const move = moves.get(attempt) ?? {
      messages: new Map(),
      from: ['sending'] as const,
      to: 'queued' as const,
      attempt,
      at: now,
      dueAt: now,
    };
    move.messages.set(message.id, null);
    moves.set(attempt, move);
  }
  return [...unmadeCalls(calls, now), ...[...moves.values()].flatMap((move) => moveMessages(move))];
}
