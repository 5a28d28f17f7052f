import { subscribeEn } from './subscribe-en.js'
import { webhooksEn } from './webhooks-en.js'

/** Every word that the window says. */
export const en = {
  frame: {
    skip: 'Skip to the content',
    navigation: 'Pages',
    subscribe: 'Subscribe',
    webhooks: 'Webhooks',
    dashboard: 'Dashboard',
    api: 'API description',
    health: 'Health',
    language: 'Language',
    theme: 'Colours',
    themes: { auto: 'Automatic', light: 'Light', dark: 'Dark' },
    signIn: 'Sign in',
    signOut: 'Sign out',
    signInSay: 'Give a key that starts with nw_. An admin can make one.',
    key: 'Key',
    cancel: 'Cancel',
    notFound: 'There is no such page.',
    notFoundSay: 'The address may have been cut when it was copied.',
  },
  parts: {
    copy: 'Copy',
    copied: 'Copied',
    remove: (what: string) => `Remove ${what}`,
    again: 'Try again',
    more: 'Show more',
    unknown: 'not known',
  },
  subscribe: subscribeEn,
  webhooks: webhooksEn,
}

export type Words = typeof en
