import { z } from 'zod';

export const fieldValueSchema = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())]);
export const fieldsSchema = z.record(z.string(), fieldValueSchema);
export const isoTime = z.string().min(20);
