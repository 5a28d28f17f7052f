/*
 * What tests of the window stand on: Debian's Chromium by playwright-core, what it finds wrong with
 * a page, axe, pictures and figures. A door of its own, so that other tests load none of it.
 */
export type { Locator, Page } from 'playwright-core'
export * from './axe.js'
export * from './browser.js'
export type { Faults } from './faults.js'
export * from './pictures.js'
export * from './sizes.js'
export * from './weight.js'
