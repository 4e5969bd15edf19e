/** wrangler.toml bundles migrations as texts. */
declare module '*.sql' {
  const sql: string;
  export default sql;
}
