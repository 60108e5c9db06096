import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';

/** What a child tells: first that it is ready, then an answer to each question. */
export type FromChild = { readonly ready: unknown } | { readonly failed: string } | { readonly id: number; readonly answer: unknown };
export interface Question {
  readonly id: number;
  readonly name: string;
  readonly about: unknown;
}

/** A process of its own that answers questions, so that what it does costs the measured process nothing. */
export class Child {
  private readonly waiting = new Map<number, { readonly resolve: (answer: unknown) => void; readonly reject: (error: Error) => void }>();
  private nextId = 0;

  private constructor(
    private readonly process: ChildProcess,
    readonly ready: unknown,
  ) {
    process.on('message', (message: FromChild) => this.take(message));
    process.once('exit', (code) => {
      for (const { reject } of this.waiting.values()) reject(new Error(`a process of the bench ended with code ${code}`));
    });
  }

  /** @param module file below `bench/src/processes`, without its ending */
  static async start(module: string, options: object, env: NodeJS.ProcessEnv = {}): Promise<Child> {
    const execArgv = process.env['BENCH_NODE_OPTIONS']?.split(' ') ?? [];
    const child = fork(join(__dirname, `${module}.js`), [JSON.stringify(options)], { env: { ...process.env, ...env }, execArgv });
    const first = await new Promise<FromChild>((resolve, reject) => {
      child.once('message', (message: FromChild) => resolve(message));
      child.once('exit', (code) => reject(new Error(`${module} ended with code ${code} before it was ready`)));
    });
    if ('ready' in first) return new Child(child, first.ready);
    throw new Error(`${module} did not start: ${'failed' in first ? first.failed : 'it answered before it was asked'}`);
  }

  get pid(): number {
    return this.process.pid ?? 0;
  }

  ask(name: string, about: unknown = null): Promise<unknown> {
    const id = (this.nextId += 1);
    return new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      const question: Question = { id, name, about };
      this.process.send(question);
    });
  }

  async stop(): Promise<void> {
    if (this.process.exitCode !== null || this.process.signalCode !== null) return;
    const gone = new Promise((resolve) => this.process.once('exit', resolve));
    this.process.disconnect();
    await gone;
  }

  private take(message: FromChild): void {
    if (!('id' in message)) return;
    this.waiting.get(message.id)?.resolve(message.answer);
    this.waiting.delete(message.id);
  }
}
