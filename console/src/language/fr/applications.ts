import type { Catalogue } from '../en/index.ts';
import { applicationJob } from './application-job.ts';
import { applicationProvisioning } from './application-provisioning.ts';

export const applications: Catalogue['applications'] = {
  title: 'Applications',
  description: 'Là où Rollcall provisionne les utilisateurs et les groupes d’un annuaire.',
  list: 'Applications',
  addTitle: 'Créer votre propre application',
  addDescription: 'Une application qui parle SCIM 2.0. Sa connexion est saisie à la page suivante.',
  nameQuestion: 'Quel est le nom de votre application ?',
  directory: 'Annuaire',
  directoryHelp:
    'Le serveur d’identité dont elle reçoit les utilisateurs et les groupes. Il ne peut plus être changé ensuite.',
  create: 'Créer',
  created: (name) => `${name} est créée. Saisissez maintenant sa connexion.`,
  noDirectory: 'Il n’y a pas encore de serveur d’identité',
  noDirectoryAdvice:
    'Une application reçoit les utilisateurs et les groupes d’un serveur d’identité. Ajoutez-en un d’abord, puis remplissez-le.',
  toIdentityServers: 'Vers les serveurs d’identité',
  empty: 'Aucune application pour l’instant',
  emptyAdvice: 'Ajoutez l’application dans laquelle vos utilisateurs et vos groupes doivent être provisionnés.',
  state: 'État',
  stateOf: {
    notConfigured: 'Non configurée',
    notRun: 'Jamais lancée',
    active: 'Active',
    paused: 'En pause',
    quarantine: 'Quarantaine',
    disabled: 'Désactivée',
    removing: 'En cours de suppression',
  },
  linkedUsers: 'Utilisateurs',
  linkedGroups: 'Groupes',
  failing: 'En échec',
  lastCycle: 'Dernier cycle',
  runningNow: (percent) => (percent === null ? 'En cours' : `En cours, ${percent} %`),
  tabs: (name) => `Pages de ${name}`,
  tab: {
    overview: 'Vue d’ensemble',
    provisioning: 'Provisionnement',
    assignments: 'Utilisateurs et groupes',
    mappings: 'Mappages',
    onDemand: 'Provisionner à la demande',
    log: 'Journal de provisionnement',
    plans: 'Plans',
    staged: 'Suppressions en attente',
    drift: 'Dérive',
  },
  assignments: {
    title: 'Utilisateurs et groupes',
    description: 'Qui est affecté à l’application. Pour un groupe, ce sont ses membres.',
    scopeAll:
      'L’étendue est « Synchroniser tous les utilisateurs et groupes » : tout le monde est provisionné, et les affectations ne comptent pas tant que vous ne choisissez pas « Synchroniser uniquement les utilisateurs et groupes affectés ».',
    changeScope: 'Changer l’étendue',
    add: 'Ajouter une affectation',
    empty: 'Personne n’est affecté',
    emptyAdvice:
      'Seuls les utilisateurs et groupes affectés sont provisionnés. Affectez-en, ou choisissez de tout synchroniser.',
    nested: 'Groupes imbriqués',
    since: 'Depuis',
    gone: 'disparu de l’annuaire',
    removeOf: (name) => `Retirer ${name}`,
    removeTitle: 'Retirer l’affectation',
    removeText: (name) =>
      `${name} n’est plus affecté. Ceux qui quittent ainsi l’étendue sont traités comme le disent les réglages.`,
    removed: (name) => `${name} n’est plus affecté`,
    search: 'Rechercher par nom ou e-mail',
    byBeginning: 'L’annuaire est trop grand pour chercher partout : ce qui commence par le texte est trouvé.',
    noMatch: 'Rien n’a été trouvé. Toute partie d’un nom ou d’une adresse e-mail convient.',
    addTitle: 'Ajouter une affectation',
    addDescription: 'Choisissez des utilisateurs et des groupes, puis affectez-les.',
    noneSelected: 'Aucune sélection',
    selectedSome: (users, groups) =>
      [
        users === 0 ? '' : users === 1 ? '1 utilisateur' : `${users} utilisateurs`,
        groups === 0 ? '' : groups === 1 ? '1 groupe' : `${groups} groupes`,
      ]
        .filter((part) => part !== '')
        .join(' et ')
        .concat(users + groups === 1 ? ' sélectionné' : ' sélectionnés'),
    pick: 'Utilisateurs et groupes',
    all: 'Tous',
    details: 'Détails',
    inactive: 'inactif',
    chosen: (count) => `Sélection (${count})`,
    reset: 'Réinitialiser',
    select: 'Sélectionner',
    unselect: (name) => `Retirer ${name} de la sélection`,
    nestedChoice: 'Aussi les membres des groupes contenus dans les groupes (groupes imbriqués)',
    nestedHelp: 'Sinon, seuls les membres directs sont dans l’étendue, comme avec Entra ID.',
    assign: 'Affecter',
    assigned: (count) => (count <= 1 ? `${count} affectation ajoutée` : `${count} affectations ajoutées`),
  },
  provisioning: applicationProvisioning,
  job: applicationJob,
};
