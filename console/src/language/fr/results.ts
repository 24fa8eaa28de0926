import type { Catalogue } from '../en/index.ts';

const count = (number: number) => number.toLocaleString('fr');
const plural = (number: number, one: string, many: string) => `${count(number)} ${number <= 1 ? one : many}`;
const removals = (number: number) => plural(number, 'suppression', 'suppressions');
const attributes = (number: number) => plural(number, 'attribut', 'attributs');
const objects = (number: number) => plural(number, 'objet', 'objets');

const STEPS: Readonly<Record<string, string>> = {
  import: 'Importation',
  scope: 'Étendue',
  decide: 'Décision',
  match: 'Correspondance',
  export: 'Exportation',
  members: 'Membres',
  references: 'Références',
};

const actions: Catalogue['results']['actions'] = {
  create: 'Création',
  adopt: 'Reprise',
  update: 'Mise à jour',
  disable: 'Désactivation',
  delete: 'Suppression',
  stagedDelete: 'Suppression en attente',
  members: 'Membres',
  other: 'Autre',
};

export const results: Catalogue['results'] = {
  title: 'Journal de provisionnement',
  logDescription: 'Ce qui a été fait de chaque objet à chaque cycle, et pourquoi. Les plus récents d’abord.',
  exportCsv: 'Exporter en CSV',
  exportJsonl: 'Exporter en JSON Lines',
  date: 'Date',
  object: 'Objet',
  objectFilter: 'Nom ou identifiant',
  action: 'Action',
  actions,
  status: 'Résultat',
  outcome: { success: 'Réussite', failure: 'Échec', skipped: 'Ignoré', warning: 'Alerte' },
  type: { User: 'Utilisateur', Group: 'Groupe' },
  reason: 'Motif',
  code: 'Code d’erreur',
  since: 'Période',
  period: {
    '1h': 'la dernière heure',
    '24h': 'les dernières 24 heures',
    '7d': 'les 7 derniers jours',
    '30d': 'les 30 derniers jours',
  },
  any: 'Indifférent',
  anyTime: 'Toute période',
  nothingFound: 'Rien ne correspond aux filtres',
  nothingFoundAdvice: 'Retirez un des filtres.',
  clearFilters: 'Effacer les filtres',
  showNewer: 'Afficher les nouvelles entrées',
  logEmpty: 'Rien n’a encore été provisionné',
  logEmptyAdvice: 'Testez la connexion, choisissez qui est provisionné, puis cliquez sur Démarrer.',
  entry: (n) => `Entrée ${count(n)}`,
  retryNow: 'Réessayer maintenant',
  triedNow: 'Essayé à l’instant :',
  advice: 'Que faire :',
  attempts: (number) => (number <= 1 ? 'Essayé une fois.' : `Essayé ${count(number)} fois.`),
  nextTry: 'Prochain essai',
  nextTryWas: 'L’essai suivant était prévu',
  inTarget: 'Dans la cible :',
  sameCycle: 'Tout ce cycle',
  everyCycle: 'Afficher tous les cycles',
  modified: 'Attributs modifiés',
  nothingModified: 'Aucun attribut n’a été modifié.',
  attribute: 'Attribut',
  before: 'Avant',
  after: 'Après',
  moreValues: (number) => `${count(number)} de plus`,
  steps: 'Étapes',
  noSteps: 'Aucune étape n’a été consignée.',
  stepName: (name) => STEPS[name] ?? name,
  details: 'Détails',
  detailsOf: (step) => `Détails de l’étape ${step}`,
  exchanges: 'Requêtes et réponses',
  noExchanges: 'La cible n’a pas été interrogée.',
  noAnswer: 'Sans réponse',
  request: 'Requête',
  answer: 'Réponse',
  noBody: 'Sans corps',

  plans: 'Plans',
  plansDescription:
    'Un plan est un essai à blanc sur tout l’annuaire, conservé pour être lu, appliqué ou abandonné. L’établir n’envoie rien.',
  makePlan: 'Établir un plan',
  noPlans: 'Il n’y a pas encore de plan',
  noPlansAdvice: 'Établissez-en un pour voir ce qu’un cycle complet changerait dans la cible avant qu’il ne le fasse.',
  made: 'Établi',
  by: 'Par',
  madeBy: (name) => `Établi par ${name},`,
  wouldDo: 'Ferait',
  pair: (word, number) => `${word} : ${count(number)}`,
  nothingToDo: 'rien',
  state: 'État',
  appliedAt: 'Appliqué',
  planState: { open: 'Ouvert', applying: 'En cours d’application', applied: 'Appliqué', discarded: 'Abandonné' },
  itemState: { open: 'Ouvert', rejected: 'Rejeté', applied: 'Appliqué', refused: 'Refusé', failed: 'Échoué' },
  plan: 'Plan',
  planWould: 'Il ferait :',
  planActions: (action) => (action in actions ? actions[action as keyof typeof actions] : action), // elle y est
  planItems: 'Éléments du plan',
  planEmpty: 'Le plan est vide',
  planEmptyAdvice: 'La cible est telle que l’annuaire et les mappages la veulent.',
  cameOfIt: 'Ce qui en est résulté',
  ofTheFirst: (number) => `sur les ${count(number)} premiers éléments`,
  refusedMeans:
    'Les éléments refusés ont changé entre-temps dans l’annuaire, les mappages ou la cible ; établissez un nouveau plan pour eux.',
  applyPlan: 'Appliquer le plan',
  applyPlanAsk: (what) =>
    `Ceci est envoyé maintenant à la cible : ${what}. Les éléments rejetés sont laissés de côté. Ceux dont l’objet ou le mappage a changé entre-temps sont refusés.`,
  discardPlan: 'Abandonner le plan',
  discardPlanAsk: 'Le plan pourra encore être lu, mais plus être appliqué.',
  planDone: { apply: 'Le plan est appliqué.', discard: 'Le plan est abandonné.' },
  itemTitle: (label) => `Élément du plan : ${label}`,
  outcomeIs: 'Ce qui en est résulté :',
  rejectItem: 'Rejeter l’élément',
  rejectItemMeans: 'Il sera laissé de côté à l’application du plan. Un cycle ultérieur peut encore l’effectuer.',
  itemRejected: 'L’élément est rejeté.',

  staged: 'Suppressions en attente',
  stagedDescription:
    'Suppressions que la protection contre les suppressions accidentelles retient jusqu’à ce que quelqu’un décide. Les arrivées et les changements continuent entre-temps.',
  stagedState: { waiting: 'En attente', allowed: 'Autorisées', rejected: 'Rejetées' },
  held: (number) =>
    number <= 1
      ? `${count(number)} suppression attend une décision`
      : `${count(number)} suppressions attendent une décision`,
  heldBecause: (number, percent, minutes) =>
    `Plus de ${count(number)} objets${percent === null ? '' : ` ou ${percent} % des objets liés`} devaient être supprimés en ${count(minutes)} minutes.`,
  heldAdvice:
    'Voyez d’après les motifs ci-dessous si ces personnes sont vraiment parties. Sinon, corrigez l’annuaire ou l’étendue, et rejetez.',
  heldSince: 'En attente depuis',
  nothingStaged: 'Rien n’est retenu',
  nothingStagedAdvice:
    'Quand il arrive d’un coup plus de suppressions que « Empêcher les suppressions accidentelles » ne le permet, elles attendent ici.',
  noneInState: {
    allowed: 'Aucune suppression autorisée n’attend d’être effectuée.',
    rejected: 'Aucune suppression n’a été rejetée.',
  },
  selectAll: 'Tout sélectionner',
  selectOf: (label) => `Sélectionner ${label}`,
  decideAll: {
    allow: (number) => `Tout autoriser (${count(number)})`,
    reject: (number) => `Tout rejeter (${count(number)})`,
  },
  decideSelected: { allow: (number) => `Autoriser ${count(number)}`, reject: (number) => `Rejeter ${count(number)}` },
  decideAsk: {
    allow: (number) => `Autoriser ${removals(number)} ?`,
    reject: (number) => `Rejeter ${removals(number)} ?`,
  },
  decideMeans: {
    allow:
      'Ces objets seront désactivés ou supprimés dans la cible dans les prochains instants, comme la liste l’indique.',
    reject:
      'Ces objets restent dans la cible tels quels. La question ne sera plus posée tant qu’ils restent hors de l’étendue ; un redémarrage l’oublie.',
  },
  decided: {
    allow: (number) => `Autorisé : ${removals(number)}.`,
    reject: (number) => `Rejeté : ${removals(number)}.`,
  },

  drift: 'Dérive',
  driftDescription: 'Ce que quelqu’un d’autre a modifié dans la cible depuis l’envoi, et ce qu’il en advient.',
  compareNow: 'Comparer maintenant',
  compareGoesOn: 'La comparaison continue ; ce qu’elle trouve apparaît ici.',
  compared: (number) => `Comparé : ${objects(number)}.`,
  driftCount: (differing, total) =>
    total === 0 ? 'Aucune différence' : `${attributes(total)} de ${objects(differing)} en différence`,
  comparing: 'Comparaison en cours depuis',
  lastCompared: 'Dernière comparaison :',
  never: 'jamais',
  looked: (number) => plural(number, 'objet examiné', 'objets examinés'),
  couldNotRead: (number) => plural(number, 'objet illisible', 'objets illisibles'),
  endedEarly: 'Elle s’est interrompue :',
  comparedWhenAsked: 'Comparé seulement sur demande.',
  comparedEvery: (hours) => (hours <= 1 ? 'Comparé toutes les heures.' : `Comparé toutes les ${count(hours)} heures.`),
  neverCompared: 'Rien n’a encore été comparé',
  neverComparedAdvice: 'Cliquez sur « Comparer maintenant » pour voir si la cible contient encore ce qui a été envoyé.',
  noDrift: 'La cible contient ce qui a été envoyé',
  noDriftAdvice: 'Ce que quelqu’un d’autre y modifie apparaît ici après la prochaine comparaison.',
  differences: 'Différences',
  expected: 'Attendu',
  found: 'Trouvé',
  metFirst: 'Constaté',
  driftKind: { disabled: 'désactivé', enabled: 'activé', missing: 'absent', members: 'membres' },
  membersMissing: (members, missing, names) =>
    `${plural(members, 'membre', 'membres')}, dont ${plural(missing, 'absent', 'absents')}${names.length === 0 ? '' : ` : ${names.join(', ')}`}`,
  membersAdded: (members, added, names) =>
    `${plural(members, 'membre', 'membres')}, dont ${plural(added, 'ajouté', 'ajoutés')}${names.length === 0 ? '' : ` : ${names.join(', ')}`}`,
  decide: 'Décider',
  decideOf: (label, path) => `Décider de ${path} de ${label}`,
  thisAttribute: 'Cet attribut',
  wholeObject: (label) => `Tout ce qui concerne ${label}`,
  everyObject: (path) => `${path} de tous les objets, désormais`,
  decisionOf: { push: 'Renvoyer', accept: 'Accepter', ignore: 'Ignorer' },
  rule: { report: 'Signaler', push: 'Renvoyer', accept: 'Accepter', ignore: 'Ignorer' },
  driftDecided: {
    push: (number) => `Renvoyé : ${attributes(number)}.`,
    accept: (number) => `Accepté jusqu’au prochain changement de l’annuaire : ${attributes(number)}.`,
    ignore: (number) => `Ignoré : ${attributes(number)}.`,
    report: (number) => `De nouveau signalé : ${attributes(number)}.`,
  },
  driftFailed: (number) =>
    number <= 1
      ? `${objects(number)} n’a pas pu être envoyé ; le journal de provisionnement dit pourquoi.`
      : `${objects(number)} n’ont pas pu être envoyés ; le journal de provisionnement dit pourquoi.`,
  rulesTitle: 'Règles',
  rulesMean:
    'Ce qu’il advient d’un attribut de tous les objets quand quelqu’un d’autre le modifie. Signaler : il est listé ici. Renvoyer : il est écrasé. Accepter : il reste jusqu’à ce que la valeur de l’annuaire change. Ignorer : personne n’en entend parler.',
  ruleTitle: 'Règle',
  ruleOf: (path) => `Règle de ${path}`,
  ruleAttribute: 'Attribut de tous les objets',
  setRule: 'Définir la règle',
  ruleSet: (path, rule) => `${path} : ${rule}.`,
  decisions: 'Décisions',
  decisionsMean:
    'Ce qui a été décidé d’objets particuliers. Oubliez une décision, et la différence est de nouveau signalée.',
  decision: 'Décision',
  forget: 'Oublier',
  forgetOf: (label, path) => `Oublier la décision sur ${path} de ${label}`,
};
