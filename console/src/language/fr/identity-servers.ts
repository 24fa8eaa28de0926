import type { Catalogue } from '../en/index.ts';
import { connect } from './identity-server-connect.ts';
import { tokens } from './identity-server-tokens.ts';

const count = (value: number): string => value.toLocaleString('fr');

export const identityServers: Catalogue['identityServers'] = {
  title: 'Serveurs d’identité',
  description:
    'Ce dans quoi Entra ID, Okta ou un autre fournisseur d’identité pousse ses utilisateurs et ses groupes, par SCIM 2.0.',
  emptyTitle: 'Il n’y a pas encore de serveur d’identité',
  emptyAdvice:
    'Un serveur d’identité est un service SCIM : il a une URL et des identifiants que vous collez dans Entra ID ou Okta, qui y pousse alors ses utilisateurs et ses groupes. Il contient aussi les personnes que vous provisionnez dans vos applications. Ajoutez le premier ; Rollcall montre ensuite quoi coller et où.',
  default: 'Par défaut',
  active: 'Actif',
  inactive: 'Inactif',
  beingRemoved: 'En cours de suppression',
  security: 'Sécurité',
  securityMethod: 'Méthode de sécurité',
  securityName: { none: 'Aucune', basic: 'Basic', bearer: 'Bearer' },
  securityMeaning: {
    bearer: 'Des jetons qui expirent, se renouvellent et se révoquent un par un. Ce qu’utilisent Entra ID et Okta.',
    basic: 'Un nom d’utilisateur et un mot de passe. Pour les clients qui ne connaissent rien d’autre.',
    none: 'Quiconque atteint l’URL peut tout lire et tout modifier.',
  },
  noneWarning: 'Sans sécurité, quiconque atteint l’URL peut lire et modifier ses utilisateurs et ses groupes.',
  noneWarningAdvice: 'À n’utiliser que pour un essai sur votre propre machine.',
  state: 'État',
  lastRequest: 'Dernière requête',
  errors24h: 'Erreurs en 24 h',
  count,
  tokensTab: 'Jetons',
  importTab: 'Import',
  connectTab: 'Connecter',

  add: {
    title: 'Ajouter un serveur d’identité',
    description: 'Tout peut être modifié plus tard.',
    nameDescription: 'Comment on l’appelle, par exemple « Entra ID »',
    slug: 'Identifiant court',
    slugDescription: 'Sa partie de l’URL : a-z, 0-9 et traits d’union',
    activeDescription: 'Tant qu’il n’est pas actif, il répond 403 à toutes les requêtes.',
    default: 'Serveur par défaut',
    defaultDescription: 'Répond aussi à /scim/v2, l’URL sans identifiant court. Il y en a un au plus.',
    compatibility: 'Compatibilité',
    added: (name) => `${name} est créé`,
  },

  compatibilityName: { tolerant: 'Tolérante', strict: 'Stricte' },
  compatibilityMeaning: {
    tolerant:
      'Les écarts connus des clients sont redressés et notés dans le journal des requêtes. Convient à Entra ID et à Okta.',
    strict: 'Les requêtes qui s’écartent des RFC sont refusées. Pour éprouver des clients.',
  },

  settings: {
    title: 'Réglages',
    general: 'Général',
    slugChanged:
      'L’URL change avec l’identifiant court : l’ancienne répond 404 tant que vous n’avez pas collé la nouvelle dans le fournisseur d’identité.',
    defaultTaken: (name) => `« ${name} » est le serveur par défaut ; il ne le sera plus.`,
    basicUser: 'Nom d’utilisateur',
    basicNone: 'Il n’y a pas encore de mot de passe : personne ne peut se connecter.',
    makePassword: 'Créer un nouveau mot de passe',
    makePasswordAdvice: 'L’ancien mot de passe prend fin aussitôt. Le nouveau n’est affiché que cette fois.',
    passwordUserName: 'Nom d’utilisateur',
    passwordUserNameDescription: 'Sans deux-points',
    passwordTitle: 'Nouveau mot de passe',
    passwordOnce:
      'Copiez le mot de passe maintenant : seule son empreinte est conservée, il ne pourra plus être affiché.',
    password: 'Mot de passe',
    passwordDone: 'J’ai copié le mot de passe',
    bearerAdvice: 'Chaque client se connecte avec son propre jeton.',
    bearerLink: 'Jetons',
    savedFirst: 'La méthode compte dès que vous enregistrez.',
    scimApi: 'API SCIM',
    apiUrl: 'URL de l’API',
    apiUrlDescription: 'À coller dans votre fournisseur d’identité',
    defaultApiUrl: 'URL par défaut de l’API',
    defaultApiUrlDescription: 'La même chose, car c’est le serveur par défaut',
    behaviour: 'Comportement',
    defaultPageSize: 'Taille de page par défaut',
    defaultPageSizeDescription: 'Ressources par page quand le client ne donne pas de nombre',
    maxPageSize: 'Taille de page maximale',
    maxPageSizeDescription: 'Ressources par page au plus',
    rateLimit: 'Limite de débit',
    rateLimitDescription:
      'Requêtes par seconde ; 0 signifie sans limite. Au-delà, la réponse est 429 et les clients réessaient.',
    groupPatchAnswer: 'Réponse à la modification d’un groupe',
    groupPatchAnswerDescription: 'Ce que reçoit le PATCH d’un groupe',
    groupPatchAnswerName: {
      auto: 'Automatique : 200 avec le groupe jusqu’à 100 membres, sinon 204',
      '200': 'Toujours 200 avec le groupe',
      '204': 'Toujours 204 sans contenu',
    },
    uniqueGroupNames: 'Noms de groupe uniques',
    uniqueGroupNamesDescription: 'Refuser deux groupes de même displayName',
    uniqueExternalIds: 'Identifiants externes uniques',
    uniqueExternalIdsDescription: 'Refuser deux ressources de même externalId',
    restoreInactive: 'Rétablir les utilisateurs inactifs',
    restoreInactiveDescription:
      'Créer un utilisateur dont un inactif a les mêmes userName et externalId rétablit ce dernier, avec le même id',
    saveRequests: 'Enregistrer les requêtes',
    saveRequestsDescription:
      'Garder les requêtes et les réponses dans le journal des requêtes. Sans cela, personne ne peut dire ce qui s’est passé.',
    required: 'Ce champ est nécessaire.',
    number: (from, to) => `Un nombre entier de ${count(from)} à ${count(to)}`,
    pageSizes: 'Pas plus que la taille de page maximale',
    created: 'Création',
    modified: 'Dernière modification',
    removeTitle: (name) => `Supprimer définitivement ${name} ?`,
    removeGoes: 'Ceci disparaît avec lui, sans retour possible :',
    removeUsers: (users, groups) =>
      `${count(users)} ${users <= 1 ? 'utilisateur' : 'utilisateurs'} et ${count(groups)} ${groups <= 1 ? 'groupe' : 'groupes'}`,
    removeResources: 'tous ses utilisateurs et ses groupes',
    removeTokens: 'tous ses jetons : qui y pousse des données reçoit 404',
    removeLog: 'son journal des requêtes et son historique des modifications',
    removeApplications: (total) =>
      total === 1
        ? 'Il sert d’annuaire à une application. Supprimez d’abord cette application :'
        : `Il sert d’annuaire à ${count(total)} applications. Supprimez d’abord ces applications :`,
    removeStarted: (name) => `${name} est en cours de suppression`,
  },

  schemas: {
    title: 'Schémas',
    description:
      'Vos propres schémas, extensions et types de ressources, en plus de User et de Group. Ils comptent aussitôt.',
    table: 'Ce qui a été ajouté',
    empty: 'Rien n’a été ajouté : il y a User avec son extension « enterprise », et Group.',
    kind: 'Nature',
    kindName: { schema: 'Schéma', extension: 'Extension', resourceType: 'Type de ressource' },
    extends: 'Étend',
    attributes: 'Attributs',
    add: 'Ajouter un schéma',
    addTitle: 'Ajouter un schéma ou un type de ressource',
    addAdvice:
      'Une ressource Schema en JSON (RFC 7643, section 7) étend User. Pour d’autres : {"resourceType": "Group", "schema": {…}}, ou un document de resourceTypes, schemas et extensions.',
    file: 'Choisir un fichier',
    json: 'JSON',
    notJson: (message) => `Ce n’est pas du JSON : ${message}`,
    added: 'Ajouté',
    warnings: 'C’est ajouté, mais :',
    removeOf: (name) => `Retirer ${name}`,
    removeTitle: (name) => `Retirer ${name} ?`,
    removeAdvice: 'Les clients qui envoient ses attributs, ou filtrent par eux, sont dès lors refusés ou ignorés.',
    force: 'Le retirer même si des ressources contiennent de telles données, qui manqueront alors dans les réponses',
    removed: 'Retiré',
  },

  tokens,
  connect,
};
