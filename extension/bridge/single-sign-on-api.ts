import type { z } from 'zod';
import { SignInPlace, SingleSignOn, type SingleSignOnDraft } from '../../shared/api/single-sign-on.ts';
import { ask, nothing, read } from './call.ts';

/** Sign-in through the organisation's own provider, and its settings, which only administrators may ask for. */
export const singleSignOn = {
  /** Where somebody with this address signs in. The provider's address is good for one sign-in. */
  place: async (email: string) =>
    read(
      SignInPlace,
      await ask((client) => client.v1.session['single-sign-on'].$post({ json: { email } }), {
        anonymous: true,
      }),
    ),
  get: async () => read(SingleSignOn, await ask((client) => client.v1['single-sign-on'].$get())),
  set: async (json: z.input<typeof SingleSignOnDraft>) =>
    read(SingleSignOn, await ask((client) => client.v1['single-sign-on'].$put({ json }))),
  remove: async () => nothing(await ask((client) => client.v1['single-sign-on'].$delete())),
};
