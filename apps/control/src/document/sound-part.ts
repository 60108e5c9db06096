import { mappingRuleSchema } from '@kontaktor/contracts';
import { z } from 'zod';
import { setting } from './document';
import { linkShape, text } from './link-document';

/** A value that counts when its shape is right; else it is absent, because its problem is told already. */
const sound = <Schema extends z.ZodType>(schema: Schema) => schema.optional().catch(undefined);
const names = sound(z.array(sound(text)).max(500));
/** What is on where nothing is said; off where what is said cannot be read, so that nothing is built on it. */
const onUnlessSaid = z.boolean().default(true).catch(false);

const soundRule = z.object({
  from: sound(z.union([text, z.array(sound(text)).max(500)])),
  to: sound(text),
  normalise: mappingRuleSchema.shape.normalise.nullable().catch(null),
});

/** What could be read of a link: its checks go on with that, so that all problems are told at once. Places in lists stay what they are. */
const soundLink = z.object({
  enabled: onUnlessSaid,
  source: sound(linkShape.source),
  destination: sound(linkShape.destination),
  list: sound(z.union([linkShape.list, z.looseObject({ name: sound(text) })])),
  recordTypes: sound(z.object({ email: names, name: names, phone: names })),
  tags: names,
  filter: sound(linkShape.filter),
  mapping: sound(z.array(sound(soundRule)).max(500)),
  sharedAddress: sound(linkShape.sharedAddress),
  diary: onUnlessSaid,
  mark: onUnlessSaid,
});
export type SoundLink = z.infer<typeof soundLink>;

const nothing: SoundLink = { enabled: false, diary: false, mark: false };

export const soundLinkOf = (value: unknown): SoundLink => soundLink.safeParse(value).data ?? nothing;

const soundConnection = z.object({
  provider: sound(z.string().min(1)),
  settings: z.record(z.string(), sound(setting)).catch({}).default({}),
});
/** What could be read of a connection; settings that could not are there without a value. */
export type SoundConnection = z.infer<typeof soundConnection>;

export const soundConnectionOf = (value: unknown): SoundConnection => soundConnection.safeParse(value).data ?? { settings: {} };
