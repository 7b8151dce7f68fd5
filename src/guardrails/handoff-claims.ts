// Sentences that say a person takes over, in the languages models answer in. Offers ("would you like me to ...", "I can ...",
// "... if you want") are no claims. One that is found too much costs a handoff; one that is missed, a promise nobody keeps.

const PERSON =
  '(?:human|agent|representative|real person|live person|person|colleague|team member|supervisor|manager|specialist|someone|somebody|support team|member of (?:our|the) \\w+)s?'
const MOVING = '(?:transferr?|connect|escalat|hand|forward|pass|put)(?:ed|ing|e|s)?'
/** English says "I have", "we are", "you will be". */
const ENGLISH: readonly RegExp[] = [
  new RegExp(
    `\\b(?:i have|i've|i am|i'm|i will|i'll|i just|i now|we have|we've|we are|we're|we will|we'll|let me)\\s+(?:now |just |already |also |gladly |going to )*${MOVING}\\b.{0,60}\\b${PERSON}\\b(?!.{0,40}\\bif you\\b)`,
    'i',
  ),
  new RegExp(
    `\\byou(?:'re| are| have been|'ve been| will be|'ll be)\\s+(?:now |being )*${MOVING}\\b.{0,60}\\b${PERSON}\\b`,
    'i',
  ),
  new RegExp(
    `\\b${PERSON}\\b.{0,40}\\b(?:will|is going to)\\s+(?:\\w+ )?(?:be with you|be in touch|contact you|call you|take over|take it from here|join|reach out|get back to you|assist you|follow up|reply|respond)\\b`,
    'i',
  ),
  new RegExp(`\\b${PERSON}\\b (?:is|are) (?:now )?(?:on (?:their|the|his|her) way|taking over|joining)\\b`, 'i'),
  new RegExp(
    `\\b(?:i have|i've|i|we have|we've|we)\\s+(?:just |now |already )?(?:asked|notified|alerted|informed|contacted|paged)\\b.{0,30}\\b${PERSON}\\b`,
    'i',
  ),
]

// `\b` knows only ASCII letters, so words of other alphabets are bounded by "no letter".
const words = (source: string): RegExp => new RegExp(`(?<!\\p{L})(?:${source})`, 'iu')
const OTHERS: readonly RegExp[] = [
  // German
  words(
    'ich\\s+(?:verbinde|habe|leite|übergebe|gebe|reiche|werde)(?!\\p{L}).{0,60}(?<!\\p{L})(?:Mitarbeiter|Kolleg|Mensch)',
  ),
  words('Sie werden.{0,40}(?<!\\p{L})(?:Mitarbeiter|Kolleg|Mensch).{0,40}(?:verbunden|weitergeleitet|übergeben)'),
  words(
    '(?:Mitarbeiter(?:in)?|Kolleg(?:e|in)|Mensch)(?!\\p{L}).{0,40}(?:meldet sich|übernimmt|wird (?:sich|Sie|das|Ihnen|übernehmen))',
  ),
  // French
  words(
    "(?:je\\s+(?:vous|te)\\s+(?:transfère|mets en relation|mets en contact|passe)|je transfère|j'ai (?:transféré|transmis)).{0,60}(?<!\\p{L})(?:conseiller|conseillère|agent|collègue|humain|personne)",
  ),
  words(
    'vous (?:allez être|êtes|serez)\\s+(?:mis|mise|transféré|transférée).{0,60}(?<!\\p{L})(?:conseiller|agent|collègue|humain)',
  ),
  words(
    '(?:conseiller|conseillère|agent|collègue) (?:va|vous) .{0,20}(?:contacter|contactera|répondre|répondra|relais)',
  ),
  // Spanish
  words(
    '(?:te|le|la|lo)\\s+(?:transfiero|paso|comunico|conecto|pongo en contacto|he transferido|estoy transfiriendo).{0,60}(?<!\\p{L})(?:agente|persona|humano|compañer[oa]|asesora?)',
  ),
  words(
    'voy a (?:transferir|pasar|comunicar|conectar)(?:te|le|lo|la).{0,60}(?<!\\p{L})(?:agente|persona|humano|asesora?)',
  ),
  words(
    '(?:agente|asesora?|compañer[oa]) (?:se pondrá en contacto|te atenderá|le atenderá|te contactará|le contactará)',
  ),
  // Italian
  words(
    '(?:la|ti|vi)\\s+(?:sto )?(?:trasferisc|trasferendo|passo|colleg|mett(?:o|endo) in contatto).{0,60}(?<!\\p{L})(?:operatore|operatrice|collega|persona|agente)',
  ),
  words('(?:operatore|operatrice|collega) (?:la|ti|vi) (?:contatterà|risponderà|richiamerà|assisterà)'),
  // Portuguese
  words(
    '(?:estou|vou|acabei de|já)\\s+(?:te |lo |o |a )?(?:transferi|encaminh|passa|conecta).{0,60}(?<!\\p{L})(?:atendente|agente|pessoa|humano|colega)',
  ),
  words('(?:atendente|agente|colega) (?:vai|irá|entrará|vai entrar) .{0,20}(?:contato|contacto|atender|responder)'),
  // Dutch
  words('ik (?:verbind|zet|schakel|geef).{0,60}(?<!\\p{L})(?:medewerker|collega|mens|persoon).{0,20}(?:door|over)?'),
  words('u wordt.{0,40}(?:medewerker|collega).{0,20}doorverbonden'),
  words('(?:medewerker|collega) (?:neemt|zal) .{0,30}(?:contact|over)'),
  // Polish
  words(
    '(?:łączę|przekazuję|przekazałem|przełączam|połączę).{0,60}(?<!\\p{L})(?:konsultant|pracownik|doradc|człowiek)',
  ),
  words('(?:konsultant|pracownik|doradca) (?:skontaktuje się|odezwie się|przejmie)'),
  // Turkish
  words('sizi.{0,60}(?:temsilci|yetkili|çalışan|insan)\\p{L}*.{0,20}(?:aktar|bağl|yönlendir)\\p{L}*'),
  words('temsilci\\p{L}* .{0,30}(?:iletişime geçecek|arayacak|devralacak)'),
]
/** Asked, or left to the customer. */
const OFFERED =
  /\?\s*$|(?<!\p{L})(?:wenn Sie (?:möchten|wollen|wünschen)|falls Sie|si vous (?:voulez|souhaitez|préférez)|si (?:quiere|quieres|lo desea|prefiere)|se (?:vuole|vuoi|desidera|preferisce|quiser|preferir)|als u (?:wilt|dat wilt)|jeśli (?:chcesz|Pan|Pani)|isterseniz)(?!\p{L})/iu

/** True when the sentence says that a person takes over. Reads plain words: one space, straight quotes, no emphasis. */
export const announcesHandoff = (sentence: string): boolean =>
  ENGLISH.some((pattern) => pattern.test(sentence)) ||
  (OTHERS.some((pattern) => pattern.test(sentence)) && !OFFERED.test(sentence))
