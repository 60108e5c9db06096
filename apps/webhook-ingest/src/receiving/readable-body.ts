const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** The body as text, to the byte; undefined when it is no text: not UTF-8, or with NUL, as images and archives have. */
export function textOf(body: Buffer): string | undefined {
  if (body.includes(0)) return undefined;
  try {
    return decoder.decode(body);
  } catch {
    return undefined;
  }
}
