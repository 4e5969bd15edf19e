import { make, page, pairs, root } from './record.js';

/** Forms as applications of all kinds build them: each page is one way to say what a field is called. */

const input = (value, attributes = {}) => {
  const element = make('input', attributes);
  element.value = value;
  return element;
};

const builders = {
  'ag-grid-form': () =>
    make(
      'form',
      { class: 'ag-record' },
      ...pairs.map(({ title, value }, nth) =>
        make(
          'div',
          { class: 'ag-field' },
          make('label', { for: `f${nth}` }, title),
          make(
            'div',
            { class: 'ag-wrapper' },
            input(value, { id: `f${nth}`, class: 'ag-input-field-input' }),
          ),
        ),
      ),
    ),
  'tabulator-form': () =>
    make(
      'div',
      { class: 'tabulator-popup' },
      make(
        'form',
        {},
        ...pairs.map(({ title, value }) => make('div', {}, input(value, { placeholder: title }))),
      ),
    ),
  'datatables-form': () =>
    make(
      'div',
      { role: 'dialog', 'aria-label': 'Edycja' },
      ...pairs.map(({ title, value }, nth) =>
        make(
          'div',
          { class: 'DTE_Field' },
          make('label', { 'data-dte-e': 'label' }, title),
          make('div', { class: 'DTE_Field_Input' }, input(value, { type: 'text', id: `DTE_Field_${nth}` })),
        ),
      ),
    ),
  'slickgrid-form': () =>
    make(
      'form',
      {},
      make(
        'table',
        { class: 'item-details-form' },
        make(
          'tbody',
          {},
          ...pairs.map(({ title, value }) =>
            make(
              'tr',
              {},
              make('td', {}, `${title}:`),
              make('td', {}, input(value, { class: 'editor-text' })),
            ),
          ),
        ),
      ),
    ),
  'react-table-form': () =>
    make(
      'div',
      { role: 'form' },
      ...pairs.map(({ title, value }, nth) =>
        make(
          'div',
          {},
          make('span', { id: `l${nth}` }, title),
          input(value, { readonly: '', 'aria-labelledby': `l${nth}` }),
        ),
      ),
    ),
  'cards-form': () =>
    make(
      'section',
      { class: 'record-panel' },
      ...pairs.map(({ title, value }) =>
        make(
          'div',
          { class: 'field' },
          make('span', { class: 'field-label' }, title),
          make('span', { class: 'field-value' }, value),
        ),
      ),
    ),
  'table-form': () =>
    make(
      'table',
      {},
      make(
        'tbody',
        {},
        ...pairs.map(({ title, value }) => make('tr', {}, make('th', {}, title), make('td', {}, value))),
      ),
    ),
};

root.append(builders[page.name]());
