import { html, raw } from 'hono/html';
import type { HtmlEscapedString } from 'hono/utils/html';
import { problems } from '../../shared/api/problems.ts';

type Html = HtmlEscapedString | Promise<HtmlEscapedString>;

/** The parts of an OpenAPI 3.1 document that the page shows; everything may be absent. */
export interface ReferenceDocument {
  info: { title: string; version: string; description?: string };
  paths?: Record<string, Record<string, Operation>>;
  components?: { schemas?: Record<string, Schema> };
}

interface Operation {
  summary?: string;
  description?: string;
  tags?: string[];
  security?: unknown[];
  parameters?: { name: string; in: string; required?: boolean; schema?: Schema }[];
  requestBody?: { content?: Record<string, { schema?: Schema }> };
  responses?: Record<string, { description?: string; content?: Record<string, { schema?: Schema }> }>;
}

interface Schema {
  $ref?: string;
  type?: string | string[];
  format?: string;
  enum?: unknown[];
  const?: unknown;
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
  default?: unknown;
}

/** The reference as one page of HTML, without a script and with nothing from elsewhere. */
export function referencePage(document: ReferenceDocument): Html {
  const operations = Object.entries(document.paths ?? {}).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const tags = [...new Set(operations.map(({ operation }) => operation.tags?.[0] ?? 'Other'))];
  const schemas = Object.entries(document.components?.schemas ?? {});
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${document.info.title} ${document.info.version}</title>
<link rel="stylesheet" href="/docs/style.css">
</head>
<body>
<nav aria-label="Contents">
<h1>${document.info.title}</h1>
<p>${document.info.version} · <a href="/openapi.json">OpenAPI 3.1</a></p>
<ul>
${tags.map((tag) => html`<li><a href="#${anchor(tag)}">${tag}</a></li>`)}
<li><a href="#problems">Problems</a></li>
<li><a href="#schemas">Schemas</a></li>
</ul>
</nav>
<main>
<p>${document.info.description ?? ''}</p>
${tags.map(
  (tag) => html`<section><h2 id="${anchor(tag)}">${tag}</h2>
${operations
  .filter(({ operation }) => (operation.tags?.[0] ?? 'Other') === tag)
  .map(({ path, method, operation }) => operationPart(path, method, operation))}
</section>`,
)}
<section><h2 id="problems">Problems</h2>
<p>Every error is <code>application/problem+json</code> (RFC 9457) with one of these codes.</p>
<table><thead><tr><th>Code</th><th>Status</th><th>What it says</th><th>What to do</th></tr></thead><tbody>
${Object.entries(problems).map(
  ([code, problem]) => html`<tr id="problem-${code}"><td><code>${code}</code></td><td>${problem.status}</td>
<td>${problem.title}</td><td>${problem.fix}</td></tr>`,
)}
</tbody></table></section>
<section><h2 id="schemas">Schemas</h2>
${schemas.map(
  ([name, schema]) => html`<h3 id="schema-${name}">${name}</h3>
${schemaPart(schema)}`,
)}
</section>
</main>
</body>
</html>`;
}

function operationPart(path: string, method: string, operation: Operation): Html {
  const body = Object.values(operation.requestBody?.content ?? {})[0]?.schema;
  return html`<article id="${anchor(`${method} ${path}`)}">
<h3><b class="${method.toLowerCase()}">${method}</b> <code>${path}</code></h3>
<p>${operation.summary ?? ''}${operation.security ? ' Needs a session or an API key.' : ''}</p>
${operation.description === undefined ? '' : html`<p>${operation.description}</p>`}
${
  operation.parameters === undefined
    ? ''
    : html`<h4>Parameters</h4><ul>${operation.parameters.map(
        (parameter) =>
          html`<li><code>${parameter.name}</code> in ${parameter.in}: ${typeOf(parameter.schema)}${
            parameter.required ? '' : ', optional'
          }</li>`,
      )}</ul>`
}
${body === undefined ? '' : html`<h4>Body</h4>${schemaPart(body)}`}
<h4>Answers</h4><ul>
${Object.entries(operation.responses ?? {}).map(([status, answer]) => {
  const schema = Object.values(answer.content ?? {})[0]?.schema;
  return html`<li><b>${status}</b> ${answer.description ?? ''}${schema === undefined ? '' : html`: ${typeOf(schema)}`}</li>`;
})}
</ul></article>`;
}

function schemaPart(schema: Schema): Html {
  if (schema.properties === undefined) return html`<p>${typeOf(schema)}</p>`;
  return html`<ul>${Object.entries(schema.properties).map(
    ([name, property]) =>
      html`<li><code>${name}</code>: ${typeOf(property)}${
        schema.required?.includes(name) ? '' : ', optional'
      }</li>`,
  )}</ul>`;
}

function typeOf(schema: Schema | undefined): Html {
  if (schema === undefined) return html`anything`;
  if (schema.$ref !== undefined) {
    const name = schema.$ref.split('/').at(-1) ?? '';
    return html`<a href="#schema-${name}">${name}</a>`;
  }
  const several = schema.anyOf ?? schema.oneOf ?? schema.allOf;
  if (several !== undefined) return joined(several.map(typeOf), schema.allOf ? ' and ' : ' or ');
  if (schema.enum !== undefined) return html`${schema.enum.map(String).join(' | ')}`;
  if (schema.const !== undefined) return html`${JSON.stringify(schema.const)}`;
  if (schema.type === 'array') return html`list of ${typeOf(schema.items)}${limits(schema)}`;
  if (schema.type === 'object' && typeof schema.additionalProperties === 'object') {
    return html`object with values: ${typeOf(schema.additionalProperties)}`;
  }
  const type = Array.isArray(schema.type) ? schema.type.join(' or ') : (schema.type ?? 'anything');
  return html`${type}${schema.format ? ` (${schema.format})` : ''}${limits(schema)}`;
}

function limits(schema: Schema): string {
  const from = schema.minLength ?? schema.minimum ?? schema.minItems;
  const to = schema.maxLength ?? schema.maximum ?? schema.maxItems;
  const range = from === undefined && to === undefined ? '' : ` ${from ?? ''}…${to ?? ''}`;
  return schema.default === undefined ? range : `${range}, by default ${JSON.stringify(schema.default)}`;
}

const joined = (parts: Html[], between: string): Html =>
  html`${parts.map((part, at) => html`${at === 0 ? '' : between}${part}`)}`;

const anchor = (text: string): string =>
  text
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');

export const referenceStyle = raw(`
:root { color-scheme: light dark; --paper: light-dark(#fff, #16181d); --side: light-dark(#f5f6f8, #1e2128);
  --ink: light-dark(#1b1f27, #e8eaef); --quiet: light-dark(#5a6272, #a4acbb); --line: light-dark(#dfe3ea, #333944);
  --accent: light-dark(#4338ca, #a5b4fc); --soft: light-dark(#eef0ff, #2b2f52); }
html { scroll-padding-top: 1rem; }
body { font: 15px/1.5 system-ui, sans-serif; margin: 0; background: var(--paper); color: var(--ink);
  display: grid; grid-template-columns: 15rem minmax(0, 1fr); }
a { color: var(--accent); text-underline-offset: 2px; }
a:not(:hover) { text-decoration-color: color-mix(in srgb, currentColor 40%, transparent); }
:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
nav { position: sticky; top: 0; height: 100vh; box-sizing: border-box; overflow: auto; padding: 1.5rem 1rem;
  border-right: 1px solid var(--line); background: var(--side); }
nav h1 { font-size: 1.15rem; margin: 0 0.5rem; }
nav p { margin: 0.2rem 0.5rem 1rem; color: var(--quiet); }
nav ul { list-style: none; margin: 0; padding: 0; }
nav li a { display: block; padding: 0.25rem 0.5rem; border-radius: 6px; color: inherit; text-decoration: none; }
nav li a:hover { background: var(--soft); color: var(--accent); }
main { padding: 1.5rem 2rem 4rem; max-width: 60rem; min-width: 0; }
main > p { margin: 0; max-width: 44rem; font-size: 1.05rem; color: var(--quiet); }
h2 { margin: 2.5rem 0 0.75rem; font-size: 1.35rem; }
h3 { margin: 0.5rem 0; font-size: 1rem; }
h4 { margin: 0.75rem 0 0; font-size: 0.8rem; color: var(--quiet); }
article { margin-bottom: 0.75rem; padding: 0.75rem 1rem; border: 1px solid var(--line); border-radius: 8px; }
article p { margin: 0.25rem 0; max-width: 46rem; }
article h3 b { display: inline-block; min-width: 3.2em; padding: 0 0.5em; border-radius: 5px; background: var(--soft);
  color: var(--accent); font-size: 0.8rem; line-height: 1.6rem; text-align: center; }
article ul, section > ul { margin: 0.2rem 0; padding-left: 1.2rem; }
code { font: 0.9em ui-monospace, "DejaVu Sans Mono", monospace; overflow-wrap: anywhere; }
table { border-collapse: collapse; width: 100%; }
td, th { text-align: left; vertical-align: top; padding: 0.4rem 0.6rem 0.4rem 0; border-top: 1px solid var(--line); }
th { font-size: 0.8rem; color: var(--quiet); }
td code { white-space: nowrap; }
:target { background: var(--soft); }
@media (max-width: 50rem) {
  body { display: block; }
  nav { position: static; height: auto; border: 0; border-bottom: 1px solid var(--line); }
  nav ul { display: flex; flex-wrap: wrap; }
  main { padding: 1rem; overflow-wrap: anywhere; }
  td code { white-space: normal; }
}
`).toString();
