import { useState } from 'react';
import { createRoot } from 'react-dom/client';
import { recordsOf, root } from './rows.js';

const { columns, records } = recordsOf('react-restless');

/** A list that throws all its rows away and makes them anew, as lists do whose rows have no steady key. */
const People = () => {
  const [round, setRound] = useState(0);
  const [ticked, setTicked] = useState([]);
  window.recreateRows = () => setRound((last) => last + 1);
  const toggle = (id) =>
    setTicked((ids) => (ids.includes(id) ? ids.filter((other) => other !== id) : [...ids, id]));
  return (
    <table>
      <thead>
        <tr>
          <th />
          {columns.map(({ title, field }) => (
            <th key={field}>{title}</th>
          ))}
        </tr>
      </thead>
      <tbody data-round={round}>
        {records.map((record) => (
          <tr key={`${round}-${record.id}`}>
            <td>
              <input
                type="checkbox"
                checked={ticked.includes(record.id)}
                onChange={() => toggle(record.id)}
              />
            </td>
            {columns.map(({ field }) => (
              <td key={field}>{record[field]}</td>
            ))}
          </tr>
        ))}
      </tbody>
    </table>
  );
};

createRoot(root).render(<People />);
