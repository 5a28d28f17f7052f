import type { Phrasebook } from './language.js'

export const english: Phrasebook = {
  legalForms: ['Inc.', 'Ltd.', 'PLC'],
  subjects: [
    {
      field: 'Hydrogen',
      headline: '{issuer} to build green hydrogen plant in {city}',
      lead: '{issuer} is building a green hydrogen plant in {city}, {country}. From its first day it will supply {count} households with renewable energy.',
      detail:
        'Construction takes {months} months. Wind farms and solar parks nearby deliver the electricity.',
    },
    {
      field: 'Medical',
      headline: 'New vaccine: {issuer} begins clinical trial in {city}',
      lead: '{issuer} has begun a clinical trial of a malaria vaccine at hospitals in {city}, {country}. {count} volunteers take part.',
      detail:
        'Doctors will review the data after {months} months. The health authorities have approved the study.',
    },
    {
      field: 'Construction',
      headline: 'Football: {issuer} renews the stadium of {city}',
      lead: 'The football stadium of {city}, {country}, gets a new roof and room for {count} fans. {issuer} has won the contract.',
      detail:
        'The first league match is due in {months} months. Until then the club plays away from home.',
    },
    {
      field: 'Learning',
      headline: '{issuer} offers {count} scholarships to schools in {city}',
      lead: 'Pupils in {city}, {country}, may apply for {count} scholarships. {issuer} pays for lessons and books.',
      detail:
        'The programme runs for {months} months. Teachers choose together with the university.',
    },
    {
      field: 'Machinery',
      headline: '{issuer} raises quarterly revenue on growth in {country}',
      lead: '{issuer} has raised its revenue in the third quarter. Business grew fastest in {city}, {country}, with {count} machines sold.',
      detail:
        'For the next {months} months the board expects higher profits and will pay a dividend.',
    },
    {
      field: 'Environment',
      headline: 'Floods: {issuer} protects {city} with new dykes',
      lead: 'After the floods {issuer} protects the city of {city}, {country}, with new dykes. {count} people live in the area.',
      detail: 'Sensors on the river will warn of flooding. The works take {months} months.',
    },
    {
      field: 'Arts',
      headline: 'Museum in {city} shows {count} works of young artists',
      lead: 'The museum of {city}, {country}, shows {count} works of young painters in an exhibition. {issuer} has donated them.',
      detail: 'The exhibition stays for {months} months. Concerts and readings go with it.',
    },
    {
      field: 'Space',
      headline: '{issuer} launches satellite for climate research',
      lead: 'A satellite of {issuer} watches the climate over {country}. Scientists in {city} receive {count} measurements from space each day.',
      detail: 'The mission takes {months} months. All data are free for science to use.',
    },
  ],
  corrected: 'This version gives the right figure: {count} instead of {before}.',
  quotes: [
    '"We have waited a long time for this," said {person}, a member of the board.',
    '"This is a good day for everybody who lives here," said {person}.',
    '"Now we have to keep our word," said {person}, who leads the project.',
  ],
}
