/** Names that were made up for the demo: none of them is a firm's or a person's that we know of. */

export const issuerNames = [
  'Quellmoor Sarvenna Oldavik Tremarisk Fjordalin Ventorra Halmarud Ostrelle Brandolin Pinewarden',
  'Ulmarena Kestravel Dorvander Misterhain Calavento Norrhaven Siebenquell Arbolinda Vantosk',
  'Lumarelle Grünspecht Eschenlohe Tavriona Brightmere',
].flatMap((line) => line.split(' '))

export const people = [
  ...['Mara Lindqvast', 'Ilse Obertann', 'Noé Charvelin', 'Chiara Montalvi', 'Inés Arbolera'],
  ...['Amina Dialloune', 'Kenji Morisawa', 'Tilda Brooksend', 'Anjali Raohan', 'Ruth Feldweger'],
]
