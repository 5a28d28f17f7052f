import type { FaultWords, FieldWords, ProblemFacts, ProblemWords } from './problems-en.js'

const again = ({ retry }: ProblemFacts) => `Versuchen Sie es ${retry} noch einmal.`
const onceMore = 'und versuchen Sie es noch einmal.'
const unreadable = 'Kehren Sie zum Anfang der Liste zurück.'
const another = 'Wählen Sie eine andere.'
const lessChosen = 'Nehmen Sie heraus, was zuletzt dazukam.'

export const problemsDe: ProblemWords = {
  'no-answer': ['Der Dienst antwortet nicht', `Prüfen Sie die Verbindung, ${onceMore}`],
  'strange-answer': [
    'Die Antwort ist nicht zu lesen',
    ({ of }) => `Sie kam mit dem Status ${of('status')}. Versuchen Sie es gleich noch einmal.`,
  ],
  'own-page': ['Auf dieser Seite ist etwas schiefgegangen', 'Laden Sie die Seite neu.'],
  'own-fault': [
    'Hier ist etwas schiefgegangen',
    'Der Fehler liegt bei uns und ist festgehalten. Versuchen Sie es später noch einmal.',
  ],
  'bus-down': [
    'Der Bus antwortet nicht',
    'Nichts wurde gespeichert, und nichts ist verloren. Versuchen Sie es gleich noch einmal.',
  ],
  full: ['Der Speicher ist voll', 'Nichts wurde gespeichert. Ein Admin muss Platz schaffen.'],
  'bad-request': ['Die Anfrage war nicht zu lesen', 'Prüfen Sie, was Sie eingegeben haben.'],
  'not-found': ['Hier ist nichts', 'Vielleicht wurde die Adresse beim Kopieren abgeschnitten.'],
  'too-large': ['Der Inhalt ist zu groß', 'Nichts wurde gespeichert. Senden Sie weniger.'],
  'too-many-requests': ['Zu viele Anfragen', again],
  'too-many-readers': ['Zu viele lesen gerade mit', again],
  'cross-origin': [
    'Die Anfrage kommt von einer fremden Seite',
    `Öffnen Sie diese Seite neu, ${onceMore}`,
  ],
  'no-key': ['Dafür braucht es einen Schlüssel', 'Melden Sie sich mit Ihrem Schlüssel an.'],
  'unknown-key': [
    'Dieser Schlüssel ist nicht bekannt',
    'Vielleicht fehlen Zeichen. Sonst bitten Sie einen Admin um einen neuen.',
  ],
  'wrong-role': [
    'Dieser Schlüssel darf das nicht',
    'Melden Sie sich mit dem Schlüssel eines Admins an, oder bitten Sie einen.',
  ],
  'invalid-body': ['Etwas ist nicht, wie es sein muss', `Berichtigen Sie es, ${onceMore}`],
  'invalid-request': ['Etwas ist nicht, wie es sein muss', `Berichtigen Sie es, ${onceMore}`],
  'bad-id': ['Diese Kennung ist nicht zu lesen', 'Vielleicht fehlen Zeichen.'],
  'bad-limit': ['Die Zahl der Zeilen ist nicht zu lesen', unreadable],
  'bad-cursor': ['Diese Seite der Liste ist nicht bekannt', unreadable],
  'invalid-cursor': ['Diese Seite der Liste ist nicht bekannt', unreadable],
  'unknown-dead-letter': [
    'Diese unzustellbare Sendung gibt es nicht',
    'Sie wurde schon wiederholt oder verworfen.',
  ],
  'unknown-item': ['Diese Meldung gibt es nicht', 'Prüfen Sie die Kennung, oder suchen Sie sie.'],
  'joined-item': [
    'Die Meldung wurde mit einer anderen verbunden',
    ({ of }) => `Sie kam als Hinweis auf ${of('item')}: Entscheiden Sie über jene.`,
  ],
  erased: [
    'Die Meldung wurde aus rechtlichen Gründen gelöscht',
    'An ihr lässt sich nichts mehr ändern.',
  ],
  'nothing-to-release': [
    'Es gibt nichts freizugeben',
    'Keine Sperrfrist hält sie, und kein Mensch hat sie zurückgezogen. Was die Quelle zurückzog, bringt nur die Quelle zurück.',
  ],
  'same-item': [
    'Die Meldung kann kein Hinweis auf sich selbst sein',
    'Nennen Sie die andere Meldung, von der der Hinweis spricht.',
  ],
  withdrawn: [
    'Die Meldung ist zurückgezogen',
    'Geben Sie sie erst frei, falls ein Mensch sie zurückzog.',
  ],
  'no-story': [
    'Die Meldung kann diese Geschichte nicht erzählen',
    'Nennen Sie eine andere, die öffentlich ist.',
  ],
  'changed-meanwhile': [
    'Andere ändern diese Schlagwörter gerade',
    `Nichts wurde geändert. Sehen Sie sich die Meldung an, ${onceMore}`,
  ],
  'unfit-tags': [
    'Diese Schlagwörter lassen sich nicht vergeben',
    'Prüfen Sie ihre Schemata und Codes.',
  ],
  'unfit-query': ['Das lässt sich nicht nachschlagen', 'Versuchen Sie andere Wörter.'],
  'own-key': [
    'Ein Schlüssel kann sich nicht selbst widerrufen',
    'Melden Sie sich mit dem Schlüssel eines anderen Admins an.',
  ],
  'unknown-key-id': ['Diesen Schlüssel gibt es nicht', 'Er wurde schon widerrufen.'],
  'feeds-being-made': ['Die Feeds werden gerade neu gebaut', again],
  'unknown-region': [
    'Diese Region gibt es nicht',
    ({ of }) => `„${of('value')}“ ist keine. ${another}`,
  ],
  'unknown-topic': [
    'Dieses Thema gibt es nicht',
    ({ of }) => `„${of('value')}“ ist keines. Wählen Sie ein anderes.`,
  ],
  'unknown-language': [
    'Diese Sprache gibt es nicht',
    ({ of }) => `„${of('value')}“ ist keine. ${another}`,
  ],
  'bad-filter': ['Die Auswahl ist nicht zu lesen', lessChosen],
  'invalid-filter': ['Die Auswahl ist nicht zu lesen', lessChosen],
  'invalid-backtest': ['Die Probe der Auswahl ist nicht zu lesen', lessChosen],
  'backtests-running': ['Zu viele Proben laufen gerade', again],
  'address-refused': ['Diese Adresse darf nicht aufgerufen werden', 'Nehmen Sie eine öffentliche.'],
  'no-such-source': ['Diese Quelle gibt es nicht', 'Sie wurde schon gelöscht.'],
  'source-exists': ['Diese Adresse ist schon eine Quelle', 'Sie steht oben in der Liste.'],
  'too-many-sources': ['Es gibt zu viele Quellen', 'Löschen Sie eine, die niemand braucht.'],
  'not-polled': [
    'Ein Ablageordner wird nicht abgerufen',
    'Legen Sie eine Datei hinein: Sie wird von selbst genommen.',
  ],
  'not-taken': ['Die Quelle war nicht zu lesen', 'Sie wird von selbst wieder abgerufen.'],
  'source-rests': ['Die Quelle oder ihr Server braucht gerade eine Pause', again],
  'no-webhook': [
    'Diesen Webhook gibt es nicht',
    'Er wurde gelöscht, oder er gehört zu einem anderen Schlüssel.',
  ],
  'too-many-webhooks': [
    'Der Schlüssel hat zu viele Webhooks',
    'Löschen Sie, was nicht gebraucht wird.',
  ],
  'webhooks-behind': ['Die Webhooks kommen gerade nicht nach', again],
  'invalid-webhook': ['Der Webhook ist nicht zu lesen', `Berichtigen Sie ihn, ${onceMore}`],
  'nothing-published': [
    'Der Webhook bekäme nie etwas',
    'Wählen Sie auch „Neue Mitteilungen“: alles andere erfährt nur, wer sie bekommen hat.',
  ],
  'no-address': ['Der Webhook hat keine Adresse', 'Sagen Sie, wohin gesendet werden soll.'],
  'refused-address': [
    'Diese Adresse darf nicht aufgerufen werden',
    'Nehmen Sie eine öffentliche https-Adresse ohne Benutzer und Passwort.',
  ],
  'invalid-headers': [
    'Diese Kopfzeilen lassen sich nicht senden',
    'Berichtigen Sie sie, oder lassen Sie sie weg.',
  ],
  'rotated-too-often': [
    'Das Geheimnis wurde zu oft gewechselt',
    'Warten Sie, bis ein altes abgelaufen ist.',
  ],
  'webhook-not-verified': [
    'Der Webhook ist nicht bestätigt',
    'Seine Adresse muss erst bestätigt werden.',
  ],
  'webhook-disabled': [
    'Der Webhook ist abgeschaltet',
    'Lassen Sie seine Adresse erst noch einmal bestätigen.',
  ],
  'key-revoked': [
    'Der Schlüssel des Webhooks wurde widerrufen',
    'Ein Admin muss ihn einem anderen Schlüssel übergeben.',
  ],
  'unknown-owner': [
    'Der Webhook lässt sich nicht übergeben',
    'Nennen Sie einen Schlüssel, der gilt.',
  ],
  'on-the-bus': [
    'Das gibt es bei einem Abonnement auf dem Bus nicht',
    'Was auf dem Bus liegt, wartet dort auf seine Leser.',
  ],
  'drill-running': [
    'Ein Probealarm dieses Webhooks läuft schon',
    'Er dauert höchstens eine Minute.',
  ],
  'no-delivery': ['Diese Zustellung gibt es nicht', 'Sie wird nicht mehr aufbewahrt.'],
  'being-made': ['Das Verzeichnis der Zustellungen wird gerade neu gebaut', again],
  'no-replay': ['Diesen Versand gibt es nicht', 'Er ist lange vorbei.'],
  'replay-running': [
    'Für diesen Webhook läuft schon ein Versand',
    'Warten Sie, bis er vorbei ist.',
  ],
  'too-many-replays': ['Es wird schon zu viel noch einmal gesendet', again],
  'no-recall': ['Es gibt nichts zurückzurufen', 'Niemand hat diese Fassung bekommen.'],
}

export const faultsDe: FaultWords = {
  missing: () => 'fehlt',
  unknown: () => 'gehört nicht hierher',
  'not-one-of': () => 'hat keinen der möglichen Werte',
  'too-long': (limit) => `ist zu lang: höchstens ${limit} Zeichen`,
  'too-short': (limit) => `ist zu kurz: mindestens ${limit} Zeichen`,
  'too-big': (limit) => `ist zu groß: höchstens ${limit}`,
  'too-small': (limit) => `ist zu klein: mindestens ${limit}`,
  'too-many': (limit) => `hat zu viele Einträge: höchstens ${limit}`,
  'too-few': (limit) => `hat zu wenige Einträge: mindestens ${limit}`,
  'wrong-form': () => 'hat nicht die richtige Form',
}

export const fieldsDe: FieldWords = {
  '': 'Die Eingabe',
  url: 'Adresse',
  key: 'Schlüssel',
  name: 'Name',
  wire: 'Dienst',
  kind: 'Art',
  rights: 'Die Wahl der Rechte',
  role: 'Rolle',
  reason: 'Grund',
  corrects: 'Kennung der anderen Meldung',
  add: 'Ein neues Schlagwort',
  remove: 'Ein Schlagwort zum Wegnehmen',
  description: 'Beschreibung',
  events: 'Die Liste der Ereignisse',
  filter: 'Auswahl',
  headers: 'Eine Kopfzeile',
  ratePerSecond: 'Die Zahl der Aufrufe je Sekunde',
  concurrency: 'Die Zahl der Aufrufe zugleich',
  from: 'Das Feld „Ab“',
  to: 'Das Feld „Vor“',
}
