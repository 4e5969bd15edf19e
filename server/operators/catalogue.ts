import type { z } from 'zod';
import type { OperatorPorts } from './exchange.ts';
import type { OperatorForm } from './form.ts';
import type { Operator } from './operator.ts';
import { createSerwerSms } from './serwersms/adapter.ts';
import { serwerSmsForm, serwerSmsSettings } from './serwersms/settings.ts';
import { createSmsApi } from './smsapi/adapter.ts';
import { smsApiForm, smsApiSettings } from './smsapi/settings.ts';
import { createTwilio } from './twilio/adapter.ts';
import { twilioForm, twilioSettings } from './twilio/settings.ts';

/** A kind of operator that can be set up. */
export interface OperatorKind {
  /** As in `Operator.name`, in callback addresses and in the database. */
  name: string;
  /** Checks settings as they come from a form; secrets included. */
  settings: z.ZodType;
  form: OperatorForm;
  /** @throws {z.ZodError} for settings that do not pass */
  create(settings: unknown, ports: OperatorPorts): Operator;
}

export function kindOf<S extends z.ZodType>(
  name: string,
  settings: S,
  form: OperatorForm,
  create: (settings: z.output<S>, ports: OperatorPorts) => Operator,
): OperatorKind {
  return { name, settings, form, create: (given, ports) => create(settings.parse(given), ports) };
}

/** Operators over HTTP: they run on any machine. SMPP joins them in catalogue.node.ts. */
export const httpOperators: readonly OperatorKind[] = [
  kindOf('serwersms', serwerSmsSettings, serwerSmsForm, createSerwerSms),
  kindOf('smsapi', smsApiSettings, smsApiForm, createSmsApi),
  kindOf('twilio', twilioSettings, twilioForm, createTwilio),
];
