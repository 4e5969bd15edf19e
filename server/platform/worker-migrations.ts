import type { Migration } from '../database/migrate.ts';
import foundation from '../database/migrations/0001_foundation.sql';
import senderNames from '../database/migrations/0002_sender-names.sql';
import operatorAccounts from '../database/migrations/0003_operator-accounts.sql';
import siteVersions from '../database/migrations/0004_site-versions.sql';
import companyRules from '../database/migrations/0005_company-rules.sql';
import hrm from '../database/migrations/0006_hrm.sql';
import privacyAndPackages from '../database/migrations/0007_privacy-and-packages.sql';
import hrmWebhooks from '../database/migrations/0008_hrm-webhooks.sql';
import hrmWork from '../database/migrations/0009_hrm-work.sql';
import auditList from '../database/migrations/0010_audit-list.sql';
import singleSignOn from '../database/migrations/0011_single-sign-on.sql';
import scanPieces from '../database/migrations/0012_scan-pieces.sql';
import takeBacks from '../database/migrations/0013_take-backs.sql';

/** The numbered migrations, bundled: a Worker has no files. A test holds the list to the folder. */
export const migrations: readonly Migration[] = [
  { name: '0001_foundation', sql: foundation },
  { name: '0002_sender-names', sql: senderNames },
  { name: '0003_operator-accounts', sql: operatorAccounts },
  { name: '0004_site-versions', sql: siteVersions },
  { name: '0005_company-rules', sql: companyRules },
  { name: '0006_hrm', sql: hrm },
  { name: '0007_privacy-and-packages', sql: privacyAndPackages },
  { name: '0008_hrm-webhooks', sql: hrmWebhooks },
  { name: '0009_hrm-work', sql: hrmWork },
  { name: '0010_audit-list', sql: auditList },
  { name: '0011_single-sign-on', sql: singleSignOn },
  { name: '0012_scan-pieces', sql: scanPieces },
  { name: '0013_take-backs', sql: takeBacks },
];
