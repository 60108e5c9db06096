const mostCharacters = 20_000;

/** The end of what a process wrote. */
export class LogTail {
  private kept = '';

  readonly add = (chunk: Buffer): void => {
    this.kept = (this.kept + chunk.toString()).slice(-mostCharacters);
  };

  lines(count: number): string {
    return this.kept.trimEnd().split('\n').slice(-count).join('\n');
  }
}
