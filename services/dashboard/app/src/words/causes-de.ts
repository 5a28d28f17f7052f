import type { CauseWords } from './causes-en.js'

const secondsAMinute = 60

export const causesDe: CauseWords = {
  sourceSilent: ({ name, lastItemAt, usualPerHour }, { count, at }) => {
    const since = lastItemAt === null ? 'dem ersten Abruf' : at(lastItemAt)
    const usual = usualPerHour === null ? 'einige' : count(usualPerHour)
    return `${name} hat seit ${since} nichts gebracht; üblich sind zu dieser Zeit der Woche ${usual} Meldungen je Stunde.`
  },
  wireSilent: ({ lastItemAt }, { at }) =>
    `Seit ${lastItemAt === null ? 'dem Start' : at(lastItemAt)} kam gar nichts herein, gegen den üblichen Takt aller Quellen. Sehen Sie nach der Annahme und nach dem Netz.`,
  figuresUnread: () => 'Die Zahlen des Dienstes lassen sich nicht lesen.',
  deliveryOld: ({ open, waitedMinutes }, { count, span }) =>
    open === 1
      ? `Die eine offene Zustellung wartet seit ${span(waitedMinutes * secondsAMinute)}.`
      : `Die älteste von ${count(open)} offenen Zustellungen wartet seit ${span(waitedMinutes * secondsAMinute)}.`,
  killUnacknowledged: ({ item, open, receivers, withdrawnAt }, { count, at }) =>
    `${count(open)} von ${count(receivers)} Empfängern ${open === 1 ? 'hat' : 'haben'} den Rückruf von ${item} nicht bestätigt, der seit ${at(withdrawnAt)} gilt.`,
  deadLetters: ({ count: letters }, { count }) =>
    letters === 1
      ? '1 unzustellbare Sendung wartet: ansehen, dann wiederholen oder verwerfen.'
      : `${count(letters)} unzustellbare Sendungen warten: ansehen, dann wiederholen oder verwerfen.`,
  consumerStalled: ({ group: name, stoodSince, backlog }, { count, at, group }) =>
    `${group(name)} steht seit ${at(stoodSince)}, während ${count(backlog)} ${backlog === 1 ? 'Nachricht wartet' : 'Nachrichten warten'}.`,
  streamFull: ({ stream, bytes: held, bytesMax }, { bytes }) =>
    `Der Strom ${stream} hält ${bytes(held)} von ${bytes(bytesMax)}; ist er voll, nimmt er nichts mehr. Erhöhen Sie STREAM_BYTES_MAX, oder lassen Sie Altes gehen.`,
  diskLow: ({ freeShare }, { percent }) =>
    `Von der Platte mit den Daten sind nur ${percent(freeShare)} frei.`,
  redisFull: ({ usedShare }, { percent }) =>
    `Redis belegt ${percent(usedShare)} seines Speichers; ist er voll, nehmen die Warteschlangen nichts mehr.`,
}
