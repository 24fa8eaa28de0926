import { Table } from '@mantine/core';
import { CopyField } from '../../components/copy-field.tsx';
import { ScrollTable } from '../../components/scroll-table.tsx';
import { useText } from '../../language/use-text.ts';
import { ConnectNotices } from './connect-notices.tsx';
import { ConnectPage } from './connect-page.tsx';
import { CreateToken } from './create-token.tsx';
import { FirstRequest } from './first-request.tsx';
import { Step } from './step.tsx';

/** Step by step through Entra ID's console, in its own words, with the values to paste. */
export function ConnectEntra() {
  const text = useText().identityServers.connect;
  const steps = text.steps.entra;
  return (
    <ConnectPage title={text.entra} description={text.entraAdvice} below>
      {(view) => (
        <>
          <ConnectNotices view={view} provider="Entra ID" needsBearer />
          <Step number={1} title={steps.application} text={steps.applicationText} />
          <Step number={2} title={steps.mode} text={steps.modeText} />
          <Step number={3} title={steps.credentials} text={steps.credentialsText}>
            <CopyField label={steps.tenantUrl} value={view.scimUrl} />
            {view.security === 'bearer' ? <CreateToken view={view} label={steps.secretToken} name="Entra ID" /> : null}
          </Step>
          <Step number={4} title={steps.test} text={steps.testText}>
            <FirstRequest view={view} />
          </Step>
          <Step number={5} title={steps.mappings} text={steps.mappingsText}>
            <Mappings />
          </Step>
          <Step number={6} title={steps.scope} text={steps.scopeText} />
          <Step number={7} title={steps.start} text={steps.startText} />
        </>
      )}
    </ConnectPage>
  );
}

type Note = 'mapMatching' | 'mapChange' | 'mapDefault';

const ROWS: readonly (readonly [source: string, target: string, note: Note])[] = [
  ['userPrincipalName', 'userName', 'mapMatching'],
  ['objectId', 'externalId', 'mapChange'],
  ['Switch([IsSoftDeleted], , "False", "True", "True", "False")', 'active', 'mapDefault'],
  ['mail', 'emails[type eq "work"].value', 'mapDefault'],
  ['givenName', 'name.givenName', 'mapDefault'],
  ['surname', 'name.familyName', 'mapDefault'],
];

/** The mappings that decide who is who; all others may stay as they are too. */
function Mappings() {
  const text = useText().identityServers.connect.steps.entra;
  return (
    <ScrollTable
      label={text.mapTitle}
      fz="sm"
      head={
        <>
          <Table.Th scope="col">{text.mapSource}</Table.Th>
          <Table.Th scope="col">{text.mapTarget}</Table.Th>
          <Table.Th scope="col">{text.mapNote}</Table.Th>
        </>
      }
    >
      {ROWS.map(([source, target, note]) => (
        <Table.Tr key={target}>
          <Table.Td ff="monospace">{source}</Table.Td>
          <Table.Td ff="monospace">{target}</Table.Td>
          <Table.Td fw={note === 'mapChange' ? 600 : 400}>{text[note]}</Table.Td>
        </Table.Tr>
      ))}
    </ScrollTable>
  );
}
