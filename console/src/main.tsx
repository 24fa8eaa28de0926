import '@mantine/core/styles.css';
import '@mantine/notifications/styles.css';
import './app/app.css';
import { createRoot } from 'react-dom/client';
import { App } from './app/app.tsx';
import { loadLanguage } from './language/language.ts';

const root = document.getElementById('root');
if (root !== null) {
  const language = await loadLanguage();
  createRoot(root).render(<App language={language} />);
}
