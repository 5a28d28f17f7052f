import type { Entry } from './entry.js'
import { datelineOf, dayOf, markOf, pageOf, type Release, teaserOf, textOf } from './release.js'

/** How the house of a release writes that it corrects or withdraws it: a new item of its own. */
export interface Notice {
  readonly title: string
  /** What says which release it speaks of, where that stands above the text. */
  readonly preface?: string
  /** With the dateline, where the form has one. */
  readonly paragraphs: readonly string[]
}

/** Every form of a correction; `number` chooses among those of the wire and the language. */
export function correctionOf(release: Release, text: number, number: number): Notice {
  const forms = correctionForms[release.language]
  const form = forms[number % forms.length]
  if (form === undefined) throw new Error('The language has no form of a correction.')
  return form(release, textOf(release, text), markOf(release, text))
}

type CorrectionForm = (release: Release, paragraphs: readonly string[], mark: string) => Notice

const correctionForms: Readonly<Record<Release['language'], readonly CorrectionForm[]>> = {
  de: [
    ({ title }, paragraphs) => ({ title: `Korrektur: ${title}`, paragraphs }),
    ({ title }, paragraphs) => ({ title: `Korrekturmeldung: ${title}`, paragraphs }),
    ({ title }, paragraphs) => ({ title: `Richtigstellung: ${title}`, paragraphs }),
  ],
  en: [
    (release, paragraphs, mark) => ({
      title: `/C O R R E C T I O N -- ${release.issuer}/`,
      preface: `In the news release, ${release.title}, issued ${dayOf(release)} by ${release.issuer} over PR Newswire, we are advised by the company that the file number should read ${mark}. Complete, corrected release follows:`,
      paragraphs,
    }),
    ({ title }, paragraphs) => ({ title: `CORRECTING and REPLACING ${title}`, paragraphs }),
  ],
  fr: [
    (release, paragraphs, mark) => ({
      title: `CORRECTION ET MISE À JOUR - ${release.title}`,
      preface: `Le communiqué suivant corrige et remplace le communiqué de presse intitulé "${release.title}" diffusé le ${dayOf(release)} par ${release.issuer} (dossier ${mark}). La version complète et corrigée suit :`,
      paragraphs,
    }),
  ],
}

/** The notice by which a release is taken back. */
export function disregardOf(release: Release): Notice {
  const { title, issuer, language } = release
  if (language === 'de') {
    const dateline = datelineOf(release)
    return {
      title: `Rücknahme: ${title}`,
      paragraphs: [
        `${dateline}Bitte verwenden Sie die Meldung "${title}" vom ${dayOf(release)} nicht. ${issuer} zieht sie zurück.`,
      ],
    }
  }
  return {
    title: `/DISREGARD RELEASE: ${issuer}/`,
    paragraphs: [
      `We are advised by ${issuer} that journalists and other readers should disregard the news release, ${title}, issued ${dayOf({ ...release, language: 'en' })} over PR Newswire.`,
    ],
  }
}

/** The notice as an entry of a feed, under a number of its own. */
export function noticeEntry(
  release: Release,
  { title, preface, paragraphs }: Notice,
  { wireId, published }: { readonly wireId: string; readonly published: Date },
): Entry {
  const { wire, issuer, language } = release
  const teaser = teaserOf(wire, paragraphs)
  return {
    ...{ wire, wireId, issuer, language, title, published },
    page: pageOf({ wire, wireId, title }),
    teaser: preface === undefined ? teaser : `${preface}\n\n${teaser}`,
  }
}
