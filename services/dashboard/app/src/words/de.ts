import type { Words } from './en.js'
import { subscribeDe } from './subscribe-de.js'
import { webhooksDe } from './webhooks-de.js'

export const de: Words = {
  frame: {
    skip: 'Zum Inhalt springen',
    navigation: 'Seiten',
    subscribe: 'Abonnieren',
    webhooks: 'Webhooks',
    dashboard: 'Übersicht',
    api: 'Beschreibung der API',
    health: 'Zustand',
    language: 'Sprache',
    theme: 'Farben',
    themes: { auto: 'Automatisch', light: 'Hell', dark: 'Dunkel' },
    signIn: 'Anmelden',
    signOut: 'Abmelden',
    signInSay: 'Geben Sie einen Schlüssel ein, der mit nw_ beginnt. Ein Admin kann einen anlegen.',
    key: 'Schlüssel',
    cancel: 'Abbrechen',
    notFound: 'Diese Seite gibt es nicht.',
    notFoundSay: 'Vielleicht wurde die Adresse beim Kopieren abgeschnitten.',
  },
  parts: {
    copy: 'Kopieren',
    copied: 'Kopiert',
    remove: (what) => `${what} entfernen`,
    again: 'Noch einmal versuchen',
    more: 'Mehr zeigen',
    unknown: 'nicht bekannt',
  },
  subscribe: subscribeDe,
  webhooks: webhooksDe,
}
