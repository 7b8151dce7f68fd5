// How people ask for a person, by language. Texts are folded before these are tried (no accents, lower case).

const FILLER =
  '(?:(?:a|an|the|any|some|one|of|your|you|real|live|living|actual|human|true|proper|genuine|another|different|damn|goddamn|god|bloody|fucking|freaking|better|qualified|free|available|customer|client|service|services|support|care|sales|technical|phone|team|assistance) ){0,6}'
const STAFF =
  '(?:humans?(?: being| beings)?|agents?|operators?|representatives?|reps?|advis[eo]rs?|assistants?|supervisors?|managers?|colleagues?|employees?|staff(?: members?)?|members? of (?:your )?staff|(?:customer|client|consumer) (?:service|services|support|care|assistance)|support (?:team|staff|person|agent|desk)|support|help ?desk|service (?:team|agent|desk))'
/** "Need support with my TV" is no wish for a person; "talk to support" is. */
const STAFF_TO_HAVE = STAFF.replace('|support|help', '|help')
const ANYBODY = '(?:persons?|people|someone|somebody|anyone|anybody)'

/** A wish to speak: the strongest sign. */
const SPEAK = new RegExp(
  `\\b(?:talk|speak|chat|converse|connect(?:ed)?|transfer(?:red)?|switch(?:ed)?|pass(?:ed)?|put|redirect(?:ed)?|forward(?:ed)?|hand(?:ed)?|escalate) (?:me |us |this |it |(?:my|this) (?:call|case|chat|issue) )?(?:over |through |on |directly |live )?(?:to |with |onto )?${FILLER}(?:${STAFF}|${ANYBODY})\\b`,
)
const REACH = new RegExp(
  `\\b(?:contact(?:ing)?|reach(?:ing)?|call(?:ing)?|phone|ring|get in touch with|getting in touch with|get in contact with|get (?:a )?hold of|get through to|talking (?:to|with)|speaking (?:to|with)|communicate with|hear from) ${FILLER}${STAFF}\\b`,
)
const WANT = new RegExp(
  `\\b(?:want|need|give|get|find|prefer|demand|request|require|(?:would|'d|i) like|asking for|ask for|looking for|bring(?: in)?|send)(?: me| us)?(?: to (?:have|get|see))? ${FILLER}(?:${STAFF_TO_HAVE}|(?:real|live|living|actual|human|physical) (?:persons?|people|someone)|someone (?:real|human)|person(?! who| that| to))\\b`,
)

/** English, each a sign of its own. */
export const ENGLISH: readonly RegExp[] = [
  SPEAK,
  REACH,
  WANT,
  /\b(?:is|are) (?:there )?(?:a |an |any )?(?:real |live |actual )*(?:humans?|agents?|operators?|representatives?) (?:available|there|around|online|i can)\b/,
  /\bis (?:there )?(?:any(?:body|one)|some(?:body|one)) (?:real|human)\b|\bsome(?:body|one) (?:real|human)\b/,
  /\b(?:don't|dont|do not|not going to|won't|will not|no more|stop|sick of|tired of|fed up with|hate) (?:want to |like |having )?(?:to )?(?:talk|speak|chat|deal)(?:ing)? (?:to|with) (?:a |an |the |this |your |some )?(?:stupid |damn |dumb |useless )?(?:bots?|robots?|machines?|computers?|ai|chatbots?|automated)\b/,
  /\b(?:can|could|would|will|please|have|want|need|ask|get|let) (?:please )?(?:someone|somebody|a person|an agent|a human)(?: please)?(?: from [\w ]{1,20})? (?:to )?(?:call|phone|ring|contact) me\b/,
  /\b(?:please |can you |could you )(?:call|phone|ring) me(?: back)?\b/,
]

/** A text that is nothing but the word, without punctuation: "human please". */
export const ENGLISH_ALONE = new RegExp(
  `^(?:(?:hi|hello|no|please|just|only|now|i want|i need) ){0,3}(?:(?:a|an|the|real|live|actual|human|customer|support|service) ){0,4}(?:human(?: being)?|person|agent|operator|representative|advis[eo]r|(?:customer|human|live|client) (?:service|support|care|agent|chat|person|assistance))(?: (?:please|pls|now|here|thanks))*$`,
)

/** What stands right before a sign and takes it back: "I don't need to", "without having to", "after a". */
export const TAKEN_BACK =
  /(?:\b(?:do not|don't|dont|does not|doesn't|did not|didn't|no longer)(?: (?:really|even|actually|want|need|have|wish|like|care|to|be|get|me|a|for))*|\bno need(?: to)?|\brather not|\bwithout(?: having to)?|\binstead of|\bhad (?:a|to)|\bafter (?:a|my|the)|\b(?:last|previous|earlier|i already|i was|they|he|she)) ?$/

/** More languages: a verb of speaking with a word for a person, in the order the language has them. */
export const OTHER_LANGUAGES: readonly RegExp[] = [
  // German
  /\b(?:mit|an|zu) (?:(?:einem|einer|einen|eine|dem|der|den|ihrem|ihrer|echten?m?|richtigen?|realen?|menschlichen?|lebenden?|jemandem?) ){0,4}(?:menschen?|person|mitarbeiter(?:in|n)?|berater(?:in)?|kundendienst|kundenservice|kundenberater(?:in)?|kundenbetreuer(?:in)?|support|personal|kolleg\w+|sachbearbeiter(?:in)?|ansprechpartner(?:in)?|jemand(?:em|en)?)\b[^.!?\n]{0,30}\b(?:sprechen|spreche|reden|chatten|verbinden|verbunden|telefonieren|schreiben|weiterleiten|weitergeleitet|unterhalten)\b/,
  /\b(?:verbinden sie mich|verbinde mich|leiten sie mich)\b[^.!?\n]{0,20}\b(?:mit|an|zu)\b[^.!?\n]{0,20}\b(?:menschen?|person|mitarbeiter(?:in)?|berater(?:in)?|jemandem?|kundendienst|kundenservice|support)\b/,
  /\b(?:will|mochte|moechte|brauche|hatte gern|haette gern)\b[^.!?\n]{0,15}\b(?:echten?|richtigen?|menschlichen?) (?:menschen?|person|mitarbeiter(?:in)?|berater(?:in)?|ansprechpartner(?:in)?)\b/,
  // French
  /\b(?:parler|discuter|echanger|communiquer|chatter|joindre|contacter|transferer|transferez[- ]moi|passez[- ]moi|mettez[- ]moi en (?:relation|contact)|parle)\b ?(?:directement )?(?:a |avec |au |a l'|par )?(?:(?:un|une|le|la|les|votre|vos|quelqu'un|vrai|vraie|veritable|autre|etre) ){0,4}(?:humaine?|personne|conseill(?:er|ere)|agent|operateur|operatrice|responsable|employee?|service client\w*|support|quelqu'un|charge de clientele|interlocuteur)\b/,
  // Spanish
  /\b(?:hablar|comunicarme|comunicar|contactar|chatear|conectarme|conecteme|pasame|paseme|transfierame|hable|conversar|atienda|comunique\w*)\b ?(?:por favor )?(?:con |a )?(?:(?:un|una|el|la|algun|alguna|alguien|otro|otra|verdadera?|de) ){0,4}(?:persona|humano|humana|agente|operador|operadora|asesor|asesora|representante|empleado|alguien|ser humano|servicio al cliente|atencion al cliente|encargado|supervisor)\b/,
  // Italian
  /\b(?:parlare|parlo|comunicare|chattare|contattare|collegarmi|passatemi|mi passi|trasferirmi|mettermi in contatto|essere messo in contatto)\b ?(?:direttamente )?(?:con |a )?(?:(?:un|una|un'|il|la|l'|qualche|vero|vera|altro|altra|essere) ?){0,4}(?:persona|umano|umana|operatore|operatrice|agente|consulente|addetto|responsabile|qualcuno|servizio clienti|assistenza clienti|essere umano)\b/,
  // Portuguese
  /\b(?:falar|conversar|contatar|contactar|chatear|transferir|transfira[- ]me|me transfira|me passa|atendido por|falo)\b ?(?:por favor )?(?:com |a |para )?(?:(?:um|uma|o|a|algum|alguma|outro|outra|de) ){0,4}(?:pessoa|humano|humana|atendente|agente|operador|operadora|representante|funcionario|alguem|assistente humano|ser humano|apoio ao cliente|atendimento ao cliente|gerente)\b/,
  // Dutch
  /\b(?:met|naar) (?:(?:een|de|het|iemand|echte?|levende?|menselijke?|van) ){0,4}(?:mens|persoon|medewerker|medewerkster|agent|klantenservice|klantendienst|iemand|collega|adviseur)\b[^.!?\n]{0,25}\b(?:spreken|praten|chatten|bellen|doorverbinden|doorverbonden|contact)\b/,
  /\b(?:spreken|praten|chatten|praat|spreek|verbind me(?: door)?|doorverbinden|doorverbonden worden)\b ?(?:graag )?(?:met|naar) (?:(?:een|de|echte?|levende?|menselijke?) ){0,3}(?:mens|persoon|medewerker|iemand|klantenservice|collega|adviseur)\b/,
  // Polish
  /\b(?:rozmawiac|porozmawiac|pogadac|mowic|skontaktowac sie|polaczyc(?: mnie| sie)?|polacz(?:cie)? mnie|prosze o (?:kontakt|rozmowe|polaczenie)|kontakt|przelacz(?:yc)?(?: mnie)?)\b (?:sie )?(?:ze? |do )?(?:(?:zywym|prawdziwym|prawdziwa|zywa|jakims|kims|waszym) ){0,3}(?:czlowiekiem|osoba|konsultantem|konsultantka|pracownikiem|doradca|agentem|kims|obsluga klienta|biurem obslugi|konsultanta)(?![\p{L}])/u,
  // Turkish
  /\b(?:insan(?:la)?|insanla|kisi(?:yle)?|temsilci(?:yle|niz(?:le)?)?|temsilcisi(?:yle|ne)?|yetkili(?:yle)?|calisan(?:la)?|biri(?:yle|siyle)?|operator(?:le|e)?|destek ekibi(?:yle)?|musteri hizmetleri(?:yle|ne)?)\b ?(?:ile |biriyle |birine )?(?:gercek )?(?:gorus|konus|baglan|bagla|iletisim|yazis|aktar)/,
  /\b(?:beni|bana) [^.!?\n]{0,25}(?:temsilci|yetkili|insan|operator)\w{0,6} (?:bagla|aktar|ver)/,
  // Simply wanting one, in the languages above
  /\b(?:ich )?(?:will|mochte|moechte|brauche|gib mir|geben sie mir)\b(?: bitte| jetzt| nur)? (?:mit )?(?:einen?|einer) (?:(?:echten?|richtigen?|menschlichen?) )?(?:menschen|mitarbeiter(?:in)?|ansprechpartner(?:in)?|kundenberater(?:in)?)\b/,
  /\b(?:je veux|je voudrais|j'aimerais|donnez[- ]moi|il me faut|j'ai besoin d')(?: avoir)? ?(?:un |une |d'un |d'une )?(?:vraie? )?(?:humaine?|conseill(?:er|ere)|etre humain|vraie personne|interlocuteur)\b/,
  /\b(?:quiero|necesito|dame|deme|busco)\b[^.!?\n]{0,15}\b(?:un humano|una persona real|un agente|una persona humana|un ser humano|un asesor|un operador|una persona de verdad)\b/,
  /\b(?:voglio|vorrei|datemi|mi serve|ho bisogno di)\b (?:un |una |un')? ?(?:operatore|operatrice|persona (?:vera|reale)|essere umano|umano|addetto)\b/,
  /\b(?:quero|preciso de|gostaria de|queria)\b (?:um |uma )?(?:atendimento humano|atendente|pessoa (?:real|de verdade)|ser humano|humano|operador)\b/,
  /\b(?:mag|kan|wil|mogen|graag)\b[^.!?\n]{0,12}\b(?:een |iemand van )?(?:echte? |menselijke? )?(?:mens|persoon|medewerker|medewerkster|klantenservice|adviseur)\b[^.!?\n]{0,12}\b(?:spreken|aan de lijn|hebben)\b/,
  /\bcanli (?:destek|temsilci|operator|biri)/,
  // Swedish, Danish, Norwegian
  /\b(?:prata|tala|snakke|tale|chatta|chatte)\b (?:direkt |direkte )?(?:med|til) (?:(?:en|et|ei|riktig|rigtigt?|verklig|virkelig|levende|ekte|nagon|noen|nogen|fra|fran|i) ){0,4}(?:manniska|menneske|person|kundtjanst|kundeservice|kundesenter|medarbetare|medarbejder|handlaggare|radgivare|nagon|noen|nogen|ansatt)(?![\p{L}])/u,
  // Czech, Slovak
  /\b(?:mluvit|promluvit|hovorit|spojit|prepojit|prepojte|spojte)\b (?:me |ma )?(?:s |so )?(?:(?:zivym|skutecnym|opravdovym|skutocnym|nejakym) ){0,3}(?:clovekem|clovekom|operatorem|operatorom|pracovnikem|pracovnikom|nekym|niekym|poradcem|zakaznickou podporou)(?![\p{L}])/u,
  // Russian, Ukrainian
  /(?<!\p{L})(?:поговорить|говорить|соедините|связаться|свяжите|переключите|поговорити|говорити|з'єднайте|зв'язатися)(?!\p{L})[^.!?\n]{0,20}(?:человек|людин|оператор|сотрудник|консультант|працівник|специалист|менеджер|поддержк)/u,
  /(?<!\p{L})(?:позовите|нужен|нужна|хочу|покличте|потрібен)(?!\p{L})[^.!?\n]{0,15}(?:живой человек|живого человека|оператор|живу людину|жива людина)/u,
  // Chinese
  /(?:转|接|找|要|转接|轉|轉接|換|换)(?:一?[个個位下]?)(?:人工|真人|客服人员|客服人員)|(?:跟|和|与|與|同)(?:一?[个個位])?(?:真人|人工客服|人工|客服|工作人员|工作人員)(?:说|講|讲|聊|谈|談|沟通|溝通|說|联系|聯繫|通话)|^人工(?:客服|服务|服務)?$/,
  // Korean
  /(?:상담원|상담사|직원|사람|담당자)(?:분)?(?:과|와|이랑|랑|하고|에게|한테|으로|을|를)?\s?(?:직접\s?)?(?:통화|이야기|얘기|대화|연결|상담|말하|바꿔)/,
  // Arabic
  /(?:التحدث|اتحدث|أتحدث|اتكلم|أتكلم|التكلم|الكلام|تواصل|حولني|حوّلني|وصلني)\s?(?:مع|إلى|الى|ب)?\s?(?:شخص|موظف|إنسان|انسان|ممثل|خدمة العملاء|بشري)/,
  // Japanese
  /(?:人間|人(?:の方)?|オペレーター|オペレータ|担当者|担当の方|スタッフ|係員|係の人|サポートの人|責任者)(?:の方|さん)?(?:と|に|へ)(?:直接)?(?:話|はな|お話|繋|つな|代わ|変わ|かわ|相談|チャット|連絡|電話|取り次)/,
  /(?:人間|オペレーター|担当者|スタッフ)(?:の方)?(?:を|に)(?:出し|お願い|呼ん|対応)/,
]
