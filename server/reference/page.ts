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
:root { color-scheme: light dark; --line: color-mix(in srgb, currentColor 20%, transparent); }
body { font: 16px/1.5 system-ui, sans-serif; margin: 0; display: grid; grid-template-columns: 15rem minmax(0, 1fr); }
nav { position: sticky; top: 0; height: 100vh; box-sizing: border-box; overflow: auto; padding: 1.5rem;
  border-right: 1px solid var(--line); }
nav h1 { font-size: 1.2rem; margin: 0; }
nav ul { list-style: none; padding: 0; }
main { padding: 1.5rem; max-width: 60rem; }
article { border-top: 1px solid var(--line); padding-bottom: 0.5rem; }
h2 { margin-top: 2.5rem; }
h4 { margin: 0.5rem 0 0; }
code { font-size: 0.95em; overflow-wrap: anywhere; }
table { border-collapse: collapse; }
td, th { text-align: left; vertical-align: top; padding: 0.3rem 0.6rem; border-top: 1px solid var(--line); }
:target { background: color-mix(in srgb, Highlight 25%, transparent); }
@media (max-width: 50rem) { body { display: block; } nav { position: static; height: auto; border: 0; } }
`).toString();
