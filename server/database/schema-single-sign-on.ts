import { integer, sqliteTable, text } from 'drizzle-orm/sqlite-core';

/** Sign-in through organisations' own providers: see schema.ts. */

export const singleSignOn = sqliteTable('single_sign_on', {
  organisationId: text('organisation_id').primaryKey(),
  issuer: text('issuer').notNull(),
  clientId: text('client_id').notNull(),
  clientSecretSealed: text('client_secret_sealed').notNull().default(''),
  domains: text('domains').notNull(),
  required: integer('required', { mode: 'boolean' }).notNull().default(false),
  changedAt: integer('changed_at').notNull(),
});

export const signInsUnderWay = sqliteTable('sign_ins_under_way', {
  stateHash: text('state_hash').primaryKey(),
  organisationId: text('organisation_id').notNull(),
  nonce: text('nonce').notNull(),
  codeVerifier: text('code_verifier').notNull(),
  expiresAt: integer('expires_at').notNull(),
});
