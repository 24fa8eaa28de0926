const days = (count: number): string => (count === 1 ? '1 day' : `${count.toLocaleString('en')} days`);

/** Tokens of an identity server. */
export const tokens = {
  title: 'Tokens',
  description: 'What identity providers sign in with. A token is shown once, when it is made.',
  add: 'Add token',
  emptyTitle: 'There is no token yet',
  emptyAdvice: 'Make one for each identity provider, so that each can be revoked alone.',
  notBearer: (method: string) => `The security method is ${method}: tokens do not count until it is Bearer.`,
  state: 'State',
  stateName: { active: 'Active', expired: 'Expired', revoked: 'Revoked' },
  replaced: 'Replaced',
  replacedAdvice: 'Another token took its place; this one still works until it expires.',
  replacedUsed: 'Still used, though replaced',
  scope: 'Scope',
  networks: 'Networks',
  anyNetwork: 'Any',
  created: 'Created',
  expires: 'Expires',
  expiresSoon: (count: number) => (count < 1 ? 'Expires today' : `Expires in ${days(count)}`),
  expiresSoonAdvice: 'Rotate it before the identity provider is locked out.',
  lastUsed: 'Last used',
  from: (address: string) => `from ${address}`,
  actions: 'Actions',
  everything: 'Everything',
  of: (type: string, access: string) => `${type}: ${access}`,
  rotate: 'Rotate',
  rotateOf: (name: string) => `Rotate ${name}`,
  revoke: 'Revoke',
  revokeOf: (name: string) => `Revoke ${name}`,

  form: {
    title: 'Add token',
    nameDescription: 'Who uses it, such as “Entra ID 2026”',
    expiresIn: 'Expires after',
    expiresInDescription: 'At its expiry the identity provider is locked out, unless the token is rotated before.',
    life: {
      '90d': '90 days',
      '180d': '180 days',
      '365d': '1 year',
      '730d': '2 years',
      '1825d': '5 years',
      '3650d': '10 years',
    },
    scope: 'Scope',
    scopeDescription: 'What it may do with each resource type. Identity providers need to write both.',
    access: { write: 'Read and write', read: 'Read only', none: 'Nothing' },
    accessTo: (type: string) => `Access to ${type}`,
    others: 'Other resource types',
    nothing: 'It must be allowed something.',
    networks: 'Allowed networks',
    networksDescription: 'CIDR, one a line, such as 192.0.2.0/24 or 2001:db8::/32. Any when empty.',
    submit: 'Create token',
  },

  issued: {
    title: 'Your new token',
    once: 'Copy the token now. It is shown this once: Rollcall does not keep it.',
    token: 'Token',
    until: 'Works until',
    next: 'Paste it in your identity provider as it is, without the word “Bearer”.',
    replaces: 'The old token works until',
    done: 'I have copied the token',
  },

  rotation: {
    title: (name: string) => `Rotate ${name}`,
    advice:
      'A new token of the same scope and networks is made. The old one keeps working for a while, so that you can paste the new one without an interruption.',
    overlap: 'The old one keeps working for',
    overlapName: { '1h': '1 hour', '1d': '1 day', '7d': '7 days', '30d': '30 days' },
    sameLife: 'As long as the old one',
    submit: 'Rotate token',
  },

  revocation: {
    title: (name: string) => `Revoke ${name}?`,
    advice:
      'It ends at once and for good: whoever signs in with it gets 401. To replace it without an interruption, rotate it.',
    lastUsed: 'It was used last:',
    done: (name: string) => `${name} is revoked`,
  },
};
