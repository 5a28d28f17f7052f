import { describe, expect, it } from 'vitest'
import { lifeMarksOf } from './marks.js'

const prnLead =
  'In the news release, Acme Foods Harvests Potatoes, issued 03-Mar-2026 by Acme Foods Inc. over PR Newswire, we are advised by the company that the second paragraph was wrong. Complete, corrected release follows:'

const corrections: [string, string, string, object][] = [
  [
    'PR Newswire, with spaces in the word',
    '/C O R R E C T I O N -- Acme Foods Inc. /',
    prnLead,
    { title: 'Acme Foods Harvests Potatoes', issuer: 'Acme Foods Inc.', date: '2026-03-03' },
  ],
  [
    'PR Newswire of the same day, with commas in the title',
    '/C O R R E C T I O N -- Acme Foods Inc./',
    'In the news release, Foods Inc. (NYSE: AF, AFB) Digs, Washes and Sells, issued earlier today by Acme Foods Inc. over PR Newswire, the headline should read differently.',
    { title: 'Foods Inc. (NYSE: AF, AFB) Digs, Washes and Sells', date: 'today' },
  ],
  [
    'PR Newswire, cut off as a teaser',
    '/C O R R E C T I O N -- Acme Foods Inc./',
    'In the news release, Acme Foods Harvests Potatoes in All of Its ...',
    { title: 'Acme Foods Harvests Potatoes in All of Its ...', issuer: 'Acme Foods Inc.' },
  ],
  [
    'Business Wire',
    'CORRECTING and REPLACING Acme Opens Mill in Leeds',
    'Please replace the release dated March 3, 2026 with the following corrected version due to an error.',
    { title: 'Acme Opens Mill in Leeds', date: '2026-03-03' },
  ],
  [
    'GlobeNewswire in French, whose title is another',
    'CORRECTION ET MISE À JOUR - Acme ouvre deux moulins',
    'Le communiqué suivant corrige et remplace le communiqué de presse intitulé "Acme ouvre un moulin" diffusé le 3 mars 2026 à 9:00 AM HAE par Acme Moulins Inc. La version complète et corrigée suit :',
    { title: 'Acme ouvre un moulin', date: '2026-03-03', issuer: 'Acme Moulins Inc' },
  ],
  [
    'GlobeNewswire in English',
    'CORRECTION: Acme opens two mills',
    'This press release corrects and replaces the press release titled "Acme opens a mill" issued on March 3, 2026 at 9:00 AM ET.',
    { title: 'Acme opens a mill', date: '2026-03-03' },
  ],
  [
    'APA with a number and its day',
    'Richtigstellung zur Presseaussendung OTS0017 vom 03.03.2026',
    'In der Presseaussendung OTS0017 vom 03.03.2026 mit der Überschrift „Neue Mühle" stand ein Fehler.',
    { ids: ['OTS0017'], date: '2026-03-03' },
  ],
  [
    'APA of the same day',
    'KORREKTUR: Neue Mühle in Linz',
    'Bitte beachten Sie diese Korrektur in unserer heutigen OTS0124: Die Mühle steht in Wels.',
    { ids: ['OTS0124'], date: 'today', title: 'Neue Mühle in Linz' },
  ],
  ['German with a colon', 'Korrektur: Neue Mühle in Linz', '', { title: 'Neue Mühle in Linz' }],
  [
    'German, whose reading was corrected',
    'Korrigierte Fassung: Neue Mühle in Linz',
    '',
    { title: 'Neue Mühle in Linz' },
  ],
  [
    'police, by its day',
    'POL-XY: Korrekturmeldung zur Pressemitteilung vom 03.03.2026: Einbruch in Mühle',
    '',
    { title: 'Einbruch in Mühle', date: '2026-03-03' },
  ],
  [
    'police, by its subject',
    'POL-XY: Korrekturmeldung zum Einbruch in die Mühle',
    '',
    { title: 'Einbruch in die Mühle' },
  ],
  [
    'police with a colon',
    'POL-XY: Korrektur: Einbruch in Mühle',
    '',
    { title: 'Einbruch in Mühle' },
  ],
  [
    'Spanish',
    'CORRECCIÓN: Acme abre dos molinos',
    'Este comunicado corrige y sustituye al comunicado titulado «Acme abre un molino», difundido el 3 de marzo de 2026.',
    { title: 'Acme abre un molino', date: '2026-03-03' },
  ],
  [
    'Italian',
    'RETTIFICA - Acme apre due mulini',
    'Il presente comunicato corregge e sostituisce il comunicato stampa intitolato "Acme apre un mulino" diffuso il 3 marzo 2026.',
    { title: 'Acme apre un mulino', date: '2026-03-03' },
  ],
  ['French', 'RECTIFICATIF : Acme ouvre un moulin', '', { title: 'Acme ouvre un moulin' }],
]

const withdrawals: [string, string, string, object][] = [
  [
    'PR Newswire',
    '/DISREGARD RELEASE: Acme Foods Inc./',
    'We are advised by Acme Foods Inc. that journalists and other readers should disregard the news release, Acme Foods Harvests Potatoes, issued 03-Mar-2026 over PR Newswire.',
    { title: 'Acme Foods Harvests Potatoes', issuer: 'Acme Foods Inc.', date: '2026-03-03' },
  ],
  [
    'PR Newswire without an issuer',
    'We are advised by that journalists and other readers should disregard',
    'We are advised by that journalists and other readers should disregard the news release, Harvests Potatoes, issued 03-Mar-2026 over PR Newswire. It was sent too early.',
    { title: 'Harvests Potatoes', date: '2026-03-03' },
  ],
  [
    'English in free words',
    'Notice to editors',
    'Please disregard the press release titled "Acme opens a mill", issued on March 3, 2026.',
    { title: 'Acme opens a mill', date: '2026-03-03' },
  ],
  [
    'German with a number',
    'Rücknahme der Presseaussendung OTS0017 vom 03.03.2026',
    '',
    { ids: ['OTS0017'], date: '2026-03-03' },
  ],
  ['German', 'Bitte nicht verwenden: Neue Mühle in Linz', '', { title: 'Neue Mühle in Linz' }],
  [
    'police, whose pictures are to be deleted',
    'POL-XY: Rücknahme der Öffentlichkeitsfahndung nach Max M.',
    'Die Person wurde gefunden. Wir bitten, Bilder und Namen zu löschen.',
    { title: 'Max M.' },
  ],
  [
    'French',
    'Avis aux rédactions',
    'Veuillez ne pas tenir compte du communiqué intitulé « Acme ouvre un moulin » diffusé le 3 mars 2026 à 9 h.',
    { title: 'Acme ouvre un moulin', date: '2026-03-03' },
  ],
  [
    'Italian',
    'Avviso',
    'Si prega di non tenere conto del comunicato stampa intitolato "Acme apre un mulino".',
    { title: 'Acme apre un mulino' },
  ],
  [
    'Spanish',
    'Aviso',
    'Rogamos no tengan en cuenta el comunicado titulado «Acme abre un molino».',
    { title: 'Acme abre un molino' },
  ],
]

const ordinary: [string, string][] = [
  ['Acme announces course correction', 'A course correction of the board.'],
  ['Market correction continues, Acme says', 'The market correction goes on.'],
  ['Correctional facility opens in Leeds', 'The correctional facility has 300 beds.'],
  ['Acme AG: Korrektur der Prognose für 2026', 'Die Korrektur der Prognose fällt gering aus.'],
  ['Korrektur der Prognose bei Acme', 'Die Acme AG korrigiert ihre Prognose.'],
  ['Rückruf von Acme-Mehl', 'Acme bittet, das Mehl nicht zu verwenden.'],
  ['Acme nimmt Klage zurück', 'Die Rücknahme der Klage wurde heute erklärt.'],
  ['POL-XY: Nachtrag zum Einbruch in die Mühle', 'Der Täter ist gefasst.'],
  ['POL-XY: Nachmeldung: Einbruch in Mühle', 'Der Täter ist gefasst.'],
  ['/R E P E A T -- Acme Foods Inc./', 'Acme Foods has dug its potatoes.'],
  ['POL-XY: Fahndung nach Max M. erledigt', 'Die Fahndung ist erledigt, wir danken.'],
  ['POL-XY: Widerruf der Fahndung nach Max M.', 'Der Junge ist zu Hause.'],
  ['Acme issues update on its mills', 'An update of the earlier release on mills.'],
]

describe('a correction is known by its mark', () => {
  it.each(corrections)('%s', (_, headline, lead, notice) => {
    expect(lifeMarksOf(headline, lead)).toMatchObject({
      isCorrection: true,
      isDisregard: false,
      notice: { kind: 'correction', ...notice },
    })
  })
})

describe('a withdrawal is known by its mark', () => {
  it.each(withdrawals)('%s', (_, headline, lead, notice) => {
    expect(lifeMarksOf(headline, lead)).toMatchObject({
      isCorrection: false,
      isDisregard: true,
      notice: { kind: 'withdrawal', ...notice },
    })
  })
})

describe('no mark is', () => {
  it.each(ordinary)('%s', (headline, lead) => {
    expect(lifeMarksOf(headline, lead)).toEqual({ isCorrection: false, isDisregard: false })
  })
})

it('calls an updated release no correction, but says which one it is', () => {
  expect(lifeMarksOf('/UPDATED -- Acme Foods Inc./', 'Acme Foods has dug more.')).toEqual({
    isCorrection: false,
    isDisregard: false,
    issuer: 'Acme Foods Inc.',
    notice: { kind: 'correction', ids: [], issuer: 'Acme Foods Inc.' },
  })
})

it.each([
  'In the news release, '.repeat(60),
  `${'"'.repeat(600)} corrige et remplace le communiqué "`,
  `Korrektur ${'der '.repeat(200)}`,
  `Rücknahme der Meldung ${'vom '.repeat(200)}`,
  'a '.repeat(5_000),
  `In der Meldung OTS0001 vom 01.01.2026 ${'Fehle '.repeat(300)}`,
])('reads a hostile text in a moment: %#', (text) => {
  const startedAt = performance.now()
  for (let time = 0; time < 20; time += 1) lifeMarksOf(text, text)
  expect((performance.now() - startedAt) / 20).toBeLessThan(25)
})
