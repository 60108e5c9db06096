/** Another worker has taken over: nothing more may be written for this claim. */
export class ClaimLost extends Error {
  constructor(what: string) {
    super(`the lease of ${what} ended before the work did; another worker goes on`);
    this.name = 'ClaimLost';
  }
}
