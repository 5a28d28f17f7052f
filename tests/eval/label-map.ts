/**
 * What the sets' own classes are in IPTC's 17 branches (two digits); a class that is missing here
 * has no branch of its own, and its texts are left out.
 */
const maps: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  '10kgnad': {
    Web: '13',
    Wissenschaft: '13',
    Wirtschaft: '04',
    Sport: '15',
    Inland: '11',
    Etat: '01',
    Kultur: '01',
  },
  masakhanews: {
    business: '04',
    entertainment: '01',
    health: '07',
    politics: '11',
    religion: '12',
    sports: '15',
    technology: '13',
  },
  sib200: {
    'science/technology': '13',
    politics: '11',
    sports: '15',
    health: '07',
    entertainment: '01',
    travel: '10',
  },
}

export function classOf(set: keyof typeof maps, label: string): string | undefined {
  return maps[set]?.[label]
}
