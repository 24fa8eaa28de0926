import type { Catalogue } from '../en/index.ts';
import { attentionOf } from './home-attention.ts';

const count = (n: number, one: string, many = `${one}s`) => `${n.toLocaleString('fr')} ${n < 2 ? one : many}`;

export const home: Catalogue['home'] = {
  title: 'Accueil',
  welcome: 'Il n’y a encore rien ici. Commencez par l’un des deux bouts ; l’autre peut suivre.',
  firstServer: {
    title: 'Recevoir les utilisateurs d’un fournisseur',
    advice:
      'Entra ID, Okta ou un autre fournisseur d’identité envoie ses utilisateurs et ses groupes à un serveur d’identité, qui a son URL et son jeton.',
    action: 'Ajouter un serveur d’identité',
  },
  firstApplication: {
    title: 'Provisionner une application',
    advice:
      'Rollcall maintient les utilisateurs et les groupes d’une application identiques à un annuaire : un serveur d’identité alimenté par un fournisseur ou par un fichier.',
    action: 'Ajouter une application',
  },
  attention: 'À traiter',
  nothing: 'Rien ne demande votre attention.',
  attentionOf,
  severity: { error: 'Erreur', warning: 'Alerte', info: 'Information' },
  subject: { application: 'application', identityServer: 'serveur d’identité', token: 'jeton', system: 'installation' },
  see: 'Ouvrir',
  goTo: (name, what) => `Ouvrir : ${what} ${name}`,
  bothEnds: 'Les deux bouts',
  provisionedFrom: (name) => `Applications provisionnées depuis ${name}`,
  noDirectory: 'Sans application provisionnée :',
  holds: (users, groups) => `${count(users, 'utilisateur')}, ${count(groups, 'groupe')}`,
  inactive: 'Inactif',
  noRequests: 'Aucune requête en 24 heures',
  requests24h: (requests, errors) =>
    `${count(requests, 'requête')} en 24 heures, ${errors === 0 ? 'aucune erreur' : count(errors, 'erreur')}`,
  failing: (n) => `${count(n, 'objet')} en échec`,
  staged: (n) => count(n, 'suppression en attente', 'suppressions en attente'),
  drifted: (n) => `dérive de ${count(n, 'objet')}`,
  progressOf: (name) => `Avancement du cycle de ${name}`,
  state: {
    notConfigured: 'Non configurée',
    notRun: 'Non démarrée',
    active: 'Active',
    paused: 'Arrêtée',
    quarantine: 'Quarantaine',
    disabled: 'Désactivée',
    removing: 'En cours de suppression',
    running: 'Cycle en cours',
    removalsHeld: 'Suppressions retenues',
    failing: 'Active, avec des échecs',
  },
  requests: 'Requêtes',
  span: 'Période',
  day: '24 heures',
  week: '7 jours',
  succeeded: 'Réussies',
  clientErrors: 'Refusées (4xx)',
  serverErrors: 'En erreur (5xx)',
  requestTotals: ({ total, clientErrors, serverErrors }) =>
    `${count(total, 'requête')}, ${clientErrors.toLocaleString('fr')} refusées (4xx), ${serverErrors.toLocaleString('fr')} en erreur (5xx).`,
};
