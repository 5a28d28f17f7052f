import type { Language } from './language.js'

/** A real town whose name is the same in all five languages. */
export interface Place {
  readonly city: string
  readonly country: Readonly<Record<Language, string>>
}

/** Town, then its country in the order de, en, fr, it, es. */
const rows = `
Bonn|Deutschland|Germany|Allemagne|Germania|Alemania
Graz|Österreich|Austria|Autriche|Austria|Austria
Lugano|Schweiz|Switzerland|Suisse|Svizzera|Suiza
Nantes|Frankreich|France|France|Francia|Francia
Bari|Italien|Italy|Italie|Italia|Italia
Bilbao|Spanien|Spain|Espagne|Spagna|España
Bergen|Norwegen|Norway|Norvège|Norvegia|Noruega
Tampere|Finnland|Finland|Finlande|Finlandia|Finlandia
Leeds|Vereinigtes Königreich|United Kingdom|Royaume-Uni|Regno Unito|Reino Unido
Brno|Tschechien|Czech Republic|République tchèque|Repubblica Ceca|República Checa
Riga|Lettland|Latvia|Lettonie|Lettonia|Letonia
Izmir|Türkei|Turkey|Turquie|Turchia|Turquía
Casablanca|Marokko|Morocco|Maroc|Marocco|Marruecos
Dakar|Senegal|Senegal|Sénégal|Senegal|Senegal
Accra|Ghana|Ghana|Ghana|Ghana|Ghana
Lagos|Nigeria|Nigeria|Nigeria|Nigeria|Nigeria
Nairobi|Kenia|Kenya|Kenya|Kenya|Kenia
Kigali|Ruanda|Rwanda|Rwanda|Ruanda|Ruanda
Durban|Südafrika|South Africa|Afrique du Sud|Sudafrica|Sudáfrica
Amman|Jordanien|Jordan|Jordanie|Giordania|Jordania
Almaty|Kasachstan|Kazakhstan|Kazakhstan|Kazakistan|Kazajistán
Mumbai|Indien|India|Inde|India|India
Chongqing|China|China|Chine|Cina|China
Osaka|Japan|Japan|Japon|Giappone|Japón
Busan|Südkorea|South Korea|Corée du Sud|Corea del Sud|Corea del Sur
Manila|Philippinen|Philippines|Philippines|Filippine|Filipinas
Surabaya|Indonesien|Indonesia|Indonésie|Indonesia|Indonesia
Perth|Australien|Australia|Australie|Australia|Australia
Auckland|Neuseeland|New Zealand|Nouvelle-Zélande|Nuova Zelanda|Nueva Zelanda
Halifax|Kanada|Canada|Canada|Canada|Canadá
Denver|USA|United States|États-Unis|Stati Uniti|Estados Unidos
Monterrey|Mexiko|Mexico|Mexique|Messico|México
Quito|Ecuador|Ecuador|Équateur|Ecuador|Ecuador
Lima|Peru|Peru|Pérou|Perù|Perú
Recife|Brasilien|Brazil|Brésil|Brasile|Brasil
Rosario|Argentinien|Argentina|Argentine|Argentina|Argentina
`

export const places: readonly Place[] = rows
  .trim()
  .split('\n')
  .map((row) => {
    const [city = '', de = '', en = '', fr = '', it = '', es = ''] = row.split('|')
    return { city, country: { de, en, fr, it, es } }
  })
