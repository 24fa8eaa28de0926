import type { Tone } from '../../components/status-badge.tsx';
import classes from './both-ends.module.css';

const COLOURS: Readonly<Record<Tone, string>> = {
  good: 'teal',
  bad: 'red',
  warning: 'orange',
  busy: 'cyan',
  quiet: 'gray',
};

/** From the directory to an application; broken where nothing flows. The state in words stands beside it. */
export function Arrow({ tone }: { readonly tone: Tone }) {
  const colour = `var(--mantine-color-${COLOURS[tone]}-filled)`;
  const isBroken = tone === 'bad' || tone === 'quiet';
  return (
    <svg className={classes.arrow} viewBox="0 0 80 20" preserveAspectRatio="xMaxYMid slice" aria-hidden="true">
      <line
        x1="-400"
        y1="10"
        x2="70"
        y2="10"
        stroke={colour}
        strokeWidth="2"
        {...(isBroken ? { strokeDasharray: '5 5' } : {})}
      />
      <path d="M68 4 L78 10 L68 16 Z" fill={colour} />
    </svg>
  );
}
