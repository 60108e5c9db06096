const address = /[^\s"'<>/@]+(?:@|%40)[^\s"'<>/@]+/gi;
const longNumber = /\+?\d(?:[\s-]?\d){8,}/g;
const mostCharacters = 200;

/** Text without addresses of people and telephone numbers. */
export function withoutPersonalData(text: string): string {
  return text.replace(address, '[address]').replace(longNumber, '[number]');
}

/** The path of a request as it may be logged: without its query and without addresses. */
export const maskedPath = (path: string): string => withoutPersonalData(path.split('?')[0] ?? '');

/** The provider's own words, whatever their shape, without mark-up, personal data and the secrets it may repeat. */
export function messageIn(text: string, secrets: readonly string[]): string {
  let plain = text.replace(/<[^>]*>/g, ' ');
  for (const secret of secrets) if (secret.length >= 6) plain = plain.split(secret).join('[secret]');
  const masked = withoutPersonalData(plain).replace(/\s+/g, ' ').trim();
  if (masked === '') return 'no explanation';
  return masked.length > mostCharacters ? `${masked.slice(0, mostCharacters)} …` : masked;
}
