import { Anchor } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type Resource, resourceQuery } from '../../api/directory.ts';
import { Moment } from '../../components/moment.tsx';
import { useText } from '../../language/use-text.ts';
import { AttributeList } from './attribute-list.tsx';
import { enterpriseAt, labelOf, partsAt, textAt } from './read-attribute.ts';
import { Section } from './section.tsx';

interface Props {
  readonly server: string;
  readonly user: Resource;
}

/** Everything that most people have, in sections; what else there is stands in the raw JSON. */
export function UserAttributes({ server, user }: Props) {
  const text = useText().directory;
  const at = (...path: readonly string[]) => textAt(user, ...path);
  const values = (name: string) =>
    partsAt(user, name)
      .map((part) => {
        const label = textAt(part, 'type');
        const value = textAt(part, 'value') || textAt(part, 'formatted') || textAt(part, 'display');
        return label === '' ? value : `${value} (${label})`;
      })
      .join(', ');
  const addresses = partsAt(user, 'addresses')
    .map((part) => {
      const lines = ['streetAddress', 'postalCode', 'locality', 'region', 'country'].map((name) => textAt(part, name));
      return textAt(part, 'formatted') || lines.filter((line) => line !== '').join(', ');
    })
    .join(' · ');
  return (
    <>
      <Section title={text.identity}>
        <AttributeList
          attributes={[
            { label: text.userName, value: at('userName') },
            { label: text.displayName, value: at('displayName') },
            { label: text.givenName, value: at('name', 'givenName') },
            { label: text.familyName, value: at('name', 'familyName') },
            { label: text.externalId, value: at('externalId') },
            { label: text.id, value: user.id },
          ]}
        />
      </Section>
      <Section title={text.contact}>
        <AttributeList
          attributes={[
            { label: text.email, value: values('emails') },
            { label: text.phone, value: values('phoneNumbers') },
            { label: text.postalAddress, value: addresses },
            { label: text.language, value: at('preferredLanguage') || at('locale') },
            { label: text.timezone, value: at('timezone') },
          ]}
        />
      </Section>
      <Section title={text.work}>
        <AttributeList
          attributes={[
            { label: text.jobTitle, value: at('title') },
            { label: text.department, value: enterpriseAt(user, 'department') },
            { label: text.employeeNumber, value: enterpriseAt(user, 'employeeNumber') },
            { label: text.costCenter, value: enterpriseAt(user, 'costCenter') },
            { label: text.organization, value: enterpriseAt(user, 'organization') },
            { label: text.division, value: enterpriseAt(user, 'division') },
            { label: text.userType, value: at('userType') },
            { label: text.roles, value: values('roles') },
            { label: text.entitlements, value: values('entitlements') },
            { label: text.manager, value: <Manager server={server} id={enterpriseAt(user, 'manager', 'value')} /> },
            { label: text.created, value: <Moment date={at('meta', 'created') || null} /> },
            { label: text.changed, value: <Moment date={at('meta', 'lastModified') || null} /> },
          ]}
        />
      </Section>
    </>
  );
}

function Manager({ server, id }: { readonly server: string; readonly id: string }) {
  const text = useText().general;
  const manager = useQuery({ ...resourceQuery(server, 'User', id), enabled: id !== '', retry: false });
  if (id === '') return text.none;
  // A manager may not be here (yet): then the id is all that there is to say.
  if (manager.data === undefined) return id;
  return (
    <Anchor component={Link} to={`/identity-servers/${server}/users/${id}`} size="sm">
      {labelOf(manager.data)}
    </Anchor>
  );
}
