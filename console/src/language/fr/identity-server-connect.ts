import type { Catalogue } from '../en/index.ts';

/** Les noms des consoles d’Entra ID et d’Okta restent en anglais, avec le libellé français d’Entra ID quand il existe. */
export const connect: Catalogue['identityServers']['connect'] = {
  title: 'Connecter',
  description: 'Donnez au fournisseur d’identité l’URL et un jeton, puis suivez les étapes de sa console.',
  urlTitle: 'L’URL',
  apiUrl: 'URL de l’API',
  apiUrlDescription: 'À coller dans votre fournisseur d’identité',
  tokenTitle: 'Un jeton',
  providerTitle: 'Le fournisseur d’identité',
  entra: 'Connecter Entra ID',
  entraAdvice: 'Pas à pas dans le centre d’administration Microsoft Entra, avec les valeurs à coller.',
  okta: 'Connecter Okta',
  oktaAdvice: 'Pas à pas dans la console d’administration d’Okta, avec les valeurs à coller.',
  tryIt: 'Ou essayez depuis un terminal :',
  otherTitle: 'Un autre fournisseur d’identité',
  other:
    'Donnez-lui l’URL de l’API comme URL de base SCIM 2.0 et le jeton comme jeton « bearer », sans le mot « Bearer ». Le témoin ci-dessous signale sa première requête.',

  token: {
    make: 'Créer un jeton',
    another: 'Créer un autre jeton',
    name: 'Nom du jeton',
    token: 'Jeton',
    expiresIn: 'Expire après',
    advice: 'Il est créé ici et affiché cette seule fois.',
    existing: (count) =>
      count === 1
        ? 'Il y a un jeton valable. Il ne peut plus être affiché ; si vous ne l’avez pas, créez-en un autre.'
        : `Il y a ${count} jetons valables. Ils ne peuvent plus être affichés ; si vous n’en avez aucun, créez-en un autre.`,
    once: 'Copiez-le maintenant : il ne pourra plus être affiché une fois cette page quittée.',
    expiryAdvice:
      'À son expiration, le fournisseur d’identité n’a plus accès : renouvelez-le avant sous Jetons. Rollcall prévient 30 jours à l’avance.',
    mayNot: 'Seul un administrateur peut créer un jeton.',
  },
  basic: {
    title: 'Un mot de passe',
    advice:
      'Ce serveur d’identité demande un nom d’utilisateur et un mot de passe (Basic). Créez le mot de passe dans ses réglages ; il est affiché une seule fois.',
    link: 'Réglages',
    user: 'Username',
  },
  noSecurity:
    'Sa méthode de sécurité est Aucune : aucun jeton n’est demandé. Choisissez Bearer dans les réglages avant d’y mettre de vraies données.',
  entraNeedsBearer:
    'Entra ID se connecte avec un jeton ; ce serveur d’identité demande un nom d’utilisateur et un mot de passe. Choisissez d’abord la méthode de sécurité Bearer.',
  inactive:
    'Ce serveur d’identité n’est pas actif : il répond 403 à toutes les requêtes. Activez-le dans ses réglages.',
  strict:
    'Sa compatibilité est Stricte : il refuse les écarts connus des fournisseurs d’identité par rapport à la norme. Choisissez Tolérante dans ses réglages.',
  toSettings: 'Réglages',

  light: {
    waiting: 'En attente de la première requête',
    waitingAdvice: 'Cela change tout seul dès qu’une requête arrive.',
    received: 'Première requête reçue',
    refused: 'Une requête a été refusée',
    latest: 'Dernière requête :',
    why: 'Pourquoi :',
    todo: 'Que faire :',
    open: 'Ouvrir dans le journal des requêtes',
    off: 'Les requêtes ne sont pas enregistrées (Réglages, Enregistrer les requêtes) : ce qui arrive ne peut pas être affiché ici.',
    advice: {
      noCredentials:
        'Le fournisseur d’identité n’a envoyé aucune authentification : son champ secret est vide. Collez-y le jeton et testez à nouveau.',
      scheme:
        'Le fournisseur d’identité s’authentifie par une autre méthode que celle demandée ici. Choisissez la même des deux côtés : voir Sécurité dans les réglages.',
      expired: 'Le jeton a expiré. Créez-en un ou renouvelez-le, puis collez le nouveau.',
      revoked: 'Le jeton a été révoqué. Créez-en un nouveau et collez-le.',
      otherServer: 'Le jeton appartient à un autre serveur d’identité. Collez un jeton de celui-ci.',
      network:
        'Le jeton n’est pas autorisé depuis cette adresse. Créez-en un qui autorise son réseau, ou vérifiez les proxys de confiance si l’adresse est celle de votre proxy.',
      wrongToken:
        'Le jeton ne vient pas de ce Rollcall, ou n’est pas entier. Copiez-le à nouveau en entier, sans le mot « Bearer » et sans espaces, ou créez-en un nouveau.',
      password:
        'Le nom d’utilisateur ou le mot de passe est faux. Créez un nouveau mot de passe dans les réglages et collez les deux.',
      unauthorized: 'L’authentification est fausse. Collez à nouveau l’URL et le jeton.',
      forbidden: 'Ce n’est pas permis : le serveur d’identité n’est pas actif, ou la portée du jeton est trop petite.',
      notFound: 'Il n’y a rien à cette adresse : vérifiez que l’URL est collée en entier et se termine par /v2.',
      tooMany:
        'Trop de requêtes ou trop d’authentifications fausses. Attendez une minute, corrigez-les, puis testez à nouveau.',
      invalid: 'La requête n’a pas été comprise ; le journal des requêtes montre la réponse entière.',
      server: 'Rollcall n’a pas pu répondre. Voyez le journal des requêtes et celui du programme.',
    },
  },

  address: {
    loopback: 'Seule cette machine peut atteindre l’URL',
    local: 'Seul votre propre réseau peut atteindre l’URL',
    plain: 'L’URL n’est pas en https',
    advice: (provider) =>
      `${provider} joint Rollcall depuis Internet et exige https avec un certificat d’une autorité publique. Placez un proxy inverse devant Rollcall et indiquez-lui son adresse publique :`,
    documentation: 'La page « Behind a reverse proxy » (docs/reverse-proxy.md) donne un exemple complet.',
    provider: 'Un fournisseur d’identité dans le nuage',
  },

  steps: {
    entra: {
      application: 'Créer l’application dans Entra ID',
      applicationText: [
        'Dans le centre d’administration Microsoft Entra, ouvrez **Enterprise applications (Applications d’entreprise)** et choisissez **New application (Nouvelle application)**.',
        'Choisissez **Create your own application (Créer votre propre application)**. Un volet s’ouvre : saisissez le nom que vos collègues connaissent.',
        'Choisissez **Integrate any other application you don’t find in the gallery (Non-gallery)**, puis **Create (Créer)**.',
      ],
      mode: 'Ouvrir le provisionnement',
      modeText: [
        'Dans le menu de l’application, sous **Manage (Gérer)**, ouvrez **Provisioning (Approvisionnement)**.',
        'Réglez **Provisioning mode (Mode d’approvisionnement)** sur **Automatic (Automatique)**. Les portails plus récents proposent **New configuration** ou **Connect your application**.',
      ],
      credentials: 'Coller les informations d’identification',
      credentialsText: [
        'Ouvrez **Admin credentials (Informations d’identification de l’administrateur)** et collez les deux valeurs. Si une méthode d’authentification est demandée, choisissez **Bearer authentication**.',
      ],
      tenantUrl: 'Tenant URL (URL de locataire)',
      secretToken: 'Secret token (Jeton secret)',
      test: 'Tester la connexion',
      testText: [
        'Appuyez sur **Test connection (Tester la connexion)**. Entra ID cherche un utilisateur qui ne peut pas exister ; la bonne réponse est 200, sans personne.',
        'Appuyez ensuite sur **Save (Enregistrer)**.',
      ],
      mappings: 'Vérifier les mappages',
      mappingsText: [
        'Sous **Mappings (Mappages)**, ouvrez **Provision Microsoft Entra ID Users**. Les valeurs par défaut conviennent, sauf une : prenez **objectId** comme source d’**externalId** au lieu de **mailNickname**, qui peut être vide ou commun à deux personnes.',
        'Laissez **userName** comme attribut de correspondance, et **Provision Microsoft Entra ID Groups** tel quel.',
      ],
      mapTitle: 'Mappages des attributs',
      mapSource: 'Attribut d’Entra ID',
      mapTarget: 'Attribut ici',
      mapNote: 'Remarque',
      mapMatching: 'Attribut de correspondance',
      mapChange: 'À modifier',
      mapDefault: 'Tel quel',
      scope: 'Choisir qui est provisionné',
      scopeText: [
        'Sous **Settings (Paramètres)**, réglez **Scope (Étendue)** sur **Sync only assigned users and groups** ou sur **Sync all users and groups**.',
        'Pour les affectations : **Users and groups (Utilisateurs et groupes)** → **Add user/group**, sélectionnez des personnes et des groupes, puis **Assign (Attribuer)**. Entra ID ne provisionne pas les membres des groupes imbriqués.',
        'Cochez **Prevent accidental deletion** et saisissez votre adresse sous **Send an email notification when a failure occurs**.',
      ],
      start: 'Démarrer',
      startText: [
        'Réglez **Provisioning status (État d’approvisionnement)** sur **On (Activé)**, ou appuyez sur **Start provisioning**. Le cycle initial commence en quelques minutes ; les suivants ont lieu toutes les 40 minutes.',
        'Pour voir une personne tout de suite, utilisez **Provision on demand (Approvisionner à la demande)**.',
      ],
    },
    okta: {
      application: 'Créer l’application dans Okta',
      applicationText: [
        'Dans la console d’administration d’Okta : **Applications** → **Applications** → **Create App Integration**. Choisissez **SAML 2.0** ou **SWA - Secure Web Authentication**, car SCIM s’ajoute à l’une des deux, et terminez l’assistant.',
        'Dans l’onglet **General** de l’application, à côté de **App Settings**, appuyez sur **Edit**, réglez **Provisioning** sur **SCIM**, puis **Save**.',
      ],
      connection: 'Remplir la connexion SCIM',
      connectionText: [
        'Ouvrez l’onglet **Provisioning**, désormais présent, puis **Integration**, et appuyez sur **Edit**.',
      ],
      baseUrl: 'SCIM connector base URL',
      uniqueField: 'Unique identifier field for users',
      actions: 'Supported provisioning actions',
      actionsText:
        'Cochez celles-ci. Les imports ne servent que si Okta doit aussi lire d’ici des utilisateurs et des groupes.',
      actionNames: ['Push New Users', 'Push Profile Updates', 'Push Groups'],
      optionalActionNames: ['Import New Users and Profile Updates', 'Import Groups'],
      optional: 'au besoin',
      authentication: (mode) => `**Authentication Mode** : **${mode}**`,
      header: 'HTTP Header',
      basicAuth: 'Basic Auth',
      authorization: 'Authorization',
      authorizationText: 'Collez le jeton dans **Authorization**, après le mot **Bearer** qu’Okta écrit lui-même.',
      test: 'Tester la connexion',
      testText: [
        'Appuyez sur **Test Connector Configuration**. Okta lit deux utilisateurs et une page de groupes, puis affiche **Connector configured successfully** avec la liste de ce qu’il a détecté.',
        'Fermez la fenêtre, puis appuyez sur **Save**.',
      ],
      toApp: 'Activer le provisionnement vers l’application',
      toAppText: [
        'Toujours dans l’onglet **Provisioning**, choisissez **To App** et appuyez sur **Edit**.',
        'Activez **Create Users**, **Update User Attributes** et **Deactivate Users**, puis **Save**. Laissez **Sync Password** désactivé : Rollcall ne conserve aucun mot de passe.',
      ],
      mappings: 'Vérifier les mappages',
      mappingsText: [
        'Plus bas, sous **Attribute Mappings**, les valeurs par défaut conviennent : **userName**, **givenName**, **familyName** et **email** doivent être remplis, et l’identifiant d’Okta arrive dans externalId.',
        'Okta ne supprime jamais un utilisateur : qui perd l’application devient inactif ici.',
      ],
      assign: 'Affecter des personnes et pousser des groupes',
      assignText: [
        '**Assignments** → **Assign** → **Assign to People** ou **Assign to Groups** : les personnes affectées arrivent aussitôt.',
        '**Push Groups** → **Push Groups** → **Find groups by name** : les groupes arrivent avec ceux de leurs membres qui sont aussi affectés.',
      ],
    },
  },
};
