import type { BoughtPackage } from '../../shared/api/packages.ts';
import { dayOf } from '../locales/days.ts';
import { formatInstant, formatNumber, language, t } from '../locales/texts.ts';
import { Loaded } from './form.tsx';
import type { Resource } from './resource.ts';

/** What was bought and what remains of it; what is used comes off the one that ends first. */
export function BoughtPackages({ packages }: { packages: Resource<BoughtPackage[]> }) {
  return (
    <div class="card">
      <h2 id="packages-title">{t('settings.packages.bought')}</h2>
      <p class="help">{t('settings.packages.bought_help')}</p>
      <Loaded resource={packages}>
        {(list) =>
          list.length === 0 ? (
            <p class="empty">{t('settings.packages.none_bought')}</p>
          ) : (
            // biome-ignore lint/a11y/noNoninteractiveTabindex: a table wider than the window is scrolled by keyboard too
            <section class="scroll" tabIndex={0} aria-labelledby="packages-title">
              <table>
                <thead>
                  <tr>
                    <th scope="col">{t('settings.packages.when')}</th>
                    <th scope="col">{t('settings.packages.invoice_short')}</th>
                    <th scope="col" class="number">
                      {t('settings.packages.price_short')}
                    </th>
                    <th scope="col" class="number">
                      {t('settings.packages.remaining')}
                    </th>
                    <th scope="col">{t('settings.packages.ends')}</th>
                  </tr>
                </thead>
                <tbody>
                  {list.map((one) => (
                    <tr key={one.id}>
                      <td>{formatInstant(one.boughtAt)}</td>
                      <td>{one.invoice}</td>
                      <td class="number">{one.price === null ? '' : formatPrice(one.price)}</td>
                      <td class="number">
                        {t(
                          'settings.packages.of_parts',
                          formatNumber(one.remaining),
                          formatNumber(one.parts),
                        )}
                      </td>
                      <td>{endOf(one)}</td>
                    </tr>
                  ))}
                </tbody>
              </table>
            </section>
          )
        }
      </Loaded>
    </div>
  );
}

function endOf({ validUntil, lapsedAt }: BoughtPackage): string {
  if (validUntil === null) return t('settings.packages.no_end');
  const day = dayOf(validUntil);
  return lapsedAt === null ? day : t('settings.packages.lapsed', day);
}

/** Grosze as złote. */
const formatPrice = (grosze: number): string =>
  new Intl.NumberFormat(language(), { style: 'currency', currency: 'PLN' }).format(grosze / 100);
