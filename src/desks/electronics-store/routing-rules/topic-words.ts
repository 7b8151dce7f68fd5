// Words that belong to one specialist and no other. Read on folded text; every gap is bounded, so no text is slow to read.
const DEVICE =
  '(?:headphones?|headsets?|earbuds?|earphones?|speakers?|soundbars?|tvs?|televisions?|routers?|modems?|hubs?|laptops?|notebooks?|tablets?|e-?readers?|cameras?|(?:smart ?)?watch(?:es)?|fitness bands?|doorbells?|thermostats?|monitors?|keyboards?|printers?|vacuums?|bulbs?|chargers?|power ?banks?|smart ?phones?|phones?|cell ?phones?|devices?|gadgets?|consoles?|app|webcams?|locks?|docks?)'
const FAULT =
  "(?:(?:is|are|was|does|do|did|has|have|will|would|can)(?: not|n't)|(?:won't|can't|isnt|doesnt|wont|dont|cant|cannot|stopped|keeps?|kept|broke|broken|dead|frozen|freez\\w+|crash\\w*|glitch\\w*|defective|faulty|malfunction\\w*|disconnect\\w*|drops?|flicker\\w*|overheat\\w*|not (?:working|turning|charging|responding|connecting|starting|loading|opening)|no (?:sound|picture|signal|image|audio|power)|(?:very |so |too )?slow|stuck|unresponsive))"

/** Per topic, the patterns any one of which shows that the text is about it. */
export const TOPIC_WORDS: Readonly<Record<string, readonly RegExp[]>> = {
  account: [
    /\b(?:pass ?words?|pass ?codes?|pass ?phrases?|pin(?: code| number)?|user ?names?|log ?ins?|log(?:ging|ged)? (?:in|on|into|out)|sign(?:ing|ed)? ?(?:in|on|into|up|ups)|locked out|register(?:ing|ed)?|registrations?)\b/,
    /\b(?:accounts?|profiles?)\b/,
    /\b(?:personal|contact|account|profile|user) (?:data|details|information|info)\b/,
    /\b(?:change|update|edit|correct|modify|fix)\b[^.!?\n]{0,20}\bmy (?:last |first |full |sur)?(?:name|details|e-?mail(?: address)?|phone number|birthday)\b/,
    /\b(?:newsletters?|unsubscribe|loyalty (?:tier|points|program\w*))\b/,
    /\b(?:invoices?|bills?|billing|billed|receipts?)\b/,
    /\bpayment (?:methods?|options?|modalit\w+|problems?|issues?|errors?|failed|troubles?|details)\b|\b(?:problems?|issues?|errors?|troubles?|trouble) (?:with|making|about|regarding) (?:a |an |the |my |online )?payments?\b/,
    /\b(?:methods?|ways|means|modes|forms|kinds|types|modalities) of payments?\b/,
    /\bcharged (?:me )?(?:twice|double|two times)\b|\bdouble[- ]charged?\b/,
    /\b(?:update|change|replace|add|remove|edit)\b[^.!?\n]{0,15}\b(?:credit|debit|payment|bank) cards?\b/,
    /\b(?:pay|paying|charge|use) (?:it |this |that |for it )?(?:with|by|on|to|from)? ?(?:a |an |my )?(?:another|different|new|other|second) (?:credit |debit |bank )?card\b/,
    /\b(?:what|how much|if|anything|money)\b[^.!?\n]{0,15}\b(?:do |that )?(?:i|we) (?:still |currently |even )?owe\b(?! you (?:one|an? ))|\bhow much is (?:my|the) (?:outstanding |open |unpaid )?balance\b/,
    /^(?:so |and |ok |please )?(?:who am i|what(?:'s| is) my name|what tier am i)\b/,
    /\b(?:verif\w+|prov(?:e|ing)|confirm\w*|check\w*)\b[^.!?\n]{0,20}\bidentit(?:y|ies)\b|\bidentity (?:check|verification|proof)s?\b|\bid (?:check|verification)s?\b/,
    /\b(?:phone|mobile|cell ?phone)\b[^.!?\n]{0,15}\b(?:was |been |got |is )?(?:stolen|lost)\b|\b(?:lost|stole|stolen)\b[^.!?\n]{0,10}\b(?:phone|mobile|cell ?phone)\b/,
  ],
  order: [
    /(?<!\bin )(?<!\bout of )\b(?:re)?orders?\b(?! of magnitude)/,
    /\b(?:ordered|purchas(?:e|es|ing))\b/,
    /\b(?:parcels?|packages?|shipments?|shipping|shipped|deliver(?:y|ies|ed|ing|able)?|couriers?|dispatch(?:ed)?|backordered)\b/,
    /\btracking (?:number|code|id|info\w*|link)\b|\btrack (?:my|the|an?|it)\b/,
    // A number after one of these is an order's, also with the noun of another language.
    /\b(?:track|cancel|where is|where's|status of|bestellung|pedido|commande|encomenda|ordine|bestelling|zamowieni\w{1,3}|siparis\w{0,6})\b[^.!?\n]{0,15}(?<![\d$])\d{5,20}(?!\d)/,
    /\b(?:refunds?|refunded|refunding|reimburse\w*|money back|rebates?|restitutions?)\b/,
    /\b(?:goodwill|store) credits?\b|\bcredit of [$€£]?\d|\bcredit me\b/,
    /\breturn(?:s|ed|ing)?\b[^.!?\n]{0,20}\b(?:items?|products?|goods|policy|policies|labels?|window|something|laptop|tv|headphones)\b|\b(?:items?|products?) (?:for|to) return\b/,
    /\b(?:cancell?ation|early (?:termination|exit)|termination|withdrawal|exit) (?:fees?|charges?|penalt(?:y|ies)|costs?)\b|\b(?:penalt(?:y|ies)|fees?|charges?) for (?:early|cancell?\w+|termination)\b/,
  ],
  tech_support: [
    /\b(?:re-?)?sync\w*\b|\bbluetooth\b|\bfirmware\b|\bwi-?fi\b|\bre-?pair(?:ing)? mode\b|\bpairing\b|\bpair\b[^.!?\n]{0,25}\b(?:with|to|my|the)\b/,
    /\bfactory(?: default)?(?: settings?| resets?| defaults?| setins| condition)\b|\b(?:default|original|initial) settings\b|\b(?:reset|restore|restart|reboot)\b[^.!?\n]{0,25}\b(?:settings|defaults?|yourself|device|router|tv|television|speaker|watch|tablet|laptop|hub|thermostat|everything)\b/,
    /\b(?:contactless|apple pay|google pay|samsung pay|nfc|virtual cards?)\b/,
    new RegExp(
      `\\b(?:connect|link|hook up|pair|join|attach)\\w*\\b[^.!?\\n]{0,20}\\b(?:my|the|a|this|new) ${DEVICE}\\b`,
    ),
    new RegExp(`\\b${DEVICE}\\b[^.!?\\n]{0,25}(?<![\\w'])${FAULT}(?!\\w)`),
    new RegExp(
      `\\b(?:set(?:ting)? ?up|install|mount|charge|clean|calibrate|configure|update|reset|turn on|turn off|restart)\\w*\\b (?:my |the |a |this |new ){0,2}(?:new |smart )?${DEVICE}\\b`,
    ),
    /\b(?:warrant(?:y|ies)|guarantees?|repairs?|repaired|recycl\w+|trade-?in)\b/,
    /\b(?:opening|store|shop|business) (?:hours|times)\b|\bwhen (?:are you|do you|is the (?:shop|store)) open\b/,
    /\b(?:troubleshoot\w*|user manuals?|instruction manuals?)\b/,
  ],
  escalation: [
    /\b(?:complain(?:t|ts|ing|s|ed)?|reclamations?)\b/,
    /\b(?:make|file|lodge|submit|raise|making|filing|lodging) (?:a |an |my )?(?:\w+ )?(?:consumer |customer )?claims?\b/,
    /\b(?:not|n't) (?:at all )?(?:very )?(?:happy|satisfied|pleased) with (?:your|the) (?:service|work|company|support|help)\b|\b(?:unhappy|dissatisfied|disappointed) (?:with|by|about) (?:your|the) (?:service|work|company|support|help)\b/,
  ],
}

/** What this shop has nothing to do with: such a text is for the model, whatever else it mentions. */
export const ELSEWHERE =
  /\b(?:weather|flights?|airlines?|airports?|hotels?|restaurants?|recipes?|pizzas?|burgers?|food|movies?|songs?|lyrics|concerts?|stocks?|shares|crypto\w*|bitcoin|mortgages?|insurance|uber|taxis?|trains?|jokes?|poems?|football|election|president|doctors?|medicines?|horoscopes?|homework|essays?|visa application|passports?|taxes|loans?|salary|rent)\b/
