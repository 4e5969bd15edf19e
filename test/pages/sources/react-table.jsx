import { rowSelectionFeature, tableFeatures, useTable } from '@tanstack/react-table';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useRef } from 'react';
import { createRoot } from 'react-dom/client';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('react-table');
const features = tableFeatures({ rowSelectionFeature });
const definitions = columns.map(({ title, field }) => ({ id: field, accessorKey: field, header: title }));
const line = { display: 'flex', width: '100%' };
const cell = { width: 220, padding: 6, overflow: 'hidden' };

const Tick = ({ row }) => (
  // biome-ignore lint/a11y/useSemanticElements: as component libraries draw it
  <button
    type="button"
    role="checkbox"
    aria-checked={row.getIsSelected()}
    aria-label="Zaznacz"
    data-state={row.getIsSelected() ? 'checked' : 'unchecked'}
    onClick={() => row.toggleSelected()}
  >
    {row.getIsSelected() ? '✓' : '\u00a0'}
  </button>
);

const People = () => {
  const table = useTable({
    features,
    columns: definitions,
    data: records,
    getRowId: (row) => String(row.id),
  });
  const place = useRef(null);
  const { rows } = table.getRowModel();
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => place.current,
    estimateSize: () => 34,
    overscan: 5,
  });
  return (
    <div ref={place} style={{ height: 700, overflow: 'auto' }}>
      <table style={{ display: 'grid' }}>
        <thead style={{ display: 'grid', position: 'sticky', top: 0, background: 'white', zIndex: 1 }}>
          {table.getHeaderGroups().map((group) => (
            <tr key={group.id} style={line}>
              <th style={{ width: 40 }} />
              {group.headers.map((header) => (
                <th key={header.id} style={cell}>
                  <table.FlexRender header={header} />
                </th>
              ))}
            </tr>
          ))}
        </thead>
        <tbody style={{ display: 'grid', position: 'relative', height: virtual.getTotalSize() }}>
          {virtual.getVirtualItems().map((item) => {
            const row = rows[item.index];
            return (
              <tr
                key={row.id}
                data-index={item.index}
                data-state={row.getIsSelected() ? 'selected' : undefined}
                style={{
                  ...line,
                  position: 'absolute',
                  transform: `translateY(${item.start}px)`,
                  height: 34,
                }}
              >
                <td style={{ width: 40 }}>
                  <Tick row={row} />
                </td>
                {row.getAllCells().map((one) => (
                  <td key={one.id} style={cell}>
                    <table.FlexRender cell={one} />
                  </td>
                ))}
              </tr>
            );
          })}
        </tbody>
      </table>
    </div>
  );
};

createRoot(root).render(<People />);
