/**
 * @file Starts the page. Nothing else may happen here.
 */
import { StrictMode } from 'react';
import { flushSync } from 'react-dom';
import { createRoot } from 'react-dom/client';
import { App } from './app.tsx';
import { i18n } from './i18n/i18n.ts';
import { Mishap } from './frame/mishap.tsx';
import './ui/tokens.css';
import './ui/base.css';

document.documentElement.lang = i18n.language;
document.documentElement.dir = i18n.dir();

const root = document.getElementById('root');
if (root === null) throw new Error('index.html has no #root');
const page = createRoot(root);
// Now, and not when React finds the time: the desk and the focus of its field are then in one frame, instead of two.
flushSync(() =>
  page.render(
    <StrictMode>
      <Mishap>
        <App />
      </Mishap>
    </StrictMode>,
  ),
);
