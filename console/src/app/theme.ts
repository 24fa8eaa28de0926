import { type CSSVariablesResolver, createTheme, type MantineThemeOverride } from '@mantine/core';

const FONT = 'system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "DejaVu Sans", sans-serif';
const MONOSPACE = 'ui-monospace, "Cascadia Mono", "JetBrains Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace';

/** Colours and sizes of the console; `close` is what buttons that only show a cross are called. */
export const createConsoleTheme = (close: string): MantineThemeOverride => {
  const closeButtonProps = { 'aria-label': close };
  // A `header` element would be another banner of the page.
  const attributes = { header: { role: 'presentation' } };
  return createTheme({
    primaryColor: 'cyan',
    primaryShade: { light: 9, dark: 9 },
    autoContrast: true,
    luminanceThreshold: 0.4,
    defaultRadius: 'md',
    cursorType: 'pointer',
    fontFamily: FONT,
    fontFamilyMonospace: MONOSPACE,
    headings: { fontWeight: '600' },
    components: {
      // By name: the first page needs none of them.
      Notification: { defaultProps: { closeButtonProps } },
      Modal: { defaultProps: { closeButtonProps, attributes } },
      Drawer: { defaultProps: { closeButtonProps, attributes } },
    },
  });
};

const COLOURS = ['cyan', 'red', 'orange', 'yellow', 'teal', 'blue', 'gray', 'green', 'grape'] as const;

/** Mantine's own shades of these have less contrast than 4.5 (WCAG 2.2 §1.4.3). */
export const readableColours: CSSVariablesResolver = () => ({
  variables: Object.fromEntries(
    COLOURS.map((name) => [
      `--mantine-color-${name}-filled-hover`,
      `color-mix(in srgb, var(--mantine-color-${name}-9), black 20%)`,
    ]),
  ),
  light: {
    '--mantine-color-dimmed': 'var(--mantine-color-gray-7)',
    '--mantine-color-placeholder': 'var(--mantine-color-gray-7)',
    '--mantine-color-error': 'var(--mantine-color-red-9)',
    ...Object.fromEntries(
      COLOURS.map((name) => [
        `--mantine-color-${name}-light-color`,
        `color-mix(in srgb, var(--mantine-color-${name}-9), black 35%)`,
      ]),
    ),
  },
  dark: {
    '--mantine-color-dimmed': 'var(--mantine-color-dark-1)',
    '--mantine-color-placeholder': 'var(--mantine-color-dark-1)',
    '--mantine-color-error': 'var(--mantine-color-red-4)',
    ...Object.fromEntries(
      COLOURS.map((name) => [`--mantine-color-${name}-light-color`, `var(--mantine-color-${name}-1)`]),
    ),
  },
});
