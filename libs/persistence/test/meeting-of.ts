/** Whoever comes waits until `count` have come; later ones do not wait. */
export function meetingOf(count: number): jest.Mock<Promise<void>, []> {
  let come = 0;
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => (open = resolve));
  return jest.fn(() => {
    come += 1;
    if (come === count) open();
    return opened;
  });
}
