// Every text that code says. What the AI could not do comes first; the sentence about people is set behind it.
// {time} reads "14:12" or "Monday at 9:00", {opens} "on Monday at 9:00", both in the customer's zone.
// {what} an approval is about, and a person's or a system's {reason} for it.
import type { Catalogue } from '../../domain/catalogue.ts'

export const catalogue: Catalogue = {
  en: {
    handoff_acknowledged: 'A person answers here by {time}. They can read all of this; you need not repeat anything.',
    handoff_nobody_online:
      'No person is at the desk this minute; one answers here by {time}. Your request is kept as a ticket, with all of this; you need not repeat anything.',
    handoff_outside_hours:
      'Our people are back {opens}, and a person answers here by {time}. Your request is kept as a ticket, with all of this; you need not repeat anything.',
    handoff_still_waiting:
      'This takes longer than we said; the new time is {time}. Your place is kept. Shall we call you instead? Then write your number and when it suits you.',
    handoff_late_again:
      'We have missed the time again, and I am sorry. Your request is marked more urgent once more; the new time is {time}. If a call suits you better, write your number and when.',
    handoff_no_time:
      'No person has come to it yet, and I do not want to name another time that may not hold. Your request stays open, and the answer comes here. If a call suits you better, write your number and when.',
    handoff_taken_back:
      'The person who took this did not get to it, and I am sorry. Everybody sees it again, marked more urgent; a person answers here by {time}.',
    ticket_is: 'Your ticket is {ticket}.',
    safety_first:
      'If anybody is in danger, get away from it first and call the emergency number (911 in the US and Canada, 112 in Europe). Do not touch the device.',
    failure_note: 'I could not finish this, and I do not want to guess.',
    ask_intent:
      'I want to get this right. Is it about an order, your account or a bill, or a device? A few more words are enough. If you would rather have a person, just say so.',
    greeting:
      'Hello. I am an AI: I look up orders, help with accounts and devices, and answer questions. A person is one message away. What can I do for you?',
    thanks: 'You are welcome. Write again here whenever you need something.',
    goodbye: 'Goodbye. This conversation stays here if you need it again.',
    about_ai:
      'I am an AI, not a person. I can look up orders, help with your account and your devices, and bring in a person when you want one.',
    how_are_you: 'Thank you for asking. I am an AI and ready to help: with an order, your account or a device?',
    claim_unconfirmed: 'I cannot confirm that this was done, so please do not rely on it yet. A person checks it.',
    outcome_unknown:
      'The system did not answer. We do not know yet whether this was done; a person checks, and nothing is done twice.',
    card_masked:
      'Your message held a card number. We masked it before anything was stored. Please never send card numbers here.',
    follow_up:
      'Is there anything else about this? If not, you need not do anything; the conversation closes by itself.',
    handed_back: 'A colleague has read this and handed it back to me. What shall I look at next?',
    sign_in_first:
      'I see orders and accounts only of customers who are signed in. Sign in here, and this conversation goes on with everything in it. Questions about the shop and about devices I answer right away.',
    approval_waits: 'A colleague checks this first: {what}. Nothing is done yet; you will read the decision here.',
    approval_waits_for_two:
      'Two colleagues check this first: {what}. Nothing is done yet; you will read the decision here.',
    approval_executed: 'Our colleagues agreed, and it is done: {what}.',
    approval_refused: 'Our colleagues decided against it, so nothing was done: {what}.',
    approval_refused_because:
      'Our colleagues decided against it, so nothing was done: {what}. They gave this reason: {reason}',
    approval_expired:
      'Nobody decided in time on this, so nothing was done: {what}. Ask for it again, or tell me that you want a person.',
    approval_failed:
      'Our colleagues agreed, but the system declined it, so nothing was done: {what}. {reason} Tell me if you want a person to look at it.',
  },
  de: {
    handoff_acknowledged:
      'Ein Mensch antwortet hier bis {time}. Die Person sieht alles, was hier steht; Sie müssen nichts wiederholen.',
    handoff_nobody_online:
      'Gerade ist kein Mensch am Platz; einer antwortet hier bis {time}. Ihre Anfrage ist mit allem, was hier steht, als Ticket festgehalten; Sie müssen nichts wiederholen.',
    handoff_outside_hours:
      'Unsere Leute sind {opens} wieder da, und ein Mensch antwortet hier bis {time}. Ihre Anfrage ist mit allem, was hier steht, als Ticket festgehalten; Sie müssen nichts wiederholen.',
    handoff_still_waiting:
      'Es dauert länger als angekündigt; die neue Zeit ist {time}. Ihr Platz bleibt erhalten. Sollen wir Sie lieber anrufen? Dann schreiben Sie Ihre Nummer und wann es passt.',
    handoff_late_again:
      'Wir haben die Zeit noch einmal nicht eingehalten; das tut mir leid. Ihre Anfrage ist noch einmal als dringender markiert; die neue Zeit ist {time}. Wenn Ihnen ein Anruf lieber ist, schreiben Sie Ihre Nummer und wann.',
    handoff_no_time:
      'Noch ist niemand dazu gekommen, und ich möchte keine weitere Zeit nennen, die vielleicht nicht hält. Ihre Anfrage bleibt offen, und die Antwort kommt hierher. Wenn Ihnen ein Anruf lieber ist, schreiben Sie Ihre Nummer und wann.',
    handoff_taken_back:
      'Die Person, die das übernommen hatte, kam nicht dazu; das tut mir leid. Jetzt sehen es wieder alle, als dringender markiert; ein Mensch antwortet hier bis {time}.',
    ticket_is: 'Ihr Ticket ist {ticket}.',
    safety_first:
      'Wenn jemand in Gefahr ist: gehen Sie zuerst davon weg und rufen Sie den Notruf (112, in den USA 911). Fassen Sie das Gerät nicht an.',
    failure_note: 'Ich konnte das nicht abschließen und möchte nicht raten.',
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
      'Ich kann nicht bestätigen, dass das erledigt ist; verlassen Sie sich bitte noch nicht darauf. Ein Mensch prüft es.',
    outcome_unknown:
      'Das System hat nicht geantwortet. Wir wissen noch nicht, ob es geschehen ist; ein Mensch prüft es, und nichts geschieht doppelt.',
    card_masked:
      'Ihre Nachricht enthielt eine Kartennummer. Wir haben sie unkenntlich gemacht, bevor etwas gespeichert wurde. Bitte senden Sie hier nie Kartennummern.',
    follow_up: 'Gibt es dazu noch etwas? Wenn nicht, müssen Sie nichts tun; das Gespräch schließt sich von selbst.',
    handed_back: 'Eine Kollegin oder ein Kollege hat das gelesen und mir zurückgegeben. Was soll ich als Nächstes tun?',
    sign_in_first:
      'Bestellungen und Konten sehe ich nur, wenn Sie angemeldet sind. Melden Sie sich hier an, und dieses Gespräch geht mit allem weiter, was darin steht. Fragen zum Laden und zu Geräten beantworte ich sofort.',
    approval_waits:
      'Das prüft zuerst ein Mensch bei uns: {what}. Noch ist nichts geschehen; die Entscheidung lesen Sie hier.',
    approval_waits_for_two:
      'Das prüfen zuerst zwei Menschen bei uns: {what}. Noch ist nichts geschehen; die Entscheidung lesen Sie hier.',
    approval_executed: 'Unsere Kolleginnen und Kollegen haben zugestimmt, und es ist erledigt: {what}.',
    approval_refused: 'Unsere Kolleginnen und Kollegen haben abgelehnt, es ist also nichts geschehen: {what}.',
    approval_refused_because:
      'Unsere Kolleginnen und Kollegen haben abgelehnt, es ist also nichts geschehen: {what}. Der Grund: {reason}',
    approval_expired:
      'Darüber hat niemand rechtzeitig entschieden, es ist also nichts geschehen: {what}. Fragen Sie noch einmal, oder sagen Sie mir, dass Sie einen Menschen möchten.',
    approval_failed:
      'Unsere Kolleginnen und Kollegen haben zugestimmt, aber das System hat abgelehnt; es ist nichts geschehen: {what}. {reason} Sagen Sie mir, wenn ein Mensch es ansehen soll.',
  },
}
