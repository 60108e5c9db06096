import { itemRejected, type Activity, type ItemAnswer, type Mark } from '@kontaktor/adapter-kit';
import { getContact, postDiary, sendMarks, type Context } from './client';

const numberOf = (key: string): number => Number(key.split('/')[1]);

/** Puts marks and takes them away: one call for each kind. */
export async function putMarks(context: Context, marks: readonly Mark[]): Promise<readonly ItemAnswer[]> {
  const answers = new Map<Mark, ItemAnswer>();
  for (const [method, some] of [
    ['POST', marks.filter(({ mark }) => mark !== null)],
    ['DELETE', marks.filter(({ mark }) => mark === null)],
  ] as const) {
    if (some.length === 0) continue;
    const items = some.map(({ slotKey, mark }) => ({ record_id: numberOf(slotKey), system: 'ecomail', ...mark }));
    const results = await sendMarks(context, method, items);
    // A record that is no longer there needs no mark taken away.
    some.forEach((one, index) =>
      answers.set(one, answerOf(method === 'DELETE' ? 200 : results[index]?.status, 'the mail record is not there')),
    );
  }
  return marks.map((mark) => answers.get(mark) ?? { ok: false, error: itemRejected('1CLICK answered nothing for this mark') });
}

/** Diary entries by contact; an entry for a contact that was merged goes to the winner. */
export async function appendActivities(context: Context, activities: readonly Activity[]): Promise<readonly ItemAnswer[]> {
  const results = await postDiary(
    context,
    activities.map((activity) => toEntry(activity, numberOf(activity.remoteId))),
  );
  const answers: ItemAnswer[] = [];
  for (const [index, activity] of activities.entries()) {
    const result = results[index];
    const winner = result?.merged_into;
    const final = winner === undefined ? result : (await postDiary(context, [toEntry(activity, await lastWinner(context, winner))]))[0];
    answers.push(
      answerOf(
        final?.status,
        final?.status === 403 ? 'the token’s user is not an authorised person of this contact' : 'the contact is not there',
      ),
    );
  }
  return answers;
}

async function lastWinner(context: Context, id: number): Promise<number> {
  const contact = await getContact(context, String(id));
  return typeof contact === 'number' ? lastWinner(context, contact) : id;
}

function toEntry({ slotKey, externalId, kind, at, text }: Activity, contactId: number): object {
  return {
    contact_id: contactId,
    external_id: externalId,
    kind: `campaign_${kind}`,
    at,
    text,
    record_id: slotKey === undefined ? null : numberOf(slotKey),
  };
}

function answerOf(status: number | undefined, problem: string): ItemAnswer {
  return status !== undefined && status < 300
    ? { ok: true }
    : { ok: false, error: itemRejected(`1CLICK answered ${status ?? 'nothing'}: ${problem}`) };
}
