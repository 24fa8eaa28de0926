import { MantineProvider } from '@mantine/core';
import { Notifications } from '@mantine/notifications';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { useState } from 'react';
import { createQueryClient } from '../api/query-client.ts';
import { chooseLanguage, type Language } from '../language/language.ts';
import { LanguageContext } from '../language/use-text.ts';
import { createConsoleRouter } from './router.tsx';
import { createConsoleTheme, readableColours } from './theme.ts';

/** The whole console. */
export function App({ language: first }: { readonly language: Language }) {
  const [language, setLanguage] = useState(first);
  const [queryClient] = useState(createQueryClient);
  const [router] = useState(() => createConsoleRouter(queryClient));
  const choice = { ...language, choose: (code: Language['code']) => void chooseLanguage(code).then(setLanguage) };
  return (
    <LanguageContext value={choice}>
      <MantineProvider
        theme={createConsoleTheme(language.text.general.close)}
        cssVariablesResolver={readableColours}
        defaultColorScheme="auto"
      >
        <QueryClientProvider client={queryClient}>
          <Notifications position="bottom-right" />
          <RouterProvider router={router} />
        </QueryClientProvider>
      </MantineProvider>
    </LanguageContext>
  );
}
