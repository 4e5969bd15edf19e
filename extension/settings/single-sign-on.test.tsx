import '../browser.fixture.ts';

import { cleanup, fireEvent, render, screen, waitFor } from '@testing-library/preact';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { startProvider, type TestProvider } from '../../server/single-sign-on/provider-fixture.node.ts';
import { createSessionStore } from '../bridge/session.store.ts';
import { forgetToken } from '../bridge/token.ts';
import { People } from './people.tsx';
import { administrator, overRealServer, press, sender, type } from './screen.fixture.tsx';
import { SignInForm } from './sign-in.tsx';

const server = overRealServer('single-sign-on');
let provider: TestProvider;
beforeAll(async () => {
  provider = await startProvider(() => Date.now());
});
afterAll(() => provider.end());

describe('single sign-on', () => {
  test('is set up by an administrator, and then signs people in without any mail', async () => {
    await server.show(People, administrator);
    await screen.findByText('Skonfiguruj dostawcę');
    type(screen.getByLabelText(/^Adres dostawcy/), 'http://127.0.0.1:1');
    type(screen.getByLabelText('Identyfikator klienta'), 'nadpis');
    type(screen.getByLabelText(/^Sekret klienta/), 'tajny');
    type(screen.getByLabelText(/^Domeny adresów/), 'nadpis.example');
    const save = screen.getByLabelText(/^Adres dostawcy/).closest('form');
    fireEvent.submit(save as HTMLFormElement);
    await screen.findByText(/Dostawca logowania nie odpowiada/);
    type(screen.getByLabelText(/^Adres dostawcy/), provider.issuer);
    fireEvent.submit(save as HTMLFormElement);
    // Where the provider sends back to is told, and the secret is not.
    await screen.findByText(/U dostawcy wpisz adres powrotu: http.*\/sign-in\/callback/);
    expect(screen.getByLabelText<HTMLInputElement>(/^Sekret klienta/).value).toBe('');
    cleanup();

    await forgetToken();
    const session = createSessionStore();
    const unwatch = session.watch();
    await waitFor(() => expect(session.state.value.kind).toBe('signed-out'));
    const opened: string[] = [];
    vi.stubGlobal('open', (url: string) => opened.push(url));
    render(<SignInForm session={session} />);
    type(screen.getByLabelText('Adres e-mail'), sender);
    press('Wyślij mi kod');
    await screen.findByText(/Twoja organizacja loguje się przez 127\.0\.0\.1/);
    press(/^Otwórz 127\.0\.0\.1/);
    expect(opened).toHaveLength(1);
    provider.says = { claims: { email: sender, email_verified: true } };
    const back = await provider.signIn(opened[0] ?? '');
    const page = await (await fetch(server.url() + back)).text();
    const [, code = ''] = /class="code">(\d{6})</.exec(page) ?? [];
    type(screen.getByLabelText(/^Kod z ostatniej strony/), code);
    press('Zaloguj się');
    await waitFor(() => expect(session.state.value.kind).toBe('signed-in'));
    unwatch();
  });

  test('an address of another organisation, or of none, gets its code by e-mail as before', async () => {
    await forgetToken();
    const session = createSessionStore();
    render(<SignInForm session={session} />);
    type(screen.getByLabelText('Adres e-mail'), 'ktos@inna.example');
    press('Wyślij mi kod');
    await screen.findByText(/Jeśli adres ktos@inna\.example jest znany/);
    screen.getByLabelText(/^Kod z e-maila/);
  });
});
