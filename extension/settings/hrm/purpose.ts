import type { HrmConsentPurpose } from '../../../shared/hrm/events.ts';
import { t } from '../../locales/texts.ts';

/** What a consent is for, as the screens say it. */
export const textOfPurpose = (purpose: HrmConsentPurpose): string =>
  purpose === 'occasions' ? t('hrm.purpose.occasions') : t('hrm.purpose.service');
