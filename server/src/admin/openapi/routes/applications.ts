import {
  applicationChangesSchema,
  applicationListSchema,
  applicationSchema,
  newApplicationSchema,
} from '../../../contract/application.ts';
import { connectionTestSchema, connectionVerdictSchema } from '../../../contract/application-verdict.ts';
import { assignmentListSchema, newAssignmentsSchema, unassignmentSchema } from '../../../contract/assignment.ts';
import type { RouteGroup } from '../described-route.ts';

export const applicationRoutes: RouteGroup = {
  name: 'Applications',
  about:
    'Targets that Rollcall provisions the users and groups of an identity server into. `{application}` is a slug or an id.',
  routes: [
    { method: 'GET', path: '/applications', summary: 'List applications', answer: applicationListSchema },
    {
      method: 'POST',
      path: '/applications',
      summary: 'Add an application',
      body: newApplicationSchema,
      answer: applicationSchema,
      status: 201,
      problems: ['already-exists'],
    },
    { method: 'GET', path: '/applications/:application', summary: 'Show an application', answer: applicationSchema },
    {
      method: 'PATCH',
      path: '/applications/:application',
      summary: 'Change an application',
      description: 'What is left out stays as it is. The secret is taken and never shown.',
      body: applicationChangesSchema,
      answer: applicationSchema,
      problems: ['already-exists'],
    },
    {
      method: 'DELETE',
      path: '/applications/:application',
      summary: 'Remove an application',
      description: 'What it provisioned stays in the target.',
      answer: applicationSchema,
      status: 202,
    },
    {
      method: 'POST',
      path: '/applications/:application/test',
      summary: 'Test the connection',
      description: 'The stored one, or one that is not saved yet.',
      body: connectionTestSchema,
      bodyOptional: true,
      answer: connectionVerdictSchema,
      problems: ['not-usable', 'target-failed'],
    },
    {
      method: 'GET',
      path: '/applications/:application/assignments',
      summary: 'List who is assigned',
      answer: assignmentListSchema,
    },
    {
      method: 'POST',
      path: '/applications/:application/assignments',
      summary: 'Assign users and groups',
      body: newAssignmentsSchema,
      answer: assignmentListSchema,
      status: 201,
    },
    {
      method: 'DELETE',
      path: '/applications/:application/assignments',
      summary: 'Take assignments back',
      body: unassignmentSchema,
      answer: assignmentListSchema,
    },
  ],
};
