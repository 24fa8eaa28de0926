import { Accordion, Paper, Stack, Table, Title } from '@mantine/core';
import type { ApplicationView, ProvisioningStatusView } from '@rollcall/server/contract';
import type { ReactNode } from 'react';
import { CopyField } from '../../../components/copy-field.tsx';
import { Moment } from '../../../components/moment.tsx';
import { useLanguage } from '../../../language/use-text.ts';

interface Props {
  readonly application: ApplicationView;
  readonly status: ProvisioningStatusView;
}

/** Figures that are wanted now and then: folded. */
export function Statistics({ application, status }: Props) {
  const { code, text: all } = useLanguage();
  const text = all.applications.job;
  const number = (value: number | null | undefined) =>
    value === null || value === undefined ? '–' : Math.round(value).toLocaleString(code);
  const { links, rate, drift } = status;
  return (
    <Paper withBorder p="md">
      <Stack gap="sm">
        <Title order={2} size="h4">
          {text.statistics}
        </Title>
        <Accordion multiple variant="default" order={3}>
          <Accordion.Item value="details">
            <Accordion.Control>{text.details}</Accordion.Control>
            <Accordion.Panel>
              <Facts
                label={text.details}
                facts={[
                  [all.general.users, number(links.users)],
                  [all.general.groups, number(links.groups)],
                  [text.activeLinks, number(links.active)],
                  [text.upToDate, <Moment key="steady" date={status.steadySince} exact />],
                  [text.steadyFirst, <Moment key="first" date={status.steadyFirstAt} exact />],
                  [text.nextRun, <Moment key="next" date={status.nextRunAt} exact />],
                  [
                    text.driftChecked,
                    <Moment key="drift" date={drift.checkedAt} exact otherwise={all.general.never} />,
                  ],
                ]}
              />
            </Accordion.Panel>
          </Accordion.Item>
          <Accordion.Item value="technical">
            <Accordion.Control>{text.technical}</Accordion.Control>
            <Accordion.Panel>
              <Stack gap="sm">
                <CopyField label={text.applicationId} value={application.id} />
                <Facts
                  label={text.technical}
                  facts={[
                    [text.jobState, all.applications.stateOf[status.state]],
                    [text.watermark, number(status.watermark)],
                    [text.concurrency, number(rate?.concurrency)],
                    [text.waiting, number(rate?.waiting)],
                    [text.throttled, number(rate?.throttled)],
                  ]}
                />
              </Stack>
            </Accordion.Panel>
          </Accordion.Item>
        </Accordion>
      </Stack>
    </Paper>
  );
}

interface FactsProps {
  readonly label: string;
  readonly facts: readonly (readonly [string, ReactNode])[];
}

function Facts({ label, facts }: FactsProps) {
  return (
    <Table aria-label={label} variant="vertical" layout="fixed">
      <Table.Tbody>
        {facts.map(([name, value]) => (
          <Table.Tr key={name}>
            <Table.Th>{name}</Table.Th>
            <Table.Td className="numeric">{value}</Table.Td>
          </Table.Tr>
        ))}
      </Table.Tbody>
    </Table>
  );
}
