const towns = ['Bonn', 'Lyon', 'Chongqing', 'Wien', 'Genf', 'Mailand', 'Warschau', 'Toronto']
const themes = [
  'Die Muster AG erweitert ihr Werk und investiert in neue Anlagen für Wasserstoff und Stahl.',
  'Das Unternehmen meldet einen Umsatz von 120 Millionen Euro und hebt die Prognose für das Jahr an.',
  'Die Regierung und der Verband haben eine Vereinbarung über den Handel mit China unterzeichnet.',
  'Forscherinnen der Universität stellen ein Verfahren vor, das den Verbrauch um ein Drittel senkt.',
  'Am Rande der Messe sprachen Fachleute aus Frankreich, Polen und der EU über sichere Lieferketten.',
]

/** A wire text of about 4 kB; each number gives another issuer, headline and order of sentences. */
export function releaseText(n: number): string {
  const town = towns[n % towns.length]
  const sentence = (k: number) => themes[(n + k) % themes.length]
  const paragraph = (k: number) =>
    `${sentence(k)} ${sentence(k + 1)} ${sentence(k + 2)} (${n}/${k})`
  const body = Array.from({ length: 13 }, (_, k) => paragraph(k)).join('\n\n')
  const issuer = `Muster Werke ${n}`
  return [
    `Muster Werke ${n}: Neue Anlage in ${town} geht in Betrieb`,
    `${town} (ots) - ${body}`,
    `Pressekontakt:\nMuster Werke ${n}\nTelefon: 0228 ${n}`,
    `Original-Content von: ${issuer}, übermittelt durch news aktuell`,
  ].join('\n\n')
}
