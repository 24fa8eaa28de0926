import type { Catalogue } from '../en/index.ts';

const day = (value: string | number | undefined): string =>
  value === undefined ? '' : new Intl.DateTimeFormat('fr', { dateStyle: 'long' }).format(new Date(value));

const token = ({ name, identityServer }: Readonly<Record<string, string | number>>): string =>
  identityServer === '' ? `Le jeton d’API « ${name} »` : `Le jeton « ${name} » de ${identityServer}`;

const RENEW = 'Saisissez-en de nouveaux avec la connexion, puis testez-la.';
const ROTATE = 'Renouvelez-le et donnez le nouveau à qui s’en sert.';

/** Ce que le serveur dit en anglais. */
export const attentionOf: Catalogue['home']['attentionOf'] = {
  quarantine: ({ name, code }) => ({
    message: `Le provisionnement de « ${name} » est en quarantaine${code === '' ? '' : ` (${code})`} : pour l’instant, les changements ne lui parviennent pas.`,
    advice: 'La page de l’application dit pourquoi. Corrigez la cause, puis redémarrez.',
  }),
  switchedOff: ({ name }) => ({
    message: `Le provisionnement de « ${name} » a été désactivé après 28 jours de quarantaine.`,
    advice: 'Corrigez la cause, puis redémarrez.',
  }),
  removalsHeld: ({ name, count }) => ({
    message: `Dans « ${name} », des suppressions attendent une décision (${count}) ; tout le reste continue.`,
    advice:
      'Vérifiez si elles sont voulues (une portée, une affectation ou un import peut être en cause), puis autorisez-les ou rejetez-les.',
  }),
  objectsFail: ({ name, count }) => ({
    message: `Des objets échouent dans « ${name} » (${count}) et seront réessayés.`,
    advice: 'Le journal de provisionnement dit pourquoi, et que faire.',
  }),
  drift: ({ name, count }) => ({
    message: `Quelqu’un d’autre a modifié des objets dans « ${name} » (${count}).`,
    advice: 'Renvoyez ce que dit l’annuaire, acceptez la modification ou ignorez-la.',
  }),
  credentialsMissing: ({ name }) => ({
    message: `Les identifiants par lesquels Rollcall accède à « ${name} » manquent.`,
    advice: RENEW,
  }),
  credentialsExpired: ({ name, expiresAt }) => ({
    message: `Les identifiants par lesquels Rollcall accède à « ${name} » ont expiré le ${day(expiresAt)}.`,
    advice: RENEW,
  }),
  credentialsExpire: ({ name, expiresAt }) => ({
    message: `Les identifiants par lesquels Rollcall accède à « ${name} » expirent le ${day(expiresAt)}.`,
    advice: RENEW,
  }),
  tokenExpired: (values) => ({
    message: `${token(values)} a expiré alors qu’il servait encore ; ses requêtes sont maintenant refusées.`,
    advice: 'Émettez-en un nouveau pour qui s’en sert, et révoquez celui-ci.',
  }),
  tokenExpires: (values) => ({
    message: `${token(values)} expire le ${day(values.expiresAt)}.`,
    advice: ROTATE,
  }),
  replacedTokenUsed: (values) => ({
    message: `${token(values)} a été remplacé, et l’ancien est encore utilisé.`,
    advice: 'Collez le nouveau chez le fournisseur d’identité avant que l’ancien n’expire.',
  }),
  inactiveAsked: ({ name }) => ({
    message: `« ${name} » est désactivé et son fournisseur d’identité lui envoie encore des requêtes : la réponse est 403.`,
    advice: 'Réactivez-le, ou arrêtez le provisionnement chez le fournisseur d’identité.',
  }),
  unprotected: ({ name }) => ({
    message: `« ${name} » ne demande pas d’identifiants : quiconque atteint son URL peut lire et modifier ses utilisateurs et ses groupes.`,
    advice: 'Choisissez la sécurité Bearer et donnez un jeton à son fournisseur d’identité.',
  }),
  requestLogDropped: ({ count }) => ({
    message: `Des requêtes n’ont pas pu être écrites dans le journal des requêtes depuis le démarrage (${count}) ; elles ont quand même reçu leur réponse.`,
    advice: 'Vérifiez si le disque est plein ou lent.',
  }),
  diskNearlyFull: ({ free }) => ({
    message: `Le disque des données est presque plein : il reste ${free}. Quand il n’en restera plus, chaque écriture sera refusée.`,
    advice:
      'Faites de la place, ou conservez moins : les options de rollcall serve fixent la durée et la taille du journal des requêtes.',
  }),
  noMail: ({ count }) => ({
    message: `Des applications doivent envoyer un courriel quand il faut quelqu’un (${count}), et aucun serveur de courriel n’est configuré.`,
    advice: 'Démarrez Rollcall avec ROLLCALL_SMTP_URL, puis envoyez un courriel d’essai depuis les réglages.',
  }),
  notEncrypted: ({ publicUrl }) => ({
    message: `D’autres machines atteignent Rollcall, et son adresse ${publicUrl} n’est pas chiffrée : jetons et mots de passe peuvent être lus en chemin.`,
    advice:
      'Indiquez --tls-cert et --tls-key, ou placez devant un proxy avec TLS et donnez son adresse par --public-url.',
  }),
};
