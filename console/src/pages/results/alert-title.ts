/** The title of a light alert in the colour of text: orange on light orange has too little contrast. */
export const alertTitle = { title: { color: 'var(--mantine-color-text)' } } as const;
