import { useSignal } from '@preact/signals';
import { useMemo } from 'preact/hooks';
import { api } from '../bridge/api.ts';
import { endOfDay } from '../locales/days.ts';
import { t } from '../locales/texts.ts';
import { Field, Form, Save } from './form.tsx';
import { parsePrice } from './price.ts';
import { createSaving } from './resource.ts';

const nothing = { parts: '', price: '', invoice: '', validUntil: '' };

/** A bought package, as its invoice says. */
export function RecordPurchase({ saved }: { saved: () => Promise<void> }) {
  const draft = useSignal(nothing);
  const saving = useMemo(createSaving, []);
  const { parts, price, invoice, validUntil } = draft.value;
  const count = Number(parts.replace(/\s/g, ''));
  const isWhole = Number.isInteger(count) && count > 0 && count <= 100_000_000;
  const grosze = price.trim() === '' ? undefined : parsePrice(price);
  const end = validUntil === '' ? undefined : endOfDay(validUntil);
  const change = (part: Partial<typeof nothing>): void => {
    draft.value = { ...draft.value, ...part };
    saving.touch();
  };
  async function record(): Promise<void> {
    if (grosze === null || end === null) return;
    const done = await saving.save(() =>
      api.packages.purchase({
        parts: count,
        invoice: invoice.trim(),
        ...(grosze === undefined ? {} : { price: grosze }),
        // The last millisecond of that day.
        ...(end === undefined ? {} : { validUntil: end - 1 }),
      }),
    );
    if (done === null) return;
    draft.value = nothing;
    await saved();
  }
  return (
    <section class="card" aria-labelledby="purchase-title">
      <h2 id="purchase-title">{t('settings.packages.purchase')}</h2>
      <p class="help">{t('settings.packages.purchase_help')}</p>
      <Form onSubmit={() => void record()}>
        <div class="columns">
          <Field
            label={t('settings.packages.parts')}
            inputMode="numeric"
            value={parts}
            error={parts !== '' && !isWhole ? t('settings.packages.parts_wrong') : null}
            onInput={(value) => change({ parts: value })}
          />
          <Field
            label={t('settings.packages.price')}
            value={price}
            help={t('settings.packages.price_help')}
            error={grosze === null ? t('settings.packages.price_wrong') : null}
            onInput={(value) => change({ price: value })}
          />
          <Field
            label={t('settings.packages.invoice')}
            value={invoice}
            maxLength={120}
            onInput={(value) => change({ invoice: value })}
          />
          <label class="field">
            <span>{t('settings.packages.valid_until')}</span>
            <input
              type="date"
              value={validUntil}
              onInput={(event) => change({ validUntil: event.currentTarget.value })}
            />
          </label>
        </div>
        <Save
          saving={saving}
          label={t('settings.packages.record')}
          disabled={!isWhole || grosze === null || end === null}
        />
      </Form>
    </section>
  );
}
