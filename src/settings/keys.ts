import { resolve } from 'node:path';
import { cronFault } from '../util/cron.ts';
import { parseDuration } from '../util/duration.ts';
import { parseRetryPlan, RETRY_PLAN_REMEDY, type RetryPlan } from '../util/retry-plan.ts';
import { type Address, parseAddress } from './address.ts';
import { parseRetention } from './retention.ts';
import { parseS3Address, type S3Address } from './s3-address.ts';

/** The text of a setting made a value, or what is wrong with the text and what to do. */
export type Parsed<Value> = { readonly value: Value } | { readonly what: string; readonly remedy: string };

/** One setting: a key of crossdock.yaml, and the environment variable that wins over it. */
export interface SettingKey<Value> {
  readonly variable: string;
  /** As the file would say it; empty when nothing is set by default. */
  readonly default: string;
  /** One sentence for people; the table of the settings in the documentation is made of these. */
  readonly description: string;
  /** `base` is the folder that relative paths are under. */
  readonly parse: (text: string, base: string) => Parsed<Value>;
}

/** How much is logged, least first. */
export const LOG_LEVELS = ['error', 'warn', 'info', 'debug', 'trace'] as const;
/** One of them. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** Every setting there is. Relative paths of the file are under its folder, those of the environment under the current one. */
export const SETTING_KEYS = {
  data: folder('CROSSDOCK_DATA', './data', 'Folder of everything the gateway keeps: ledger, archive, drop folders.'),
  maps: folder('CROSSDOCK_MAPS', './maps', 'Folder of the maps.'),
  partners: folder('CROSSDOCK_PARTNERS', './partners', 'Folder of the trading partners.'),
  secrets: optionalFolder(
    'CROSSDOCK_SECRETS',
    'Folder with one file for each secret; an environment variable CROSSDOCK_SECRET_<NAME> wins over its file.',
  ),
  databaseUrl: url(
    'CROSSDOCK_DATABASE_URL',
    ['postgres:', 'postgresql:'],
    'postgres://user:password@host:5432/database',
    'PostgreSQL database of the ledger; without it SQLite in the data folder.',
  ),
  redisUrl: url(
    'CROSSDOCK_REDIS_URL',
    ['redis:', 'rediss:'],
    'redis://host:6379',
    'Redis that wakes the other processes on one database; without it they look for work every second.',
  ),
  archiveUrl: {
    variable: 'CROSSDOCK_ARCHIVE_URL',
    default: '',
    description: 'Bucket of the raw bytes, as s3://bucket/prefix; without it a folder in the data folder.',
    parse: (text: string): Parsed<S3Address | null> => {
      if (text === '') return { value: null };
      const value = parseS3Address(text);
      if (value !== null) return { value };
      const remedy = "Write s3://bucket/prefix?region=eu-central-1, with &endpoint=https://… where it is not Amazon's.";
      return { what: 'The value names no bucket of S3.', remedy };
    },
  },
  operations: address(
    'CROSSDOCK_OPERATIONS',
    '127.0.0.1:8080',
    'Listener for operators and consumers; port 0 lets the system choose.',
  ),
  partner: address(
    'CROSSDOCK_PARTNER',
    '127.0.0.1:8081',
    'Listener for trading partners; port 0 lets the system choose.',
  ),
  nightly: {
    variable: 'CROSSDOCK_NIGHTLY',
    default: '0 2 * * *',
    description: 'When the gateway checks its books and every stored file, as five cron fields in UTC.',
    parse: (text: string): Parsed<string> => {
      const fault = cronFault(text);
      if (fault === null) return { value: text };
      return {
        what: `"${text}" is no cron pattern: ${fault}.`,
        remedy: 'Write minute, hour, day, month and weekday: 0 2 * * *.',
      };
    },
  },
  retention: {
    variable: 'CROSSDOCK_RETENTION',
    default: '',
    description:
      'How long what came in is kept, as bytes 90d, documents 400d, events 400d; what is not named is kept for ever.',
    parse: parseRetention,
  },
  retrySplit: retry(
    'CROSSDOCK_RETRY_SPLIT',
    '3 times 5s..30s',
    'How splitting a file is tried again after a fault that nobody foresaw.',
  ),
  retryTranslate: retry(
    'CROSSDOCK_RETRY_TRANSLATE',
    '3 times 5s..30s',
    'How translating a document is tried again after a fault that nobody foresaw.',
  ),
  retryNetwork: retry(
    'CROSSDOCK_RETRY_NETWORK',
    '30s..1h for 24h',
    'How it is tried again when a server or a store does not answer.',
  ),
  retryConnection: retry(
    'CROSSDOCK_RETRY_CONNECTION',
    '3 times 1s..5m',
    'How a connection that fails is looked at again: the failures in a row that make an exception, and the pauses.',
  ),
  diskFull: {
    variable: 'CROSSDOCK_DISK_FULL',
    default: '90%',
    description: 'How full the disk of the data folder may be before nothing more is taken in; 100% for no limit.',
    parse: (text: string): Parsed<number> => {
      const share = Number(/^([1-9]\d?|100)%$/.exec(text)?.[1]) / 100;
      if (share > 0) return { value: share };
      return { what: `"${text}" is no share of a disk.`, remedy: 'Write a whole number from 1% to 100%: 90%.' };
    },
  },
  standstill: {
    variable: 'CROSSDOCK_STANDSTILL',
    default: '5m',
    description:
      'How long the process may stand still over one piece of work before it is ended, to be started again; or never.',
    parse: (text: string): Parsed<number | null> => {
      const longest = text === 'never' ? null : parseDuration(text);
      if (longest === null ? text === 'never' : longest >= 1_000) return { value: longest };
      return { what: `"${text}" is no time to stand still.`, remedy: 'Write 30s, 5m or 1h, or never.' };
    },
  },
  allowPrivateTargets: {
    variable: 'CROSSDOCK_ALLOW_PRIVATE_TARGETS',
    default: 'false',
    description: 'Whether partners may name addresses of our own network, and http without TLS: true or false.',
    parse: (text: string): Parsed<boolean> => {
      if (text === 'true' || text === 'false') return { value: text === 'true' };
      return { what: `"${text}" is neither true nor false.`, remedy: 'Write true or false.' };
    },
  },
  logLevel: {
    variable: 'CROSSDOCK_LOG_LEVEL',
    default: 'info',
    description: `How much is logged: ${LOG_LEVELS.join(', ')}.`,
    parse: (text: string): Parsed<LogLevel> => {
      const value = LOG_LEVELS.find((level) => level === text);
      if (value !== undefined) return { value };
      return { what: `"${text}" is no log level.`, remedy: `Use one of: ${LOG_LEVELS.join(', ')}.` };
    },
  },
} as const satisfies Readonly<Record<string, SettingKey<unknown>>>;

/** A key of crossdock.yaml. */
export type SettingName = keyof typeof SETTING_KEYS;

function retry(variable: string, text: string, description: string): SettingKey<RetryPlan> {
  const parse = (value: string): Parsed<RetryPlan> => {
    const plan = parseRetryPlan(value);
    if (plan !== null) return { value: plan };
    return { what: `"${value}" is no plan for trying again.`, remedy: RETRY_PLAN_REMEDY };
  };
  return { variable, default: text, description, parse };
}

function folder(variable: string, path: string, description: string): SettingKey<string> {
  return { variable, default: path, description, parse: (text, base) => ({ value: resolve(base, text) }) };
}

function optionalFolder(variable: string, description: string): SettingKey<string | null> {
  const parse = (text: string, base: string) => ({ value: text === '' ? null : resolve(base, text) });
  return { variable, default: '', description, parse };
}

function address(variable: string, text: string, description: string): SettingKey<Address> {
  const parse = (value: string): Parsed<Address> => {
    const parsed = parseAddress(value);
    if (parsed !== null) return { value: parsed };
    return { what: `"${value}" is no address to listen on.`, remedy: `Write host:port, such as ${text}.` };
  };
  return { variable, default: text, description, parse };
}

/** An address of a server. It may hold a password, so that it is never repeated. */
function url(
  variable: string,
  protocols: readonly string[],
  example: string,
  description: string,
): SettingKey<string | null> {
  const parse = (text: string): Parsed<string | null> => {
    if (text === '') return { value: null };
    if (URL.canParse(text) && protocols.includes(new URL(text).protocol)) return { value: text };
    return { what: 'The value is no address of such a server.', remedy: `Write it as ${example}.` };
  };
  return { variable, default: '', description, parse };
}
