import { linksViewOf, linkViewOf } from '@kontaktor/contracts';
import type { z } from 'zod';
import { linkDocument } from '../document/link-document';

/** A link with the document that it was saved with. */
export const linkView = linkViewOf(linkDocument);
export const linksView = linksViewOf(linkView);
export type LinkView = z.infer<typeof linkView>;
