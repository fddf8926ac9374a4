/** @file What is measured beside the page: as electron-vite's React template begins, a heading and one field. */
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
createRoot(root).render(
  <StrictMode>
    <main>
      <h1>Powered by electron-vite</h1>
      <label>
        Name <input />
      </label>
    </main>
  </StrictMode>,
);
