import { itemRejected, type Activity, type AdapterError, type ItemAnswer, type Mark } from '@kontaktor/adapter-kit';
import { getContact, postDiary, sendMarks, type Context, type ItemResult } from './client';

const numberOf = (key: string): number => Number(key.split('/')[1]);
const failed = (error: AdapterError): ItemAnswer => ({ ok: false, error });
const done: ItemAnswer = { ok: true };

/** Puts marks and takes them away: one call for each kind. */
export async function putMarks(context: Context, marks: readonly Mark[]): Promise<readonly ItemAnswer[]> {
  const answers = new Map<Mark, ItemAnswer>();
  for (const [method, some] of [
    ['POST', marks.filter(({ mark }) => mark !== null)],
    ['DELETE', marks.filter(({ mark, system }) => mark === null && system !== undefined)],
  ] as const) {
    if (some.length === 0) continue;
    const items = some.map(({ slotKey, system, mark }) => ({ record_id: numberOf(slotKey), ...(mark ?? { system }) }));
    const results = await sendMarks(context, method, items);
    some.forEach((one, index) => answers.set(one, markAnswer(method, results[index])));
  }
  return marks.map((mark) => answers.get(mark) ?? failed(itemRejected('it is not said which system’s mark is to be taken away')));
}

function markAnswer(method: 'POST' | 'DELETE', result: ItemResult | undefined): ItemAnswer {
  // A record that is no longer there has no mark to take away.
  if (method === 'DELETE' && result?.status === 404) return done;
  return answerOf(result, result?.status === 404 ? 'the mail record is no longer there' : undefined);
}

/** Diary entries by contact; an entry for a contact that was merged goes to the winner. `remoteId` is the contact (`contact/4711`). */
export async function appendActivities(context: Context, activities: readonly Activity[]): Promise<readonly ItemAnswer[]> {
  const answers = new Map<Activity, ItemAnswer>();
  const ofContacts = activities.filter(({ remoteId }) => remoteId.startsWith('contact/'));
  const results =
    ofContacts.length === 0
      ? []
      : await postDiary(
          context,
          ofContacts.map((one) => toEntry(one, numberOf(one.remoteId))),
        );
  for (const [index, activity] of ofContacts.entries()) {
    const result = results[index];
    const winner = result?.merged_into;
    answers.set(activity, winner === undefined ? diaryAnswer(result) : await appendToWinner(context, activity, winner));
  }
  const noContact = failed(itemRejected('1CLICK keeps diaries by contact, and it is not said which contact is meant'));
  return activities.map((activity) => answers.get(activity) ?? noContact);
}

async function appendToWinner(context: Context, activity: Activity, mergedInto: number): Promise<ItemAnswer> {
  const winner = await lastWinner(context, mergedInto);
  if (winner === undefined) return failed(itemRejected('the contact was merged in a circle; its diary cannot be found'));
  const [result] = await postDiary(context, [toEntry(activity, winner)]);
  return diaryAnswer(result);
}

const mostMerges = 20;

/** Follows merges to the contact that is still there. `undefined`: they lead nowhere. */
export async function lastWinner(context: Context, id: number): Promise<number | undefined> {
  let current = id;
  for (let step = 0; step < mostMerges; step += 1) {
    const contact = await getContact(context, String(current));
    if (typeof contact !== 'number') return current;
    current = contact;
  }
  return undefined;
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

function diaryAnswer(result: ItemResult | undefined): ItemAnswer {
  if (result?.status === 403) return answerOf(result, 'the token’s user is not an authorised person of this contact');
  return answerOf(result, result?.status === 404 ? 'the contact is no longer there' : undefined);
}

function answerOf(result: ItemResult | undefined, problem: string | undefined): ItemAnswer {
  if (result !== undefined && result.status < 300) return done;
  return failed(itemRejected(`1CLICK answered ${result?.status ?? 'nothing'}: ${problem ?? result?.error?.message ?? 'no explanation'}`));
}
