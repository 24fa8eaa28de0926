type Pairs = readonly (readonly [english: string, french: string])[];

/** Why a target, or what leads to it, failed. */
export const ERROR_REASONS: Pairs = [
  [
    'The target refused it because another object already has one of its values (409).',
    'La cible l’a refusé parce qu’un autre objet a déjà l’une de ses valeurs (409).',
  ],
  [
    'The target asked to send less (429), again and again.',
    'La cible a demandé à plusieurs reprises d’envoyer moins (429).',
  ],
  ['The target failed (5xx).', 'La cible a échoué (5xx).'],
  ['The target did not answer in time.', 'La cible n’a pas répondu à temps.'],
  ['The connection failed, or what came was not HTTP.', 'La connexion a échoué, ou la réponse n’était pas du HTTP.'],
  ['The target did not accept the credentials (401).', 'La cible n’a pas accepté les identifiants (401).'],
  [
    'The target accepted the credentials, but they may not do this (403).',
    'La cible a accepté les identifiants, mais ils n’ont pas ce droit (403).',
  ],
  ['The target does not know this method (405).', 'La cible ne connaît pas cette méthode (405).'],
  ['The target has not implemented this (501).', 'La cible n’a pas réalisé cette fonction (501).'],
  [
    'The target understood the request but refuses its values (422).',
    'La cible a compris la requête mais en refuse les valeurs (422).',
  ],
  ['The target refused the request (400).', 'La cible a refusé la requête (400).'],
  ['The request was too large for the target (413).', 'La requête était trop grande pour la cible (413).'],
  ['The answer of the target is not SCIM.', 'La réponse de la cible n’est pas du SCIM.'],
  [
    'The target cannot search by the attribute that the mapping matches on.',
    'La cible ne sait pas chercher par l’attribut de correspondance du mappage.',
  ],
  [
    'The address of the target is one that this installation does not call.',
    'Cette installation n’appelle pas l’adresse de la cible.',
  ],
  ['The linked object is gone from the target.', 'L’objet lié a disparu de la cible.'],
  [
    'More than one object of the target has the matching value.',
    'Plusieurs objets de la cible ont la valeur de correspondance.',
  ],
  [
    'The matching object of the target is already linked to another object of the directory.',
    'L’objet correspondant de la cible est déjà lié à un autre objet de l’annuaire.',
  ],
  ['A value that the target requires is empty.', 'Une valeur que la cible exige est vide.'],
  [
    'The object has no value for any matching attribute.',
    'L’objet n’a de valeur pour aucun attribut de correspondance.',
  ],
  [
    'The mapping gives several values to an attribute that takes one.',
    'Le mappage donne plusieurs valeurs à un attribut qui n’en prend qu’une.',
  ],
  [
    'An expression of the mapping has no result for this object.',
    'Une expression du mappage n’a pas de résultat pour cet objet.',
  ],
  [
    'A regular expression of the mapping or the scope took longer than its budget.',
    'Une expression régulière du mappage ou de l’étendue a dépassé le temps accordé.',
  ],
  ['The target refused a member.', 'La cible a refusé un membre.'],
  ['Somebody else changed it in the target.', 'Quelqu’un d’autre l’a modifié dans la cible.'],
  ['Rollcall itself failed.', 'Rollcall lui-même a échoué.'],
];

/** Why something was done with an object, and the steps of it. */
export const PROVISIONING_SENTENCES: Pairs = [
  ['In scope: everyone in the directory is.', 'Dans l’étendue : tout l’annuaire y est.'],
  [
    'In scope: everyone in the directory is, and filter {} passed.',
    'Dans l’étendue : tout l’annuaire y est, et le filtre {1} l’accepte.',
  ],
  ['In scope: assigned directly.', 'Dans l’étendue : affectation directe.'],
  [
    'In scope: assigned directly, and filter {} passed.',
    'Dans l’étendue : affectation directe, et le filtre {1} l’accepte.',
  ],
  [
    'In scope: member of {} through {}, and filter {} passed.',
    'Dans l’étendue : membre de {1} par {2}, et le filtre {3} l’accepte.',
  ],
  ['In scope: member of {} through {}.', 'Dans l’étendue : membre de {1} par {2}.'],
  ['In scope: member of {}, and filter {} passed.', 'Dans l’étendue : membre de {1}, et le filtre {2} l’accepte.'],
  ['In scope: member of {}.', 'Dans l’étendue : membre de {1}.'],
  [
    'Not in scope: the account is disabled in the directory.',
    'Hors de l’étendue : le compte est désactivé dans l’annuaire.',
  ],
  [
    'Not in scope: not assigned, directly or through a group.',
    'Hors de l’étendue : sans affectation, ni directe ni par un groupe.',
  ],
  ['Not in scope: filter {} did not pass.', 'Hors de l’étendue : le filtre {1} ne l’accepte pas.'],
  ['Not in scope: none of the filters {} passed.', 'Hors de l’étendue : aucun des filtres {1} ne l’accepte.'],
  ['Not in scope.', 'Hors de l’étendue.'],
  ['Deleted in the directory.', 'Supprimé dans l’annuaire.'],
  ['It was never provisioned.', 'Il n’a jamais été provisionné.'],
  [
    'Objects of this type are not provisioned: their mapping is disabled.',
    'Les objets de ce type ne sont pas provisionnés : leur mappage est désactivé.',
  ],
  ['But the mapping neither creates nor updates objects.', 'Mais le mappage ne crée ni ne met à jour d’objets.'],
  ['But the mapping does not delete objects.', 'Mais le mappage ne supprime pas d’objets.'],
  [
    'But no attribute says so to the target: choose delete for leaving objects, or map active by IsSoftDeleted.',
    'Mais aucun attribut ne le dit à la cible : choisissez la suppression pour ceux qui partent, ou mappez active par IsSoftDeleted.',
  ],
  [
    'But the mapping does not update objects, and so cannot disable them.',
    'Mais le mappage ne met pas à jour d’objets, et ne peut donc pas les désactiver.',
  ],
  ['But no attribute says so to the target: {}.', 'Mais aucun attribut ne le dit à la cible : {1}.'],
  ['The target holds all values already.', 'La cible a déjà toutes les valeurs.'],
  [
    'The target holds all values already: nothing was sent.',
    'La cible a déjà toutes les valeurs : rien n’a été envoyé.',
  ],
  ['It differs, but the mapping does not update objects.', 'Il diffère, mais le mappage ne met pas à jour d’objets.'],
  ['It is back.', 'Il est de retour.'],
  ['Nothing differs.', 'Rien ne diffère.'],
  ['{} and {} more differ.', '{1} et {2} de plus diffèrent.'],
  ['{} differs.', '{1} diffère.'],
  ['It is disabled, and leaving means deletion now.', 'Il est désactivé, et qui part est désormais supprimé.'],
  ['It is disabled, and was to be deleted from {} on.', 'Il est désactivé, et devait être supprimé à partir du {1}.'],
  ['It is disabled already.', 'Il est déjà désactivé.'],
  ['It was left alone when it left the scope.', 'Il a été laissé tel quel en quittant l’étendue.'],
  ['The application leaves such objects alone.', 'L’application laisse ces objets tels quels.'],
  ['Its removal waits for a person to decide.', 'Sa suppression attend une décision.'],
  ['Its removal was rejected.', 'Sa suppression a été rejetée.'],
  ['{} removals wait for a decision already.', '{1} suppressions attendent déjà une décision.'],
  ['{} removals, where {} are allowed.', '{1} suppressions, pour {2} autorisées.'],
  [
    '{} removals, {} of them carried out already, where {} are allowed.',
    '{1} suppressions, dont {2} déjà effectuées, pour {3} autorisées.',
  ],
  [
    '{} removals, of {} linked objects, where {} percent are allowed.',
    '{1} suppressions sur {2} objets liés, pour {3} % autorisés.',
  ],
  [
    '{} removals, {} of them carried out already, of {} linked objects, where {} percent are allowed.',
    '{1} suppressions, dont {2} déjà effectuées, sur {3} objets liés, pour {4} % autorisés.',
  ],
  ['{} removals wait for a decision.', '{1} suppressions attendent une décision.'],
  ['{} objects and references failed.', '{1} objets et références ont échoué.'],
  ['{} of {} objects failed.', '{1} objets sur {2} ont échoué.'],
  ['{} objects failed.', '{1} objets ont échoué.'],
  ['It changed in the directory.', 'Il a changé dans l’annuaire.'],
  ['The mapping does not create objects.', 'Le mappage ne crée pas d’objets.'],
  ['The target had it already: it was taken over.', 'La cible l’avait déjà : il a été repris.'],
  [
    'The target had created it although no success came back: it was linked.',
    'La cible l’avait créé sans confirmer : il a été lié.',
  ],
  ['The linked object was gone from the target.', 'L’objet lié avait disparu de la cible.'],
  [
    'The linked object is gone from the target: the link is dropped.',
    'L’objet lié a disparu de la cible : le lien est abandonné.',
  ],
  [
    'The memberships of the directory and of the target differed.',
    'Les appartenances de l’annuaire et de la cible différaient.',
  ],
  ["{} member added to the target's group.", '{1} membre ajouté au groupe de la cible.'],
  ["{} members added to the target's group.", '{1} membres ajoutés au groupe de la cible.'],
  ["{} member removed from the target's group.", '{1} membre retiré du groupe de la cible.'],
  ["{} members removed from the target's group.", '{1} membres retirés du groupe de la cible.'],
  ['Read from the directory.', 'Lu dans l’annuaire.'],
  ['The directory does not have it any more.', 'L’annuaire ne l’a plus.'],
  ['Linked to an object of the target.', 'Lié à un objet de la cible.'],
  ['Found in the target by {}.', 'Trouvé dans la cible par {1}.'],
  ['The target has no such object.', 'La cible n’a pas un tel objet.'],
  ['Created in the target.', 'Créé dans la cible.'],
  ['Creating it did not succeed: {}', 'La création n’a pas abouti : {1}'],
  ['The answer is in doubt, so the object is read back: {}', 'La réponse est incertaine, l’objet est donc relu : {1}'],
  ['Changed in the target.', 'Modifié dans la cible.'],
  ['Disabled in the target.', 'Désactivé dans la cible.'],
  ['Deleted from the target.', 'Supprimé de la cible.'],
];

/** What problems say in particular, where people of the console meet them. */
export const PROBLEM_SENTENCES: Pairs = [
  [
    'User name or password is wrong, or the person is not active.',
    'Le nom d’utilisateur ou le mot de passe est faux, ou la personne n’est pas active.',
  ],
  ['Nobody is signed in, or no longer.', 'Personne n’est connecté, ou plus personne.'],
  ['Sign in, and try again.', 'Connectez-vous, puis réessayez.'],
  [
    'This is for people who have signed in to the console themselves.',
    'Ceci est réservé aux personnes qui se sont connectées elles-mêmes à la console.',
  ],
  [
    'Only an administrator may try another connection than the saved one.',
    'Seul un administrateur peut essayer une autre connexion que celle qui est enregistrée.',
  ],
  [
    'No mail server is configured: start Rollcall with ROLLCALL_SMTP_URL.',
    'Aucun serveur de courriel n’est configuré : démarrez Rollcall avec ROLLCALL_SMTP_URL.',
  ],
  [
    'Your password is kept by the OpenID provider; change it there.',
    'Votre mot de passe est chez le fournisseur OpenID ; changez-le là-bas.',
  ],
  ['Nothing was changed.', 'Rien n’a été modifié.'],
  ['See whether the disk is full, then try again.', 'Voyez si le disque est plein, puis réessayez.'],
  ['The search took too long; narrow it down.', 'La recherche a duré trop longtemps ; précisez-la.'],
  ["The server's own log has the cause.", 'Le journal du serveur en dit la cause.'],
  ['The request is not valid.', 'La requête n’est pas valable.'],
  ['password: must not be the user name.', 'password : ne doit pas être le nom d’utilisateur.'],
  ['current: is not your password.', 'current : n’est pas votre mot de passe.'],
  ['Somebody has the user name {} already.', 'Quelqu’un a déjà le nom d’utilisateur {1}.'],
  ['{} is not active; change that first.', '{1} n’est pas actif ; changez cela d’abord.'],
  [
    '{} signs in at the OpenID provider, which also keeps the password.',
    '{1} se connecte chez le fournisseur OpenID, qui garde aussi le mot de passe.',
  ],
  [
    'This is the last active administrator who can sign in: nobody could change anything any more.',
    'C’est le dernier administrateur actif qui peut se connecter : plus personne ne pourrait rien modifier.',
  ],
  ['Make another one first.', 'Créez-en d’abord un autre.'],
  [
    'The slug "{}" is taken; choose another with slug.',
    'L’identifiant court « {1} » est pris ; choisissez-en un autre.',
  ],
  [
    '"{}" is the directory of {}; remove these applications first.',
    '« {1} » est l’annuaire de {2} ; supprimez d’abord ces applications.',
  ],
  ['The token was revoked; issue a new one with rollcall token add.', 'Le jeton a été révoqué ; créez-en un nouveau.'],
  ['The directory of the application was removed.', 'L’annuaire de l’application a été supprimé.'],
  ['The directory of "{}" was removed.', 'L’annuaire de « {1} » a été supprimé.'],
  ['The application was removed.', 'L’application a été supprimée.'],
  ['The credentials of the connection are missing.', 'Les identifiants de la connexion manquent.'],
  ['Enter them.', 'Saisissez-les.'],
  [
    'connection.baseUrl: there is no connection yet, so it needs a URL.',
    'connection.baseUrl : il n’y a pas encore de connexion, il faut donc une URL.',
  ],
  [
    'Another import into "{}" is running; try again when it has ended.',
    'Une autre importation dans « {1} » est en cours ; réessayez quand elle sera terminée.',
  ],
  [
    'There is no {} {} in {}; it may have been deleted.',
    'Il n’y a pas de {1} {2} dans {3} ; l’objet a peut-être été supprimé.',
  ],
  [
    'There is no identity server "{}"; rollcall identity-server list shows them.',
    'Il n’y a pas de serveur d’identité « {1} ».',
  ],
  ['There is no application "{}"; rollcall application list shows them.', 'Il n’y a pas d’application « {1} ».'],
  ['Item {} is {} already.', 'L’élément {1} est déjà {2}.'],
  ['The plan has no item {}.', 'Le plan n’a pas d’élément {1}.'],
  ['Another site has sent this request.', 'Un autre site a envoyé cette requête.'],
  ['Use the console at its own address.', 'Utilisez la console à sa propre adresse.'],
  [
    'The directory cannot be searched now; name it by its id.',
    'L’annuaire ne peut pas être fouillé maintenant ; désignez l’objet par son identifiant.',
  ],
];

/** What is wrong with a member of a request. */
export const ISSUES: Pairs = [
  ['must be true or false', 'doit être vrai ou faux'],
  ['must be a number', 'doit être un nombre'],
  ['must be a whole number', 'doit être un nombre entier'],
  ['must be a text', 'doit être un texte'],
  ['must be a JSON object', 'doit être un objet JSON'],
  ['must be a list', 'doit être une liste'],
  ['must be one of {}', 'doit être l’un de {1}'],
  ['must not be empty', 'ne doit pas être vide'],
  ['must have at least {} characters', 'doit avoir au moins {1} caractères'],
  ['must have at least {}', 'doit en avoir au moins {1}'],
  ['must be at least {}', 'doit être au moins {1}'],
  ['must have at most {} characters', 'doit avoir au plus {1} caractères'],
  ['must have at most {}', 'doit en avoir au plus {1}'],
  ['must be at most {}', 'doit être au plus {1}'],
  ['must be {}', 'doit être {1}'],
];
