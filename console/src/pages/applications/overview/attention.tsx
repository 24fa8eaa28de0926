import { SimpleGrid } from '@mantine/core';
import type { ApplicationView, ProvisioningStatusView } from '@rollcall/server/contract';
import { useQuery } from '@tanstack/react-query';
import { Moment } from '../../../components/moment.tsx';
import { useText } from '../../../language/use-text.ts';
import { assignmentsQuery } from '../application-queries.ts';
import classes from './attention.module.css';
import { CallOut, CallOutText } from './call-out.tsx';
import { connectionWarning } from './connection-warning.ts';
import { QuarantineNotice } from './quarantine-notice.tsx';

interface Props {
  readonly application: ApplicationView;
  readonly status: ProvisioningStatusView;
}

/** What a person should see to, most urgent first; nothing when all is well. */
export function Attention({ application, status }: Props) {
  const text = useText().applications.job;
  const { slug, settings } = application;
  const { quarantine, escrows, staged, drift } = status;
  const base = `/applications/${slug}`;
  const isAssigned = settings.scope === 'assigned';
  const assignments = useQuery({ ...assignmentsQuery(slug), enabled: isAssigned }).data?.assignments;
  const found = connectionWarning(application, Date.now());
  // A quarantine says more of a connection than that nobody tested it.
  const warning = found?.kind === 'notTested' && quarantine !== null ? undefined : found;
  const failing = escrows.objects + escrows.references;
  return (
    <>
      {quarantine === null ? null : <QuarantineNotice slug={slug} quarantine={quarantine} />}
      <SimpleGrid cols={{ base: 1, lg: 2 }} spacing="md" className={classes.grid}>
        {warning === undefined ? null : (
          <CallOut
            tone={warning.kind === 'credentialsExpire' || warning.kind === 'notTested' ? 'warning' : 'bad'}
            title={warning.kind === 'credentialsExpire' ? text.credentialsExpire(warning.days) : text[warning.kind]}
            link={{ to: `${base}/provisioning`, label: text.editProvisioning }}
          />
        )}
        {isAssigned && assignments?.length === 0 ? (
          <CallOut tone="warning" title={text.nobody} link={{ to: `${base}/users-and-groups`, label: text.assignSome }}>
            <CallOutText>{text.nobodyText}</CallOutText>
          </CallOut>
        ) : null}
        {failing === 0 ? null : (
          <CallOut
            tone="bad"
            title={
              escrows.objects > 0 ? text.failingTitle(escrows.objects) : text.failingReferences(escrows.references)
            }
            link={{ to: `${base}/log?status=failure`, label: text.viewFailures }}
          >
            <CallOutText>{text.failingText}</CallOutText>
            {escrows.objects > 0 && escrows.references > 0 ? (
              <CallOutText>{text.failingReferences(escrows.references)}</CallOutText>
            ) : null}
            <CallOutText>
              {text.failingNext}: <Moment date={escrows.nextTryAt} />
            </CallOutText>
          </CallOut>
        )}
        {staged === 0 || quarantine?.holds === 'removals' ? null : (
          <CallOut
            tone="warning"
            title={text.stagedTitle(staged)}
            link={{ to: `${base}/staged`, label: text.viewStaged }}
          >
            <CallOutText>{text.stagedText}</CallOutText>
          </CallOut>
        )}
        {drift.objects === 0 ? null : (
          <CallOut
            tone="warning"
            title={text.driftTitle(drift.objects)}
            link={{ to: `${base}/drift`, label: text.viewDrift }}
          >
            <CallOutText>{text.driftText}</CallOutText>
          </CallOut>
        )}
      </SimpleGrid>
    </>
  );
}
