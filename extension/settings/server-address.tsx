import { useSignal } from '@preact/signals';
import { useEffect } from 'preact/hooks';
import { checkServerUrl } from '../bridge/managed.ts';
import { readServerUrl, writeServerUrl } from '../bridge/server-url.ts';
import type { SessionStore } from '../bridge/session.store.ts';
import { forgetToken } from '../bridge/token.ts';
import { t } from '../locales/texts.ts';
import { Field, Form } from './form.tsx';

/** Where the company's server is. An administrator's policy may fix it. */
export function ServerAddress({ session }: { session: SessionStore }) {
  const url = useSignal('');
  const isManaged = useSignal(false);
  const said = useSignal<'saved' | 'refused' | null>(null);
  useEffect(() => {
    void readServerUrl().then((read) => {
      url.value = read.url;
      isManaged.value = read.managed;
    });
  }, [url, isManaged]);

  async function save(): Promise<void> {
    const checked = checkServerUrl(url.value);
    if (checked === null) {
      said.value = 'refused';
      return;
    }
    const before = await readServerUrl();
    // A token belongs to the server that gave it: another one must never see it.
    if (before.url !== checked) await forgetToken();
    await writeServerUrl(checked);
    url.value = checked;
    said.value = 'saved';
    await session.refresh();
  }

  return (
    <section class="card" aria-labelledby="server-title">
      <h2 id="server-title">{t('server.title')}</h2>
      <Form onSubmit={() => void save()}>
        <Field
          label={t('server.address')}
          type="url"
          inputMode="url"
          value={url.value}
          disabled={isManaged.value}
          help={isManaged.value ? t('server.managed') : t('server.help')}
          error={said.value === 'refused' ? t('server.refused') : null}
          onInput={(value) => {
            url.value = value;
            said.value = null;
          }}
        />
        <div class="actions">
          <button type="submit" disabled={isManaged.value}>
            {t('save')}
          </button>
          <span role="status">{said.value === 'saved' && <span class="good">{t('saved')}</span>}</span>
        </div>
      </Form>
    </section>
  );
}
