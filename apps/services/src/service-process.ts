import { spawn, type ChildProcess } from 'node:child_process';
import { setTimeout as wait } from 'node:timers/promises';
import { LogTail } from './log-tail';
import type { ServiceName } from './service-names';

export interface ProcessOptions {
  readonly name: ServiceName;
  /** Its built main. */
  readonly main: string;
  readonly port: number;
  readonly environment: NodeJS.ProcessEnv;
  /** Told when it ends although nobody asked for that. */
  readonly onUnexpectedEnd?: (service: ServiceProcess, how: string) => void;
}

const readyWithinMs = 60_000;
const linesTold = 25;

/** One service as a process of its own, at a port that a restart keeps. It ends with the process that started it, however that went. */
export class ServiceProcess {
  readonly name: ServiceName;
  readonly url: string;
  private child: ChildProcess | undefined;
  private log = new LogTail();

  constructor(private readonly options: ProcessOptions) {
    this.name = options.name;
    this.url = `http://127.0.0.1:${options.port}`;
  }

  /** Undefined while it does not run. */
  get pid(): number | undefined {
    return this.child?.pid;
  }

  /** Resolves when it is ready. @throws Error with the end of its log when it ends before, or is not ready within a minute */
  async start(): Promise<void> {
    if (this.child !== undefined) throw new Error(`${this.name} runs already`);
    this.log = new LogTail();
    this.launch();
    for (const deadline = Date.now() + readyWithinMs; !(await this.isReady()); await wait(50)) {
      if (this.child === undefined) throw this.failure('ended before it was ready');
      if (Date.now() > deadline) throw this.failure(`was not ready within ${readyWithinMs / 1000} s`);
    }
  }

  async isReady(): Promise<boolean> {
    // Refused or cut connections are the usual answer of a service that starts or is away.
    return fetch(`${this.url}/health/ready`, { signal: AbortSignal.timeout(5000) }).then(
      ({ ok }) => ok,
      () => false,
    );
  }

  /** Resolves when the process is gone. */
  async kill(signal: NodeJS.Signals = 'SIGKILL'): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    this.child = undefined;
    const gone = new Promise((resolve) => child.once('exit', resolve));
    child.kill(signal);
    await gone;
  }

  /** Lets it finish what it has in hand. */
  stop(): Promise<void> {
    return this.kill('SIGTERM');
  }

  /** The last lines of its log. */
  logTail(lines = linesTold): string {
    return this.log.lines(lines);
  }

  private launch(): void {
    const { main, port, environment } = this.options;
    const child = spawn(process.execPath, ['--enable-source-maps', main], {
      env: { ...process.env, ...environment, PORT: String(port) },
      // With the channel the service ends when this process is gone; of its own group, so that Ctrl-C is this process's alone.
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      detached: true,
    });
    child.stdout?.on('data', this.log.add);
    child.stderr?.on('data', this.log.add);
    child.once('exit', (code, signal) => {
      if (this.child !== child) return;
      this.child = undefined;
      this.options.onUnexpectedEnd?.(this, signal === null ? `code ${String(code)}` : signal);
    });
    this.child = child;
  }

  private failure(what: string): Error {
    return new Error(`${this.name} ${what}. Its log ends:\n${this.logTail()}`);
  }
}
