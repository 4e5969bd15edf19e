import type { Problem } from '../../shared/api/problems.ts';
import { mayHaveArrived } from '../bridge/failure.ts';
import { textOfFailure, textOfProblem } from '../locales/code-text.ts';
import { formatInstant, plural, t } from '../locales/texts.ts';
import { SettingsLink, type SettingsScreen } from '../look/settings-link.tsx';
import type { Composer } from './composer.store.ts';
import type { Block } from './gate.ts';

/** Why nothing can be sent now, each reason with what to do next. */
export function Blocked({ composer }: { composer: Composer }) {
  const sending = composer.sending.state.value;
  const blocks = composer.blocks.value;
  return (
    <div id="blocks" role="alert">
      {sending.kind === 'refused' && (
        <div class="note note-bad">
          <strong>{t('block.not_sent')}</strong>
          <Explained composer={composer} block={{ kind: 'refused', failure: sending.failure }} />
        </div>
      )}
      {blocks.map((block) => (
        <div key={block.kind} class={`note ${block.kind === 'unreachable' ? 'note-warn' : 'note-bad'}`}>
          <Explained composer={composer} block={block} />
        </div>
      ))}
    </div>
  );
}

function Explained({ composer, block }: { composer: Composer; block: Block }) {
  const again = (
    <button type="button" class="link" onClick={() => void composer.session.refresh()}>
      {t('block.check_again')}
    </button>
  );
  switch (block.kind) {
    case 'signed-out':
      return <Advice text={t('block.signed_out')} screen="account" link={t('block.sign_in')} />;
    case 'unreachable':
      return (
        <>
          <p>{textOfFailure(block.failure)}</p>
          <span class="note-actions">
            {again}
            <SettingsLink screen="account">{t('block.server_settings')}</SettingsLink>
          </span>
        </>
      );
    case 'no-company':
      return <Advice text={t('block.no_company')} screen="organisation" link={t('block.settings')} />;
    case 'mail-account-missing':
      return (
        <Advice
          text={t('block.mail_account_missing')}
          screen="mail-account"
          link={t('block.mail_accounts')}
        />
      );
    case 'sender-name-missing':
      return (
        <Advice text={t('block.sender_name_missing')} screen="sender-names" link={t('block.sender_names')} />
      );
    case 'sender-name-not-authorised':
      return <NameNotAuthorised block={block} />;
    case 'package-empty':
      return <Advice text={t('block.package_empty')} screen="packages" link={t('block.packages')} />;
    case 'insufficient-parts':
      return <Shortfall composer={composer} {...block} />;
    case 'text-too-long':
      return <p>{plural('block.text_too_long', block.parts, block.limit)}</p>;
    case 'hrm-not-permitted':
      return <NoHrm again={again} />;
    case 'refused':
      return <Refused composer={composer} failure={block.failure} again={again} />;
  }
}

function Advice({ text, screen, link }: { text: string; screen: SettingsScreen; link: string }) {
  return (
    <>
      <p>{text}</p>
      <span class="note-actions">
        <SettingsLink screen={screen}>{link}</SettingsLink>
      </span>
    </>
  );
}

/** R21, R22: which name, what state, since when, and what usually comes next. */
function NameNotAuthorised({ block }: { block: Extract<Block, { kind: 'sender-name-not-authorised' }> }) {
  const since = formatInstant(block.since);
  const texts = {
    draft: t('block.name_draft', block.name),
    'statement-accepted': t('block.name_statement_accepted', block.name, since),
    submitted: t('block.name_submitted', block.name, since),
    rejected: t('block.name_rejected', block.name, since),
    deactivated: t('block.name_deactivated', block.name, since),
    withdrawn: t('block.name_withdrawn', block.name, since),
  };
  return (
    <>
      <p>
        {texts[block.state]} {block.source === 'individual' && t('block.name_is_individual')}
      </p>
      <span class="note-actions">
        <SettingsLink screen={block.source === 'individual' ? 'company-sms' : 'sender-names'}>
          {t('block.sender_names')}
        </SettingsLink>
      </span>
    </>
  );
}

function Shortfall(props: { composer: Composer; needed: number; balance: number; shortfall: number }) {
  const { composer, needed, balance, shortfall } = props;
  const folded = composer.cost.value.otherwise;
  const foldHelps = !composer.text.value.foldPolishLetters && folded < needed;
  return (
    <>
      <p>{plural('block.shortfall', shortfall, needed, balance)}</p>
      <span class="note-actions">
        {foldHelps && (
          <button type="button" class="link" onClick={() => composer.change({ foldPolishLetters: true })}>
            {plural('block.fold', folded)}
          </button>
        )}
        <SettingsLink screen="packages">{t('block.packages')}</SettingsLink>
      </span>
    </>
  );
}

/** R30: the parameter with its path, and the way there. */
function NoHrm({ again }: { again: preact.ComponentChildren }) {
  return (
    <p>
      {textOfProblem('hrm-not-permitted')} <SettingsLink screen="hrm">{t('block.hrm_settings')}</SettingsLink>{' '}
      {again}
    </p>
  );
}

type RefusedBlock = Extract<Block, { kind: 'refused' }>;

function Refused(props: {
  composer: Composer;
  failure: RefusedBlock['failure'];
  again: preact.ComponentChildren;
}) {
  const { composer, failure, again } = props;
  if (failure.kind === 'problem' && failure.problem.code === 'insufficient-parts') {
    return <Shortfall composer={composer} {...shortfallOf(failure.problem)} />;
  }
  if (failure.kind === 'problem' && failure.problem.code === 'hrm-not-permitted') {
    return <NoHrm again={again} />;
  }
  return (
    <>
      <p>{textOfFailure(failure)}</p>
      {mayHaveArrived(failure) && <span class="note-actions">{again}</span>}
    </>
  );
}

function shortfallOf({ facts }: Problem): { needed: number; balance: number; shortfall: number } {
  return { needed: Number(facts.needed), balance: Number(facts.balance), shortfall: Number(facts.shortfall) };
}
