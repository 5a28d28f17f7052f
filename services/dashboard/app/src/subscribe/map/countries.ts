/**
 * Countries of the map: the number that the map has for each (ISO 3166-1), the two letters that a
 * filter has, and the area of the world that it lies in (UN M49).
 */
const table = `
  004AF034 008AL039 012DZ015 016AS061 020AD039 024AO017 028AG029 031AZ145 032AR005 036AU053
  040AT155 044BS029 048BH145 050BD034 051AM145 052BB029 056BE155 060BM021 064BT034 068BO005
  070BA039 072BW018 076BR005 084BZ013 086IO014 090SB054 092VG029 096BN035 100BG151 104MM035
  108BI014 112BY151 116KH035 120CM017 124CA021 132CV011 136KY029 140CF017 144LK034 148TD017
  152CL005 156CN030 158TW030 170CO005 174KM014 178CG017 180CD017 184CK061 188CR013 191HR039
  192CU029 196CY145 203CZ151 204BJ011 208DK154 212DM029 214DO029 218EC005 222SV013 226GQ017
  231ET014 232ER014 233EE154 234FO154 238FK005 239GS005 242FJ054 246FI154 248AX154 250FR155
  258PF061 260TF014 262DJ014 266GA017 268GE145 270GM011 275PS145 276DE155 288GH011 296KI057
  300GR039 304GL021 308GD029 316GU057 320GT013 324GN011 328GY005 332HT029 334HM053 336VA039
  340HN013 344HK030 348HU151 352IS154 356IN034 360ID035 364IR034 368IQ145 372IE154 376IL145
  380IT039 384CI011 388JM029 392JP030 398KZ143 400JO145 404KE014 408KP030 410KR030 414KW145
  417KG143 418LA035 422LB145 426LS018 428LV154 430LR011 434LY015 438LI155 440LT154 442LU155
  446MO030 450MG014 454MW014 458MY035 462MV034 466ML011 470MT039 478MR011 480MU014 484MX013
  492MC155 496MN030 498MD151 499ME039 500MS029 504MA015 508MZ014 512OM145 516NA018 520NR057
  524NP034 528NL155 531CW029 533AW029 534SX029 540NC054 548VU054 554NZ053 558NI013 562NE011
  566NG011 570NU061 574NF053 578NO154 580MP057 583FM057 584MH057 585PW057 586PK034 591PA013
  598PG054 600PY005 604PE005 608PH035 612PN061 616PL151 620PT039 624GW011 626TL035 630PR029
  634QA145 642RO151 643RU151 646RW014 652BL029 654SH011 659KN029 660AI029 662LC029 663MF029
  666PM021 670VC029 674SM039 678ST017 682SA145 686SN011 688RS039 690SC014 694SL011 702SG035
  703SK151 704VN035 705SI039 706SO014 710ZA018 716ZW014 724ES039 728SS014 729SD015 732EH015
  740SR005 748SZ018 752SE154 756CH155 760SY145 762TJ143 764TH035 768TG011 776TO061 780TT029
  784AE145 788TN015 792TR145 795TM143 796TC029 800UG014 804UA151 807MK039 818EG015 826GB154
  831GG154 832JE154 833IM154 834TZ014 840US021 850VI029 854BF011 858UY005 860UZ143 862VE005
  876WF061 882WS061 887YE145 894ZM014
`

/** What areas lie in themselves, nearest first. Mexico's chain is longer than Canada's. */
const above: Readonly<Record<string, string>> = {
  '005': '419 019 001',
  '011': '202 002 001',
  '013': '003 419 019 001',
  '014': '202 002 001',
  '015': '002 001',
  '017': '202 002 001',
  '018': '202 002 001',
  '021': '003 019 001',
  '029': '003 419 019 001',
  '030': '142 001',
  '034': '142 001',
  '035': '142 001',
  '039': '150 001',
  '053': '009 001',
  '054': '009 001',
  '057': '009 001',
  '061': '009 001',
  '143': '142 001',
  '145': '142 001',
  '151': '150 001',
  '154': '150 001',
  '155': '150 001',
}

/** Has no number; the map knows it by its name alone. */
const kosovo = { name: 'Kosovo', region: 'XK', area: '039' } as const

const digits = 3
const entries = table
  .trim()
  .split(/\s+/)
  .map((entry) => ({
    number: entry.slice(0, digits),
    region: entry.slice(digits, digits + 2),
    area: entry.slice(digits + 2),
  }))
const regions = new Map(entries.map(({ number, region }) => [number, region]))
const areas = new Map([
  ...entries.map(({ region, area }) => [region, area] as const),
  [kosovo.region, kosovo.area] as const,
])

/** The parts of the world that stand beside the map, as UN M49 has them. */
export const continents = ['002', '019', '142', '150', '009'] as const

/** All countries of the map, by their two letters. */
export const mapRegions: readonly string[] = [...areas.keys()]

/** What a filter calls a country of the map; undefined for an area that no code names. */
export function regionOf(number: string | undefined, name: string): string | undefined {
  if (number !== undefined) return regions.get(number)
  return name === kosovo.name ? kosovo.region : undefined
}

/** The areas of the world that a country lies in, nearest first: `CN` in 030, 142 and 001. */
export function areasOf(region: string): readonly string[] {
  const area = areas.get(region)
  if (area === undefined) return []
  return [area, ...(above[area] ?? '').split(' ')].filter((each) => each !== '')
}
