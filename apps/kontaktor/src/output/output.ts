/** Where a command writes. */
export interface Output {
  readonly json: boolean;
  readonly isTty: boolean;
  /** One line for people; nothing with `--json`. */
  line(text?: string): void;
  /** Replaces the line written last; on a terminal only. */
  redraw(text: string): void;
  /** The answer for programs; nothing without `--json`. */
  data(value: unknown): void;
}

export interface Streams {
  readonly out: { write(text: string): unknown; readonly isTTY?: boolean };
  readonly err: { write(text: string): unknown };
}

export function outputTo({ out }: Streams, json: boolean): Output {
  const isTty = out.isTTY === true && !json;
  return {
    ...{ json, isTty },
    line: (text = '') => {
      if (!json) out.write(`${text}\n`);
    },
    redraw: (text) => {
      if (isTty) out.write(`\r\u001b[K${text}`);
    },
    data: (value) => {
      if (json) out.write(`${JSON.stringify(value, null, 2)}\n`);
    },
  };
}

/** Columns of the same width; the last is as long as it is. */
export function table(rows: readonly (readonly string[])[]): readonly string[] {
  const widths = (rows[0] ?? []).map((_, column) => Math.max(...rows.map((row) => (row[column] ?? '').length)));
  return rows.map((row) =>
    row
      .map((cell, column) => (column === row.length - 1 ? cell : cell.padEnd(widths[column] ?? 0)))
      .join('  ')
      .trimEnd(),
  );
}
