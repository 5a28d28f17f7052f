import type { Phrasebook } from './language.js'

export const german: Phrasebook = {
  legalForms: ['AG', 'GmbH', 'SE'],
  subjects: [
    {
      field: 'Wasserstoff',
      headline: '{issuer} baut Wasserstoffwerk in {city}',
      lead: 'Die {issuer} baut in {city}, {country}, ein Werk für grünen Wasserstoff. Es versorgt von Beginn an {count} Haushalte mit erneuerbarer Energie.',
      detail:
        'Der Bau dauert {months} Monate. Den Strom liefern Windparks und Solaranlagen aus der Umgebung.',
    },
    {
      field: 'Medizintechnik',
      headline: 'Neuer Impfstoff: {issuer} beginnt Studie in {city}',
      lead: 'Die {issuer} prüft einen Impfstoff gegen Malaria an Kliniken in {city}, {country}. {count} Freiwillige nehmen an der Studie teil.',
      detail:
        'Nach {months} Monaten werten Ärztinnen und Ärzte die Daten aus. Die Behörden für Gesundheit sind eingebunden.',
    },
    {
      field: 'Bau',
      headline: 'Fußball: {issuer} erneuert das Stadion von {city}',
      lead: 'Das Fußballstadion von {city}, {country}, bekommt ein neues Dach und Platz für {count} Fans. Den Auftrag hat die {issuer} erhalten.',
      detail:
        'In {months} Monaten soll das erste Ligaspiel stattfinden. Der Verein spielt bis dahin auswärts.',
    },
    {
      field: 'Bildung',
      headline: '{issuer} vergibt {count} Stipendien für Schulen in {city}',
      lead: 'Schülerinnen und Schüler in {city}, {country}, können sich um {count} Stipendien bewerben. Die {issuer} trägt die Kosten für Unterricht und Bücher.',
      detail:
        'Die Förderung läuft {months} Monate. Lehrkräfte wählen gemeinsam mit der Universität aus.',
    },
    {
      field: 'Maschinenbau',
      headline: '{issuer} steigert Umsatz im Quartal, Zuwachs in {country}',
      lead: 'Die {issuer} hat ihren Umsatz im dritten Quartal gesteigert. Am stärksten wuchs das Geschäft in {city}, {country}, mit {count} verkauften Anlagen.',
      detail:
        'Für die nächsten {months} Monate rechnet der Vorstand mit einem höheren Gewinn und zahlt eine Dividende.',
    },
    {
      field: 'Umwelttechnik',
      headline: 'Hochwasser: {issuer} schützt {city} mit neuen Deichen',
      lead: 'Nach dem Hochwasser schützt die {issuer} die Stadt {city}, {country}, mit neuen Deichen. {count} Menschen leben in dem Gebiet.',
      detail:
        'Sensoren am Fluss warnen künftig vor Überschwemmungen. Die Arbeiten dauern {months} Monate.',
    },
    {
      field: 'Kultur',
      headline: 'Museum in {city} zeigt {count} Werke junger Kunst',
      lead: 'Das Museum von {city}, {country}, zeigt in einer Ausstellung {count} Werke junger Malerinnen und Maler. Die {issuer} hat sie gestiftet.',
      detail: 'Die Ausstellung bleibt {months} Monate. Konzerte und Lesungen begleiten sie.',
    },
    {
      field: 'Raumfahrt',
      headline: '{issuer} startet Satelliten zur Klimaforschung',
      lead: 'Ein Satellit der {issuer} beobachtet das Klima über {country}. Forschende in {city} empfangen täglich {count} Messwerte aus dem All.',
      detail:
        'Die Mission dauert {months} Monate. Alle Daten stehen der Wissenschaft frei zur Verfügung.',
    },
  ],
  corrected: 'Diese Fassung nennt die richtige Zahl: {count} statt {before}.',
  quotes: [
    '„Wir haben lange darauf gewartet“, sagt {person} aus der Geschäftsführung.',
    '„Das ist ein guter Tag für alle, die hier leben“, sagt {person}.',
    '„Jetzt zählt, dass wir Wort halten“, sagt {person} aus der Projektleitung.',
  ],
}
