import { Dialog, DialogContent, DialogTitle, Stack, TextField } from '@mui/material';
import { createRoot } from 'react-dom/client';
import { pairs, root } from './record.js';

createRoot(root).render(
  <Dialog open disablePortal>
    <DialogTitle>Edit customer</DialogTitle>
    <DialogContent>
      <Stack spacing={2}>
        {pairs.map(({ title, value }) => (
          <TextField key={title} label={title} defaultValue={value} />
        ))}
      </Stack>
    </DialogContent>
  </Dialog>,
);
