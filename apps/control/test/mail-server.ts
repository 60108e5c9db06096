import { startCertificateAuthority } from '@kontaktor/testing';
import { readFile } from 'node:fs/promises';
import { SMTPServer } from 'smtp-server';

export interface ReceivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Whole, as it came. */
  readonly text: string;
  readonly encrypted: boolean;
  readonly user: string | undefined;
}

export interface MailServer {
  readonly port: number;
  /** PEM of the authority that its certificate is from. */
  readonly ca: string;
  readonly received: ReceivedMail[];
  stop(): Promise<void>;
}

/** A mail server with a certificate for `localhost`; `login`: it wants STARTTLS, and this user with this password. */
export async function startMailServer(login?: { readonly user: string; readonly password: string }): Promise<MailServer> {
  const received: ReceivedMail[] = [];
  const authority = await startCertificateAuthority();
  const files = await authority.issue('mail');
  const [key, cert, ca] = await Promise.all([files.key, files.cert, authority.ca].map((file) => readFile(file, 'utf8')));
  const server = new SMTPServer({
    ...{ key, cert, logger: false, authOptional: login === undefined, disabledCommands: login === undefined ? ['STARTTLS', 'AUTH'] : [] },
    onAuth: ({ username, password }, _session, done) => {
      const right = login !== undefined && username === login.user && password === login.password;
      if (right) done(null, { user: username });
      else done(new Error('the password is wrong'));
    },
    onData: (stream, { envelope, secure, user }, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const from = envelope.mailFrom === false ? '' : envelope.mailFrom.address;
        const to = envelope.rcptTo.map(({ address }) => address);
        received.push({ from, to, text: Buffer.concat(chunks).toString('utf8'), encrypted: secure, user });
        done();
      });
    },
  });
  server.on('error', () => undefined);
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  const address = listening.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { port, ca: ca ?? '', received, stop: () => new Promise((resolve) => server.close(() => resolve())) };
}
