import { formatNumber, plural, t } from '../locales/texts.ts';
import { Switch } from '../look/switch.tsx';
import type { Composer } from './composer.store.ts';
import type { Cost } from './cost.ts';

/** What it costs, counted for each recipient after merging, against the balance. */
export function Parts({ composer }: { composer: Composer }) {
  const cost = composer.cost.value;
  const fold = composer.text.value.foldPolishLetters;
  const balance = composer.balance.value ?? null;
  const hasText = composer.text.value.text.trim() !== '';
  return (
    <section class="card parts" aria-labelledby="parts-title">
      <div class="card-head">
        <h2 id="parts-title">{t('parts.title')}</h2>
        {balance !== null && cost.parts > 0 && cost.parts <= balance && (
          <span class="quiet">{plural('parts.left_after', balance - cost.parts)}</span>
        )}
      </div>
      <div id="parts" role="status">
        {hasText && cost.people.length > 0 ? (
          <>
            <p class="total">
              <strong>{plural('parts.total', cost.parts)}</strong> <span class="quiet">{byPerson(cost)}</span>
            </p>
            {balance !== null && cost.parts > balance && (
              <p class="bad">{plural('parts.shortfall', cost.parts - balance, balance)}</p>
            )}
            <Encoding cost={cost} />
          </>
        ) : (
          <p class="quiet">{t('parts.nothing_yet')}</p>
        )}
      </div>
      <Switch
        isOn={fold}
        change={(foldPolishLetters) => composer.change({ foldPolishLetters })}
        help={savings(cost, fold)}
      >
        {t('parts.fold')}
      </Switch>
    </section>
  );
}

function byPerson({ byParts, people }: Cost): string {
  const [first] = byParts;
  if (byParts.length === 1 && first !== undefined) {
    return `${plural('parts.people', people.length)} × ${plural('parts.each', first[0])}`;
  }
  return byParts
    .map(([parts, count]) => `${plural('parts.people', count)} × ${plural('parts.each', parts)}`)
    .join(', ');
}

/** Room in the last part of the longest text, and which characters make it dear. */
function Encoding({ cost }: { cost: Cost }) {
  const longest = cost.people.reduce((one, other) => (other.count.units > one.count.units ? other : one));
  const { remaining, encoding, perPart } = longest.count;
  return (
    <p class="quiet">
      {plural('parts.remaining', remaining)}
      {encoding === 'UCS-2' && <> {t('parts.dear', perPart, cost.offenders.slice(0, 12).join(' '))}</>}
    </p>
  );
}

/** `1 część zamiast 3`: what the switch saves, or would. */
function savings({ parts, otherwise }: Cost, fold: boolean): string {
  if (parts === 0 || parts === otherwise) return t('parts.fold_help');
  if (fold) return parts < otherwise ? plural('parts.fold_saves', parts, otherwise) : t('parts.fold_help');
  return parts > otherwise
    ? plural('parts.fold_would_save', otherwise, formatNumber(parts))
    : t('parts.fold_help');
}
