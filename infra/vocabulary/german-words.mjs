/**
 * German nouns, verbs and forms that some town is named by, written by hand. German writes every
 * noun with a capital, so that a text tells "Regen" from the town no more than "Wetter" or "Essen".
 */
export const germanWords = `
  Aach Aale Aar Adel Ahle Alba Alm Alpen Altar Alter Altstadt Amt Anger Anhalt Anhausen Ansatz
  Apfel Äpfel Arm Armen Art Arzt Ass Ast Äther Au Aue Auen Auer Auge Aula Auto Bach Bad Baden
  Bahn Ball Balve Band Bank Bann Bar Bären Bau Bauer Bauern Baum Becken Beete Berg Berge Bergen
  Bernau Bett Beutel Biene Biber Bild Birke Birken Birne Bit Blatt Blau Blei Blume Boden Bogen
  Bohne Börse Bote Boxer Brache Brake Brand Bremse Brett Brief Brot Bruch Bruck Brücke Brücken
  Brühe Brühl Brunn Brunnen Buch Buche Buchen Bücher Bucht Bühl Bund Bünde Bundes Burg Burgen
  Bürger Busch Bus Butter Dach Damm Dank Dabei Damme Daun Deal Deck Decke Deich Delta Ding Dole
  Dom Dorf Dorfen Dorn Draht Drehung Druck Duft Düne Ebbe Ebene Ebern Eber Eck Ecke Edel Egge
  Ehe Ehre Ei Eiche Eichen Eid Eifel Eigen Eimer Eis Eisen Elend Elf Elfen Ende Engel Engen
  Enger Enten Erbe Erde Erfolg Ernte Esch Esche Esel Essen Euro Fach Fall Falle Falke Falken
  Fang Farben Fass Feder Fehler Feld Felde Felder Fels Felsen Ferne Ferse Feuer Fisch Fischen
  Flach Flecken Fluss Form Forst Frage Freude Freund Frost Fuchs Furt Füssen Füßen Gabel Gang
  Garten Gas Gasse Geist Geld Gelb Gera Geste Gier Gift Gipfel Glas Gleis Glied Glocke Glück
  Gold Gott Graben Graf Gras Grat Grau Greis Grenze Griff Grube Grün Grund Gründen Gruppe Gut
  Güter Haag Haan Haar Haare Hafen Haft Hagel Hagen Hahn Hain Haken Hall Halle Hallen Halm Hals
  Halt Halten Halver Hamm Hand Hang Hase Haus Hausen Häuser Haut Hecke Heft Heide Heiden Heil
  Heim Held Helden Hemd Hemer Herd Herten Herz Heu Hilden Hilfe Hirsch Hirse Hitze Hof Hofen
  Höhe Höhen Höhle Hölle Holz Honig Horn Hort Hose Hügel Hund Hürde Hut Hütte Hütten Igel Inne
  Insel Inseln Jagd Jahr Joch Jugend Käfer Kahl Kai Kaiser Kalb Kalk Kamm Kammer Kamen Kamp
  Kampf Kanal Kante Kanzel Kappel Karre Karte Käse Kasten Kehl Kehle Keil Kelch Keller Kerpen
  Kern Kerze Kette Kiefer Kies Kind Kinder Kirche Kirchen Kirsche Kissen Klage Klang Klee Kleber
  Klause Kloster Knie Knopf Kohl Kohle Kommen König Könige Kopf Korb Korn Kraft Kragen Kranz
  Krebs Kreis Kreuz Krone Kropp Kugel Kuh Kunst Kuppe Kurs Lachen Lage Lager Lahr Land Länder
  Lang Langen Lassan Last Laube Laub Lauf Laufen Läufer Laut Leben Leder Leer Lehm Lehre Lehrte
  Leib Leid Leiden Leim Leine Leistung Leiter Lese Leute Licht Liebe Lied Linde Linden Linie
  Link Linse List Loch Löhne Lohn Lohr Lohne Los Löwe Löwen Luft Lust Mai Mal Male Malen Manche
  Mark Markt Marken Marl Mars Masse Maß Mast Mauer Maus Meer Mehl Meile Meister Melle Menge
  Mengen Mensch Menschen Messe Messen Metall Miete Milch Mitte Mittel Möhre Mond Moor Moos
  Moosburg Morgen Moss Mühle Mühlen Müller Mulde Münster Münze Mut Nabel Nach Nacht Nadel Nahe
  Narr Nase Natur Nebel Nest Netz Neubau Neustadt Neun Nord Norden Not Note Nuss Ober Obst Ofen
  Öl Olympia Ort Osten Ostern Owen Pass Pech Perl Perle Pfad Pfand Pfanne Pfarre Pfeil Pferd
  Pfosten Pilz Plan Platte Platten Platz Plau Poker Pracht Preis Preise Probe Quelle Rabe Rad
  Raden Rain Rand Rang Rasen Rast Rat Ratten Raub Rauch Raum Rebe Recht Rede Reden Regel Regen
  Reich Reiche Reihe Reihen Rein Reis Reise Reken Renten Rest Rhede Rheine Richter Ried Rind
  Ring Ritter Rock Rohr Rolle Rose Rosen Rost Rot Rotte Ruhe Ruhland Rund Rust Saal Saale Sache
  Sack Säge Sahne Saite Salz Samen Sand Sankt Sänger Sattel Satz Sauer Saum Schach Schaf Schale
  Schatten Schau Schein Schere Scheune Schiff Schild Schilling Schlag Schlange Schleife Schleuse
  Schloss Schluss Schmied Schnee Schön Schönau Schritt Schule Schulen Schutz Schwan Schwarz
  Schweine Schwelle Schwert See Seele Seen Segen Seide Seil Seite Seiten Selm Senden Senf Sieg
  Siege Siegen Siegel Silber Singen Sinn Sitz Sohle Sohn Sommer Sonne Sorge Spalt Spange Speck
  Speicher Spiel Spiegel Spital Spitze Sprung Spur Stab Stade Stadel Stadt Städte Stahl Stall
  Stamm Stand Staub Stein Steine Stelle Steppe Stern Steuer Stier Stift Stille Stirn Stoff
  Stollen Strahlen Strand Strang Straße Straßen Strauch Streit Strom Stuhl Stuhr Stunde Sturm
  Süd Süden Sulz Sünde Tafel Tag Tage Tal Tanne Tann Tanz Tasche Taste Tau Taube Taufe Teil
  Teile Teich Teller Tempel Tier Tisch Tod Ton Tor Tore Torte Trage Treue Trift Tritt Trommel
  Tropfen Trost Tuch Turm Türen Überall Ufer Uhr Ulme Unkel Urbar Urteil Vater Vechte Verden
  Verl Villa Vogel Vögel Vogt Volk Voll Vorsicht Vorst Waage Waal Wache Wachs Wagen Wahl Wahlen
  Wald Wall Wand Wangen Wände Ware Waren Warte Wasser Wasch Wedel Weg Wehr Weide Weiden Weil
  Weiler Wein Weise Weisen Weiß Weite Weizen Welle Wellen Welt Wels Wende Wenden Werder Werk
  Werke Werl Werne Wert Werte Weste Westen Wetter Wiege Wiese Wiesen Wild Wind Winde Winden
  Winkel Winter Wirt Wittig Witz Woche Woge Wolf Wolke Wolle Worte Wunde Wunder Wurst Würze Zahl
  Zahn Zange Zahna Zeichen Zeil Zeit Zeiten Zell Zelle Zelt Zeug Ziegel Ziel Zimmer Zink Zinn
  Zoll Zorn Zug Zunge Zweig Zwiesel
`
  .trim()
  .split(/\s+/)
