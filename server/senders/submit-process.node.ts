import { openFile } from '../database/libsql-file.ts';
import { annaActor, officePlatform } from './fixture.node.ts';
import { submitByMail } from './submitting.ts';

/** A server of its own over the office's database that mails one statement, for a test to kill on its way. */
const [file = '', nameId = '', key = '', now = ''] = process.argv.slice(2);
const platform = officePlatform(openFile(file), { now: () => Number(now) });
await submitByMail(platform, annaActor, nameId, { key, resend: false });
