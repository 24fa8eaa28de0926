import type { ProvisioningStatusView } from '@rollcall/server/contract';
import { Moment } from '../../../components/moment.tsx';
import { useText } from '../../../language/use-text.ts';
import { CallOut, CallOutText } from './call-out.tsx';

interface Props {
  readonly slug: string;
  readonly quarantine: NonNullable<ProvisioningStatusView['quarantine']>;
}

/** Why provisioning is held back, since when, what to do, and when it is tried again. */
export function QuarantineNotice({ slug, quarantine }: Props) {
  const { applications, fromServer } = useText();
  const text = applications.job;
  const { reason, code, message, advice, holds, beganAt, nextAttemptAt, attempts } = quarantine;
  const of = (texts: Readonly<Record<string, string>>) => texts[reason];
  const base = `/applications/${slug}`;
  const link =
    holds === 'removals'
      ? { to: `${base}/staged`, label: text.viewStaged }
      : reason === 'EncounteredQuarantineException'
        ? { to: `${base}/provisioning`, label: text.editProvisioning }
        : { to: `${base}/log?status=failure`, label: text.viewFailures };
  return (
    <CallOut tone="bad" title={holds === 'removals' ? text.quarantineRemovals : text.quarantineTitle} link={link}>
      <CallOutText>
        {of(text.quarantineReason) ?? reason}
        {code === null ? '' : ` (${code})`}
      </CallOutText>
      <CallOutText>{fromServer.say(message)}</CallOutText>
      {/* What the catalogue of errors advises is better than what is known of the reason alone. */}
      <CallOutText>
        <b>{text.errorAdvice}:</b>{' '}
        {code === null ? (of(text.quarantineAdvice) ?? advice) : (fromServer.advice[code] ?? advice)}
      </CallOutText>
      <CallOutText>
        {text.quarantineSince}: <Moment date={beganAt} />
        {holds === 'removals' ? null : (
          <>
            {' · '}
            {text.quarantineNext}: <Moment date={nextAttemptAt} /> · {text.quarantineTries(attempts)}
          </>
        )}
      </CallOutText>
      {holds === 'removals' ? null : <CallOutText>{text.quarantineRestart}</CallOutText>}
    </CallOut>
  );
}
