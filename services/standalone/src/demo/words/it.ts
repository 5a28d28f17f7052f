import type { Phrasebook } from './language.js'

export const italian: Phrasebook = {
  legalForms: ['S.p.A.', 'S.r.l.'],
  subjects: [
    {
      field: 'Idrogeno',
      headline: '{issuer} costruisce un impianto di idrogeno verde a {city}',
      lead: '{issuer} costruisce a {city}, {country}, un impianto di idrogeno verde. Dal primo giorno fornirà energia rinnovabile a {count} famiglie.',
      detail:
        'I lavori durano {months} mesi. Parchi eolici e solari vicini forniscono l’elettricità.',
    },
    {
      field: 'Salute',
      headline: 'Nuovo vaccino: {issuer} avvia uno studio clinico a {city}',
      lead: '{issuer} avvia uno studio clinico di un vaccino contro la malaria negli ospedali di {city}, {country}. Partecipano {count} volontari.',
      detail:
        'I medici valuteranno i dati dopo {months} mesi. Le autorità sanitarie hanno dato il consenso.',
    },
    {
      field: 'Costruzioni',
      headline: 'Calcio: {issuer} rinnova lo stadio di {city}',
      lead: 'Lo stadio di calcio di {city}, {country}, avrà un nuovo tetto e posti per {count} tifosi. {issuer} ha vinto la gara.',
      detail:
        'La prima partita di campionato è prevista tra {months} mesi. Fino ad allora la squadra gioca in trasferta.',
    },
    {
      field: 'Istruzione',
      headline: '{issuer} offre {count} borse di studio alle scuole di {city}',
      lead: 'Gli studenti di {city}, {country}, possono chiedere una delle {count} borse di studio. {issuer} paga le lezioni e i libri.',
      detail: 'Il programma dura {months} mesi. Gli insegnanti scelgono insieme all’università.',
    },
    {
      field: 'Meccanica',
      headline: '{issuer} aumenta i ricavi nel trimestre',
      lead: '{issuer} ha aumentato i ricavi nel terzo trimestre. La crescita più forte viene da {city}, {country}, con {count} macchine vendute.',
      detail:
        'Per i prossimi {months} mesi il consiglio prevede un utile più alto e pagherà un dividendo.',
    },
    {
      field: 'Ambiente',
      headline: 'Alluvione: {issuer} protegge {city} con nuovi argini',
      lead: 'Dopo l’alluvione {issuer} protegge la città di {city}, {country}, con nuovi argini. Nella zona vivono {count} persone.',
      detail: 'I sensori sul fiume avviseranno delle piene. I lavori durano {months} mesi.',
    },
    {
      field: 'Cultura',
      headline: 'Il museo di {city} espone {count} opere di giovani artisti',
      lead: 'Il museo di {city}, {country}, espone in una mostra {count} opere di giovani pittori. Le ha donate {issuer}.',
      detail: 'La mostra resta {months} mesi. La accompagnano concerti e letture.',
    },
    {
      field: 'Spazio',
      headline: '{issuer} lancia un satellite per la ricerca sul clima',
      lead: 'Un satellite di {issuer} osserva il clima sopra questo territorio: {country}. I ricercatori di {city} ricevono ogni giorno {count} misure dallo spazio.',
      detail: 'La missione dura {months} mesi. Tutti i dati sono liberi per la scienza.',
    },
  ],
  corrected: 'Questa versione riporta la cifra giusta: {count} invece di {before}.',
  quotes: [
    '«Lo aspettavamo da molto tempo», dice {person}, del consiglio di amministrazione.',
    '«È una bella giornata per chi vive qui», dice {person}.',
    '«Ora dobbiamo mantenere la parola», dice {person}, che guida il progetto.',
  ],
}
