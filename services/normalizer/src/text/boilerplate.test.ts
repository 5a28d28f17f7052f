import { describe, expect, it } from 'vitest'
import { roleOf } from './boilerplate.js'

describe('roleOf', () => {
  it.each([
    ['Original-Content von: Muster AG, übermittelt durch news aktuell', 'Muster AG', 'de'],
    [
      'Original-Content von: Muster, Beispiel & Co., übermittelt durch news aktuell',
      'Muster, Beispiel & Co.',
      'de',
    ],
    ['Original-Content von: Polizei Musterstadt', 'Polizei Musterstadt', 'de'],
    ['Originaltext: Muster AG', 'Muster AG', 'de'],
    ['Original content of: Acme Inc., transmitted by news aktuell', 'Acme Inc.', 'en'],
    ['Contenu original de : Exemple SA, transmis par news aktuell', 'Exemple SA', 'fr'],
    ['Contenuto originale di: Esempio SpA, trasmesso da news aktuell', 'Esempio SpA', 'it'],
    ['Contenido original de: Ejemplo SA, transmitido por news aktuell', 'Ejemplo SA', 'es'],
    ['Oryginalna treść od: Przykład, przekazane przez news aktuell', 'Przykład', undefined],
  ])('takes %j for the line of the originator', (line, issuer, language) => {
    expect(roleOf(line)).toEqual({ role: 'originator', issuer, language })
  })

  it.each([
    ['SOURCE Acme Inc.', 'Acme Inc.'],
    ['SOURCE:  Acme Inc.', 'Acme Inc.'],
    ['SOURCE : Exemple SA', 'Exemple SA'],
    ['Source: Acme Inc.', 'Acme Inc.'],
    ['FUENTE Ejemplo SA', 'Ejemplo SA'],
    ['FONTE Esempio SpA', 'Esempio SpA'],
    ['QUELLE Muster AG', 'Muster AG'],
    ['Quelle: Muster AG', 'Muster AG'],
    ['消息来源 示例公司', '示例公司'],
  ])('reads the issuer of %j', (line, issuer) => {
    expect(roleOf(line)).toEqual({ role: 'source', issuer })
  })

  it.each([
    'Pressekontakt:',
    'Presse-Kontakt:',
    'Medienkontakt: Anna Muster',
    'Kontakt:',
    'Kontakt für Journalisten:',
    'Ansprechpartner für die Presse:',
    'Ansprechpartnerin:',
    'Rückfragen bitte an:',
    'Rückfragen & Kontakt:',
    'Rückfragen von Medienvertretern bitte an:',
    'Medienrückfragen bitte an:',
    'Rückfragehinweis:',
    'Bei Rückfragen:',
    'Pressestelle:',
    'Contact:',
    'CONTACT: Ben Example, ben@example.com',
    'CONTACTS',
    'Media Contact:',
    'MEDIA CONTACT:',
    'Investor Relations Contact:',
    'Investor relations:',
    'For media inquiries, please contact:',
    'For further information, please contact:',
    'Contact presse :',
    'Contacts médias:',
    'Relations presse :',
    'Pour plus d’informations, veuillez contacter :',
    'Contatti:',
    'Contatti per la stampa:',
    'Ufficio stampa:',
    'Contacto:',
    'Contacto para medios:',
    'Para más información, contactar con:',
  ])('takes %j for the beginning of the contact', (line) => {
    expect(roleOf(line)).toEqual({ role: 'contact' })
  })

  it.each([
    ['Photo - https://mma.example.com/1.jpg', 'https://mma.example.com/1.jpg', 'Photo'],
    ['Photo -', undefined, 'Photo'],
    ['(Photo 1: https://example.com/a.jpg)', 'https://example.com/a.jpg', 'Photo 1'],
    ['Logo – https://example.com/l.png', 'https://example.com/l.png', 'Logo'],
    ['Infografik: https://example.com/i.png', 'https://example.com/i.png', 'Infografik'],
    ['Vidéo - https://example.com/v', 'https://example.com/v', 'Vidéo'],
    ['Foto: https://example.com/f', 'https://example.com/f', 'Foto'],
    [
      'Photos/Multimedia Gallery Available: https://example.com/g',
      'https://example.com/g',
      'Photos/Multimedia Gallery Available',
    ],
  ])('takes %j for a picture', (line, url, caption) => {
    expect(roleOf(line)).toEqual({ role: 'media', url, caption })
  })

  it.each([
    'View original content: https://www.prnewswire.com/a-302900001.html',
    'View original content to download multimedia:https://www.prnewswire.com/a-302900001.html',
    'View source version on businesswire.com: https://www.businesswire.com/x',
    'Originalversion auf businesswire.com ansehen: https://www.businesswire.com/x',
    'Consultez la version source sur businesswire.com : https://www.businesswire.com/x',
    'Vea la versión original en businesswire.com: https://www.businesswire.com/x',
    'Vedi la versione originale su businesswire.com: https://www.businesswire.com/x',
    'Ver contenido original: https://www.prnewswire.com/x',
  ])('takes %j for the address of the original', (line) => {
    expect(roleOf(line)).toEqual({ role: 'view-original' })
  })

  it.each([
    '****',
    '# # #',
    '- 30 -',
    '-ends-',
    'ENDE',
    '(Schluss) abc/def',
    'OTS-ORIGINALTEXT PRESSEAUSSENDUNG UNTER AUSSCHLIESSLICHER',
    'OTS0052    2026-01-19/09:46',
    'Related Links',
    'FOR IMMEDIATE RELEASE',
    'Zur sofortigen Veröffentlichung',
    'Pressemitteilung',
    'PRESS RELEASE',
    'Communiqué de presse :',
    'EQS-News: Muster AG / Schlagwort(e): Quartalsergebnis',
  ])('takes %j for a line that says nothing', (line) => {
    expect(roleOf(line)).toEqual({ role: 'footer' })
  })

  it.each([
    'Source code is free.',
    'Quelle allen Lebens ist das Wasser.',
    'Contact lenses: what to know',
    'Kontakt zu den Nachbarn hält sie jung.',
    'Photo voltaics - a market',
    'Media: the new power',
    'Pressemitteilung über ein Haus',
    'The end',
    'Rückfragen gab es keine: Alle waren zufrieden.',
    'Weitere Informationen finden Sie unter https://example.org',
    'For more information, please visit https://example.com',
    'NOT FOR DISSEMINATION TO UNITED STATES NEWSWIRE SERVICES',
  ])('leaves %j in the release', (line) => {
    expect(roleOf(line)).toBeUndefined()
  })
})
