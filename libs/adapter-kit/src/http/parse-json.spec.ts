import fc from 'fast-check';
import { parseJson } from './parse-json';

describe('what a provider sends, parsed', () => {
  it('[A8] loses its NULs, in names as in texts at any depth, and nothing else', () => {
    const text = String.raw`{"name":"Ja\u0000na","tags":["\u0000","VIP"],"own":{"no\u0000te":"x\u0000"},"at":null,"count":0,"path":"a\\u0000"}`;
    const path = String.raw`a\u0000`;
    expect(parseJson(text)).toEqual({ name: 'Jana', tags: ['', 'VIP'], own: { note: 'x' }, at: null, count: 0, path });
  });

  it('[A8] half of a surrogate pair becomes the replacement character; a whole pair stays', () => {
    expect(parseJson(String.raw`["\ud83d", "\ud83d\uDE00", "\uDE00x"]`)).toEqual(['\ufffd', '😀', '\ufffdx']);
  });

  it('[A8] is what JSON says whenever a database can keep it', () => {
    fc.assert(
      fc.property(fc.json({ stringUnit: 'grapheme' }), (text) => {
        fc.pre(!text.includes(String.raw`\u0000`));
        expect(parseJson(text)).toEqual(JSON.parse(text));
      }),
    );
  });

  it('[F12] refuses what is not JSON, also a bare NUL', () => {
    for (const text of ['', '{', '"a\0b"', String.raw`{"a":"\u0000"`]) expect(() => parseJson(text)).toThrow(SyntaxError);
  });
});
