/** The part of npm `smpp` 0.5 that is used here; the package brings no types. */
declare module 'smpp' {
  export interface Pdu {
    readonly command: string;
    readonly command_status: number;
    readonly sequence_number: number;
    response(fields?: Readonly<Record<string, unknown>>): Pdu;
    toBuffer(): Uint8Array;
    readonly [field: string]: unknown;
  }

  export interface Socket {
    writable: boolean;
    write(bytes: Uint8Array | string, written?: () => void): void;
    end(): void;
    destroy(): void;
  }

  type Fields = Readonly<Record<string, unknown>>;
  /** False when the socket cannot be written to: then nothing was. */
  type Command = (fields: Fields, onAnswer?: (answer: Pdu) => void) => boolean;

  export interface Session {
    readonly socket: Socket;
    on(event: 'error', listener: (error: Error) => void): this;
    on(event: 'connect' | 'secureConnect' | 'close', listener: () => void): this;
    on(event: string, listener: (pdu: Pdu) => void): this;
    send(pdu: Pdu): boolean;
    readonly bind_transceiver: Command;
    readonly submit_sm: Command;
    readonly deliver_sm: Command;
    readonly enquire_link: Command;
    readonly unbind: Command;
    close(): void;
    destroy(): void;
  }

  export interface Server {
    readonly sessions: Session[];
    listen(port: number, host: string, listening: () => void): void;
    address(): unknown;
    close(closed: () => void): void;
  }

  interface Smpp {
    connect(options: { host: string; port: number; tls: boolean; servername?: string }): Session;
    createServer(listener: (session: Session) => void): Server;
    /** What a command's fields are read and written by; `filter` turns octets into texts and back. */
    readonly commands: Readonly<Record<string, { params: Record<string, { filter?: unknown }> }>>;
    readonly tlvs: Readonly<Record<string, { filter?: unknown }>>;
  }

  const smpp: Smpp;
  export default smpp;
}
