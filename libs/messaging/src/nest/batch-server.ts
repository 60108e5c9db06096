import { Server, type CustomTransportStrategy, type MessageHandler } from '@nestjs/microservices';
import { isObservable, lastValueFrom } from 'rxjs';
import { Consumer, type ConsumerOptions } from '../consumer/consumer';
import { handlerThrough, type BatchResult, type EventBatch } from './batch-handler';

type ServerOptions = Omit<ConsumerOptions, 'handlers'>;

/** Nest's own microservice, fed by our consumer: batches instead of messages, the inbox and the handler's effect in one transaction. */
export class BatchServer extends Server implements CustomTransportStrategy {
  private consumer: Consumer | undefined;

  constructor(private readonly batchOptions: ServerOptions) {
    super();
  }

  listen(callback: (error?: unknown) => void): void {
    // Nest would run both and lose the error of either: the batch would count as applied.
    const [twice] = [...this.getHandlers().entries()].find(([, { next }]) => next !== undefined) ?? [];
    if (twice !== undefined)
      return callback(new Error(`Topic ${twice} has two @BatchHandler methods in one service: let one call the other.`));
    const handlers = [...this.getHandlers().entries()].map(([topic, handler]) => handlerThrough(topic, (batch) => invoke(handler, batch)));
    this.consumer = new Consumer({ ...this.batchOptions, handlers });
    this.consumer.start().then(() => callback(), callback);
  }

  async close(): Promise<void> {
    await this.consumer?.stop();
  }

  /** Applies dead letters again. */
  async sendAgain(ids?: readonly string[]): Promise<{ readonly applied: number; readonly stillDead: number }> {
    return this.consumer?.sendAgain(ids) ?? { applied: 0, stillDead: 0 };
  }

  on(): never {
    throw new Error('The batch server has no events of its own.');
  }

  unwrap<T>(): T {
    throw new Error('The batch server wraps no driver.');
  }
}

async function invoke(handler: MessageHandler, batch: EventBatch): Promise<BatchResult> {
  const result: unknown = await handler(batch);
  const value: unknown = isObservable(result) ? await lastValueFrom(result, { defaultValue: undefined }) : result;
  return typeof value === 'object' && value !== null && 'failed' in value ? { failed: value.failed } : undefined;
}
