-- Sign-in through an organisation's own OpenID Connect provider.
CREATE TABLE single_sign_on (
  organisation_id TEXT PRIMARY KEY REFERENCES organisations (id),
  issuer TEXT NOT NULL,
  client_id TEXT NOT NULL,
  -- Empty: a public client, PKCE alone.
  client_secret_sealed TEXT NOT NULL DEFAULT '',
  -- Of e-mail addresses: who has one of them is sent to the provider.
  domains TEXT NOT NULL CHECK (json_valid(domains)),
  -- 1: no codes by e-mail, but for administrators.
  required INTEGER NOT NULL DEFAULT 0 CHECK (required IN (0, 1)),
  changed_at INTEGER NOT NULL
) STRICT;

-- A person is at the provider: what the way back is held to. Used once.
CREATE TABLE sign_ins_under_way (
  state_hash TEXT PRIMARY KEY,
  organisation_id TEXT NOT NULL REFERENCES organisations (id),
  nonce TEXT NOT NULL,
  code_verifier TEXT NOT NULL,
  expires_at INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
