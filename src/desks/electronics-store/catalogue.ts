// Every text that code says. No placeholder is used: a text must be whole wherever it is said.
import type { Catalogue } from '../../domain/catalogue.ts'

export const catalogue: Catalogue = {
  en: {
    handoff_acknowledged:
      'A person takes over here, usually within 15 minutes. They can read all of this; you need not repeat anything.',
    handoff_still_waiting:
      'This takes longer than we said. Your place is kept and your request is now marked more urgent. A person answers here.',
    failure_note:
      'I could not finish this, and I do not want to guess. A person looks at it now and answers here, usually within 15 minutes.',
    ask_intent:
      'I want to get this right. Is it about an order, your account or a bill, or a device? A few more words are enough. If you would rather have a person, just say so.',
    greeting:
      'Hello. I am an AI: I look up orders, help with accounts and devices, and answer questions. A person is one message away. What can I do for you?',
    thanks: 'You are welcome. Write again here whenever you need something.',
    goodbye: 'Goodbye. This conversation stays here if you need it again.',
    about_ai:
      'I am an AI, not a person. I can look up orders, help with your account and your devices, and bring in a person when you want one.',
    how_are_you: 'Thank you for asking. I am an AI and ready to help: with an order, your account or a device?',
    claim_unconfirmed:
      'I cannot confirm that this was done, so please do not rely on it yet. A person checks it and answers here.',
    outcome_unknown:
      'The system did not answer. We do not know yet whether this was done; a person checks, and nothing is done twice.',
    needs_person:
      'A colleague has to decide this. I have passed it on; you need not repeat anything, and the answer comes here.',
    card_masked:
      'Your message held a card number. We masked it before anything was stored. Please never send card numbers here.',
    follow_up:
      'Is there anything else about this? If not, you need not do anything; the conversation closes by itself.',
    handed_back: 'A colleague has read this and handed it back to me. What shall I look at next?',
  },
  de: {
    handoff_acknowledged:
      'Hier übernimmt ein Mensch, meist innerhalb von 15 Minuten. Die Person sieht alles, was hier steht; Sie müssen nichts wiederholen.',
    handoff_still_waiting:
      'Es dauert länger als angekündigt. Ihr Platz bleibt erhalten, und Ihre Anfrage ist jetzt als dringender markiert. Ein Mensch antwortet hier.',
    failure_note:
      'Ich konnte das nicht abschließen und möchte nicht raten. Ein Mensch sieht es sich jetzt an und antwortet hier, meist innerhalb von 15 Minuten.',
    ask_intent:
      'Ich möchte Sie richtig verstehen. Geht es um eine Bestellung, um Ihr Konto oder eine Rechnung, oder um ein Gerät? Ein paar Worte mehr genügen. Wenn Sie lieber mit einem Menschen sprechen, schreiben Sie es einfach.',
    greeting:
      'Guten Tag. Ich bin eine KI: Ich sehe nach Bestellungen, helfe bei Konto und Geräten und beantworte Fragen. Ein Mensch ist eine Nachricht entfernt. Was kann ich für Sie tun?',
    thanks: 'Gern geschehen. Schreiben Sie hier wieder, wenn Sie etwas brauchen.',
    goodbye: 'Auf Wiedersehen. Dieses Gespräch bleibt hier, falls Sie es noch einmal brauchen.',
    about_ai:
      'Ich bin eine KI, kein Mensch. Ich kann nach Bestellungen sehen, bei Konto und Geräten helfen und einen Menschen dazuholen, wenn Sie das möchten.',
    how_are_you:
      'Danke der Nachfrage. Ich bin eine KI und helfe gern: bei einer Bestellung, Ihrem Konto oder einem Gerät?',
    claim_unconfirmed:
      'Ich kann nicht bestätigen, dass das erledigt ist; verlassen Sie sich bitte noch nicht darauf. Ein Mensch prüft es und antwortet hier.',
    outcome_unknown:
      'Das System hat nicht geantwortet. Wir wissen noch nicht, ob es geschehen ist; ein Mensch prüft es, und nichts geschieht doppelt.',
    needs_person:
      'Darüber muss ein Mensch entscheiden. Ich habe es weitergegeben; Sie müssen nichts wiederholen, und die Antwort kommt hierher.',
    card_masked:
      'Ihre Nachricht enthielt eine Kartennummer. Wir haben sie unkenntlich gemacht, bevor etwas gespeichert wurde. Bitte senden Sie hier nie Kartennummern.',
    follow_up: 'Gibt es dazu noch etwas? Wenn nicht, müssen Sie nichts tun; das Gespräch schließt sich von selbst.',
    handed_back: 'Eine Kollegin oder ein Kollege hat das gelesen und mir zurückgegeben. Was soll ich als Nächstes tun?',
  },
}
