import type { Catalogue } from '../en/index.ts';
import { translator } from '../sentences.ts';
import { ERROR_REASONS, ISSUES, PROBLEM_SENTENCES, PROVISIONING_SENTENCES } from './server-sentences.ts';

export const fromServer: Catalogue['fromServer'] = {
  problem: {
    'invalid-request': 'La requête n’est pas valable',
    'not-authenticated': 'L’authentification a échoué',
    'read-only': 'Le jeton d’API ne permet que la lecture',
    'not-allowed': 'Votre rôle ne le permet pas',
    'cross-site': 'La requête ne vient pas de la console',
    'local-only': 'Seule la ligne de commande sur le serveur lui-même peut le faire',
    'not-found': 'Cela n’existe pas',
    'database-unavailable': 'La base de données ne répond pas',
    'already-exists': 'Cela existe déjà',
    'in-use': 'C’est utilisé',
    'not-usable': 'Son état ne le permet pas',
    'feed-expired': 'Les changements après cette position ne sont plus conservés',
    'too-large': 'La requête est trop grande',
    'unsupported-media-type': 'Le corps n’est pas du JSON',
    'too-many-requests': 'Trop de requêtes',
    'scim-error': 'L’opération SCIM a été refusée',
    'target-failed': 'La cible n’a pas fait ce qui était demandé',
    'mail-failed': 'Le courriel n’a pas été envoyé',
    internal: 'Une erreur s’est produite sur le serveur',
    'not-stored': 'La modification n’a pas pu être enregistrée',
  },
  advice: {
    EntryConflict:
      'Donnez une autre valeur à l’un des deux, ou faites porter la correspondance sur un attribut qui trouve l’autre.',
    TooManyRequests:
      'Rien : un nouvel essai aura lieu. Si cela dure, demandez au propriétaire de la cible une limite plus élevée.',
    InternalServerError: 'Rien : un nouvel essai aura lieu. Si cela dure, consultez le journal de la cible.',
    Timeout: 'Rien : un nouvel essai aura lieu. Si cela dure, cherchez pourquoi la cible est lente.',
    WebExceptionProtocolError: 'Testez la connexion : le test dit si le nom, le port, le réseau ou TLS est en cause.',
    Unauthorized: 'Saisissez des identifiants valables et testez la connexion.',
    InsufficientRights: 'Donnez au compte de ces identifiants le droit de gérer les utilisateurs et les groupes.',
    MethodNotAllowed: 'Testez la connexion : ce que la cible sait faire est alors redécouvert.',
    NotImplemented: 'Désactivez le mappage de ce type d’objet, ou demandez à l’éditeur de la cible.',
    UnprocessableEntity: 'Lisez sa réponse, puis corrigez les valeurs dans l’annuaire ou le mappage.',
    BadRequest: 'Lisez sa réponse, puis corrigez les valeurs ou le mappage, ou choisissez l’autre dialecte de PATCH.',
    PayloadTooLarge:
      'Rien : des requêtes plus petites sont essayées. Une valeur trop grande à elle seule doit être réduite.',
    ServiceIncompatible: 'Vérifiez l’URL ; elle doit être la base de l’API SCIM, sans /Users.',
    IncompatibleFiltering:
      'Prenez un autre attribut de correspondance (userName se cherche presque partout), ou testez de nouveau la connexion.',
    AddressRefused:
      'Utilisez une autre adresse ; les adresses de lien local et de métadonnées ne sont jamais appelées, les adresses privées ne le sont pas avec --targets public.',
    InvalidAnchor: 'Rien : le lien est abandonné, et l’objet est retrouvé ou recréé.',
    DuplicateTargetEntries:
      'Retirez ou modifiez les objets en trop dans la cible, ou prenez un attribut de correspondance qui y est unique.',
    DuplicateSourceEntries:
      'Donnez aux deux objets de l’annuaire des valeurs différentes de l’attribut de correspondance.',
    MissingValues: 'Renseignez l’attribut dans l’annuaire, ou donnez une valeur par défaut au mappage.',
    ImportSkipped: 'Renseignez l’attribut dans l’annuaire, ou prenez un autre attribut de correspondance.',
    SchemaPropertyCanOnlyAcceptValue: 'Choisissez-en une dans le mappage : Item([…], 1), ou Join(", ", […]).',
    ExpressionFailed: 'Essayez l’expression avec cet objet dans le mappage.',
    ExpressionTimeout: 'Écrivez-la sans répétition imbriquée, comme (a+)+.',
    MemberRefused: 'Lisez sa réponse. Les autres membres du groupe ne sont pas touchés.',
    Drifted: 'Rien : ce que dit l’annuaire est renvoyé.',
    InternalError: 'Rien : un nouvel essai aura lieu. Si cela dure, signalez-le avec le journal du serveur.',
  },
  say: translator([...ERROR_REASONS, ...PROVISIONING_SENTENCES, ...PROBLEM_SENTENCES, ...ISSUES]),
};
