import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, test } from 'vitest'
import { fieldsOf } from './fields.js'
import { type Language, languages } from './languages.js'
import { inflect } from './regions/inflect.js'
import { taggable } from './testing.js'
import { namesIn } from './topics/concepts.js'
import { emptyLexicon } from './topics/lexicon.js'
import { matchTerms } from './topics/match.js'
import { inputsHash } from './topics/training/inputs.js'
import { languageData, loadVocabulary } from './vocabulary.js'

const vocabulary = loadVocabulary()
const broader = (code: string) => vocabulary.gazetteer.regions.get(code)?.broader

test('ancestors are M49 areas only, nearest first; a bloc is none of them', () => {
  expect(broader('CN')).toEqual(['030', '142', '001'])
  expect(broader('DE-BY')).toEqual(['DE', '155', '150', '001'])
  expect(broader('BR')).toEqual(['005', '419', '019', '001'])
  expect(broader('143')).toEqual(['142', '001'])
  expect(broader('bloc:EU')).toEqual([])
})

test('every region and topic has a label in every language and known ancestors', () => {
  const { regionRows, topicRows, isKnownRegion, isKnownTopic } = vocabulary
  const lists = [
    { rows: regionRows, isKnown: isKnownRegion },
    { rows: topicRows, isKnown: isKnownTopic },
  ]
  for (const { rows, isKnown } of lists) {
    for (const { code, labels, broader } of rows) {
      const wanting = Object.values(labels).filter((label) => !/\S/.test(label))
      expect(wanting, code).toEqual([])
      expect(
        broader.filter((ancestor) => !isKnown(ancestor)),
        code,
      ).toEqual([])
    }
  }
  expect(vocabulary.topics.branches).toHaveLength(17)
  // ISO 3166-2 as of package iso-3166 4.4.0, IPTC Media Topics as of 2026.
  expect(regionRows.filter(({ scheme }) => scheme === 'iso3166-2')).toHaveLength(5_070)
  expect(topicRows).toHaveLength(1_119)
})

test('codes are told from what only looks like one', () => {
  for (const code of ['CN', 'DE-BY', '142', 'bloc:EU']) {
    expect(vocabulary.isKnownRegion(code)).toBe(true)
  }
  for (const code of ['XX', 'EU', 'DE-XX', '999', 'bloc:XX']) {
    expect(vocabulary.isKnownRegion(code)).toBe(false)
  }
  expect(vocabulary.isKnownTopic('medtop:04000000')).toBe(true)
  expect(vocabulary.isKnownTopic('medtop:20000349')).toBe(true)
  expect(vocabulary.isKnownTopic('medtop:29999999')).toBe(false)
})

test('every word of the lexica belongs to a branch, and no term stands twice under one', () => {
  const keys = new Set(vocabulary.topics.branches.map(({ key }) => key))
  for (const lexicon of vocabulary.lexica.values()) {
    for (const list of [lexicon.exact, lexicon.starts, lexicon.ends, lexicon.phrases]) {
      const meanings = [...list.values()].flat()
      for (const { topic, term } of meanings) {
        expect(topic === 'none' || keys.has(topic), term).toBe(true)
      }
      const said = meanings.map(({ topic, term }) => `${topic} ${term}`)
      expect(said.filter((each, at) => said.indexOf(each) !== at)).toEqual([])
    }
  }
})

/** Words that hold every text together, whatever it is about, and what stems take for their own. */
const everyday: Readonly<Record<Language, string>> = {
  de: `der die das und nicht auch sich noch werden wurde haben sein einem eines über unter jahr jahre
    mehr heute gegen zwischen seine ihre diese ich du er sie wir ihr es mich dich uns euch mein
    dein unser dieser jener welcher jeder alle viele wenige einige manche beide niemand jemand
    etwas nichts aber oder denn weil wenn als ob dass damit obwohl während bevor nachdem seit bis
    falls sondern sowie sowohl weder entweder dennoch trotzdem deshalb daher darum allerdings
    jedoch außerdem zudem hier dort da oben unten links rechts vorne hinten innen außen überall
    nirgends immer nie oft selten manchmal bald gleich sofort später früher gestern morgen jetzt
    damals schon erst wieder sehr ganz ziemlich etwa rund ungefähr fast kaum nur sogar besonders
    vor allem insgesamt überhaupt leider vielleicht wahrscheinlich sicher natürlich eigentlich
    endlich plötzlich langsam schnell gut besser beste schlecht schlechter groß größer größte
    klein kleiner neu neuer alt älter jung lang kurz hoch niedrig tief breit schmal schwer leicht
    einfach schwierig wichtig richtig falsch möglich unmöglich schön hässlich warm kalt voll leer
    offen geschlossen fertig bereit klar deutlich genau ähnlich verschieden gleich anders eigen
    fremd bekannt unbekannt häufig selten ganz halb doppelt einzeln gemeinsam allein gehen geht
    ging gegangen kommen kommt kam gekommen sagen sagt sagte gesagt machen macht gemacht tun tut
    getan lassen lässt ließ geben gibt gab gegeben nehmen nimmt nahm genommen sehen sieht sah
    gesehen finden findet fand gefunden stehen steht stand gestanden liegen liegt lag gelegen
    sitzen sitzt saß bleiben bleibt blieb geblieben halten hält hielt gehalten bringen bringt
    brachte gebracht denken dachte gedacht wissen weiß wusste glauben glaubt glaubte meinen meint
    meinte kennen kannte können kann konnte müssen muss musste sollen sollte wollen wollte dürfen
    darf durfte mögen mochte brauchen braucht stellen stellt stellte gestellt setzen setzt setzte
    gesetzt legen legt legte zeigen zeigt zeigte gezeigt führen führt führte geführt folgen folgt
    folgte beginnen beginnt begann begonnen enden endet beenden bekommen erhalten erhält erhielt
    erreichen erreicht erreichte schaffen schafft geschafft versuchen versucht bieten bietet bot
    angeboten nutzen nutzt genutzt verwenden verwendet fördern wachsen wächst wuchs gewachsen
    sinken sinkt sank steigen steigt stieg gestiegen fallen fällt fiel entstehen entsteht entstand
    verstehen versteht verstand erklären erklärt erklärte berichten berichtet betonen betonte
    erzählt sprechen sprach sprachen gesprochen warten wartet suchen sucht gesucht helfen hilft
    half öffnen schließen geschlossen tragen trägt trug ziehen zieht zog gezogen treffen trifft
    traf werfen wirft warf holen holte kriegen kriegt weinen messen lesen verlieren verliert
    verloren verlor gewinnen auswählen starten startet ändern bedeuten bezeichnen betreffen
    betrifft gehören gehört handeln handelt entscheiden entschieden überlegen gründen gegründet
    mann männlich mensch freund freundin nachbar gast herr name vorname adresse straße haus
    wohnung zimmer tür fenster tisch stuhl wand dach boden schrank lampe schlüssel uhr messer
    gabel löffel teller glas flasche tag tage woche wochen monat monate stunde stunden minute
    minuten sekunde montag dienstag mittwoch donnerstag freitag samstag sonntag januar februar
    märz april mai juni juli august september oktober november dezember anfang ende mitte seite
    teil teile stück reihe art weise form grund gründe gründen ursache folge ziel zweck sinn
    beispiel fall fälle sache ding frage antwort problem lösung wunsch idee gedanke meinung rat
    zahl nummer menge anzahl prozent hälfte drittel viertel dutzend paar größe höhe länge breite
    tiefe gewicht farbe rot blau gelb weiß schwarz braun grau punkt linie kreis ecke rand spitze
    platz ort stelle raum hand hände arm bein fuß füße kopf auge augen ohr nase mund hals rücken
    finger schulter bauch brust herz haar gesicht stimme wort wörter satz text brief karte zettel
    papier stift heft tasche koffer korb eimer weg wege brücke ecke dorf stadt land insel berg tal
    fluss see himmel mond stern erde stein sand holz baum blatt gras blume vogel fisch pferd kuh
    bauer müller schmidt weber wagner becker schneider fischer christoph christine christian
    christina peter paul maria anna thomas stefan michael andreas sabine monika eva auswahl
    transport wandel rolle meister variante varianten modell modelle modern moderne moderner
    operation operationen modus modul siegel siegfried golfstaaten malerisch kriminell kundtun
    berufen berufung berufstätig akkurat promille darmstadt autorität autorisiert satz runde
    hautnah schritt schritte stufe programm angebot auftritt bericht mitteilung anfrage auskunft
    ansprechpartner rückfragen kontakt telefon pressesprecher pressestelle abbildung quelle
    hinweis anhang anmeldung teilnahme teilnehmer veranstaltung zusammen zusammenarbeit
    möglichkeit möglichkeiten entwicklung veränderung verbesserung bereich bereiche ebene ergebnis
    erfolg erfolge erfolgreich maßnahme maßnahmen thema themen rahmen basis grundlage aufgabe
    verantwortung unterstützung engagement interesse bedeutung wirkung einfluss vorteil nachteil
    unterschied vergleich verhältnis zusammenhang zustand umstand lage situation gelegenheit
    chance gefahr sorge angst freude führend führende leitung leiter mitglied mitglieder gruppe
    gruppen verein team plan pläne planung vorschlag vorschläge entscheidung beschluss vertreter
    seiten dieselbe dieselben anbieten eingesetzt beteiligt`,
  en: `the and that this with from have been were will would there their about which when what year
    years more over after people said other first i you he she it we they me him her us them my
    your his our its mine yours who whom whose why how where here each every either neither both
    all any some none few many much several enough but or nor so yet because although though while
    unless until since before during within without between among through across against toward
    along around behind below above beside beyond always never often sometimes usually rarely
    already still just only even also too very quite rather almost nearly hardly perhaps maybe
    probably certainly really actually finally suddenly quickly slowly now then soon later earlier
    today tomorrow yesterday tonight once twice again ago away back home forward together apart
    aside indeed however therefore otherwise instead besides meanwhile moreover good better best
    bad worse worst big bigger biggest small smaller large larger great new newer old older young
    long short high low deep wide narrow heavy light hard soft easy difficult important right
    wrong true false possible impossible beautiful ugly warm cold full empty open closed ready
    clear certain similar different same own strange common rare whole half double single alone
    main major minor go goes went gone come comes came say says saying make makes made making do
    does did done let give gives gave given take takes took taken see sees saw seen find finds
    found stand stands stood lie lay sit sat stay stayed keep kept hold held bring brought think
    thought know knew known believe believed mean means meant can could must shall should may
    might need needed want wanted like liked put set show shows showed shown lead leads led
    leading follow followed begin began begun start started end ended finish finished get gets got
    become became reach reached try tries tried trying offer offered use used using grow grew
    grown fall fell fallen rise rose rising happen happened understand understood explain
    explained report reported tell told speak spoke spoken talk talked wait waited look looked
    seek sought help helped opens opening close carry carried pull pushed meet met throw threw
    lose lost choose chose select selected change changed belong decide decided consider
    considered ask asked answer answered turn turned run runs running move moved walk walked drive
    driven stop stopped allow allowed add added bear born build built buy bought call called cover
    covered cut feel felt hear heard hope hoped include included join joined leave left live lived
    love loved pay provide provided read receive received remain remained remember require
    required send sent serve served share spend spent suggest suppose support supported man men
    friend neighbour guest name street house room door window table chair wall roof floor lamp key
    clock knife fork spoon plate glass bottle box bag basket paper pen letter card page word words
    line day days week weeks month months hour hours minute minutes second seconds monday tuesday
    wednesday thursday friday saturday sunday january february march april may june july august
    september october november december weekend beginning middle side part parts piece row kind
    sort type form reason cause effect aim purpose sense example case thing things question
    problem solution wish idea thought opinion advice number amount hundred thousand million
    percent quarter third dozen pair size height length width depth colour color red blue yellow
    white black brown grey point points circle corner edge top bottom place spot area space hand
    hands arm leg foot feet head eye eyes ear nose mouth neck back finger shoulder chest hair face
    voice way ways bridge village town hill valley river lake sky moon earth stone sand wood leaf
    grass flower bird fish horse cow island road michael peter paul mary anna thomas steven andrew
    brandon dieter monica eve james john robert william david smith jones brown taylor wilson
    operation operations operating operate operated operational operator battery batteries diverse
    diversify diversified spurred spurs icc ecb 100m 200m 400m 800m bonding bondage characteristic
    characteristics inventory gifted courtesy crimea trumpet monkey released release releases
    raining raincoat rainbow snowflake bombay bombastic nursery faithful brainstorm transfer
    transferred chance chances character cheer cheering host hosted hosting event events record
    records column columns course courses platform platforms edition home away international
    international's form formed title titles select selection draw beat round rounds press news
    statement announcement inquiry contact telephone email spokesperson source attached note
    caption image further additional information available following regarding according visit
    visitor visitors cooperation possibility development improvement field level result results
    success successful measure measures topic topics framework basis task responsibility
    engagement interest importance influence advantage difference comparison relation condition
    situation opportunity danger worry fear joy leader member members group groups plan plans
    planning proposal decision representative manager managers style state stated user users cost
    costs demand demands care careful performance view views role stage stages step steps range
    process standard standards quality value values detail details issue issues mane the hundred`,
  fr: `les des une dans pour avec sont cette plus après être fait comme tous entre depuis année ans
    leur aussi mais très selon je tu il elle on nous vous ils elles me te se moi toi lui eux mon
    ton son notre votre ce cet ces celui celle ceux qui que quoi dont où quand comment pourquoi
    combien chaque plusieurs aucun certains quelques car donc or ni puis parce lorsque puisque
    quoique tandis pendant avant sans sous sur vers chez contre malgré sauf hors dès jusque
    jusqu'à ainsi alors cependant pourtant toutefois néanmoins également toujours jamais souvent
    parfois rarement déjà encore seulement même trop assez plutôt presque à peine peut-être sans
    doute certainement vraiment enfin soudain vite lentement maintenant bientôt tard tôt hier
    demain aujourd'hui ici là ailleurs partout dehors dedans dessus dessous devant derrière
    ensemble surtout notamment environ notamment désormais autrefois ensuite d'abord en revanche
    par ailleurs en effet au contraire en fait bon bonne meilleur mauvais pire grand grande petit
    petite nouveau nouvelle vieux vieille jeunesse long longue court haute bas profond large
    étroit lourd léger facile difficile important juste faux possible impossible beau belle laid
    chaud plein vide ouvert fermé prêt prête prêts clair certain semblable différent propre
    étrange commun rare entier demi double seul principal majeur mineur dernier dernière premier
    prochain suivant aller va vont allé venir vient venu dire dit faire font donner donne donné
    prendre prend pris voir voit vu trouver trouve trouvé rester reste mettre met mis tenir tient
    tenu porter porte savoir sait pouvoir peut vouloir veut devoir doit falloir faut croire croit
    penser pense connaître connu montrer montre suivre suit commencer commence finir fini recevoir
    reçu devenir devenu atteindre essayer essaie offrir offre utiliser tomber tombé monter monté
    descendre arriver arrivé comprendre compris expliquer expliqué raconter parler parlé attendre
    attend chercher cherche aider aidé ouvrir fermer porter tirer rencontrer rencontré jeter
    perdre perdu gagner gagné choisir choisi changer changé décider décidé demander demandé
    répondre appeler appelé passer passé tourner marcher entrer sortir sorti laisser laissé sentir
    entendre espérer compter rappeler permettre permis ajouter élever élevé élevés élevée marquer
    marqué dominer domine inscrire inscrit disputer disputé exploiter jouer joue un rôle créer
    créé doubler doublé tripler employer emploie naître homme ami amie voisin invité nom prénom
    adresse rue maison chambre porte fenêtre table chaise mur toit sol lampe clé horloge couteau
    fourchette cuillère assiette verre bouteille boîte sac panier papier stylo lettre jour jours
    semaine mois heure heures minute minutes seconde lundi mardi mercredi jeudi vendredi samedi
    dimanche janvier février mars avril mai juin juillet août septembre octobre novembre décembre
    week-end début milieu fin côté partie morceau rang sorte genre type forme raison cause effet
    but sens exemple cas chose question problème solution souhait idée pensée avis conseil nombre
    quantité cent mille million moitié tiers quart douzaine paire taille hauteur longueur largeur
    profondeur poids couleur rouge bleu jaune blanc noir brun gris vert point points ligne cercle
    coin bord sommet lieu endroit place espace main mains bras jambe pied tête œil yeux oreille
    nez bouche cou dos doigt épaule poitrine cheveu visage voix chemin pont village ville colline
    vallée rivière lac ciel lune terre pierre sable bois feuille herbe fleur oiseau poisson cheval
    vache île route pierre paul jean marie anne thomas michel andré sylvie monique ève dominique
    martin bernard dubois laurent christophe christine à ce stade au stade actuel essais essai il
    est prêt à nous sommes prêts à émissions barrage barrages maire manche tas en cours au cours
    de en vue de point de vue vue règles traiter traités étude risque risques public publique
    publics titre titres projet projets pays pouvoirs parti partie état états niveau phase cap
    domicile extérieur retour tour mondial mondiale national nationale nationaux formation
    expérience expériences visite visiter leader leaders critique critiques création talent
    talents étape étapes accord d'accord équipe équipes équipé groupe hausse baisse mode manière
    façon terrain discipline distribution évolution naturel naturellement nature polarisation
    médiation papeterie opération opérations qualifier qualifié pilote piloter durable performance
    performances salle salles plat public affiche légende mental front presse communiqué annonce
    demande contact téléphone courriel site porte-parole source ci-joint note légende image
    information informations disponible suivante concernant visiteurs participants organisateurs
    coopération possibilité développement amélioration domaine résultat succès mesure mesures
    thème cadre base tâche responsabilité soutien intérêt importance influence avantage différence
    comparaison rapport condition situation occasion danger souci peur joie membre membres plan
    planification proposition décision représentant rôle série processus norme qualité valeur
    détail objectif objectifs initiative service services`,
  it: `che della delle con sono questo questa anche più dopo essere stato come tutti anni anno loro
    molto secondo prima quando io tu lui lei noi voi mi ti ci vi si me te mio tuo suo nostro
    vostro quello quella quelli chi cosa cui dove perché quanto ogni alcuni nessuno qualche
    ciascuno entrambi parecchi tutto niente ciò ma o né se dunque quindi però mentre affinché
    benché finché poiché senza sotto sopra verso presso contro fra tra durante lungo fuori dentro
    davanti dietro accanto insieme invece inoltre comunque tuttavia sempre mai spesso talvolta
    raramente già ancora solo soltanto persino troppo abbastanza piuttosto quasi appena forse
    certamente davvero finalmente improvvisamente presto lentamente ora adesso tardi ieri domani
    oggi qui qua là lì altrove ovunque così allora poi infatti soprattutto circa ormai una volta
    di nuovo in genere in media in comune in rete messa a punto messa in scena metà a metà buono
    buona migliore cattivo peggiore grande piccolo piccola nuovo nuova vecchio giovanile lungo
    breve alto basso profondo largo stretto pesante leggero facile difficile importante giusto
    sbagliato vero falso possibile impossibile bello brutto caldo pieno vuoto aperto chiuso pronto
    chiaro certo simile diverso proprio strano raro intero mezzo doppio solo principale maggiore
    minore ultimo primo prossimo seguente viola andare va vanno andato venire viene venuto dire
    dice detto fare fa fatto dare dà dato prendere prende preso vedere vede visto trovare trova
    trovato restare resta mettere mette messo messi tenere tiene portare porta sapere sa potere
    può volere vuole dovere deve credere crede pensare pensa conoscere conosciuto mostrare mostra
    seguire segue cominciare comincia finire finito ricevere ricevuto diventare raggiungere
    raggiunto provare offrire offre usare usato crescere cadere caduto salire scendere arrivare
    arriva arrivo capire capito spiegare raccontare parlare parla aspettare cercare cerca aiutare
    aprire chiudere tirare incontrare perdere perso scegliere scelto cambiare decidere deciso
    chiedere chiesto rispondere chiamare passare girare camminare entrare uscire uscito lasciare
    sentire sperare contare ricordare permettere aggiungere tornare tornerà tornato torneranno
    battere impegnarsi impegnato impegno sfidare sfida recupero recuperare scoprire inviato
    inviare impressione impressionante risultato risultati mondiale nazionale uomo amico amica
    vicino ospite nome cognome indirizzo via casa camera stanza porta finestra tavolo sedia muro
    tetto pavimento lampada chiave orologio coltello forchetta cucchiaio bicchiere bottiglia
    scatola borsetta giorno giorni giornata settimana mese mesi ora ore minuto minuti lunedì
    martedì mercoledì giovedì venerdì sabato domenica gennaio febbraio marzo aprile maggio giugno
    luglio agosto settembre ottobre novembre dicembre inizio fine lato parte pezzo fila specie
    tipo forma ragione causa effetto scopo senso esempio caso casi domanda problema soluzione
    desiderio idea pensiero opinione consiglio numero quantità cento mille metà terzo quarto
    dozzina paio misura altezza lunghezza larghezza profondità colore rosso blu giallo bianco nero
    marrone grigio punto punti linea cerchio angolo bordo cima luogo posto spazio mano mani
    braccio gamba piede testa occhio occhi orecchio naso bocca collo dito spalla petto capelli
    viso voce strada ponte villaggio città collina valle lago cielo luna terra pietra sabbia legno
    foglia erba fiore uccello pesce cavallo mucca isola tomba paolo pietro maria anna tommaso
    michele andrea monica eva rossi russo ferrari bianchi romano cristoforo cristina fase turno
    vantaggio attacco difesa carriera ruolo stile campo partenza primavera gigante sistema luce
    visita rischio studio studi test comune stati genere commissione accordo controlli azioni
    gruppo meta stampa comunicato annuncio richiesta contatto telefono sito portavoce fonte
    allegato nota didascalia immagine informazione informazioni disponibile riguardo partecipanti
    organizzatori iniziativa servizio servizi cooperazione possibilità sviluppo miglioramento
    ambito livello successo misura misure tema quadro base compito responsabilità sostegno
    interesse importanza influenza differenza confronto rapporto condizione situazione occasione
    pericolo preoccupazione paura gioia membro membri piano pianificazione proposta decisione
    rappresentante serie processo norma qualità valore dettaglio obiettivo obiettivi naturale
    naturalmente articolo pilota`,
  es: `los las una para con por que como más este esta son fue han años año entre desde también
    cuando donde según todo yo tú él ella nosotros vosotros ellos ellas me te se nos mi tu su
    nuestro vuestro ese esa esos aquel quien cuyo cuál cuánto cada algunos ninguno varios ambos
    nada algo alguien nadie pero o ni si pues porque aunque mientras sin bajo sobre hacia contra
    durante mediante tras excepto hasta así entonces sin embargo no obstante además incluso luego
    antes después ahora siempre nunca jamás a menudo a veces raramente ya todavía aún sólo
    solamente demasiado bastante casi apenas quizás tal vez ciertamente realmente finalmente de
    repente pronto tarde temprano ayer mañana hoy aquí allí allá en otra parte fuera dentro encima
    debajo delante detrás juntos sobre todo aproximadamente por cierto en cambio al final de
    acuerdo en general puesto que en realidad en particular bueno buena mejor malo peor grande
    pequeño nuevo nueva viejo largo corto alto hondo ancho estrecho pesado ligero fácil difícil
    importante correcto falso posible imposible hermoso feo caliente lleno vacío abierto cerrado
    listo claro cierto parecido diferente propio extraño común raro entero medio doble solo
    principal mayor menor último primero próximo siguiente precioso preciosa particular
    particulares sencillo sencilla ir va van ido venir viene venido decir dice dicho hacer hace
    hecho dar da dado tomar toma tomado ver ve visto encontrar encuentra quedar queda poner pone
    puesto tener tiene tenido llevar lleva saber sabe poder puede podemos querer quiere deber debe
    creer cree pensar piensa conocer conocido mostrar muestra seguir sigue empezar empieza
    terminar recibir recibido llegar llega alcanzar intentar ofrecer ofrece usar usado crecer caer
    caído subir bajar entender explicar contar hablar habla esperar espera buscar busca ayudar
    abrir cerrar tirar encontrarse perder perdido perdió ganar gana elegir cambiar decidir pedir
    responder llamar pasar girar caminar entrar salir salido dejar sentir recordar permitir añadir
    volver vuelto consiguió conseguir enfrentar enfrente retirar retirado anotar saltar marcar
    marcó vencimiento visitar disfrutar estado estaba eran fueron había tratar trata probar prueba
    pruebas cuidar cuidado lanzar lanzamiento acordar preparar prisa pase pasar discutir hombre
    amigo amiga vecino invitado nombre apellido dirección calle casa habitación puerta ventana
    mesa silla pared techo suelo lámpara llave reloj cuchillo tenedor cuchara vaso botella caja
    bolso cesta papel día días semana mes meses hora horas minuto minutos lunes martes miércoles
    jueves viernes sábado domingo enero febrero marzo abril mayo junio julio agosto septiembre
    octubre noviembre diciembre comienzo fin lado parte pedazo fila especie tipo forma razón causa
    efecto propósito sentido ejemplo caso casos cosa pregunta problema solución deseo idea
    pensamiento opinión consejo número cantidad cien mil cientos ciento mitad tercio cuarto docena
    par tamaño altura longitud anchura profundidad color rojo azul amarillo blanco negro marrón
    gris verde punto puntos línea círculo esquina borde cima lugar sitio espacio mano manos brazo
    pierna pie cabeza ojo ojos oreja nariz boca cuello espalda dedo hombro pecho pelo cara voz
    camino puente pueblo ciudad colina valle río lago cielo luna tierra piedra arena madera hoja
    hierba flor pájaro pez caballo vaca isla pablo pedro maría ana tomás miguel andrés mónica eva
    garcía martínez lópez gonzález cristóbal cristina castillo europa europeo europea penal
    penales sumo sumar suma costero escritorio celular natural naturalmente nacional nacionales
    autoridad comunidad talento escena local plata oro esfuerzo rumbo ventaja juego carrera
    estrella defensa ataque peso plato planta líder líderes sistema grupo riesgo estudio obra sala
    serie red luz medición físico física marca meta gira verde acciones puesto puestos equipo
    equipos' situación prensa comunicado anuncio solicitud contacto teléfono sitio portavoz fuente
    adjunto nota imagen información disponible respecto participantes organizadores iniciativa
    servicio servicios artículo cooperación posibilidad desarrollo mejora ámbito nivel resultado
    éxito medida medidas tema marco base tarea responsabilidad apoyo interés importancia
    influencia diferencia comparación relación condición ocasión peligro preocupación miedo
    alegría miembro miembros plan planificación propuesta decisión representante papel proceso
    norma calidad valor detalle objetivo objetivos minuto público emergencia`,
}

test.each(languages)('%s: no term catches the words that hold every text together', (language) => {
  const fields = fieldsOf(taggable({ text: everyday[language] }))
  const terms = vocabulary.conceptTerms.get(language) ?? emptyLexicon()
  const lexicon = vocabulary.lexica.get(language) ?? emptyLexicon()
  const isRegion = () => false
  const said = fields.flatMap((field) => [
    ...matchTerms(field, lexicon, isRegion),
    ...namesIn(field, { fields, terms, language, isRegion }),
  ])
  const caught = said.filter(({ topic }) => topic !== 'none')
  expect(caught.map(({ topic, term }) => `${topic} ${term}`)).toEqual([])
})

test('the version names the data of the package that tells languages', () => {
  const folder = dirname(fileURLToPath(import.meta.resolve('eld/extrasmall')))
  const file = join(folder, '../../package.json')
  const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
  expect(languageData).toBe(`eld ${version} extrasmall`)
})

test('the topic model is that of the present texts and lexicon', () => {
  const { model, topics } = vocabulary
  expect(model.header.inputs).toBe(inputsHash(topics.branches))
  expect(model.header.branches).toEqual(topics.branches.map(({ code }) => code))
})

test.each([
  ['de', 'chinesisch', ['chinesische', 'chinesischem']],
  ['en', 'German', ['Germans']],
  ['fr', 'français', ['française', 'françaises']],
  ['fr', 'italien', ['italienne', 'italiens']],
  ['it', 'tedesco', ['tedesca', 'tedeschi']],
  ['it', 'cinese', ['cinesi']],
  ['es', 'alemán', ['alemana', 'alemanes']],
  ['es', 'francés', ['francesa', 'franceses']],
] as const)('%s: %s has its forms', (language, form, forms) => {
  expect(inflect(form, language)).toEqual(expect.arrayContaining([form, ...forms]))
})
