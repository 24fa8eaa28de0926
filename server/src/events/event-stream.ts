import type { Writable } from 'node:stream';
import type { Hint } from '../contract/event.ts';
import type { Events } from './events.ts';

/** Between two signs of life: proxies end what is silent for a minute. */
const SIGN_OF_LIFE = 15_000;

/** Bytes that may wait for a reader: some hundred hints. Who does not take them is not there any more. */
const MOST_WAITING = 16 * 1024;

/** The end of a stream's lines, and how long a reader that was cut off waits before it comes back. */
const GREETING = 'retry: 3000\n\n';

/**
 * Writes hints to `out` as server-sent events (HTML Standard, §9.2) until it closes, its reader is too slow, `stop`
 * aborts, or `stillAllowed` says no, which is asked at each sign of life.
 */
export function streamEvents(
  out: Writable,
  events: Events,
  stop: AbortSignal,
  stillAllowed: () => Promise<boolean>,
): void {
  const write = (text: string): void => {
    if (out.destroyed || out.writableEnded) return;
    out.write(text);
    if (out.writableLength > MOST_WAITING) out.destroy();
  };
  const timer = setInterval(async () => {
    // Who cannot be asked about may not.
    if (await stillAllowed().catch(() => false)) write(': here\n\n');
    else out.end();
  }, SIGN_OF_LIFE);
  timer.unref();
  const unsubscribe = events.subscribe((hint) => write(eventText(hint)));
  const end = (): void => void out.end();
  stop.addEventListener('abort', end, { once: true });
  out.once('close', () => {
    clearInterval(timer);
    unsubscribe();
    stop.removeEventListener('abort', end);
  });
  // A connection that breaks is an error of the stream; its close tidies up.
  out.on('error', () => undefined);
  write(GREETING);
}

function eventText({ event, ...data }: Hint): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}
