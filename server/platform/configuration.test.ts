import { describe, expect, it } from 'vitest';
import { ConfigurationError, describeConfiguration, readConfiguration, variables } from './configuration.ts';

function trouble(environment: Record<string, string>): string {
  try {
    readConfiguration(environment);
  } catch (error) {
    if (error instanceof ConfigurationError) return error.message;
    throw error;
  }
  return '';
}

describe('the configuration', () => {
  it('is the demo when nothing is set, or set to nothing', () => {
    for (const environment of [{}, { NADPIS_PORT: '', NADPIS_SECRET: '', PATH: '/bin' }]) {
      expect(readConfiguration(environment)).toMatchObject({
        NADPIS_PORT: 8787,
        NADPIS_HOST: '127.0.0.1',
        NADPIS_SANDBOX: true,
      });
    }
  });

  it('names every trouble at once, with what the variable means, and never a secret', () => {
    const said = trouble({
      NADPIS_PORT: '99999',
      NADPIS_SECRET: 'too short',
      NADPIS_LOG: 'xml',
      NADPIS_PROT: '1',
    });
    for (const name of ['NADPIS_PORT', 'NADPIS_SECRET', 'NADPIS_LOG', 'NADPIS_PROT is not a setting']) {
      expect(said).toContain(name);
    }
    expect(said).toContain('Port to listen on');
    expect(said).not.toContain('too short');
  });

  it('asks for a secret and an address of its own outside of the sandbox', () => {
    expect(trouble({ NADPIS_SANDBOX: '0' })).toMatch(/NADPIS_SECRET.*\n.*NADPIS_PUBLIC_URL/);
    const set = {
      NADPIS_SANDBOX: '0',
      NADPIS_SECRET: 's'.repeat(32),
      NADPIS_PUBLIC_URL: 'https://sms.firma.example/',
    };
    expect(readConfiguration(set).NADPIS_PUBLIC_URL).toBe('https://sms.firma.example');
  });

  it.each(['javascript:alert(1)', 'sms.firma.example', 'ftp://x.example'])(
    'refuses the address %s',
    (url) => {
      expect(trouble({ NADPIS_PUBLIC_URL: url })).toContain('NADPIS_PUBLIC_URL');
    },
  );

  it('documents every variable', () => {
    for (const [name, variable] of Object.entries(variables)) expect(variable.docs, name).toMatch(/\.$/);
    expect(describeConfiguration()).toMatch(/NADPIS_PORT +Port to listen on.* \[8787\]/);
    expect(describeConfiguration()).toMatch(/NADPIS_SANDBOX .* \[1\]/);
  });
});
