import type { Catalogue } from '../en/index.ts';

const days = (count: number): string => (count === 1 ? '1 jour' : `${count.toLocaleString('fr')} jours`);

export const tokens: Catalogue['identityServers']['tokens'] = {
  title: 'Jetons',
  description: 'Ce avec quoi les fournisseurs d’identité se connectent. Un jeton est affiché une fois, à sa création.',
  add: 'Ajouter un jeton',
  emptyTitle: 'Il n’y a pas encore de jeton',
  emptyAdvice: 'Créez-en un pour chaque fournisseur d’identité, afin de pouvoir révoquer chacun séparément.',
  notBearer: (method) =>
    `La méthode de sécurité est ${method} : les jetons ne comptent pas tant que ce n’est pas Bearer.`,
  state: 'État',
  stateName: { active: 'Actif', expired: 'Expiré', revoked: 'Révoqué' },
  replaced: 'Remplacé',
  replacedAdvice: 'Un autre jeton a pris sa place ; celui-ci reste valable jusqu’à son expiration.',
  replacedUsed: 'Encore utilisé bien que remplacé',
  scope: 'Portée',
  networks: 'Réseaux',
  anyNetwork: 'Tous',
  created: 'Créé',
  expires: 'Expire',
  expiresSoon: (count) => (count < 1 ? 'Expire aujourd’hui' : `Expire dans ${days(count)}`),
  expiresSoonAdvice: 'Renouvelez-le avant que le fournisseur d’identité n’ait plus accès.',
  lastUsed: 'Dernier usage',
  from: (address) => `depuis ${address}`,
  actions: 'Actions',
  everything: 'Tout',
  of: (type, access) => `${type} : ${access}`,
  rotate: 'Renouveler',
  rotateOf: (name) => `Renouveler ${name}`,
  revoke: 'Révoquer',
  revokeOf: (name) => `Révoquer ${name}`,

  form: {
    title: 'Ajouter un jeton',
    nameDescription: 'Qui l’utilise, par exemple « Entra ID 2026 »',
    expiresIn: 'Expire après',
    expiresInDescription:
      'À son expiration, le fournisseur d’identité n’a plus accès, sauf si le jeton est renouvelé avant.',
    life: {
      '90d': '90 jours',
      '180d': '180 jours',
      '365d': '1 an',
      '730d': '2 ans',
      '1825d': '5 ans',
      '3650d': '10 ans',
    },
    scope: 'Portée',
    scopeDescription:
      'Ce qu’il peut faire avec chaque type de ressource. Les fournisseurs d’identité doivent écrire les deux.',
    access: { write: 'Lire et écrire', read: 'Lire seulement', none: 'Rien' },
    accessTo: (type) => `Accès à ${type}`,
    others: 'Autres types de ressources',
    nothing: 'Il doit avoir droit à quelque chose.',
    networks: 'Réseaux autorisés',
    networksDescription: 'CIDR, un par ligne, par exemple 192.0.2.0/24 ou 2001:db8::/32. Tous si le champ est vide.',
    submit: 'Créer le jeton',
  },

  issued: {
    title: 'Votre nouveau jeton',
    once: 'Copiez le jeton maintenant. Il n’est affiché que cette fois : Rollcall ne le conserve pas.',
    token: 'Jeton',
    until: 'Valable jusqu’au',
    next: 'Collez-le tel quel dans votre fournisseur d’identité, sans le mot « Bearer ».',
    replaces: 'L’ancien jeton reste valable jusqu’au',
    done: 'J’ai copié le jeton',
  },

  rotation: {
    title: (name) => `Renouveler ${name}`,
    advice:
      'Un nouveau jeton de même portée et de mêmes réseaux est créé. L’ancien reste valable un moment, pour que vous puissiez coller le nouveau sans interruption.',
    overlap: 'L’ancien reste valable',
    overlapName: { '1h': '1 heure', '1d': '1 jour', '7d': '7 jours', '30d': '30 jours' },
    sameLife: 'Aussi longtemps que l’ancien',
    submit: 'Renouveler le jeton',
  },

  revocation: {
    title: (name) => `Révoquer ${name} ?`,
    advice:
      'Il prend fin aussitôt et définitivement : qui s’en sert reçoit 401. Pour le remplacer sans interruption, renouvelez-le.',
    lastUsed: 'Dernier usage :',
    done: (name) => `${name} est révoqué`,
  },
};
