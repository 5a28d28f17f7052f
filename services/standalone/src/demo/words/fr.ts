import type { Phrasebook } from './language.js'

export const french: Phrasebook = {
  legalForms: ['SA', 'SAS', 'SARL'],
  subjects: [
    {
      field: 'Hydrogène',
      headline: '{issuer} construit une usine d’hydrogène vert à {city}',
      lead: '{issuer} construit à {city}, {country}, une usine d’hydrogène vert. Dès le premier jour, elle alimentera {count} foyers en énergie renouvelable.',
      detail:
        'Les travaux durent {months} mois. Des parcs éoliens et solaires voisins fournissent l’électricité.',
    },
    {
      field: 'Santé',
      headline: 'Nouveau vaccin : {issuer} lance un essai clinique à {city}',
      lead: '{issuer} lance un essai clinique d’un vaccin contre le paludisme dans les hôpitaux de {city}, {country}. {count} volontaires y participent.',
      detail:
        'Les médecins étudieront les données après {months} mois. Les autorités de santé ont donné leur accord.',
    },
    {
      field: 'Construction',
      headline: 'Football : {issuer} rénove le stade de {city}',
      lead: 'Le stade de football de {city}, {country}, reçoit un nouveau toit et des places pour {count} supporters. {issuer} a remporté le marché.',
      detail:
        'Le premier match de championnat est prévu dans {months} mois. D’ici là, le club joue à l’extérieur.',
    },
    {
      field: 'Éducation',
      headline: '{issuer} offre {count} bourses aux écoles de {city}',
      lead: 'Les élèves de {city}, {country}, peuvent demander l’une des {count} bourses. {issuer} paie les cours et les livres.',
      detail: 'Le programme dure {months} mois. Les enseignants choisissent avec l’université.',
    },
    {
      field: 'Mécanique',
      headline: '{issuer} augmente son chiffre d’affaires trimestriel',
      lead: '{issuer} a augmenté son chiffre d’affaires au troisième trimestre. La croissance est la plus forte à {city}, {country}, avec {count} machines vendues.',
      detail:
        'Pour les {months} prochains mois, la direction attend un bénéfice plus élevé et versera un dividende.',
    },
    {
      field: 'Environnement',
      headline: 'Inondations : {issuer} protège {city} par de nouvelles digues',
      lead: 'Après les inondations, {issuer} protège la ville de {city}, {country}, par de nouvelles digues. {count} personnes vivent dans la zone.',
      detail: 'Des capteurs sur le fleuve avertiront des crues. Les travaux durent {months} mois.',
    },
    {
      field: 'Culture',
      headline: 'Le musée de {city} montre {count} œuvres de jeunes artistes',
      lead: 'Le musée de {city}, {country}, montre dans une exposition {count} œuvres de jeunes peintres. {issuer} les a offertes.',
      detail: 'L’exposition reste {months} mois. Des concerts et des lectures l’accompagnent.',
    },
    {
      field: 'Espace',
      headline: '{issuer} lance un satellite pour la recherche sur le climat',
      lead: 'Un satellite de {issuer} observe le climat au-dessus du territoire suivant : {country}. Les chercheurs de {city} reçoivent chaque jour {count} mesures depuis l’espace.',
      detail: 'La mission dure {months} mois. Toutes les données sont libres pour la science.',
    },
  ],
  corrected: 'Cette version donne le bon chiffre : {count} au lieu de {before}.',
  quotes: [
    '« Nous l’attendions depuis longtemps », dit {person}, membre de la direction.',
    '« C’est un beau jour pour tous ceux qui vivent ici », dit {person}.',
    '« Il faut maintenant tenir parole », dit {person}, qui dirige le projet.',
  ],
}
