import type { Catalogue } from '../en/index.ts';

export const quirkMeanings: Catalogue['requestLog']['quirkMeanings'] = {
  'array-of-one': 'Un tableau d’un seul objet là où un objet est attendu ; cet objet a été retenu.',
  'boolean-as-string': 'Le texte « True » ou « False » là où true ou false est attendu.',
  'core-under-urn': 'Des attributs de base placés sous l’URN de leur schéma ont été ramenés à la racine.',
  'dotted-keys': 'Une clé qui est un chemin entier, comme name.givenName, a été lue comme ce chemin.',
  'emptied-element': 'Une valeur dont il ne restait que le type après une suppression a été retirée entièrement.',
  'empty-string-clears': 'Un texte vide dans un PATCH a été compris comme « aucune valeur ».',
  'legacy-schemas': 'Les schemas étaient absents, anciens ou inconnus ; ce qui ne leur correspond pas a été ignoré.',
  'lone-value': 'Une valeur seule là où une liste de valeurs est attendue.',
  'manager-as-string': 'Un simple identifiant là où un objet portant cette valeur est attendu.',
  'member-edit': 'La modification du nom affiché d’un membre a été ignorée : il vient du membre lui-même.',
  'missing-patch-schemas': 'Un PATCH sans le schéma qui le désigne comme tel.',
  'number-as-string': 'Un texte là où un nombre est attendu.',
  'qualified-key': 'Un chemin d’attribut entier comme clé du corps a été lu comme ce chemin.',
  'read-only-in-value': 'Un attribut que les clients ne peuvent pas fixer accompagnait les autres et a été ignoré.',
  'remove-with-value': 'Une suppression qui énumère ce qui doit partir : seules ces valeurs ont été retirées.',
  'replace-creates-element': 'Le remplacement d’une valeur qui n’existait pas encore l’a créée.',
  replay: 'Quelqu’un a renvoyé d’ici une requête antérieure.',
  'stringified-role': 'Un rôle reçu sous forme de texte contenant un objet a été lu comme cet objet.',
  'unknown-attribute':
    'Un attribut qu’aucun schéma ne connaît a été ignoré. Ajoutez-le au schéma si vous en avez besoin.',
  'unqualified-extension-attribute': 'Un attribut d’une extension a été nommé sans l’URN de son schéma.',
  'unquoted-filter-value': 'Une valeur de filtre sans ses guillemets.',
  'value-as-string': 'Un texte là où un objet est attendu a été pris comme la valeur de cet objet.',
};
