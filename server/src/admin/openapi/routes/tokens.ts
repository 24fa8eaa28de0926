import {
  apiTokenListSchema,
  apiTokenSchema,
  issuedApiTokenSchema,
  newApiTokenSchema,
} from '../../../contract/api-token.ts';
import {
  issuedTokenSchema,
  newTokenSchema,
  rotationSchema,
  tokenListSchema,
  tokenSchema,
} from '../../../contract/token.ts';
import type { RouteGroup } from '../described-route.ts';

export const tokenRoutes: RouteGroup = {
  name: 'Tokens',
  about: 'What identity providers and programs sign in with. A token is shown once, by the request that makes it.',
  routes: [
    { method: 'GET', path: '/tokens', summary: 'List the tokens of all identity servers', answer: tokenListSchema },
    {
      method: 'GET',
      path: '/identity-servers/:server/tokens',
      summary: 'List the tokens of an identity server',
      answer: tokenListSchema,
    },
    {
      method: 'POST',
      path: '/identity-servers/:server/tokens',
      summary: 'Issue a token for an identity provider',
      body: newTokenSchema,
      answer: issuedTokenSchema,
      status: 201,
    },
    { method: 'GET', path: '/tokens/:token', summary: 'Show a token', answer: tokenSchema },
    {
      method: 'POST',
      path: '/tokens/:token/rotate',
      summary: 'Replace a token',
      description: 'The old one keeps working for the overlap, so that the identity provider can be given the new one.',
      body: rotationSchema,
      bodyOptional: true,
      answer: issuedTokenSchema,
      status: 201,
      problems: ['not-usable'],
    },
    { method: 'POST', path: '/tokens/:token/revoke', summary: 'Revoke a token at once', answer: tokenSchema },
    { method: 'GET', path: '/api-tokens', summary: 'List the tokens of this API', answer: apiTokenListSchema },
    {
      method: 'POST',
      path: '/api-tokens',
      summary: 'Issue a token for this API',
      body: newApiTokenSchema,
      answer: issuedApiTokenSchema,
      status: 201,
    },
    {
      method: 'POST',
      path: '/api-tokens/:token/revoke',
      summary: 'Revoke a token of this API at once',
      answer: apiTokenSchema,
    },
  ],
};
