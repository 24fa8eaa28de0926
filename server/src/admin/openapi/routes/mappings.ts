import {
  expressionFunctionListSchema,
  expressionTrialSchema,
  mappingPreviewRequestSchema,
  mappingPreviewSchema,
  mappingsSchema,
  savedMappingsSchema,
  triedExpressionSchema,
} from '../../../contract/mapping.ts';
import type { RouteGroup } from '../described-route.ts';

export const mappingRoutes: RouteGroup = {
  name: 'Mappings',
  about: 'Which attribute of the target gets what, and who is in scope.',
  routes: [
    {
      method: 'GET',
      path: '/applications/:application/mappings',
      summary: 'Show the mappings',
      answer: mappingsSchema,
    },
    {
      method: 'PUT',
      path: '/applications/:application/mappings',
      summary: 'Replace the mappings',
      body: mappingsSchema,
      answer: savedMappingsSchema,
    },
    {
      method: 'POST',
      path: '/applications/:application/mappings/reset',
      summary: 'Go back to the default mappings',
      answer: savedMappingsSchema,
    },
    {
      method: 'POST',
      path: '/applications/:application/mappings/preview',
      summary: 'Preview what changed mappings would do',
      description: 'Without a call to the target, and without a change.',
      body: mappingPreviewRequestSchema,
      bodyOptional: true,
      answer: mappingPreviewSchema,
      problems: ['not-usable'],
    },
    {
      method: 'POST',
      path: '/applications/:application/expression',
      summary: 'Try an expression',
      body: expressionTrialSchema,
      answer: triedExpressionSchema,
      problems: ['not-usable'],
    },
    {
      method: 'GET',
      path: '/expression-functions',
      summary: 'List the functions of expressions',
      answer: expressionFunctionListSchema,
    },
  ],
};
