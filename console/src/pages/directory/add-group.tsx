import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { GROUP } from '../../api/directory.ts';
import { useText } from '../../language/use-text.ts';
import { AddResource } from './add-resource.tsx';
import { addGroupRoute } from './routes.tsx';

/** A new group, by hand; its members are added on its page. */
export function AddGroup() {
  const { server } = addGroupRoute.useParams();
  const text = useText().directory;
  const [displayName, setDisplayName] = useState('');
  return (
    <AddResource
      server={server}
      kind="Group"
      body={{ schemas: [GROUP], displayName: displayName.trim() }}
      isChanged={displayName !== ''}
    >
      {() => (
        <TextInput
          label={text.groupName}
          required
          autoComplete="off"
          value={displayName}
          onChange={({ currentTarget }) => setDisplayName(currentTarget.value)}
        />
      )}
    </AddResource>
  );
}
