const format = new Intl.DateTimeFormat('en', { timeZone: 'Europe/Prague', timeZoneName: 'longOffset' });
const hourMs = 3_600_000;
const knownOffsets = new Map<number, number>();

function readOffset(at: Date): number {
  const name = format.formatToParts(at).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return hours === undefined ? 0 : (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
}

/** Minutes by which Prague is ahead of UTC at this moment. Kept by the hour: it changes at whole hours only, and asking Intl is slow. */
export function pragueOffsetMinutes(at: Date): number {
  const hour = Math.floor(at.getTime() / hourMs);
  const known = knownOffsets.get(hour);
  if (known !== undefined) return known;
  const offset = readOffset(at);
  knownOffsets.set(hour, offset);
  return offset;
}

/** ISO 8601 in Prague's zone; milliseconds are written only when there are some. */
export function pragueTime(at: Date): string {
  const minutes = pragueOffsetMinutes(at);
  const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 23).replace('.000', '');
  const two = (number: number): string => String(number).padStart(2, '0');
  return `${local}${minutes < 0 ? '-' : '+'}${two(Math.floor(Math.abs(minutes) / 60))}:${two(Math.abs(minutes) % 60)}`;
}
