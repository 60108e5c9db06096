import { z } from 'zod';

export const placedProblem = z.object({
  place: z.string().describe('Where in what was sent: `links.newsletter.tags[1]`'),
  problem: z.string().describe('What is wrong and what to do, in plain words'),
});
export type PlacedProblem = z.infer<typeof placedProblem>;

/** Body of every refusal of the public API. */
export const apiError = z.object({
  error: z.object({
    code: z.string().describe('What kind of refusal it is, for programs'),
    message: z.string().describe('The same for people'),
    problems: z.array(placedProblem).describe('Everything that is wrong, at once'),
  }),
});
