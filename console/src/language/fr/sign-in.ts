import type { Catalogue } from '../en/index.ts';

export const signIn: Catalogue['signIn'] = {
  title: 'Connexion',
  userName: 'Nom d’utilisateur',
  password: 'Mot de passe',
  newPassword: 'Nouveau mot de passe',
  currentPassword: 'Mot de passe actuel',
  repeatPassword: 'Répétez le mot de passe',
  passwordRule: 'Au moins 12 caractères ; quelques mots faciles à retenir conviennent le mieux.',
  passwordsDiffer: 'Les deux mots de passe diffèrent.',
  submit: 'Se connecter',
  withProvider: (name) => `Se connecter avec ${name}`,
  or: 'ou',
  lockedOut: 'Bloqué ? Sur le serveur : npx rollcall administrator reset NOM',
  setupTitle: 'Configurer Rollcall',
  setupIntro: 'Choisissez comment vous vous connecterez désormais. Vous serez le premier administrateur.',
  setupSubmit: 'Créer l’administrateur',
  setupWithoutLink: 'Ouvrez le lien de configuration que rollcall serve a affiché au démarrage.',
  resetTitle: 'Choisissez un nouveau mot de passe',
  resetSubmit: 'Définir le mot de passe',
  linkIncomplete: 'Le lien n’est pas complet : copiez-le en entier, y compris ce qui suit le signe #.',
};
