import { FilterSyntaxError } from './filter-problem';
import type { Token, TokenKind } from './token';

/** Walks over the tokens of a filter, one ahead. Keywords are known in any case. */
export class TokenReader {
  private index = 0;

  constructor(
    private readonly text: string,
    private readonly tokens: readonly [Token, ...Token[]],
  ) {}

  get next(): Token {
    return this.tokens[this.index] ?? this.tokens[0];
  }

  take(): Token {
    const token = this.next;
    if (token.kind !== 'end') this.index += 1;
    return token;
  }

  /** Takes the keywords or symbols if all of them come next, in this order. */
  accept(...words: readonly string[]): boolean {
    if (!words.every((word, ahead) => isWord(this.tokens[this.index + ahead], word))) return false;
    this.index += words.length;
    return true;
  }

  expect(symbol: string, why: string): void {
    if (!this.accept(symbol)) this.fail(`expected ${symbol} ${why}`);
  }

  takeKind(kind: TokenKind, expected: string): Token {
    return this.next.kind === kind ? this.take() : this.fail(`expected ${expected}`);
  }

  /** What stands from `start` to the token taken last. */
  since(start: number): string {
    return this.text.slice(start, this.tokens[this.index - 1]?.end ?? start);
  }

  fail(expected: string): never {
    const { kind, text, start } = this.next;
    throw new FilterSyntaxError(start, `${expected}, but ${kind === 'end' ? 'the filter ends' : `there is ${text}`}`);
  }
}

function isWord(token: Token | undefined, word: string): boolean {
  return token !== undefined && (token.kind === 'word' || token.kind === 'symbol') && token.text.toLowerCase() === word;
}
