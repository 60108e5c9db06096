/** What one call carries at most, by the documents of the providers. */
const perCall = { oneclickPage: 200, oneclickMarks: 500, ecomailPage: 4000, ecomailBulk: 3000 };
/** Ecomail lists members of one status at a time; soft bounces have no filter. */
const ecomailStatuses = 5;

const calls = (items: number, most: number): number => Math.ceil(items / most);
const pages = (items: number, most: number): number => Math.max(1, calls(items, most));

export interface SourceWork {
  readonly contacts: number;
  /** Mail records that get the mark. */
  readonly marks: number;
}

/** Calls to 1CLICK that a run needs in theory: its record types, full pages, full batches of marks. */
export const minimumSourceCalls = ({ contacts, marks }: SourceWork): number =>
  1 + pages(contacts, perCall.oneclickPage) + calls(marks, perCall.oneclickMarks);

export interface DestinationWork {
  /** Subscribed people of each list; in this account nobody has another status. */
  readonly members: readonly number[];
  readonly creates: number;
}

/** Calls to Ecomail that a run needs in theory: its lists, full pages of each status of each list, full bulk calls. */
export function minimumDestinationCalls({ members, creates }: DestinationWork): number {
  const reads = members.map((subscribed) => pages(subscribed, perCall.ecomailPage) + ecomailStatuses - 1);
  return 1 + reads.reduce((sum, one) => sum + one, 0) + calls(creates, perCall.ecomailBulk);
}
