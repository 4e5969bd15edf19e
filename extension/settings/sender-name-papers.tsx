import { useSignal } from '@preact/signals';
import { useId, useMemo } from 'preact/hooks';
import type { AcceptedStatement } from '../../shared/api/statements.ts';
import { formatNip } from '../../shared/checksums/index.ts';
import { api } from '../bridge/api.ts';
import type { Answer } from '../bridge/failure.ts';
import { textOfFailure } from '../locales/code-text.ts';
import { formatInstant, formatNumber, t } from '../locales/texts.ts';
import { createSaving } from './resource.ts';
import type { NameDetailStore } from './sender-name-detail.store.ts';
import { StatementLines } from './sender-name-lines.tsx';
import { saveFile } from './sender-name-mailto.ts';
import { openPage } from './sender-name-page.ts';

/** What the server takes of a scan, in bytes: it is said before fifty megabytes are on their way. */
const longestScan = 10 * 1024 * 1024;

const scanKinds = 'application/pdf,image/png,image/jpeg';

/** The accepted statement: as it reads, on paper, and signed. */
export function StatementPapers(props: {
  store: NameDetailStore;
  statement: AcceptedStatement;
  isClosed: boolean;
}) {
  const { store, statement, isClosed } = props;
  const { title, text, acceptedAt, acceptedBy, version, language } = statement;
  const fetching = useMemo(createSaving, []);
  const state = fetching.state.value;
  async function give(get: () => Promise<Answer<Blob>>, then: (file: Blob) => void): Promise<void> {
    const file = await fetching.save(get);
    if (file !== null) then(file.value);
  }
  const { id } = store;
  return (
    <details class="papers">
      <summary>{t('names.papers.title')}</summary>
      <blockquote class="statement-text" lang={language}>
        <strong>{title}</strong>
        <StatementLines text={text} />
      </blockquote>
      <p class="quiet">
        {t('names.papers.accepted', formatInstant(acceptedAt), acceptedBy)} ·{' '}
        {t('names.statement.version', version)} · {statement.company},{' '}
        <span class="whole">{formatNip(statement.nip)}</span>
      </p>
      <div class="actions">
        <button
          type="button"
          onClick={() =>
            void give(
              () => api.statements.pdf(id),
              (file) => saveFile(file, pdfName(file)),
            )
          }
        >
          {t('names.papers.pdf')}
        </button>
        <button
          type="button"
          onClick={() =>
            void give(
              () => api.statements.page(id),
              (page) => void openPage(page),
            )
          }
        >
          {t('names.papers.print')}
        </button>
        {statement.scan !== null && (
          <button
            type="button"
            onClick={() =>
              void give(
                () => api.statements.scan(id),
                (file) => saveFile(file, scanName(file.type)),
              )
            }
          >
            {t('names.papers.open_scan')}
          </button>
        )}
      </div>
      {state.kind === 'failed' && (
        <p class="bad" role="alert">
          {textOfFailure(state.failure)}
        </p>
      )}
      <Scan store={store} statement={statement} isClosed={isClosed} />
    </details>
  );
}

/** Some operators ask for the statement signed by hand; what is attached goes with the mail. */
function Scan(props: { store: NameDetailStore; statement: AcceptedStatement; isClosed: boolean }) {
  const { store, statement, isClosed } = props;
  const { scan } = statement;
  const id = useId();
  const saving = useMemo(createSaving, []);
  const tooLarge = useSignal<number | null>(null);
  async function attach(file: File | undefined): Promise<void> {
    saving.touch();
    tooLarge.value = file !== undefined && file.size > longestScan ? file.size : null;
    if (file === undefined || tooLarge.value !== null) return;
    if ((await saving.save(() => api.statements.attachScan(store.id, file))) !== null) await store.look();
  }
  const state = saving.state.value;
  return (
    <div class="field">
      {scan !== null && (
        <p>{t('names.papers.scanned', formatInstant(scan.uploadedAt), megabytes(scan.size))}</p>
      )}
      <label for={id}>{scan === null ? t('names.papers.scan') : t('names.papers.another_scan')}</label>
      <input
        id={id}
        type="file"
        accept={scanKinds}
        disabled={isClosed || state.kind === 'saving'}
        aria-describedby={`${id}-help`}
        onChange={(event) => void attach(event.currentTarget.files?.[0])}
      />
      <small id={`${id}-help`} class="help">
        {t('names.papers.scan_help', megabytes(longestScan))}
      </small>
      <span role="status" class="good">
        {state.kind === 'saving' ? t('names.papers.uploading') : state.kind === 'saved' ? t('saved') : ''}
      </span>
      {tooLarge.value !== null && (
        <small class="bad" role="alert">
          {t('names.papers.too_large', megabytes(tooLarge.value), megabytes(longestScan))}
        </small>
      )}
      {state.kind === 'failed' && (
        <small class="bad" role="alert">
          {textOfFailure(state.failure)}
        </small>
      )}
    </div>
  );
}

const megabytes = (bytes: number): string => formatNumber(Math.max(0.1, Math.round(bytes / 104_857.6) / 10));

/** A server that cannot make a PDF gives the page instead. */
const pdfName = ({ type }: Blob): string =>
  type.startsWith('text/html') ? 'oswiadczenie.html' : 'oswiadczenie.pdf';

const endings: Readonly<Record<string, string>> = { 'image/png': 'png', 'image/jpeg': 'jpg' };

const scanName = (type: string): string => `skan.${endings[type] ?? 'pdf'}`;
