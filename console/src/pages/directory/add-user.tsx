import { useState } from 'react';
import type { ApiProblem } from '../../api/problem.ts';
import { AddResource } from './add-resource.tsx';
import { PersonFields } from './person-fields.tsx';
import { NO_ONE, newUser } from './person-values.ts';
import { addUserRoute } from './routes.tsx';

const isTaken = ({ view }: ApiProblem): boolean => view?.scimType === 'uniqueness';

/** A new user, by hand. */
export function AddUser() {
  const { server } = addUserRoute.useParams();
  const [values, setValues] = useState(NO_ONE);
  return (
    <AddResource server={server} kind="User" body={newUser(values)} isChanged={values !== NO_ONE} isAtField={isTaken}>
      {(problem) => (
        <PersonFields
          server={server}
          value={values}
          userNameError={problem !== undefined && isTaken(problem) ? problem.message : undefined}
          onChange={setValues}
        />
      )}
    </AddResource>
  );
}
