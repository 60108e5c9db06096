import { AdapterError, RequestRejected, classify, providerUnavailable, type ItemAnswer } from '@kontaktor/adapter-kit';

/** Calls that are spent on one batch which its provider refuses as a whole: enough to find three or four bad items of 3000. */
export const mostCalls = 100;

type Call<Item> = (items: readonly Item[]) => Promise<readonly ItemAnswer[]>;
type Part = readonly [from: number, to: number];

/**
 * Makes a call for many items; where the provider refuses the whole call for what was sent, it is halved until the bad items stand alone. Only
 * a refusal is halved: any other failure says nothing of single items. When the calls are spent, what was not tried alone is tried again
 * later if the provider took anything, and else is refused like the rest. Never throws.
 * @returns an answer an item, in their order
 */
export async function inParts<Item>(items: readonly Item[], call: Call<Item>, most = mostCalls): Promise<readonly ItemAnswer[]> {
  const answers = new Map<number, ItemAnswer>();
  const open: Part[] = items.length === 0 ? [] : [[0, items.length]];
  let wasTaken = false;
  let refusal: AdapterError | undefined;
  for (let calls = 0; calls < most; calls += 1) {
    const part = open.pop();
    if (part === undefined) break;
    const [from, to] = part;
    const answer = await call(items.slice(from, to)).catch(classify);
    if (answer instanceof AdapterError && isOfItems(answer) && to - from > 1) {
      refusal = answer;
      open.push(...halvesOf(part));
      continue;
    }
    if (!(answer instanceof AdapterError)) wasTaken = true;
    for (let index = from; index < to; index += 1)
      answers.set(index, answer instanceof AdapterError ? { ok: false, error: answer } : (answer[index - from] ?? unanswered));
  }
  const rest: ItemAnswer = { ok: false, error: wasTaken || refusal === undefined ? tooManyBad : refusal };
  return items.map((_, index) => answers.get(index) ?? rest);
}

/** Whether single items may be what is refused; an address that leads nowhere (a list that is gone) is none of theirs. */
const isOfItems = (error: AdapterError): boolean =>
  error.kind === 'item-rejected' && !(error instanceof RequestRejected && [404, 405, 410].includes(error.status));

function halvesOf([from, to]: Part): Part[] {
  const middle = Math.ceil((from + to) / 2);
  return [
    [middle, to],
    [from, middle],
  ];
}

const unanswered: ItemAnswer = { ok: false, error: new AdapterError('item-rejected', 'the adapter answered nothing for this item') };
const tooManyBad = providerUnavailable(
  'the provider refuses whole calls for several bad items in them; the calls that may be spent on finding these are spent, the rest is tried again',
);
