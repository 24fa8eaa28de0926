/** The pages that lead through the consoles of identity providers. `**bold**` is what their console says, `code` what is typed. */
export const connect = {
  title: 'Connect',
  description: 'Give the identity provider the URL and a token, then follow the steps for its console.',
  urlTitle: 'The URL',
  apiUrl: 'API URL',
  apiUrlDescription: 'Paste it in your identity provider',
  tokenTitle: 'A token',
  providerTitle: 'The identity provider',
  entra: 'Connect Entra ID',
  entraAdvice: 'Step by step through the Microsoft Entra admin center, with the values to paste.',
  okta: 'Connect Okta',
  oktaAdvice: 'Step by step through Okta’s admin console, with the values to paste.',
  tryIt: 'Or try it from a terminal:',
  otherTitle: 'Another identity provider',
  other:
    'Give it the API URL as its SCIM 2.0 base URL and the token as its bearer token, without the word “Bearer”. The light below shows its first request.',

  token: {
    make: 'Create token',
    another: 'Create another token',
    name: 'Name of the token',
    token: 'Token',
    expiresIn: 'Expires after',
    advice: 'It is made here and shown this once.',
    existing: (count: number) =>
      count === 1
        ? 'There is one token that works. It cannot be shown again; if you do not have it, create another.'
        : `There are ${count} tokens that work. They cannot be shown again; if you do not have one, create another.`,
    once: 'Copy it now: it cannot be shown again after you leave this page.',
    expiryAdvice:
      'At its expiry the identity provider is locked out: rotate it under Tokens before. Rollcall warns 30 days ahead.',
    mayNot: 'Only an administrator can make a token.',
  },
  basic: {
    title: 'A password',
    advice:
      'This identity server asks for a user name and a password (Basic). Make the password in its settings; it is shown once.',
    link: 'Settings',
    user: 'Username',
  },
  noSecurity:
    'Its security method is None: no token is asked for. Set it to Bearer in the settings before real data comes.',
  entraNeedsBearer:
    'Entra ID signs in with a token; this identity server asks for a user name and a password. Set its security method to Bearer first.',
  inactive: 'This identity server is not active: it answers every request with 403. Switch it on in its settings.',
  strict:
    'Its compatibility is Strict: it refuses what identity providers are known to send beside the standard. Set it to Tolerant in its settings.',
  toSettings: 'Settings',

  light: {
    waiting: 'Waiting for the first request',
    waitingAdvice: 'This changes by itself as soon as a request arrives.',
    received: 'First request received',
    refused: 'A request was refused',
    latest: 'Latest request:',
    why: 'Why:',
    todo: 'What to do:',
    open: 'Open in the request log',
    off: 'Requests are not saved in the log (Settings, Save requests in log): what arrives cannot be shown here.',
    advice: {
      noCredentials:
        'The identity provider sent no credentials: its secret field is empty. Paste the token there and test again.',
      scheme:
        'The identity provider signs in by another method than this identity server asks for. Make both the same: see Security in the settings.',
      expired: 'The token has expired. Make or rotate one and paste the new one.',
      revoked: 'The token was revoked. Make a new one and paste it.',
      otherServer: 'The token is for another identity server. Paste one of this identity server.',
      network:
        'The token may not be used from this address. Make one that allows its network, or check the trusted proxies if the address is your proxy’s.',
      wrongToken:
        'The token is not one of this Rollcall, or not whole. Copy it again, all of it, without the word “Bearer” and without spaces; or make a new one.',
      password: 'User name or password are wrong. Make a new password in the settings and paste both.',
      unauthorized: 'The credentials are wrong. Paste the URL and the token again.',
      forbidden: 'It may not do this: the identity server is not active, or the token’s scope is too small.',
      notFound: 'There is nothing at this address: check that the URL was pasted whole and ends in /v2.',
      tooMany:
        'Too many requests or too many wrong credentials. Wait a minute, correct the credentials, then test again.',
      invalid: 'The request was not understood; the request log shows the answer in full.',
      server: 'Rollcall could not answer. See the request log and the program’s own log.',
    },
  },

  address: {
    loopback: 'Only this machine can reach the URL',
    local: 'Only your own network can reach the URL',
    plain: 'The URL is not https',
    advice: (provider: string) =>
      `${provider} reaches Rollcall from the internet and wants https with a certificate of a public authority. Put a reverse proxy in front of Rollcall and tell it its public address:`,
    documentation: 'The page “Behind a reverse proxy” (docs/reverse-proxy.md) has a complete example.',
    provider: 'A cloud identity provider',
  },

  steps: {
    entra: {
      application: 'Create the application in Entra ID',
      applicationText: [
        'In the Microsoft Entra admin center, open **Enterprise applications** and choose **New application**.',
        'Choose **Create your own application**. A panel opens: “What’s the name of your app?” Type the name that your people know.',
        'Choose **Integrate any other application you don’t find in the gallery (Non-gallery)**, then **Create**.',
      ],
      mode: 'Open Provisioning',
      modeText: [
        'In the application’s menu, under **Manage**, open **Provisioning**.',
        'Set **Provisioning mode** to **Automatic**. Newer portals say **New configuration** or **Connect your application** instead.',
      ],
      credentials: 'Paste the admin credentials',
      credentialsText: [
        'Open **Admin credentials** and paste both values. If it asks for an authentication method, choose **Bearer authentication**.',
      ],
      tenantUrl: 'Tenant URL',
      secretToken: 'Secret token',
      test: 'Test the connection',
      testText: [
        'Press **Test connection**. Entra ID looks for a user that cannot exist; the right answer is 200 with nobody in it.',
        'Then press **Save**.',
      ],
      mappings: 'Check the mappings',
      mappingsText: [
        'Under **Mappings**, open **Provision Microsoft Entra ID Users**. The defaults fit; change one: let **externalId** come from **objectId** instead of **mailNickname**, which may be empty or shared by two people.',
        'Leave **userName** as the matching attribute, and **Provision Microsoft Entra ID Groups** as it is.',
      ],
      mapTitle: 'Attribute mappings',
      mapSource: 'Entra ID attribute',
      mapTarget: 'Attribute here',
      mapNote: 'Note',
      mapMatching: 'Matching attribute',
      mapChange: 'Change this one',
      mapDefault: 'As it is',
      scope: 'Choose who is provisioned',
      scopeText: [
        'Under **Settings**, set **Scope** to **Sync only assigned users and groups**, or to **Sync all users and groups**.',
        'For assigned ones: **Users and groups** → **Add user/group**, select people and groups, then **Assign**. Members of nested groups are not provisioned by Entra ID.',
        'Tick **Prevent accidental deletion** and type your e-mail address under **Send an email notification when a failure occurs**.',
      ],
      start: 'Start',
      startText: [
        'Set **Provisioning status** to **On**, or press **Start provisioning**. The initial cycle begins within minutes; later ones run every 40 minutes.',
        'To see one person at once, use **Provision on demand**.',
      ],
    },
    okta: {
      application: 'Create the application in Okta',
      applicationText: [
        'In Okta’s admin console: **Applications** → **Applications** → **Create App Integration**. Choose **SAML 2.0** or **SWA - Secure Web Authentication**, since SCIM is added to one of these, and finish the wizard.',
        'On the application’s **General** tab, next to **App Settings**, press **Edit**, set **Provisioning** to **SCIM**, then **Save**.',
      ],
      connection: 'Fill in the SCIM connection',
      connectionText: ['Open the **Provisioning** tab, which is there now, then **Integration**, and press **Edit**.'],
      baseUrl: 'SCIM connector base URL',
      uniqueField: 'Unique identifier field for users',
      actions: 'Supported provisioning actions',
      actionsText: 'Tick these. The imports are needed only if Okta shall also read users and groups from here.',
      actionNames: ['Push New Users', 'Push Profile Updates', 'Push Groups'],
      optionalActionNames: ['Import New Users and Profile Updates', 'Import Groups'],
      optional: 'if wanted',
      authentication: (mode: string) => `**Authentication Mode**: **${mode}**`,
      header: 'HTTP Header',
      basicAuth: 'Basic Auth',
      authorization: 'Authorization',
      authorizationText: 'Paste the token into **Authorization**, behind the word **Bearer** that Okta writes itself.',
      test: 'Test the connection',
      testText: [
        'Press **Test Connector Configuration**. Okta reads two users and a page of groups; it then says **Connector configured successfully** with the list of what it detected.',
        'Close the dialog, then press **Save**.',
      ],
      toApp: 'Switch on provisioning to the application',
      toAppText: [
        'Still on the **Provisioning** tab, choose **To App** and press **Edit**.',
        'Enable **Create Users**, **Update User Attributes** and **Deactivate Users**, then **Save**. Leave **Sync Password** off: Rollcall keeps no passwords.',
      ],
      mappings: 'Check the mappings',
      mappingsText: [
        'Below, under **Attribute Mappings**, the defaults fit: **userName**, **givenName**, **familyName** and **email** must have values, and Okta’s own id arrives as externalId.',
        'Okta never deletes a user: whoever loses the application becomes inactive here.',
      ],
      assign: 'Assign people and push groups',
      assignText: [
        '**Assignments** → **Assign** → **Assign to People** or **Assign to Groups**: whoever is assigned arrives at once.',
        '**Push Groups** → **Push Groups** → **Find groups by name**: groups arrive with those members who are assigned too.',
      ],
    },
  },
};
