import { describe, expect, it } from 'vitest'
import { embargoOf, takeNotices, untilReleasedMs } from './embargo.js'

const received = '2026-06-20T10:00:00.000Z'

function take(lines: readonly string[], zone: string | undefined = 'Europe/Berlin') {
  return takeNotices(lines, { zone, received })
}

/** The end of the embargo, or `held` where nobody can read it. */
function until(lines: readonly string[], zone?: string): string | undefined {
  const ms = embargoOf(undefined, take(lines, zone).notices)
  if (ms === undefined) return undefined
  return ms === untilReleasedMs ? 'held' : new Date(ms).toISOString().replace(':00.000', '')
}

const release = ['Acme opens a factory', 'Bonn (ots) - The factory opens in autumn.']

describe('an embargo that can be read', () => {
  it.each([
    ['Sperrfrist: 24.06.2026, 11:00 Uhr', '2026-06-24T09:00Z'],
    ['Sperrfrist 24.6.2026 11.00 Uhr', '2026-06-24T09:00Z'],
    ['Sperrfrist: 24.06.2026, 11:00:35 Uhr', '2026-06-24T09:00:35.000Z'],
    ['Sperrfrist: 24.06.26, 11 Uhr', '2026-06-24T09:00Z'],
    ['SPERRFRIST: 24. Juni 2026, 11:00 Uhr MEZ', '2026-06-24T10:00Z'],
    ['Sperrfrist bis Mittwoch, 24. Juni 2026, 11 Uhr MESZ', '2026-06-24T09:00Z'],
    ['ACHTUNG: Sperrfrist bis 24. Juni, 11.30 Uhr', '2026-06-24T09:30Z'],
    ['+++ Sperrfrist: Mittwoch, 24.06., 0:01 Uhr +++', '2026-06-23T22:01Z'],
    ['Sperrfrist für alle Medien: 24.06.2026, 24:00 Uhr', '2026-06-24T22:00Z'],
    ['Frei für die Ausgaben ab Donnerstag, 25. Juni 2026, 5 Uhr', '2026-06-25T03:00Z'],
    ['Frei ab 24. Juni 2026, 11 Uhr', '2026-06-24T09:00Z'],
    ['Bitte beachten Sie die Sperrfrist 24. Juni 2026, 11 Uhr.', '2026-06-24T09:00Z'],
    ['Diese Meldung unterliegt einer Sperrfrist bis 24. Juni 2026, 11 Uhr.', '2026-06-24T09:00Z'],
    ['Bis 24. Juni 2026, 11 Uhr, zur Veröffentlichung gesperrt', '2026-06-24T09:00Z'],
    ['Nicht vor dem 24. Juni 2026, 11 Uhr, veröffentlichen', '2026-06-24T09:00Z'],
    ['EMBARGOED UNTIL 9:00 a.m. ET on June 24, 2026', '2026-06-24T13:00Z'],
    ['Embargoed until 24 June 2026, 00:01 BST', '2026-06-23T23:01Z'],
    ['EMBARGOED FOR RELEASE UNTIL 9 AM EDT, JUNE 24, 2026', '2026-06-24T13:00Z'],
    [
      'STRICTLY EMBARGOED – not for publication before 00:01 GMT Wednesday 24 June 2026',
      '2026-06-24T00:01Z',
    ],
    ['Under embargo until Monday 6 July, 10am BST', '2026-07-06T09:00Z'],
    ['UNDER STRICT EMBARGO UNTIL 0001 GMT, 24 JUNE 2026', '2026-06-24T00:01Z'],
    ['EMBARGO: 24 June 2026, 11:00 CEST', '2026-06-24T09:00Z'],
    ['Embargo: June 24th, 2026 at 9 a.m. Eastern Time', '2026-06-24T13:00Z'],
    ['Embargo until noon on June 24, 2026 (London time)', '2026-06-24T11:00Z'],
    ['Embargo lifts 24 June 2026 at 06:00 UTC+2', '2026-06-24T04:00Z'],
    ['Not for publication until 2026-06-24T11:00 UTC', '2026-06-24T11:00Z'],
    ['Do not publish before June 24, 2026, 3 p.m. PT', '2026-06-24T22:00Z'],
    ['FOR RELEASE AT 9:00 A.M. ET ON JUNE 24, 2026', '2026-06-24T13:00Z'],
    ['This release is embargoed until 9:00 a.m. ET on June 24, 2026.', '2026-06-24T13:00Z'],
    ['Embargoed until 9:00 June 24, 2026 ET', '2026-06-24T13:00Z'],
    ['Sous embargo jusqu’au mercredi 24 juin 2026 à 11h00', '2026-06-24T09:00Z'],
    ["SOUS EMBARGO JUSQU'AU 24 JUIN 2026 A 11H", '2026-06-24T09:00Z'],
    ["Embargo jusqu'au 1er juillet 2026, 8 h 30 (heure de Paris)", '2026-07-01T06:30Z'],
    ['Ne pas publier avant le 24 juin 2026 à 11 heures', '2026-06-24T09:00Z'],
    ['Embargo jusqu’au 03/07/2026 à 11h00', '2026-07-03T09:00Z'],
    ['Sotto embargo fino alle ore 11:00 del 24 giugno 2026', '2026-06-24T09:00Z'],
    ['Embargo fino al 24 giugno 2026, ore 11', '2026-06-24T09:00Z'],
    ['Non pubblicare prima delle 11.00 del 24 giugno 2026', '2026-06-24T09:00Z'],
    ['Embargo hasta el 24 de junio de 2026 a las 11:00 horas', '2026-06-24T09:00Z'],
    ['Embargado hasta el miércoles 24 de junio de 2026, 11:00 h', '2026-06-24T09:00Z'],
    ['Bajo embargo hasta las 11 horas del 24 de junio de 2026', '2026-06-24T09:00Z'],
    ['EMBARGOED UNTIL 06/24/2026 9:00 AM ET', '2026-06-24T13:00Z'],
    ['⚠️ Sperrfrist: 24.06.2026, 18 Uhr', '2026-06-24T16:00Z'],
    ['S P E R R F R I S T: 24.06.2026, 18 Uhr', '2026-06-24T16:00Z'],
    ['Presse-Sperrfrist: 24. Juni 2026, 18 Uhr', '2026-06-24T16:00Z'],
    ['Es gilt die Sperrfrist 24.06.2026, 18:00 Uhr.', '2026-06-24T16:00Z'],
    ['Die Sperrfrist endet am 24. Juni 2026 um 18 Uhr.', '2026-06-24T16:00Z'],
    ['Sperrfrist: 24.06.2026, 6 Uhr abends', '2026-06-24T16:00Z'],
    ['Gesperrt bis 24. Juni 2026, 18 Uhr', '2026-06-24T16:00Z'],
    ['Freigabe: 24. Juni 2026, 18 Uhr', '2026-06-24T16:00Z'],
    ['Nicht zur Veröffentlichung vor dem 24. Juni 2026, 18 Uhr', '2026-06-24T16:00Z'],
    ['Bitte nicht vor dem 24. Juni 2026, 18 Uhr, veröffentlichen.', '2026-06-24T16:00Z'],
    ['Verwendung erst ab 24. Juni 2026, 18 Uhr erlaubt', '2026-06-24T16:00Z'],
    ['Embargofrist: 24. Juni 2026, 18 Uhr', '2026-06-24T16:00Z'],
    ['Media embargo: 24 June 2026 18:00 CEST', '2026-06-24T16:00Z'],
    ['Under embargo until 00.01hrs Wednesday 24th June 2026 BST', '2026-06-23T23:01Z'],
    ['Embargoed until 2 PM US ET Wednesday, 24 June 2026', '2026-06-24T18:00Z'],
    ['Embargoed until 1:30 a.m. ET on November 1, 2026', '2026-11-01T06:30Z'],
    ['Sperrfrist: 25.10.2026, 2:30 Uhr', '2026-10-25T01:30Z'],
    ['Sperrfrist: 24. Juni 2026, 17 Uhr New Yorker Zeit', '2026-06-24T21:00Z'],
    ['HOLD UNTIL 9 A.M. EDT JUNE 24, 2026', '2026-06-24T13:00Z'],
    ['For publication on June 24, 2026 at 9 a.m. ET', '2026-06-24T13:00Z'],
    ['RELEASE DATE: June 24, 2026, 9 a.m. ET', '2026-06-24T13:00Z'],
    ['Sous embargo strict jusqu’au 24 juin 2026 à 9h00', '2026-06-24T07:00Z'],
    ['Diffusion interdite avant le 24 juin 2026 à 18h', '2026-06-24T16:00Z'],
    ['Die Mitteilung ist bis zum 24.06.2026, 10 Uhr, gesperrt.', '2026-06-24T08:00Z'],
    ['Zur Verwendung ab 24.06.2026, 10 Uhr', '2026-06-24T08:00Z'],
    ['Frei: Mittwoch, 24.06.2026, 10 Uhr', '2026-06-24T08:00Z'],
    ['It may not be published before 24 June 2026 09:00 BST', '2026-06-24T08:00Z'],
    ['Embargo in place until 24 June 2026 09:00 BST', '2026-06-24T08:00Z'],
    ['Subject to embargo: 24 June 2026 09:00 BST', '2026-06-24T08:00Z'],
    ['Merci de respecter l’embargo du 24 juin 2026 à 10h', '2026-06-24T08:00Z'],
    ['Da diffondere dopo le ore 10 del 24 giugno 2026', '2026-06-24T08:00Z'],
    ['Embargo sino al 24 giugno 2026, ore 9', '2026-06-24T07:00Z'],
    ['Embargo hasta el 24 de junio de 2026 a las 6 de la tarde', '2026-06-24T16:00Z'],
  ])('%s', (line, expected) => {
    const { paragraphs } = take([line, ...release])
    expect(until([line, ...release])).toBe(expected)
    expect(paragraphs.map((lines) => lines.join(' '))).toEqual(['', ...release])
  })

  it('takes the latest of several instants', () => {
    expect(until(['Embargo: 9:00 a.m. ET / 4:00 p.m. CET, June 24, 2026'])).toBe(
      '2026-06-24T15:00Z',
    )
    const lines = ['Embargo: 24 June 2026, 11:00 GMT', ...release, 'Sperrfrist: 25.06.2026, 6 Uhr']
    expect(until(lines)).toBe('2026-06-25T04:00Z')
  })

  it('finds the date on the line below', () => {
    expect(until(['EMBARGO\n24 June 2026, 11:00 GMT', ...release])).toBe('2026-06-24T11:00Z')
    expect(until(['Sperrfrist:', '24.06.2026, 11:00 Uhr', ...release])).toBe('2026-06-24T09:00Z')
  })

  it('gives a day without a year the year whose weekday fits, else the next one', () => {
    expect(until(['Embargoed until 10 January, 9:00 GMT'])).toBe('2027-01-10T09:00Z')
    expect(until(['Embargoed until Friday 19 June, 9:00 GMT'])).toBe('2026-06-19T09:00Z')
    const { notices } = takeNotices(['Sperrfrist: 30. Dezember, 10 Uhr'], {
      zone: 'Europe/Berlin',
      received: '2027-01-02T10:00:00.000Z',
    })
    expect(notices).toEqual([{ ms: Date.parse('2026-12-30T09:00:00Z'), hasTime: true }])
  })

  it('takes a hint without a date for a reference to the date beside it', () => {
    const lines = ['[EMBARGOED] Acme opens', 'Embargoed until 24 June 2026, 11:00 GMT', 'Text.']
    expect(until(lines)).toBe('2026-06-24T11:00Z')
  })

  it('reads the release off a glued notice', () => {
    const glued =
      'EMBARGOED UNTIL 9:00 a.m. ET, June 24, 2026 -- NEW YORK, June 24 /PRNewswire/ -- Acme opens on July 5 at 10:00.'
    expect(until([glued])).toBe('2026-06-24T13:00Z')
    expect(take([glued]).paragraphs.flat()).toEqual([
      'NEW YORK, June 24 /PRNewswire/ -- Acme opens on July 5 at 10:00.',
    ])
  })
})

describe('an embargo that nobody can read', () => {
  it.each([
    'Sperrfrist!',
    'Sperrfrist: Beginn der Rede',
    'Sperrfrist: 24.06.2026',
    'Sperrfrist bis Mittwoch',
    'Bitte Sperrfrist beachten!',
    'Frei für die Montagsausgaben',
    'STRICTLY EMBARGOED',
    'Embargoed until further notice',
    'EMBARGO: END OF THE SPEECH',
    'Embargoed until June 24, 2026',
    'Embargoed until 9:00 PKT on June 24, 2026',
    'Embargoed until 9:00 local time on June 24, 2026',
    'Embargoed until 9 a.m. in Sydney on June 24, 2026',
    'Embargo hasta el 24 de junio de 2026, 18:00 (hora de México)',
    'Embargoed until 03/04/2026 9:00 GMT',
    'Sous embargo',
    'Sotto embargo',
    'Bajo embargo hasta nuevo aviso',
    'Hold for release',
    'Not to be published before the end of the press conference',
  ])('holds: %s', (line) => {
    expect(until([line, ...release])).toBe('held')
  })

  it('holds what has a time but no zone, of a wire without one', () => {
    const { notices } = takeNotices(['Embargoed until 24 June 2026, 11:00'], {
      zone: undefined,
      received,
    })
    expect(embargoOf(undefined, notices)).toBe(untilReleasedMs)
  })

  it('holds where a later day has no hour', () => {
    expect(until(['Embargo: 24 June 2026, 11:00 GMT', 'Sperrfrist: 26.06.2026', ...release])).toBe(
      'held',
    )
  })
})

describe('words that are no embargo', () => {
  it.each([
    'US trade embargo until 2030 hits farmers',
    'Waffenembargo: Muster fordert Ende',
    'EU extends the embargo on oil until 31 January 2027',
    'Embargo: a novel',
    'Embargo gegen Musterland verlängert',
    'Embargoed goods found in the harbour',
    'Under embargo, the island turns to the sun',
    'Die Sperrfrist von zwei Jahren für die Fahrerlaubnis bleibt.',
    'Nach Ablauf der Sperrfrist darf er wieder fahren.',
    'Sperrfrist: 2 Jahre',
    'Straße gesperrt bis 24. Juni 2026, 11 Uhr',
    'Frei ab 12 Jahren',
    'Frei für Kinder bis 12 Jahre',
    'Eintritt frei ab 18 Uhr',
    'FOR IMMEDIATE RELEASE',
    'For release June 1, 2026 9:00 a.m. ET',
    'NOT FOR DISTRIBUTION TO UNITED STATES NEWSWIRE SERVICES OR FOR DISSEMINATION',
    'L’embargo américain jusqu’au 24 juin 2026 à 11h00',
    'El embargo comercial hasta 2030',
    'Sperrfrist abgelaufen: Ab 24. Juni 2026, 18 Uhr, wird gefischt',
    'The arms embargo expires June 24, 2026 at midnight ET.',
    'L’embargo sur les armes est levé le 24 juin 2026 à 18h.',
    'Er erhielt eine Sperrfrist bis zur Neuerteilung der Fahrerlaubnis.',
    'B 9 gesperrt bis 24. Juni 2026, 18 Uhr',
    'Verkehrsfreigabe: 24. Juni 2026, 18 Uhr',
    'Freigabe der Brücke am 24. Juni 2026, 18 Uhr',
    'Acme will hold until 2030 all of its shares.',
    'Release date: June 24, 2026',
    'For publication in Acme Weekly',
    'The company will hold a call on June 24, 2026 at 8:30 a.m. ET.',
  ])('%s', (line) => {
    expect(take([line, ...release])).toEqual({
      notices: [],
      paragraphs: [line, ...release].map((one) => [one]),
    })
  })
})

describe('what is left of a line', () => {
  it.each([
    ['[EMBARGOED UNTIL 9:00 a.m. ET June 24] Acme opens a factory', 'Acme opens a factory'],
    ['Acme opens a factory (Sperrfrist: 24.06.2026, 11 Uhr)', 'Acme opens a factory'],
    ['Sperrfrist 24.06., 11 Uhr - Acme baut ein Werk', 'Acme baut ein Werk'],
    ['EMBARGOED: Acme opens a factory', 'Acme opens a factory'],
    ['STRICTLY EMBARGOED – Acme opens a factory', 'Acme opens a factory'],
    [
      'Acme grows. This release is embargoed until 9:00 a.m. ET on June 24, 2026. It has 7 doors.',
      'Acme grows. It has 7 doors.',
    ],
  ])('%s', (line, rest) => {
    const { notices, paragraphs } = take([line])
    expect(notices).toHaveLength(1)
    expect(paragraphs).toEqual([[rest]])
  })
})
