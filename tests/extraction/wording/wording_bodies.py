"""Sentences of stories that hold the words of site boilerplate and are none. Written for the test."""

BODIES: dict[str, str] = {
    "en": """
Subscribers to the ferry's season ticket will be refunded by the end of May.
She decided to subscribe to the theory that the bridge had been weak from the start.
Share prices of the shipyard fell by a third on Monday morning.
Share the load, the foreman told his men, and nobody gets hurt.
The two towns share a school, a doctor and a single fire engine.
Related claims by four other fishermen were dismissed last year.
The related case of the missing anchor will be heard in June.
A photo of the wreck was found in the pilot's desk.
Photo studios in the old town are closing one after the other.
Follow the coast for ten miles and you will see the lighthouse.
Following a short debate, the council rejected the plan.
Read more than the first page, the judge told the lawyers.
Comments made by the mayor on Tuesday angered the crews.
The newsletter that the union sent out in April named three men.
Sign up to the navy, his father had told him, and see the world.
Advertising revenue fell for the ninth year, the paper's owner said.
Most read the letter as a threat, but the harbour master laughed.
Popular unrest had been growing since the price of bread doubled.
Cookies baked by the children paid for the new roof.
Donations to the lifeboat crew have doubled since the storm.
The report was updated at the request of the court.
By the time the tug arrived, the ship had gone down.
By law, every boat must carry a light.
Contact was lost at 3.15 in the morning, the coastguard said.
Listen to the engine, he said, and you will hear what is wrong.
More from the sea than from the land, the village had always lived.
Tags on the crates showed that they had come from Lisbon.
The video, which lasts four minutes, shows the captain on deck.
Vote counting went on until dawn in the town hall.
Previous owners had painted the hull green.
""",
    "de": """
Abonnenten der Fähre bekommen im Mai ihr Geld zurück.
Teilen wollte sich die Werft den Auftrag mit niemandem.
Die beiden Orte teilen sich eine Schule und einen Arzt.
Lesen Sie auch das Kleingedruckte, riet der Richter den Zeugen.
Mehr zum Thema wollte die Sprecherin am Montag nicht sagen.
Das Foto des Wracks fand man im Schreibtisch des Lotsen.
Fotos vom Unglück lagen dem Gericht nicht vor.
Folgen Sie der Küste zehn Kilometer, dann sehen Sie den Turm.
Kommentare des Bürgermeisters verärgerten die Besatzungen.
Der Newsletter der Gewerkschaft nannte drei Namen.
Die Anzeige gegen den Kapitän wurde zurückgezogen.
Anzeigen wegen Diebstahls gab es im Hafen kaum noch.
Spenden für die Retter haben sich seit dem Sturm verdoppelt.
Von Montag an fährt die Fähre nur noch zweimal am Tag.
Von den Fischern kam am Abend kein Wort.
Kontakt zum Schiff bestand zuletzt um 3.15 Uhr.
Weitere Artikel des Vertrags treten im Juni in Kraft.
Themen gab es genug, Antworten nicht.
Video und Ton stammen von einem Urlauber.
Zurück blieb nur ein Anker aus Eisen.
Werbung in eigener Sache machte der Wirt nie.
Aktualisiert wurde die Seekarte zuletzt vor dem Krieg.
""",
    "fr": """
Les abonnés du bac seront remboursés avant la fin mai.
Partager le marché avec ses voisins, le chantier n'y songe pas.
Les deux villages partagent une école et un médecin.
Lire aussi vite ne sert à rien, disait le juge aux avocats.
Une photo de l'épave se trouvait dans le bureau du pilote.
Suivre la côte pendant dix kilomètres mène au phare.
Suivez l'argent, avait conseillé le vieux greffier.
Les commentaires du maire ont irrité les équipages.
La lettre d'information du syndicat citait trois noms.
Publicité ou pas, la conserverie fermera en juin.
Les dons aux sauveteurs ont doublé depuis la tempête.
Par temps de brume, le bac reste à quai.
Par deux fois, le tribunal avait renvoyé l'affaire.
Contact a été perdu avec le navire vers trois heures.
Les plus lus de ses romans parlent de la mer.
À la une des débats, la question du quai nord.
Mis à jour par le service des cartes, le plan reste faux.
Écouter le moteur suffit, dit le mécanicien.
La vidéo dure quatre minutes et montre le capitaine.
Voter l'impôt sur les filets prit toute la nuit.
""",
    "es": """
Los abonados del transbordador cobrarán antes de fin de mayo.
Compartir el contrato con otros astilleros no entra en sus planes.
Los dos pueblos comparten una escuela y un médico.
Lea también la letra pequeña, aconsejó el juez a los testigos.
Una foto del naufragio apareció en la mesa del práctico.
Siga la costa diez kilómetros y verá el faro.
Los comentarios del alcalde molestaron a las tripulaciones.
El boletín del sindicato citaba tres nombres.
Publicidad engañosa, dijo el fiscal, fue solo el comienzo.
Las donaciones a los rescatistas se duplicaron tras el temporal.
Por la mañana el puerto estaba cubierto de niebla.
Por segunda vez el tribunal aplazó la vista.
El contacto con el buque se perdió a las tres.
Lo más leído en la taberna era el parte del tiempo.
Más noticias no llegaron de la isla aquella noche.
Actualizado o no, el plano del puerto era falso.
Escuchar el motor basta, dice el mecánico.
El vídeo dura cuatro minutos y muestra al capitán.
Votar el impuesto de las redes llevó toda la noche.
Etiquetas en las cajas decían que venían de Lisboa.
""",
    "pt": """
Os assinantes da balsa serão reembolsados até o fim de maio.
Compartilhar o contrato com outros estaleiros não está nos planos.
As duas vilas partilham uma escola e um médico.
Leia também as letras miúdas, aconselhou o juiz.
Uma foto do naufrágio estava na mesa do prático.
Siga a costa por dez quilômetros e verá o farol.
Os comentários do prefeito irritaram as tripulações.
O boletim do sindicato citava três nomes.
Publicidade enganosa, disse o promotor, foi só o começo.
As doações aos salva-vidas dobraram depois da tempestade.
Por volta das três o navio sumiu do radar.
Por duas vezes o tribunal adiou a sessão.
O contato com o navio se perdeu de madrugada.
Mais lidas na taberna eram as cartas do farol.
Atualizado ou não, o mapa do porto era falso.
Ouvir o motor basta, diz o mecânico.
O vídeo dura quatro minutos e mostra o capitão.
Votar o imposto das redes levou a noite toda.
Etiquetas nas caixas diziam que vinham de Lisboa.
Seguir viagem sem luz era proibido desde abril.
""",
    "it": """
Gli abbonati del traghetto saranno rimborsati entro maggio.
Condividere il contratto con altri cantieri non è nei piani.
I due paesi condividono una scuola e un medico.
Leggi anche troppo vecchie regolano il porto, disse il giudice.
Una foto del relitto era nella scrivania del pilota.
Segui la costa per dieci chilometri e vedrai il faro.
I commenti del sindaco irritarono gli equipaggi.
La newsletter del sindacato citava tre nomi.
Pubblicità ingannevole, disse il procuratore, fu solo l'inizio.
Le donazioni ai soccorritori raddoppiarono dopo la tempesta.
Di notte il porto resta al buio.
Di nuovo il tribunale rinviò l'udienza.
Il contatto con la nave si perse alle tre.
I più letti dei suoi romanzi parlano del mare.
Altre notizie dall'isola quella notte non giunsero.
Aggiornato o no, il piano del porto era falso.
Ascolta il motore, dice il meccanico, e capirai il guasto.
Il video dura quattro minuti e mostra il capitano.
Votare la tassa sulle reti richiese tutta la notte.
Cerca casa da anni, la vedova del pilota.
""",
    "nl": """
Abonnees van de veerpont krijgen voor eind mei hun geld terug.
Delen wil de werf het contract met niemand.
De twee dorpen delen een school en een dokter.
Lees ook de kleine letters, raadde de rechter de getuigen aan.
Een foto van het wrak lag in de lessenaar van de loods.
Volg de kust tien kilometer en u ziet de toren.
Reacties van de burgemeester maakten de bemanning boos.
De nieuwsbrief van de bond noemde drie namen.
Reclame maken mocht de herbergier nooit.
Donaties aan de redders verdubbelden na de storm.
Door de mist bleef de pont aan de kade.
Door twee rechters werd de zaak verworpen.
Contact met het schip ging om drie uur verloren.
Meer over de oorzaak wist de havenmeester niet.
Bijgewerkt of niet, de kaart van de haven klopte niet.
Luister naar de motor, zegt de monteur, en je hoort het.
De video duurt vier minuten en toont de kapitein.
Stemmen over de nettenbelasting duurde de hele nacht.
Labels op de kisten zeiden dat ze uit Lissabon kwamen.
Zoeken naar het anker heeft volgens hem geen zin.
""",
}
