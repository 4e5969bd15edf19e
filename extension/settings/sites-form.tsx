import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { Company } from '../../shared/api/companies.ts';
import type { Site, SiteDraft, SiteKind } from '../../shared/api/sites.ts';
import { type PatternProblem, parseSitePattern, writeSitePattern } from '../../shared/sites/index.ts';
import { api } from '../bridge/api.ts';
import { formatRegion, t } from '../locales/texts.ts';
import { Switch } from '../look/switch.tsx';
import { Select } from './choices.tsx';
import { Field, Form, Save } from './form.tsx';
import { createSaving } from './resource.ts';

/** Where the product's users and their customers are likely to be, Poland first. */
const regions =
  'PL DE UA CZ SK LT LV EE GB IE FR BE NL AT CH IT ES PT DK SE NO FI RO BG HU HR SI RS GR TR US CA';

/** A new site, or a change of one. */
export function SiteForm(props: {
  site: Site | null;
  etag: string | null;
  companies: Company[];
  done: () => void;
}) {
  const { site, etag, companies } = props;
  const draft = useSignal<SiteDraft>({
    hostPattern: site?.hostPattern ?? '',
    companyId: site?.companyId ?? (companies.length === 1 ? (companies[0]?.id ?? null) : null),
    kind: site?.kind ?? 'crm',
    region: site?.region ?? 'PL',
    alwaysOn: site?.alwaysOn ?? false,
  });
  const problem = useSignal<string | null>(null);
  const saving = useMemo(createSaving, []);

  function change(part: Partial<SiteDraft>): void {
    draft.value = { ...draft.value, ...part };
    problem.value = null;
    saving.touch();
  }

  async function save(): Promise<void> {
    const pattern = parseSitePattern(withoutQuery(draft.value.hostPattern));
    if ('problem' in pattern) {
      problem.value = textOfPattern(pattern.problem);
      return;
    }
    const wanted = { ...draft.value, hostPattern: writeSitePattern(pattern) };
    const saved = await saving.save(() =>
      site === null ? api.sites.create(wanted) : api.sites.change(site.id, wanted, etag),
    );
    if (saved !== null) props.done();
  }

  return (
    <Form onSubmit={() => void save()}>
      <Field
        label={t('settings.sites.pattern')}
        value={draft.value.hostPattern}
        inputMode="url"
        maxLength={2000}
        help={t('settings.sites.pattern_help')}
        error={problem.value}
        onInput={(hostPattern) => change({ hostPattern })}
      />
      <KindChoice kind={draft.value.kind} choose={(kind) => change({ kind })} />
      <Select
        label={t('sender.company')}
        value={draft.value.companyId ?? ''}
        options={[
          { value: '', label: t('settings.sites.any_company') },
          ...companies.map(({ id, name }) => ({ value: id, label: name })),
        ]}
        choose={(companyId) => change({ companyId: companyId === '' ? null : companyId })}
      />
      <Select
        label={t('settings.sites.region')}
        value={draft.value.region}
        options={[...new Set([...regions.split(' '), draft.value.region])].map((region) => ({
          value: region,
          label: formatRegion(region),
        }))}
        choose={(region) => change({ region })}
      />
      <Switch
        isOn={draft.value.alwaysOn}
        change={(alwaysOn) => change({ alwaysOn })}
        help={t('settings.sites.recommend_help')}
      >
        {t('settings.sites.recommend')}
      </Switch>
      <Save saving={saving} disabled={draft.value.hostPattern.trim() === ''} />
    </Form>
  );
}

/** R30: said by an administrator once, and never guessed for a send. */
function KindChoice({ kind, choose }: { kind: SiteKind; choose: (kind: SiteKind) => void }) {
  const name = useId();
  const option = (value: SiteKind, label: string, help: string) => (
    <label class="check">
      <input type="radio" name={name} checked={kind === value} onChange={() => choose(value)} />
      <span>
        {label} <small class="help">{help}</small>
      </span>
    </label>
  );
  return (
    <fieldset class="choices">
      <legend>{t('settings.sites.kind')}</legend>
      {option('crm', t('site.crm'), t('settings.sites.crm_help'))}
      {option('hrm', t('site.hrm'), t('settings.sites.hrm_help'))}
    </fieldset>
  );
}

/** An address is copied with whatever stands after it. */
const withoutQuery = (text: string): string => text.replace(/[?#].*$/s, '');

function textOfPattern(problem: PatternProblem): string {
  return problem === 'too-wide' ? t('settings.sites.too_wide') : t('settings.sites.wrong');
}
