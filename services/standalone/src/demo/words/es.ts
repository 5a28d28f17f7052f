import type { Phrasebook } from './language.js'

export const spanish: Phrasebook = {
  legalForms: ['S.A.', 'S.L.'],
  subjects: [
    {
      field: 'Hidrógeno',
      headline: '{issuer} construye una planta de hidrógeno verde en {city}',
      lead: '{issuer} construye en {city}, {country}, una planta de hidrógeno verde. Desde el primer día dará energía renovable a {count} hogares.',
      detail:
        'Las obras duran {months} meses. Parques eólicos y solares cercanos aportan la electricidad.',
    },
    {
      field: 'Salud',
      headline: 'Nueva vacuna: {issuer} inicia un ensayo clínico en {city}',
      lead: '{issuer} inicia un ensayo clínico de una vacuna contra la malaria en hospitales de {city}, {country}. Participan {count} voluntarios.',
      detail:
        'Los médicos estudiarán los datos después de {months} meses. Las autoridades sanitarias han dado su permiso.',
    },
    {
      field: 'Construcción',
      headline: 'Fútbol: {issuer} renueva el estadio de {city}',
      lead: 'El estadio de fútbol de {city}, {country}, tendrá un techo nuevo y sitio para {count} aficionados. {issuer} ha ganado el contrato.',
      detail:
        'El primer partido de liga se espera dentro de {months} meses. Hasta entonces el club juega fuera.',
    },
    {
      field: 'Educación',
      headline: '{issuer} ofrece {count} becas a las escuelas de {city}',
      lead: 'Los alumnos de {city}, {country}, pueden pedir una de las {count} becas. {issuer} paga las clases y los libros.',
      detail: 'El programa dura {months} meses. Los profesores eligen junto con la universidad.',
    },
    {
      field: 'Maquinaria',
      headline: '{issuer} aumenta sus ingresos en el trimestre',
      lead: '{issuer} ha aumentado sus ingresos en el tercer trimestre. El mayor crecimiento viene de {city}, {country}, con {count} máquinas vendidas.',
      detail:
        'Para los próximos {months} meses el consejo espera un beneficio mayor y pagará un dividendo.',
    },
    {
      field: 'Ambiente',
      headline: 'Inundaciones: {issuer} protege {city} con nuevos diques',
      lead: 'Después de las inundaciones {issuer} protege la ciudad de {city}, {country}, con nuevos diques. En la zona viven {count} personas.',
      detail: 'Los sensores del río avisarán de las crecidas. Las obras duran {months} meses.',
    },
    {
      field: 'Cultura',
      headline: 'El museo de {city} muestra {count} obras de jóvenes artistas',
      lead: 'El museo de {city}, {country}, muestra en una exposición {count} obras de jóvenes pintores. Las ha donado {issuer}.',
      detail: 'La exposición se queda {months} meses. La acompañan conciertos y lecturas.',
    },
    {
      field: 'Espacio',
      headline: '{issuer} lanza un satélite para investigar el clima',
      lead: 'Un satélite de {issuer} observa el clima sobre este territorio: {country}. Los científicos de {city} reciben cada día {count} medidas desde el espacio.',
      detail: 'La misión dura {months} meses. Todos los datos son libres para la ciencia.',
    },
  ],
  corrected: 'Esta versión da la cifra exacta: {count} en lugar de {before}.',
  quotes: [
    '«Lo esperábamos desde hace mucho», dice {person}, del consejo de administración.',
    '«Es un buen día para todos los que viven aquí», dice {person}.',
    '«Ahora hay que cumplir la palabra», dice {person}, que dirige el proyecto.',
  ],
}
