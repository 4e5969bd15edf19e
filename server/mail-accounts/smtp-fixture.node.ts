import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, createServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SMTPServer } from 'smtp-server';

export interface Taken {
  from: string;
  recipients: string[];
  raw: string;
  user: string | null;
  secure: boolean;
}

export interface MailServer {
  port: number;
  taken: Taken[];
  /** How many letters the server has read to their end, whatever it answered. */
  read: number;
  behave(behaviour: Behaviour): void;
  end(): Promise<void>;
}

export interface Behaviour {
  /** Read the whole letter, then end the connection without an answer. Without TLS only. */
  dropAfterData?: boolean;
  /** Read the whole letter, and answer nothing. */
  stallAfterData?: boolean;
  /** Answer to the letter with this code. */
  refuseMessage?: { code: number; text: string };
  refuseRecipients?: readonly string[];
  refuseSender?: boolean;
  /** Milliseconds before a letter is answered. */
  slow?: number;
  /** What happens once a letter is taken and before that is answered. */
  whenTaken?: () => Promise<void>;
}

export interface MailServerOptions {
  /** `tls` from the first byte, `starttls` offered, `plain`: neither. */
  security?: 'tls' | 'starttls' | 'plain';
  /** Who may sign in; absent: nobody has to. */
  login?: { user: string; password: string };
  /** Asked how to behave before a letter and, when it has been read, before its answer. */
  behaviour?: (seen: Pick<MailServer, 'taken' | 'read'>) => Promise<Behaviour>;
}

/** A real SMTP server on loopback. */
export async function mailServer(options: MailServerOptions = {}): Promise<MailServer> {
  const { login } = options;
  let behaviour: Behaviour = {};
  const ask = async () => {
    behaviour = (await options.behaviour?.({ taken: made.taken, read: made.read })) ?? behaviour;
  };
  const sockets = new Set<Socket>();
  const made: MailServer = {
    port: 0,
    taken: [],
    read: 0,
    behave: (next) => {
      behaviour = next;
    },
    // It ends what is still open by itself; to destroy a socket under its TLS would end the process.
    end: () => new Promise((resolve) => server.close(() => resolve())),
  };
  const server = new SMTPServer({
    secure: options.security === 'tls',
    ...(options.security === 'plain' || options.security === undefined ? {} : certificate()),
    disabledCommands: [
      ...(options.security === 'starttls' ? [] : ['STARTTLS']),
      ...(login === undefined ? ['AUTH'] : []),
    ],
    allowInsecureAuth: true,
    authOptional: login === undefined,
    closeTimeout: 50,
    disableReverseLookup: true,
    onAuth: (auth, _session, done) => {
      if (auth.username === login?.user && auth.password === login?.password) {
        return done(null, { user: auth.username ?? '' });
      }
      done(Object.assign(new Error('Bledny login lub haslo'), { responseCode: 535 }));
    },
    onMailFrom: (_address, _session, done) =>
      void ask().then(() =>
        done(
          behaviour.refuseSender ? Object.assign(new Error('Not your address'), { responseCode: 553 }) : null,
        ),
      ),
    onRcptTo: (address, _session, done) =>
      done(
        behaviour.refuseRecipients?.includes(address.address)
          ? Object.assign(new Error('No such mailbox'), { responseCode: 550 })
          : null,
      ),
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', async () => {
        made.read++;
        const now = { ...behaviour };
        if (now.dropAfterData || now.stallAfterData || now.refuseMessage !== undefined) await ask();
        if (now.dropAfterData) {
          for (const socket of sockets) socket.destroy();
          return;
        }
        if (now.stallAfterData) return;
        if (now.refuseMessage !== undefined) {
          const { code, text } = now.refuseMessage;
          return done(Object.assign(new Error(text), { responseCode: code }));
        }
        const { mailFrom, rcptTo } = session.envelope;
        made.taken.push({
          from: mailFrom === false ? '' : mailFrom.address,
          recipients: rcptTo.map((recipient) => recipient.address),
          raw: Buffer.concat(chunks).toString('utf8'),
          user: (session.user as string | undefined) ?? null,
          secure: session.secure,
        });
        await ask();
        if (now.whenTaken !== undefined) void now.whenTaken().then(() => done());
        else if (now.slow === undefined) done();
        else setTimeout(done, now.slow);
      });
    },
  });
  // A client that refuses the certificate ends the connection: that is the test, not an error.
  server.on('error', () => {});
  server.server.on('connection', (socket: Socket) => {
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  made.port = (server.server.address() as AddressInfo).port;
  return made;
}

/** Something on loopback that is no mail server: it says `greeting`, or nothing. */
export async function otherServer(greeting: string | null): Promise<{ port: number; end(): Promise<void> }> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on('error', () => {});
    if (greeting !== null) socket.write(greeting);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  return {
    port: (server.address() as AddressInfo).port,
    end: () =>
      new Promise((resolve) => {
        for (const socket of sockets) socket.destroy();
        server.close(() => resolve());
      }),
  };
}

let made: { key: string; cert: string } | undefined;

/** A key and a certificate for localhost that nobody but the test trusts, made on the spot. */
export function certificate(): { key: string; cert: string } {
  if (made !== undefined) return made;
  const folder = mkdtempSync(join(tmpdir(), 'nadpis-tls-'));
  try {
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        ...[
          'req',
          '-x509',
          '-newkey',
          'ec',
          '-pkeyopt',
          'ec_paramgen_curve:prime256v1',
          '-nodes',
          '-days',
          '2',
        ],
        ...['-keyout', key, '-out', cert, '-subj', '/CN=localhost'],
        ...['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ],
      { stdio: 'ignore' },
    );
    made = { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
    return made;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
