import { expect, test } from 'vitest'
import { route } from './route.ts'

test.each([
  ['en', 'Let me talk to a real person, this is going nowhere'],
  ['en', 'could you put me through to one of your agents please'],
  ['en', 'HUMAN PLEASE!!'],
  ['en', "I don't want to talk to a robot"],
  ['en', 'can someone call me back'],
  ['de', 'Ich möchte mit einem Menschen sprechen'],
  ['de', 'Verbinden Sie mich bitte mit einem Mitarbeiter'],
  ['fr', 'Je voudrais parler à un conseiller'],
  ['fr', 'Passez-moi un humain s’il vous plaît'],
  ['es', 'Quiero hablar con una persona'],
  ['es', '¿Puedo hablar con un agente humano?'],
  ['it', 'Vorrei parlare con un operatore'],
  ['it', 'posso parlare con una persona vera'],
  ['pt', 'Quero falar com um atendente'],
  ['pt', 'preciso falar com uma pessoa'],
  ['nl', 'Ik wil graag met een medewerker spreken'],
  ['nl', 'kan ik praten met een echt persoon'],
  ['pl', 'Chcę porozmawiać z człowiekiem'],
  ['pl', 'proszę o kontakt z konsultantem'],
  ['tr', 'Bir temsilciyle görüşmek istiyorum'],
  ['tr', 'Gerçek bir insanla konuşmak istiyorum'],
  ['sv', 'Jag vill prata med en människa'],
  ['da', 'Jeg vil gerne tale med et menneske'],
  ['no', 'Kan jeg snakke med en person?'],
  ['cs', 'Chci mluvit s člověkem'],
  ['sk', 'Prosím, chcem hovoriť s človekom'],
  ['ru', 'Хочу поговорить с живым человеком'],
  ['ru', 'Соедините меня с оператором'],
  ['uk', 'Хочу поговорити з людиною'],
  ['zh', '我要转人工客服'],
  ['zh', '我想和真人说话'],
  ['ko', '상담원과 통화하고 싶어요'],
  ['ar', 'أريد التحدث مع موظف'],
  ['ja', '人間と話したいです'],
  ['ja', 'オペレーターに繋いでください'],
])('(%s) "%s" brings in a person', (_language, text) => {
  expect(route(text)).toMatchObject({ intent: 'escalation', escalate: 'person_requested' })
})

test.each([
  'I do not need to talk to an agent, just tell me where order 12345 is',
  'I spoke with an agent yesterday and got no answer',
  'the delivery person left my parcel in the rain',
  'Am I talking to a person?',
  'can two people use the headphones at once',
  'I need support with my order 12345',
  'Meine Schwester ist eine nette Person',
])('"%s" is no wish for a person', (text) => {
  expect(route(text)?.escalate).toBeUndefined()
})

test('a wish for a person beats everything but danger', () => {
  expect(route('cancel order 12346 and then let me speak to a human')?.escalate).toBe('person_requested')
  expect(route('my charger is smoking, let me speak to a human')?.escalate).toBe('safety')
})

test('a question for number or hours goes to the escalation specialist with the article, not straight to a person', () => {
  const routed = route('what is the phone number to call customer service')
  expect(routed).toMatchObject({ intent: 'escalation', prefetch: [{ tool: 'search_knowledge_base' }] })
  expect(routed?.escalate).toBeUndefined()
})

test.each([
  'there is smoke coming out of the power bank',
  'My laptop caught fire',
  'the thermostat smells like gas',
  'battery is swollen',
  'it smells burnt and sparks are flying',
  'I got an electric shock from the toaster',
  'I smell gas',
  'Es riecht hier nach Gas',
  'Der Akku brennt',
  'Ça sent le gaz',
  'La batterie a pris feu',
  'Huele a gas en la cocina',
  'Sento odore di gas',
  'Estou sentindo cheiro de gás',
  'Ik ruik gas',
  'Czuję gaz, śmierdzi gazem',
  'Gaz kokusu alıyorum',
])('"%s" is a matter of safety', (text) => {
  expect(route(text)).toMatchObject({ intent: 'escalation', confidence: 1, escalate: 'safety' })
})

test.each([
  'how do I set up my Fire TV stick',
  'does the smoke detector come with batteries',
  'there is no smoke coming out, it is just hot weather',
  'the firewall of my router blocks the app',
  'Wie viel kostet der Gasgrill',
  'où est ma commande 12345',
  'quiero cancelar mi pedido',
])('"%s" is no danger', (text) => {
  expect(route(text)?.escalate).toBeUndefined()
})

test.each([
  'you people are a bunch of liars',
  'this is absolutely unacceptable',
  'I will sue you',
  'fuck you',
  'Das ist eine Unverschämtheit',
  'Ich bin stinksauer',
  "C'est inadmissible, je suis furieux",
  'Esto es inaceptable',
  'È uno schifo',
  'Isso é um absurdo',
  'Ik ben echt woedend',
  'Jestem wściekły',
  'Bu tam bir rezalet',
])('"%s" is anger', (text) => expect(route(text)).toMatchObject({ intent: 'escalation', escalate: 'anger' }))

test.each(['where is my damn order 12345', 'how do I reset the fucking router', 'I am not angry, just curious'])(
  '"%s" is a question with strong words, not anger',
  (text) => expect(route(text)?.escalate).toBeUndefined(),
)
