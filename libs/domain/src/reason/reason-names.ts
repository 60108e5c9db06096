/** How a reason names things that it only knows by id, and in which zone it tells times. */
export interface ReasonNames {
  /** What the user calls the source: `1CLICK`. */
  readonly source?: string;
  /** Titles of connections by id. */
  readonly connections?: Readonly<Record<string, string>>;
  /** IANA zone, such as `Europe/Prague`; without it UTC. */
  readonly zone?: string;
}

export type Language = 'en' | 'cs';
