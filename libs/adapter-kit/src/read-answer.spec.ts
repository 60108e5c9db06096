import { z } from 'zod';
import { readAnswer } from './read-answer';

const time = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'is not a time');
const shape = z.object({ items: z.array(z.object({ id: z.number(), tags: z.array(z.string()), at: time.optional() })) });
const read = (body: unknown) => readAnswer(shape, body, { provider: 'Acme', what: 'a page of contacts' });

describe('an answer of a provider', () => {
  it('[F17] in the shape that is known is read', () => {
    expect(read({ items: [{ id: 1, tags: [] }] })).toEqual({ items: [{ id: 1, tags: [] }] });
  });

  it.each([
    [{ items: [{ id: 1, tags: 'vip' }] }, 'items.0.tags is a text, not a list'],
    [{ items: [{ id: 1 }] }, 'items.0.tags is missing, not a list'],
    [{ items: [{ id: null, tags: [] }] }, 'items.0.id is null, not a number'],
    [{ items: [{ id: 1, tags: [], at: 'jana@firma.example' }] }, 'items.0.at is a text and is not a time'],
    ['maintenance', 'the answer is a text, not a group of fields'],
  ])('[F17] in another shape is drift; it says what was seen where, and no value', (body, words) => {
    expect(() => read(body)).toThrow(`Acme answered a page of contacts in another shape than is known here: ${words}`);
    expect(() => read(body)).not.toThrow(/jana|vip|maintenance/);
  });
});
