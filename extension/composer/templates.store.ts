import { signal } from '@preact/signals';
import type { Template } from '../../shared/api/templates.ts';
import { api } from '../bridge/api.ts';
import type { Failure } from '../bridge/failure.ts';

/** The organisation's templates, read when they are first wanted. */
export function createTemplates() {
  const list = signal<Template[]>([]);
  const failure = signal<Failure | null>(null);

  return {
    list,
    failure,
    async load(): Promise<void> {
      const answer = await api.templates.list();
      failure.value = answer.ok ? null : answer.failure;
      if (answer.ok) list.value = answer.value;
    },
    /** True when it was saved. */
    async save(name: string, text: string): Promise<boolean> {
      const answer = await api.templates.create({ name, text });
      failure.value = answer.ok ? null : answer.failure;
      if (answer.ok) list.value = [...list.value, answer.value];
      return answer.ok;
    },
  };
}
