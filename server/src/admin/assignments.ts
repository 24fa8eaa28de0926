import type { FastifyInstance } from 'fastify';
import {
  type AssignmentListView,
  type AssignmentView,
  newAssignmentsSchema,
  unassignmentSchema,
} from '../contract/assignment.ts';
import type { Application, StoredAssignment } from '../store/application-contract.ts';
import { findObject, labelsOf, readName } from './application-object.ts';
import type { AdminContext } from './context.ts';
import { directoryOf, findApplication } from './find-application.ts';
import { iso } from './iso.ts';
import { Problem } from './problem.ts';

interface ByName {
  readonly Params: { readonly application: string };
}

/** `/api/applications/{application}/assignments`: whom an application gets, when its scope is `assigned`. */
export async function assignments(api: FastifyInstance, context: AdminContext): Promise<void> {
  const { store, provisioning } = context;

  api.get<ByName>('/applications/:application/assignments', async (request) => {
    const application = await findApplication(context, request.params.application);
    return view(context, application, await store.applications.assignments(application.key));
  });

  api.post<ByName>('/applications/:application/assignments', async (request, reply) => {
    const { objects, nested } = newAssignmentsSchema.parse(request.body);
    const application = await findApplication(context, request.params.application);
    const directory = directoryOf(context, application);
    const added: StoredAssignment[] = [];
    for (const name of objects) {
      const { type, id } = await findObject(context, directory, name);
      added.push({
        application: application.key,
        type,
        id,
        nested: nested && type === 'Group',
        created: context.now(),
      });
    }
    await store.applications.assign(added);
    provisioning.changed(application.key);
    return reply.code(201).send(await view(context, application, added));
  });

  api.delete<ByName>('/applications/:application/assignments', async (request) => {
    const { objects } = unassignmentSchema.parse(request.body);
    const application = await findApplication(context, request.params.application);
    const present = await store.applications.assignments(application.key);
    const removed: StoredAssignment[] = [];
    for (const name of objects) removed.push(await assigned(context, application, present, name));
    await store.applications.unassign(
      application.key,
      removed.map(({ id }) => id),
    );
    provisioning.changed(application.key);
    return view(context, application, removed);
  });
}

// Also of what is gone from the directory: that is found by its id alone.
async function assigned(
  context: AdminContext,
  application: Application,
  present: readonly StoredAssignment[],
  name: string,
): Promise<StoredAssignment> {
  const { text } = readName(name);
  const id = present.some((one) => one.id === text)
    ? text
    : (await findObject(context, directoryOf(context, application), name)).id;
  const found = present.find((one) => one.id === id);
  if (found !== undefined) return found;
  const detail = `"${name}" is not assigned; rollcall application assignments ${application.slug} shows who is.`;
  throw new Problem('not-found', detail);
}

async function view(
  context: AdminContext,
  application: Application,
  stored: readonly StoredAssignment[],
): Promise<AssignmentListView> {
  const labels = await labelsOf(context, directoryOf(context, application), stored);
  const rows = stored.map(
    ({ type, id, nested, created }): AssignmentView => ({
      type,
      id,
      label: labels.get(id) ?? null,
      exists: labels.has(id),
      nested,
      createdAt: iso(created),
    }),
  );
  return { assignments: rows };
}
